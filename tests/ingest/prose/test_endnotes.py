"""Pages of endnotes, and enumerations that have a page of their own."""

from __future__ import annotations

import pytest

from ingest.assemble import Printed, pages_of
from ingest.prose.lines import Line
from ingest.prose.note_marks import NoteMark
from ingest.records import BlockKind

TEXT = "The visits were held in spring and in autumn, and nobody came to them."
MARK = (NoteMark(("i",), "nobodycametothem", ""),)


def kinds_of_counted_page(size: float, marks: tuple[NoteMark, ...]) -> set[BlockKind]:
    """Of three paragraphs that Roman numbers count, on a page behind one of text."""
    text = [Line(TEXT, 50, 450, 100 + 12 * n, 10.0) for n in range(8)]
    text.append(Line(TEXT, 50, 450, 196, 10.0, marks=marks))
    counted = [
        Line(f"{number} {TEXT}", 50, 450, 100 + 30 * n, size)
        for n, number in enumerate(["i", "ii", "iii"])
    ]
    pages = [Printed(1, 500, 800, tuple(text)), Printed(2, 500, 800, tuple(counted))]
    return {block.kind for block in pages_of(pages, ())[1].blocks}


@pytest.mark.parametrize(("size", "marks"), [(10.0, MARK), (8.0, MARK), (8.0, ())])
def test_a_page_that_roman_numbers_count_holds_endnotes(
    size: float, marks: tuple[NoteMark, ...]
) -> None:
    assert kinds_of_counted_page(size, marks) == {BlockKind.FOOTNOTE}


def test_an_enumeration_as_large_as_the_text_holds_none_where_no_mark_names_them() -> None:
    assert kinds_of_counted_page(10.0, ()) == {BlockKind.PARAGRAPH}
