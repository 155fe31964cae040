"""Where a quote stands: offsets in a passage, and what of it is on which page."""

from __future__ import annotations

import pytest

from index.rows.records import StoredPassage
from ingest.records import BlockKind, Passage
from search.records import Quote
from web.wording.marks import Marked, marked, paragraphs, quoted_at, words_on_page


@pytest.mark.parametrize(
    ("start", "end", "cut"),
    [(2, 4, ("ab", "cd", "ef")), (-3, 99, ("", "abcdef", "")), (4, 2, ("abcd", "", "ef"))],
)
def test_offsets_beyond_the_text_are_drawn_in(start: int, end: int, cut: tuple[str, ...]) -> None:
    assert marked("abcdef", start, end) == Marked(*cut)


def test_each_line_is_a_paragraph_and_the_quote_is_marked_in_each_it_touches() -> None:
    assert (
        paragraphs("ab\ncd\nef", 1, 4)
        == "<p>a<mark>b</mark></p>\n<p><mark>c</mark>d</p>\n<p>ef</p>"
    )
    assert paragraphs("ab\ncd", 2, 5) == "<p>ab</p>\n<p><mark>cd</mark></p>"
    assert paragraphs("ab", 0, 0) == paragraphs("ab", 9, 12) == "<p>ab</p>"


def test_the_text_of_a_paragraph_is_no_markup() -> None:
    assert paragraphs("<b>", 0, 1) == "<p><mark>&lt;</mark>b&gt;</p>"


def row(*breaks: tuple[int, int]) -> Passage:
    """Thirty characters, "0a0b0c0d0e1f1g…": tens of the offset, and a letter for it."""
    text = "".join(f"{n // 10}{chr(97 + n // 2)}" for n in range(0, 30, 2))
    return Passage(0, text, (), BlockKind.TABLE, 1, 2, breaks)


def test_a_quote_over_a_page_end_is_on_both_pages() -> None:
    passage = row((10, 2))
    assert words_on_page(passage, 1, 6, 14) == "0d0e"
    assert words_on_page(passage, 2, 6, 14) == "1f1g"
    assert words_on_page(passage, 3, 6, 14) == ""


def test_a_row_that_comes_back_to_a_page_has_all_its_stretches_there() -> None:
    passage = row((10, 2), (14, 1), (20, 2))
    assert words_on_page(passage, 2, 22, 28) == "2l2m2n"  # in the second stretch of page 2 alone
    assert words_on_page(passage, 2, 12, 24) == "1g 2k2l"
    assert words_on_page(passage, 1, 8, 16) == "0e 1h"
    assert words_on_page(passage, 1, 20, 30) == ""


def test_the_address_of_a_quote_says_its_page_where_the_middle_does_not() -> None:
    stored = StoredPassage(1, "d-0", "d", row((10, 2)), ())
    at = {"name": "d-0", "start": 6, "end": 18}
    assert quoted_at(Quote(6, 18, 2), stored) == at
    assert quoted_at(Quote(6, 18, 1), stored) == at | {"page": 1}
