"""The spreadsheet: its sheets as another program reads them, and hostile text that stays text."""

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from index.library import Library
from index.rows.records import Tag
from search.batches import workbook
from search.batches.workbook import TooManyRowsError, write_xlsx
from search.find import find
from search.records import Answer

HOSTILE = '=HYPERLINK("http://example.org","how did ministers lose their fear?")'


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    return find(library, HOSTILE, 2)


@pytest.fixture
def book(library: Library, answer: Answer, tmp_path: Path) -> openpyxl.Workbook:
    about = {"generation": answer.generation, "encoder": "@SUM(1)"}
    write_xlsx(
        [("q 1", answer), ("none", find(library, ""))], tmp_path / "o.xlsx", library.taxonomy, about
    )
    return openpyxl.load_workbook(tmp_path / "o.xlsx")


def test_the_sheets(book: openpyxl.Workbook, answer: Answer) -> None:
    assert book.sheetnames == ["results", "questions", "documents", "library", "tags"]
    first, second, none = book["results"].iter_rows(min_row=2, values_only=True)
    assert first[:4] == ("q 1", HOSTILE, "no", 1)
    assert second[3] == 2
    assert none[0] == "none"
    assert none[3] is None
    asked = list(book["questions"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[3]) for row in asked] == [("q 1", 2), ("none", 0)]
    assert list(book["library"].values)[1:] == [
        ("generation", answer.generation),
        ("encoder", "@SUM(1)"),
    ]


def test_nothing_is_a_formula_or_a_link(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert HOSTILE in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


def test_the_documents_found_are_listed_with_what_is_known_of_them(
    library: Library, answer: Answer, tmp_path: Path
) -> None:
    one, other = answer.results
    document = replace(
        one.document,
        metadata=replace(
            one.document.metadata,
            title="=1+1",
            authors=("Ana Ruiz", "IOM"),
            kind="evaluation",
            year=None,
            url="https://example.org/a?b=1&c=ü#d",
        ),
    )
    plain = "javascript:alert(1) https://example.org"
    unlinked = replace(document, document_id="x", metadata=replace(document.metadata, url=plain))
    found = replace(
        answer, results=(replace(one, document=document), replace(other, document=document))
    )
    last = replace(answer, results=(replace(one, document=unlinked),))
    again = replace(answer, results=found.results[:1])
    asked = [("a", found), ("b", again), ("c", last)]
    write_xlsx(asked, tmp_path / "o.xlsx", library.taxonomy, {})
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx")["documents"]
    header, first, second = sheet.values
    row = dict(zip(header, first, strict=True))
    assert (row["title"], row["authors"], row["kind"]) == ("=1+1", "Ana Ruiz; IOM", "evaluation")
    assert (row["year"], row["results"], row["questions"]) == (None, 3, 2)
    links = [cell.hyperlink for cell in sheet["K"][1:]]
    assert (links[0].target, links[0].location) == ("https://example.org/a?b=1&c=ü", "d")
    assert links[1:] == [None]
    assert second[10] == plain


def test_a_sheet_can_be_read_as_it_opens(book: openpyxl.Workbook) -> None:
    assert {name: book[name].auto_filter.ref for name in ("results", "questions")} == {
        "results": "A1:Z4",
        "questions": "A1:J3",
    }
    results = book["results"]
    quote = next(cell for cell in results[1] if cell.value == "quote")
    below = results[quote.coordinate.replace("1", "2")]
    assert (below.alignment.wrap_text, below.alignment.vertical) == (True, "top")
    assert results.column_dimensions[quote.column_letter].width > 60
    lines = sum(len(part) // 80 + 1 for part in str(below.value).split("\n"))
    assert lines > 1
    assert results.row_dimensions[2].height >= lines * 15
    text = next(cell for cell in results[1] if cell.value == "text")
    assert not results[text.coordinate.replace("1", "2")].alignment.wrap_text


def test_each_tag_of_a_passage_found_is_listed_once(
    library: Library, answer: Answer, tmp_path: Path
) -> None:
    result = answer.results[0]
    start = result.stored.passage.text.index("Colleagues")
    tags = (
        Tag("motivational", 0.9, start, start + 10),
        Tag("mentoring", 1.0, 0, 4, "add"),
        Tag("of-no-facet", 0.8, 0, 1),
    )
    tagged = replace(answer, results=(replace(result, stored=replace(result.stored, tags=tags)),))
    write_xlsx([("a", tagged), ("b", tagged)], tmp_path / "o.xlsx", library.taxonomy, {})
    rows = list(openpyxl.load_workbook(tmp_path / "o.xlsx")["tags"].values)
    name, words = result.stored.passage_id, result.stored.passage.text[:4]
    assert rows[0][-1] == "by"
    assert [(row[0], *row[2:4], *row[5:]) for row in rows[1:]] == [
        (name, "goals", "motivational", 0.9, "Colleagues", "machine"),
        (name, "activities", "mentoring", 1, words, "person"),
    ]


def test_the_same_answers_are_the_same_bytes(
    library: Library, answer: Answer, tmp_path: Path
) -> None:
    paths = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for path in paths:
        write_xlsx([("q1", answer)], path, library.taxonomy, {"a": 1})
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with zipfile.ZipFile(paths[0]) as packed:
        assert b"1980-01-01" in packed.read("docProps/core.xml")


def test_a_sheet_that_is_full_is_said_so(
    library: Library, answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 2)
    with pytest.raises(TooManyRowsError, match="results is full"):
        write_xlsx([("q1", answer)], tmp_path / "o.xlsx", library.taxonomy, {})
