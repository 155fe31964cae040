"""What templates may call: quotes by offsets, links to pages, numbers and dates in words."""

from __future__ import annotations

from datetime import date

from flask import url_for
from jinja2 import Environment

from index.records import StoredDocument, StoredPassage
from search import cite
from search.records import Quote
from web.documents import shows_pages
from web.languages import language_name
from web.marks import marked

_SURE = ((0.9, "very likely"), (0.7, "likely"), (0.5, "rather likely"), (0.0, "uncertain"))
_MATCH = (
    (0.38, "strong match"),
    (0.31, "good match"),
    (0.25, "partial match"),
    (0.0, "weak match"),
)
"""Over 150 questions that the starter library answers, the score of the best passage is .38 in the
middle and above .31 nine times in ten; the tenth passage's is .29 in the middle. The best score of
four questions that it does not answer lay between .13 and .29."""


def prepare(jinja: Environment) -> None:
    """Make these known to templates."""
    jinja.trim_blocks = jinja.lstrip_blocks = True
    jinja.filters.update(
        marked=marked, day=day, language=language_name, sure=sure, match=match, plural=plural
    )
    jinja.globals.update(
        page_link=page_link, picture_link=picture_link, citation=citation, shows_pages=shows_pages
    )


def page_link(found: StoredDocument, page: int) -> str:
    """Where a document opens at a page: the PDF itself, else its page in the library."""
    if shows_pages(found):
        return url_for("documents.file", document_id=found.document_id, _anchor=f"page={page}")
    return url_for("documents.document", document_id=found.document_id)


def picture_link(stored: StoredPassage, page: int, quote: Quote | None = None) -> str:
    """The picture of a page on which a passage stands, the quote marked, else the passage."""
    marks = {"start": quote.start, "end": quote.end} if quote and quote.end > quote.start else {}
    return url_for(
        "documents.picture",
        document_id=stored.document_id,
        number=page,
        passage=stored.passage_id,
        **marks,  # type: ignore[arg-type] # whatever else goes into the query
    )


def citation(found: StoredDocument, stored: StoredPassage, quote: Quote) -> str:
    """The quote with its reference and page, as it is pasted into a text."""
    words = stored.passage.text[quote.start : quote.end]
    return cite.plain(cite.of_passage(found, stored.passage_id, quote.page, words))


def day(value: date) -> str:
    """A day as it is written in English."""
    return f"{value.day} {value:%B %Y}"


def plural(count: int, noun: str) -> str:
    """A count and its noun; thousands are set apart."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def sure(probability: float) -> str:
    """A probability, 0 to 1, in words."""
    return next(words for least, words in _SURE if probability >= least)


def match(score: float) -> str:
    """A result's score, 0 to 1, in words."""
    return next(words for least, words in _MATCH if score >= least)
