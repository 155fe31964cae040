"""Marking a quote in its passage and on its page. Quotes are given by offsets into the plain text,
and marked while the text is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from index.rows.records import StoredPassage
from ingest.records import Passage
from search.records import Quote


@dataclass(frozen=True, slots=True)
class Marked:
    """Text before the quote, the quote, and text after it."""

    before: str
    quote: str
    after: str


def marked(text: str, start: int, end: int) -> Marked:
    """Cut `text` at the offsets of a quote; offsets beyond its ends are taken for its ends."""
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    return Marked(text[:start], text[start:end], text[end:])


def paragraphs(text: str, start: int = 0, end: int = 0) -> Markup:
    """Each line of a text as a paragraph, the quote from `start` to `end` marked in each that has
    some of it.
    """
    lines, begin = [], 0
    for line in text.split("\n"):
        cut = marked(line, start - begin, end - begin)
        quote = Markup("<mark>{}</mark>").format(cut.quote) if cut.quote else ""
        lines.append(Markup("<p>{}{}{}</p>").format(cut.before, quote, cut.after))
        begin += len(line) + 1
    return Markup("\n").join(lines)


def quoted_at(quote: Quote, stored: StoredPassage) -> dict[str, str | int]:
    """The parameters of a quote's address: its passage, its offsets there, and its page where that
    differs from the one that `Quote.of` finds.
    """
    at: dict[str, str | int] = {"name": stored.passage_id, "start": quote.start, "end": quote.end}
    usual = Quote.of(stored.passage, quote.start, quote.end)
    return at if quote.page == usual.page else at | {"page": quote.page}


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
