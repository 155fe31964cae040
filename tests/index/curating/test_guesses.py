"""Confidence of a draft's metadata, worked out by hand from the weights in
`index.curating.guesses`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF

from index.curating.guesses import guesses
from ingest.isolated.pdf_says import Says, says
from ingest.records import Block, BlockKind, Document, Health, Metadata, Page

TITLE = "Resettlement in Borland"


def document(metadata: Metadata, first_page: str = "", name: str = "r.pdf") -> Document:
    blocks = (Block(BlockKind.PARAGRAPH, first_page, 1),) if first_page else ()
    return Document(Path(name), "f", "c", metadata, (Page(1, Health.TEXT, blocks),))


def said(stated: Metadata = Metadata(), printed: Metadata = Metadata(), named: str = "") -> Says:  # noqa: B008 - frozen
    return Says(stated, printed, Metadata(title=named))


@pytest.mark.parametrize(
    ("sources", "source", "confidence"),
    [
        (said(Metadata(title=TITLE)), "PDF metadata", 0.6),
        (said(Metadata(title=TITLE), named=TITLE.upper()), "PDF metadata and file name", 0.72),
        (said(Metadata(title=TITLE), Metadata(title=TITLE)), "PDF metadata and first page", 0.88),
        (said(Metadata(title="Another"), named=TITLE), "file name", 0.3),
        (said(), "file", 0.25),
    ],
)
def test_sources_that_agree_raise_it(sources: Says, source: str, confidence: float) -> None:
    found = guesses(document(Metadata(title=TITLE)), sources)["title"]
    assert (found.value, found.source, found.confidence) == (TITLE, source, confidence)


def test_authors_printed_on_the_first_page_count_twice() -> None:
    meta = Metadata(title=TITLE, authors=("Ana Ruiz", "Jo Frost"))
    page = "By Jo Frost and Ana Ruiz, with a foreword."
    found = guesses(document(meta, page), said(Metadata(authors=meta.authors)))["authors"]
    assert (found.source, found.confidence) == ("PDF metadata and first page", 0.85)
    alone = guesses(document(meta, "By nobody."), said(Metadata(authors=meta.authors)))["authors"]
    assert (alone.source, alone.confidence) == ("PDF metadata", 0.5)
    other = said(Metadata(authors=("HARRIS Sarah",)), Metadata(authors=meta.authors))
    byline = guesses(document(meta, "A study."), other)["authors"]
    assert (byline.source, byline.confidence) == ("first page", 0.7)


def test_a_year_that_merely_stands_on_the_page_does_not_count() -> None:
    meta = Metadata(title=TITLE, year=2016)
    found = guesses(document(meta, "In 2016 rents rose."), said(Metadata(year=2016)))["year"]
    assert (found.source, found.confidence) == ("PDF metadata", 0.4)


@pytest.mark.parametrize(
    ("field", "value", "sources", "source", "confidence"),
    [
        ("year", 2016, ("stated",), "PDF metadata", 0.4),
        ("year", 2016, ("printed",), "first page", 0.6),
        ("year", 2016, ("named",), "file name", 0.5),
        # One less the chance that all are wrong: .4 x .5, and .6 x .4 x .5.
        ("year", 2016, ("printed", "named"), "first page and file name", 0.8),
        ("year", 2016, ("stated", "printed", "named"), None, 0.88),
        ("publisher", "Harbour Press", ("stated",), "PDF metadata", 0.5),
        ("publisher", "Harbour Press", ("printed",), "first page", 0.6),
        # Nobody names a file by its publisher, nor a PDF by its address.
        ("publisher", "Harbour Press", ("named",), "file", 0.25),
        ("url", "https://example.org/r", ("stated",), "file", 0.25),
    ],
)
def test_each_source_counts_with_its_weight(
    field: str, value: object, sources: tuple[str, ...], source: str | None, confidence: float
) -> None:
    meta = replace(Metadata(), **{field: value})
    spoken = [meta if name in sources else Metadata() for name in ("stated", "printed", "named")]
    found = guesses(document(meta), Says(*spoken))[field]
    assert found.confidence == confidence
    assert found.source == (source or "PDF metadata and first page and file name")


def test_three_letters_that_stand_on_the_page_are_no_title() -> None:
    for title, source in (("Ebb", "PDF metadata"), ("Tide", "PDF metadata and first page")):
        meta = Metadata(title=title)
        page = document(meta, f"On {title} and what came of it.")
        assert guesses(page, said(meta))["title"].source == source


def test_what_nothing_is_known_of_is_left_out() -> None:
    assert set(guesses(document(Metadata(title=TITLE)), said())) == {"title"}


def test_kind_and_language_say_what_they_rest_on() -> None:
    meta = Metadata(title="Evaluation of visits", language="en", kind="evaluation")
    found = guesses(document(meta, "Short."), said())
    assert (found["kind"].source, found["kind"].confidence) == ("title", 0.7)
    assert (found["language"].source, found["language"].confidence) == ("text", 0.5)
    plain = guesses(document(Metadata(title=TITLE, kind="report"), "x"), said())["kind"]
    assert plain.confidence == 0.4


def test_front_matter_is_believed_and_a_file_name_is_not() -> None:
    meta = Metadata(title="Notes of May", year=2014)
    found = guesses(document(meta, name="notes-of-may.md"), None)
    assert (found["title"].source, found["title"].confidence) == ("file name", 0.3)
    assert (found["year"].source, found["year"].confidence) == ("file", 0.9)


def test_a_pdf_says_where_it_says_what(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_title("A title of its own")
    pdf.set_author("Ana Ruiz")
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 24)
    pdf.multi_cell(0, 12, "What the page says", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", size=11)
    pdf.multi_cell(0, 6, "Published: May 2014. " + "Rents rose in the capital. " * 30)
    pdf.output(str(tmp_path / "the_name_2013.pdf"))
    found = says(tmp_path / "the_name_2013.pdf")
    assert (found.stated.title, found.stated.authors) == ("A title of its own", ("Ana Ruiz",))
    assert (found.printed.title, found.printed.year) == ("What the page says", 2014)
    assert (found.named.title, found.named.year) == ("The name 2013", 2013)


def test_a_broken_pdf_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    found = says(tmp_path / "broken.pdf")
    assert (found.stated, found.printed) == (Metadata(), Metadata())
