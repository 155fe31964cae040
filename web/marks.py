"""The quote in its passage and on its page, by offsets, so that it is marked after escaping."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ingest.records import Passage


@dataclass(frozen=True, slots=True)
class Marked:
    """Text before the quote, the quote, and text after it."""

    before: str
    quote: str
    after: str


def marked(text: str, start: int, end: int) -> Marked:
    """Cut `text` at the offsets of a quote; offsets beyond its ends are drawn in."""
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    return Marked(text[:start], text[start:end], text[end:])


def words_on_page(passage: Passage, page: int, start: int, end: int) -> str:
    """The parts of a passage's text from `start` to `end` that stand on a page, blanks between
    them; may be empty.

    Table rows that a page end cuts leave a page and come back to it, cell by cell.
    """
    edges = [0, *(offset for offset, _ in passage.page_breaks), len(passage.text)]
    parts = (
        passage.text[max(first, start) : min(last, end)]
        for first, last in pairwise(edges)
        if passage.page_at(first) == page
    )
    return " ".join(part for part in parts if part)
