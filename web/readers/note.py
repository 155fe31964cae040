"""The note: quotes gathered over several searches, with their references, as a page and as files.

Nothing is stored: what is gathered stands in the address (`web.context.noted`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import BadRequest, NotFound

from index.derived.filters import Filters
from index.plurals import counted
from index.rows.catalog import Catalog
from search.formats import cite
from search.formats.note import Noted, markdown, references, sources
from search.records import Quote
from web.context import current, parameters
from web.context.asked import Asked
from web.context.noted import MOST, Note, Pick
from web.readers import choices
from web.readers.attachment import attachment, citations
from web.readers.passages import address
from web.readers.templating import as_of

blueprint = Blueprint("note", __name__)

_UNNAMED = "Note"
"""The heading of a note without one."""


@blueprint.get("/note")
def page() -> str:
    """The quotes that the address names, in its order, with a link back to the search that the
    address holds too; what has become invalid in that search is left out.

    :raise 400: where no `p` of those given names a quote.
    """
    asked = _asked(parameters.note())
    lines = _lines(asked.note)
    held = [one for one in lines.values() if one]
    return render_template(
        "note.html",
        asked=asked,
        heading=asked.note.heading or _UNNAMED,
        stand=_rests_on(held),
        holdings=current.holdings(),
        lines=lines,
        sources=sources(held),
        most=MOST,
        back=choices.address(asked),
        without=lambda pick: _address(asked, asked.note.toggled(pick)),
        moved=lambda pick, by: _address(asked, asked.note.moved(pick, by)),
        reference=lambda document: cite.plain(cite.of_document(document)),
    )


@blueprint.get("/note.<ending>")
def file(ending: str) -> Response:
    """The note as a file: md, or its references: ris, bib, json. What is no longer in the library
    is left out.

    :raise 400: as for the page. :raise 404: for another ending, and where nothing is quoted.
    """
    note = parameters.note()
    held = [one for one in _lines(note).values() if one]
    if not held:
        raise NotFound("There is no quote of this library in this note.")
    if ending == "md":
        text = markdown(note.heading or _UNNAMED, _rests_on(held), held, _place)
        return attachment(text, "text/markdown", "waymark-note.md")
    if ending not in cite.FORMATS:
        raise NotFound(f"Notes come as md, {', '.join(cite.FORMATS)}.")
    return citations(references(held, _place), ending, "waymark-note")


def _asked(note: Note) -> Asked:
    try:
        return parameters.asked_leniently()[0]
    except BadRequest:  # a note is kept for longer than a document may stay in the library
        return Asked("", Filters(), note=note)


def _lines(note: Note) -> dict[Pick, Noted | None]:
    """Each quote with its passage and document; None where the passage is not in the library."""
    with current.library().catalog() as catalog:
        return {pick: _noted(catalog, pick) for pick in note.picks}


def _noted(catalog: Catalog, pick: Pick) -> Noted | None:
    try:
        stored = catalog.passage(pick.passage_id)
    except KeyError:
        return None
    length = len(stored.passage.text)
    start, end = (min(at, length) for at in (pick.start, pick.end))
    quote = Quote.of(stored.passage, *((start, end) if start < end else (0, length)))
    document = catalog.documents_by_id([stored.document_id])[stored.document_id]
    return Noted(stored, document, parameters.opened_at(stored.passage, quote, pick.page))


def _rests_on(held: Sequence[Noted]) -> str:
    """What the note rests on: the day, the state of the library, how much is quoted."""
    quoted = f"{counted(len(held), 'quote')} from {counted(len(sources(held)), 'report')}"
    return f"{as_of()}: {quoted}."


def _place(one: Noted) -> str:
    return address(one.stored, one.quote)


def _address(asked: Asked, note: Note) -> str:
    return url_for("note.page", **replace(asked, note=note).address())  # type: ignore[arg-type] # lists are repeated
