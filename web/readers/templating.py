"""What templates may call: quotes by offsets, links to pages, numbers and dates in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from flask import url_for
from jinja2 import Environment
from werkzeug.exceptions import BadRequest

from index.curating.guesses import LIKELY
from index.curating.jobs import Job, Task
from index.plurals import counted
from index.rows import database
from index.rows.records import StoredDocument, StoredPassage
from ingest.language_names import LANGUAGE_NAMES, language_name
from search.formats import cite
from search.formats.titles import short_title
from search.ranking.source_notes import in_quote, in_short, named
from search.records import Quote
from web.context import current, parameters
from web.context.noted import MOST, NONE_YET, Note, Pick
from web.readers.documents import shows_pages
from web.readers.parts import Portion, part_of
from web.wording.glossed import glossed
from web.wording.history import VERDICTS
from web.wording.languages import lang
from web.wording.marks import paragraphs, quoted_at

_SURE = ((0.9, "very likely"), (0.7, "likely"), (0.5, "rather likely"), (0.0, "uncertain"))
"""The least probability of a tag, and the words for it."""

_GUESSED = ((0.9, "almost certain"), (LIKELY, "likely"), (0.4, "perhaps"), (0.0, "a mere guess"))
"""The least confidence in a guessed detail of a document, and the words for it."""

_SINGLE = str.maketrans("\u201c\u201d\u201e\u201f", "\u2018\u2019\u201a\u201b")
"""Double quotation marks to single ones."""

_STRAIGHT = re.compile(r'(?<![^\s([])"(?=\S)')
"""A straight quotation mark that opens, as it stands before a word."""

_JOB_WORDS = {Task.READ: "reading", Task.PUBLISH: "publishing", Task.TRAIN: "training"}

DESK_PAGES = (
    ("desk.desk", "Desk"),
    ("upload.form", "Add reports"),
    ("review.review", "Review tags"),
    ("collecting.page", "Collections"),
    ("suggestions.listed", "Suggestions"),
    ("desk.bin_page", "Bin"),
    ("desk.log", "Log"),
)
"""What a curator's navigation leads to: endpoint and name."""


def prepare(jinja: Environment) -> None:
    """Make the filters and functions of this module, and a few others, known to templates."""
    jinja.trim_blocks = jinja.lstrip_blocks = True
    jinja.filters.update(day=day, language=language_name, lang=lang, sure=sure, plural=counted)
    jinja.filters.update(moment=moment, guessed=guessed, job_words=job_words, people=people)
    jinja.filters.update(in_quote=in_quote, in_short=in_short, named=named, short_title=short_title)
    jinja.filters.update(inside_quotes=inside_quotes, paragraphs=paragraphs, glossed=glossed)
    jinja.globals.update(
        page_link=page_link,
        passage_link=passage_link,
        picture_link=picture_link,
        citation=citation,
        shows_pages=shows_pages,
    )
    jinja.globals.update(desk_pages=DESK_PAGES, source=source, most_noted=MOST)
    jinja.globals.update(pick=pick, in_note=in_note)
    jinja.globals.update(quoted_at=quoted_at, language_names=LANGUAGE_NAMES)
    jinja.globals.update(pages=cite.in_document, on_pages=on_pages)
    jinja.globals.update(verdicts_in_words=VERDICTS)


def noted() -> dict[str, list[str]]:
    """The parameters with which links carry on the note that is being gathered. Empty where no `p`
    names a quote: most pages have no use for a note, and are shown all the same.
    """
    return _note().query()


def in_note(quoted: Pick) -> bool:
    """Whether a quote is in the note that is being gathered."""
    return quoted in _note().picks


def _note() -> Note:
    try:
        return parameters.note()
    except BadRequest:
        return NONE_YET


def page_link(found: StoredDocument, page: int, stored: StoredPassage | None = None) -> str:
    """The address of a page of a document: in the PDF itself where it is one, else of the passage,
    or of the document, in the library.
    """
    if shows_pages(found):
        return url_for("documents.file", document_id=found.document_id, _anchor=f"page={page}")
    if stored:
        return passage_link(found, stored)
    return url_for("documents.document", document_id=found.document_id, **noted())  # type: ignore[arg-type] # lists are repeated


