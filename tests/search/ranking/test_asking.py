"""A quote that asks comes behind one that says."""

import json
from pathlib import Path

import pytest

from index import build
from index.library import Library
from search.find import find
from search.ranking.asking import mostly_asks, wants_questions


@pytest.mark.parametrize(
    ("quote", "asks"),
    [
        ("Who pays the ferry?", True),
        ("1. Who pays?\n2. Who rows, and when?", True),
        ("Who pays? They do.", True),  # 9 characters of 17
        ("Who rows? The captain does.", False),
        ("Who pays the captain? She does.", True),
        ("The board asked: “Who pays?”", True),
        ("The captain pays for the boat. Who else?", False),
        ("« Qui paie ? »", True),
        ("»Wer zahlt?«", True),
        ("„Wer zahlt?“", True),
        ("«¿Quién paga?»", True),
        ("He asked who pays.", False),
        ("See ferry.example/?page=2 for the fares.", False),
        ("", False),
        ("?", True),
    ],
)
def test_half_a_quote_of_questions_asks(quote: str, asks: bool) -> None:
    assert mostly_asks(quote) is asks


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What should we ask a captain?", True),
        ("questions for a captain", True),
        ("a checklist for captains", True),
        ("Welche Fragen stellt man einem Kapitän?", True),
        ("Que demander au capitaine ?", True),
        ("liste de contrôle pour le capitaine", True),
        ("¿Qué preguntas hacer al capitán?", True),
        ("¿Quién paga el barco?", False),
        ("Une demande du capitaine", False),
        ("Which captain masks his face?", False),
        ("Who pays the ferry?", False),
    ],
)
def test_who_looks_for_questions_may_find_them(question: str, wanted: bool) -> None:
    assert wants_questions(question) is wanted


def test_what_says_comes_before_what_asks(empty_library: Library, tmp_path: Path) -> None:
    texts = {
        "asks": "What is the pay of the captain of the island ferry?",
        "says": "It knows the pay of the captain of the island ferry.",
    }
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "notes.jsonl").write_text("\n".join(lines))
    list(build.add(empty_library, [tmp_path / "notes.jsonl"]))
    paid, list_of = (
        find(empty_library, question, k=2).results
        for question in (
            "the pay of the ferry’s captain",
            "questions on the pay of the ferry’s captain",
        )
    )
    assert [one.stored.passage.text for one in paid] == [texts["says"], texts["asks"]]
    assert [one.candidate.asking for one in paid] == [False, True]
    assert list_of[0].stored.passage.text == texts["asks"]
    assert not list_of[0].candidate.asking
