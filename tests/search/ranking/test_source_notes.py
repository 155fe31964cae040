"""The notes that a quote points to are given with it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from index import build
from index.derived import columns
from index.derived.filters import Filters
from index.library import Library
from search.batches import workbook
from search.browsing.browse import browse
from search.find import find
from search.formats import output, terminal
from search.notebook import Searcher
from search.ranking.source_notes import in_quote, in_short, notes_of
from search.records import Answer, Quote, Result, SourceNote

TEXT = """\
The minimum wage in Arland rose to 1250[^wage]. The ferry to Borland costs 30[^2] and runs daily.

[^wage]: Council of Wages, 2018.

[^2]: Harbour Office, 2019.
"""
QUESTION = "What is the minimum wage in Arland?"


@pytest.fixture
def wages(empty_library: Library, tmp_path: Path) -> Library:
    (tmp_path / "wages.md").write_text(TEXT)
    list(build.add(empty_library, [tmp_path / "wages.md"]))
    return empty_library


def first_of(answer: Answer, end: int) -> Answer:
    """The answer with its first result alone, quoted from the beginning to `end`."""
    first = answer.results[0]
    return replace(answer, results=(replace(first, quote=Quote(0, end, 1)),))


def as_json(answer: Answer, library: Library) -> dict[str, object]:
    out = io.StringIO()
    output.write_jsonl([("q", answer)], out, library.taxonomy)
    return json.loads(out.getvalue())["results"][0]["quote"]


def test_json_has_the_notes_of_the_quote_alone(wages: Library) -> None:
    answer = find(wages, QUESTION)
    holder = answer.results[0].stored.document_id
    assert as_json(first_of(answer, 40), wages)["notes"] == [
        {
            "label": "1",
            "text": "Council of Wages, 2018.",
            "passage_id": f"{holder}-1",
            "start": 0,
            "end": 23,
            "page": 1,
            "printed_page": None,
        }
    ]
    both = as_json(first_of(answer, 90), wages)["notes"]
    assert [note["label"] for note in both] == ["1", "2"]  # type: ignore[attr-defined]


def test_json_of_a_quote_without_notes_is_as_it_was(wages: Library) -> None:
    quote = as_json(first_of(find(wages, QUESTION), 20), wages)
    assert list(quote) == ["start", "end", "page", "printed_page"]


def test_tables_have_them_in_words(wages: Library, tmp_path: Path) -> None:
    both = first_of(find(wages, QUESTION), 90)
    both = replace(both, results=(_printed(both.results[0]),))
    out = io.StringIO()
    output.write_csv([("q", both)], out, wages.taxonomy)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    first, second = "Council of Wages, 2018.", "Harbour Office, 2019."
    words = f"Footnote 1, p. 1 (printed p. iv): {first}\nFootnote 2, p. 1: {second}"
    assert row["notes"] == words
    workbook.write_xlsx([("q", both)], tmp_path / "o.xlsx", wages.taxonomy, {})
    head, first = openpyxl.load_workbook(tmp_path / "o.xlsx")["results"].values
    assert dict(zip(head, first, strict=True))["notes"] == words


def test_rows_of_a_notebook_have_them_in_words(wages: Library) -> None:
    row = Searcher(wages.home.path).search(QUESTION, k=1)[0]
    assert row["notes"] == [
        "Footnote 1: Council of Wages, 2018.",
        "Footnote 2: Harbour Office, 2019.",
    ]


def _printed(result: Result) -> Result:
    """The result as of a PDF, the page of its first note printed as iv."""
    first, *others = result.notes
    document = replace(result.document, file_name="wages.pdf")
    return replace(result, document=document, notes=(replace(first, printed="iv"), *others))


def test_the_terminal_says_them_below_the_quote(wages: Library) -> None:
    answer = first_of(find(wages, QUESTION), 40)
    paged = replace(answer, results=(_printed(answer.results[0]),))
    for one, page in ((answer, ""), (paged, ", p. 1 (printed iv)")):
        lines = [*terminal.lines(one, wages.taxonomy)]
        place = next(n for n, line in enumerate(lines) if "Arland rose to" in line)
        assert lines[place + 1].startswith(f"   Footnote 1{page}: Council of Wages, 2018.  ")


def test_passages_without_a_question_have_them_too(wages: Library) -> None:
    with wages.catalog() as catalog:
        read = columns.load(catalog, wages.taxonomy.label_ids)
    found = browse(wages, read, Filters())
    assert [note.label for result in found.results for note in result.notes] == ["1", "2"]


def test_they_are_left_out_where_the_passage_of_a_note_is_gone(wages: Library) -> None:
    stored = find(wages, QUESTION).results[0].stored
    with wages.catalog() as catalog:
        (one, two) = notes_of(catalog, stored)
        assert (one.text, two.text) == ("Council of Wages, 2018.", "Harbour Office, 2019.")
        lost = replace(stored, document_id="0" * 16)
        assert notes_of(catalog, lost) == ()


def note(offset: int, label: str, start: int = 0, text: str = "A source.") -> SourceNote:
    return SourceNote(offset, label, "d-1", start, start + len(text), 1, None, text)


@pytest.mark.parametrize(
    ("start", "end", "labels"),
    [(0, 10, ["1"]), (10, 20, ["2"]), (9, 20, ["1", "2"]), (0, 9, []), (11, 19, []), (0, 0, [])],
)
def test_a_mark_belongs_to_the_words_before_it(start: int, end: int, labels: list[str]) -> None:
    notes = [note(10, "1"), note(20, "2", 50)]
    assert [one.label for one in in_quote(notes, Quote(start, end, 1))] == labels


def test_a_note_named_twice_is_said_once() -> None:
    assert len(in_quote([note(10, "1"), note(20, "1")], Quote(0, 30, 1))) == 1


def test_a_long_note_is_cut_behind_a_word() -> None:
    assert in_short(note(1, "1")) == "A source."
    shown = in_short(note(1, "1", text="word " * 100))
    assert (len(shown) <= 240, shown[-7:]) == (True, " word …")