def passage_link(found: StoredDocument, stored: StoredPassage, here: Portion | None = None) -> str:
    """The address of a passage on its document's page. here: the part of the document on which the
    link stands.
    """
    number = part_of(stored.passage.position, found.passage_count)
    if here and here.number == number:
        return f"#{stored.passage_id}"
    return url_for(
        "documents.document",
        document_id=found.document_id,
        _anchor=stored.passage_id,
        part=number if number > 1 else None,
        **noted(),  # type: ignore[arg-type] # lists are repeated
    )


def picture_link(stored: StoredPassage, page: int, quote: Quote | None = None) -> str:
    """The address of the picture of a page, with the quote marked in it, or the whole passage."""
    marks = {"start": quote.start, "end": quote.end} if quote and quote.end > quote.start else {}
    return url_for(
        "documents.picture",
        document_id=stored.document_id,
        number=page,
        passage=stored.passage_id,
        **marks,  # type: ignore[arg-type] # whatever else goes into the query
    )


def on_pages(found: StoredDocument, stored: StoredPassage, first: int, last: int) -> str:
    """Pages of a passage in words; where its document has none, which passage it is."""
    if found.has_pages:
        return cite.on_pages(stored, first, last)
    return cite.nth(stored)


def citation(found: StoredDocument, stored: StoredPassage, quote: Quote) -> str:
    """The quote with its reference and page, as it is pasted into a text."""
    return _cited(found, stored, quote, inside_quotes(quote.words(stored.passage)))


def pick(stored: StoredPassage, quote: Quote) -> Pick:
    """A quote as it is put into a note; where there is none, the whole passage."""
    if quote.end <= quote.start:
        return Pick(stored.passage_id)
    page = quote.page if "page" in quoted_at(quote, stored) else 0
    return Pick(stored.passage_id, quote.start, quote.end, page)


def source(found: StoredDocument, stored: StoredPassage, quote: Quote) -> str:
    """The reference of a quote without its words, as it stands under them on paper."""
    return _cited(found, stored, quote, "")


def _cited(found: StoredDocument, stored: StoredPassage, quote: Quote, words: str) -> str:
    where = cite.cited_pages(stored, quote)
    return cite.plain(cite.of_passage(found, stored.passage_id, where, words))


def day(value: date | str) -> str:
    """A day, or the day of a moment in ISO 8601, as in "3 May 2018"."""
    value = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{value.day} {value:%B %Y}"


def as_of() -> str:
    """Today's date and the library's generation, as pages made for printing state them."""
    with current.library().catalog() as catalog:
        generation = database.generation(catalog.connection)
    return (
        f"As the library stood on {day(datetime.now(UTC).date())} (generation {generation}: the "
        "number rises with every change to the library)"
    )


def moment(at: str) -> str:
    """A moment in ISO 8601, UTC, to the minute, as in "2018-05-03 14:05"."""
    return at[:16].replace("T", " ")


def guessed(confidence: float) -> str:
    """How sure a guess about a document is, 0 to 1, in words."""
    return next(words for least, words in _GUESSED if confidence >= least)


def people(names: Sequence[str]) -> str:
    """Names in a row, parted by commas unless one has a comma of its own: "Smith, J.; Doe, A."."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def inside_quotes(text: str) -> str:
    """A text to be put between double quotation marks: its own double marks are made single, and
    the mark of a list is taken from its beginning.
    """
    words = cite.without_list_mark(text)
    return _STRAIGHT.sub("\u2018", words.translate(_SINGLE)).replace('"', "\u2019")


def job_words(job: Job) -> str:
    """What a job does, in words."""
    return _JOB_WORDS[job.task]


def sure(probability: float) -> str:
    """A probability, 0 to 1, in words."""
    return next(words for least, words in _SURE if probability >= least)
