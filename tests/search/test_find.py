"""The whole path: a real library of real PDFs, asked in other words than theirs."""

import json
from pathlib import Path

import pytest

from index import build
from index.derived.filters import Filters
from index.library import Library
from search.find import find


@pytest.mark.parametrize(
    ("question", "title", "page"),
    [
        ("how do we win over politicians who are afraid of their voters?", "Resettlement", 2),
        ("experienced staff help a new office to run its first intake", "Resettlement", 1),
        ("shortage of homes", "Resettlement", 3),
        ("did trips abroad change what officials do?", "Evaluation", 1),
        ("ferry", "Harbour", 1),
    ],
)
def test_the_right_passage_with_its_page(
    library: Library, question: str, title: str, page: int
) -> None:
    answer = find(library, question, k=3)
    first = answer.results[0]
    assert first.document.metadata.title.startswith(title)
    assert first.quote.page == page


def test_ranks_scores_and_quotes_fit_together(library: Library) -> None:
    answer = find(library, "twinning of agencies", k=5)
    assert [result.rank for result in answer.results] == list(range(1, len(answer.results) + 1))
    scores = [result.score for result in answer.results]
    assert scores == sorted(scores, reverse=True)
    assert scores
    assert all(0 <= score <= 1 for score in scores)
    for result in answer.results:
        text = result.stored.passage.text
        assert 0 <= result.quote.start < result.quote.end <= len(text)
        assert text[result.quote.start].isalnum()


def test_a_row_of_a_glossary_is_quoted_alone(empty_library: Library, tmp_path: Path) -> None:
    rows = {"NEA": "National Employment Agency", "NTB": "National Training Board"}
    cells = "".join(f"<tr><td>{short}</td><td>{long}</td></tr>" for short, long in rows.items())
    table = f"<table><tr><td>Words used</td><td></td></tr>{cells}</table>"
    (tmp_path / "a.html").write_text(f"<html><body><h1>Terms</h1>{table}</body></html>")
    list(build.add(empty_library, [tmp_path / "a.html"]))
    (result,) = find(empty_library, "what does NTB stand for", k=1).results
    assert result.quote.words(result.stored.passage) == "NTB; National Training Board"


def test_the_same_question_gives_the_same_answer(library: Library) -> None:
    one, two = (find(library, "study visits", k=5) for _ in range(2))
    assert one.results == two.results


def test_filters_hold(library: Library) -> None:
    answer = find(library, "study visits", 10, Filters(kinds=("evaluation",)))
    assert answer.results
    assert {r.document.metadata.kind for r in answer.results} == {"evaluation"}
    assert find(library, "study visits", 10, Filters(years=(1900, 1901))).results == ()


@pytest.mark.parametrize("question", ["", "   ", "\n", "???", "-", '"', "— …", "_"])
def test_no_question_no_results(library: Library, question: str) -> None:
    answer = find(library, question)
    assert answer.results == ()
    assert not answer.answered


@pytest.mark.parametrize("question", ["?!", "(((", "é" * 5000, "a" * 100_000, "😀", "\x00x"])
def test_odd_questions_are_no_errors(library: Library, question: str) -> None:
    assert len(find(library, question, 3).results) <= 3


def test_k_is_kept(library: Library) -> None:
    assert len(find(library, "visits", k=1).results) == 1


def test_an_empty_library_answers_nothing(empty_library: Library) -> None:
    assert find(empty_library, "anything").results == ()


SPELT = {
    "task": "Case management of each harbour includes case management of lost oars and case plans.",
    "rower": "A new rower asks whether the Case-manager of her harbour has keys to the shed.",
    "sails": "The case for sails was managed well, and the manager of the harbour agreed to it.",
}


def test_a_quoted_phrase_as_it_is_written_comes_before_other_forms_of_it(
    empty_library: Library, tmp_path: Path
) -> None:
    for name, text in SPELT.items():
        (tmp_path / f"{name}.txt").write_text(text)
    list(build.add(empty_library, [tmp_path / f"{name}.txt" for name in SPELT]))
    found = find(empty_library, '"case manager" of a harbour').results
    assert [result.stored.passage.text for result in found] == [
        SPELT[name] for name in ("rower", "task", "sails")
    ]
    assert [result.candidate.as_written for result in found] == [True, False, False]
    assert found[1].score >= 0.5 > found[2].score


def test_a_phrase_quoted_from_a_heading_or_a_title_is_as_written(
    empty_library: Library, tmp_path: Path
) -> None:
    pages = {
        "heading": ("Harbours", "Case manager", "She has the keys to the shed."),
        "title": ("The case manager", "Keys", "She has the keys to the shed."),
        "form": ("Harbours", "Keys", "The case managers have the keys to the shed."),
        "across": ("Harbours", "The last case", "Manager and rowers have the keys to the shed."),
    }
    for name, (title, heading, text) in pages.items():
        (tmp_path / f"{name}.html").write_text(
            f"<html><head><title>{title}</title></head>"
            f"<body><h2>{heading}</h2><p>{text}</p></body></html>"
        )
    list(build.add(empty_library, [tmp_path]))
    found = find(empty_library, 'who has the keys, "case manager"').results
    marked = {one.document.file_name: one.candidate.as_written for one in found}
    assert marked == {f"{name}.html": name in ("heading", "title") for name in pages}
    assert {one.document.file_name for one in found[:2]} == {"heading.html", "title.html"}


def test_a_passage_with_a_rare_name_is_compared_whatever_else_the_question_says(
    empty_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    depth = 10
    monkeypatch.setattr("search.find.DEPTH", depth)
    asked = "old grey boats by the north pier before the storm of the long wet winter"
    texts = [f"What did they say of {asked}, boat {number}?" for number in range(2 * depth)]
    texts += [f"Lamp {number} was lit." for number in range(2 * depth)]
    named = "Rules on salt, cheese and hats, which a clerk called Frost wrote for a school board."
    lines = (json.dumps({"id": str(n), "text": text}) for n, text in enumerate([*texts, named]))
    (tmp_path / "notes.jsonl").write_text("\n".join(lines))
    list(build.add(empty_library, [tmp_path / "notes.jsonl"]))
    found = find(empty_library, f"What did Frost say of {asked}?", k=9 * depth).results
    assert named in {one.stored.passage.text for one in found}
