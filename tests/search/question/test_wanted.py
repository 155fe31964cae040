"""Questions for a day, for somebody, for what is not done or said, and for questions: what tells it
is quoted, or comes first.
"""

import json
from pathlib import Path

import pytest

from index import build
from index.derived.words import StemmedWords
from index.library import Library
from search.find import find
from search.question.wanted import (
    asks_what_was_said,
    asks_who,
    meant,
    mostly_asks,
    names_somebody,
    tells_wanted,
    wants_questions,
)


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("When did the harbour open?", "It opened in May.", True),
        ("When did the harbour open?", "It opened in 1998.", True),
        ("and when is a request answered", "Within 14 days.", True),
        ("In what year did it open?", "It opened late.", False),
        ("When did the harbour open?", "It may open soon.", False),
        ("what happens if the state does not reply", "Failure to act is consent.", True),
        ("what happens if the state doesn't reply", "It may reply later.", False),
        ("what if he refuses to go", "Nobody is made to.", True),
        ("what if the state fails to reply", "Regulation (EU) No 603 holds.", False),
    ],
)
def test_tells_what_is_asked_for(question: str, text: str, told: bool) -> None:
    tells = tells_wanted(question)
    assert tells is not None
    assert tells(text) == told


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Which town pays when guests leave?",
        "Why did the state not reply?",
        "Who signs whether or not it rains?",
        "Where is no harbour?",
    ],
)
def test_other_questions_ask_for_neither(question: str) -> None:
    assert tells_wanted(question) is None


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("what is a lighter?", ("lighter",)),
        ("What does “pilotage” mean", ("pilotag",)),
        ("what does HMO stand for?", ("hmo",)),
        ("what a lighter is", ("lighter",)),
        ("what HMO means?", ("hmo",)),
        ("definition of risk of fire", ("risk", "of", "fire")),
        ("who is a harbour master", ("harbour", "master")),
        ("HMO", ("hmo",)),
        ("what is the budget of the harbour office", ()),
        ("how does pilotage work", ()),
        ("pilotage fees", ()),
        ("", ()),
    ],
)
def test_asks_what_a_word_means(tmp_path: Path, question: str, terms: tuple[str, ...]) -> None:
    assert meant(StemmedWords.build([(1, "", "", "Boats.")], tmp_path), question) == terms


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who chaired it?", True),
        ("and whose harbour was it", True),
        ("by whom was it opened", True),
        ("Those who came", False),
        ("The WHO", False),
        ("", False),
    ],
)
def test_begins_by_asking_for_somebody(question: str, who: bool) -> None:
    assert asks_who(question) == who


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The review was led by Ada Lindqvist.", True),
        ("Led by Ada, it ended.", True),
        ("Here Jan van der Berg spoke.", True),
        ("It was led by IOM.", True),
        ("It is paid by the EU.", True),
        ("It was signed by Łukasz, then sent.", True),
        ("Работу возглавил Иван.", True),
        ("كتبه أحمد", True),  # letters without capitals
        ("2011: 5; –", False),
        ("THE STATE PAYS.", False),
        ("Guests came. Others left.", False),
        ("I am honoured to chair it.", False),
        ("", False),
    ],
)
def test_names_somebody(text: str, named: bool) -> None:
    assert names_somebody(text) == named


def built(library: Library, folder: Path, **pages: str) -> Library:
    for name, text in pages.items():
        page = f"<html><head><title>Harbours</title></head><body><p>{text}</p></body></html>"
        (folder / f"{name}.html").write_text(page)
    list(build.add(library, [folder]))
    return library


REQUEST = (
    "The state replies to the request in a month, as it is asked. Ferries run daily in the summer. "
    "Ferries are late in the winter. Failure to reply is tantamount to accepting the request."
)


def test_the_failure_is_quoted_where_the_question_negates(
    empty_library: Library, tmp_path: Path
) -> None:
    library = built(empty_library, tmp_path, rules=REQUEST)
    (asked,) = find(library, "what if the state does not reply to the request").results
    assert "Failure" in asked.quote.words(asked.stored.passage)
    (plain,) = find(library, "how does the state reply to the request").results
    assert "Failure" not in plain.quote.words(plain.stored.passage)


def test_of_two_like_passages_the_one_with_a_name_comes_first(
    empty_library: Library, tmp_path: Path
) -> None:
    library = built(
        empty_library,
        tmp_path,
        a="It was an honour for me to chair the harbour review of the year, and to write it down.",
        b="The harbour review of the year, written down in May, was chaired by Ada Lindqvist.",
    )
    answer = find(library, "who chaired the harbour review")
    assert [result.candidate.nameless for result in answer.results] == [False, True]
    other = find(library, "how was the harbour review chaired")
    assert not any(result.candidate.nameless for result in other.results)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what did Frost say", True),
        ("What does the harbour board think of rowers?", True),
        ("what has Jo Frost told the researchers", True),
        ("What does the study say about rowers?", False),
        ("What did the saying cost?", False),
        ("what did Frost do", False),
        ("who said that", False),
    ],
)
def test_what_somebody_said_is_asked_for(question: str, said: bool) -> None:
    assert asks_what_was_said(question) is said


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
