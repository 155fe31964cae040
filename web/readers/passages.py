"""The page of a passage: its lasting address, what stands around it, and how to cite it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.rows.records import StoredPassage
from ingest.records import BlockKind
from search.formats import cite
from search.ranking.source_notes import notes_of
from search.records import Quote, SourceNote
from web.context import current, parameters
from web.readers.attachment import citations
from web.readers.documents import document_or_404, passage_or_404
from web.readers.gone import passage_page
from web.readers.taken import just_taken
from web.wording.marks import quoted_at

blueprint = Blueprint("passages", __name__)


@dataclass(frozen=True, slots=True)
class Around:
    """The passages before and after one; None at the ends of a document.

    Footnotes are passed over beside a passage of the text: they are kept at the end of a section,
    and come from pages before and after it.
    """

    before: StoredPassage | None
    after: StoredPassage | None


@blueprint.get("/passages/<name>")
def passage(name: str) -> str | AnyResponse:
    """A passage between its neighbours. `start` and `end` mark a quote in it; `page` is the page to
    open where it stands on several. The page of a passage that left the library says so.

    :raise 400: when one of these is no number. :raise 404: if there is no such passage.
    """
    try:
        stored = passage_or_404(name)
    except NotFound:
        return passage_page(name)
    return render_template(
        "passage.html",
        stored=stored,
        document=document_or_404(stored.document_id),
        quote=parameters.quote(stored.passage),
        around=around(stored),
        notes=_notes(stored),
        taxonomy=current.library().taxonomy,
        labels=current.library().taxonomy.labels,
        last=just_taken(),
    )


@blueprint.get("/passages/<name>/around")
def neighbours(name: str) -> str:
    """The passages before and after, as a piece of a page for the script.

    :raise 404: if there is no such passage.
    """
    stored = passage_or_404(name)
    return render_template(
        "around.html", around=around(stored), document=document_or_404(stored.document_id)
    )


@blueprint.get("/passages/<name>/cite.<ending>")
def citation(name: str, ending: str) -> Response:
    """The passage's citation, `start`, `end` and `page` of the quote in the query: ris, bib or
    json.

    :raise 400: when one of these is no number. :raise 404: if there is no such passage or format.
    """
    stored = passage_or_404(name)
    quote = parameters.quote(stored.passage)
    words = quote.words(stored.passage)
    document = document_or_404(stored.document_id)
    where = cite.cited_pages(stored, quote)
    reference = cite.of_passage(document, address(stored, quote), where, words)
    return citations([reference], ending, f"waymark-{stored.passage_id}")


def address(stored: StoredPassage, quote: Quote) -> str:
    """The lasting address of a quote, with the server's name, as files and citations state it."""
    return url_for("passages.passage", _external=True, **quoted_at(quote, stored))  # type: ignore[arg-type] # whatever else goes into the query


def _notes(stored: StoredPassage) -> tuple[SourceNote, ...]:
    with current.library().catalog() as catalog:
        return notes_of(catalog, stored)


def around(stored: StoredPassage) -> Around:
    """The passages that a reader finds before and after one in its document."""
    position, kind = stored.passage.position, stored.passage.kind
    without = None if kind is BlockKind.FOOTNOTE else BlockKind.FOOTNOTE
    with current.library().catalog() as catalog:
        before, after = catalog.beside(stored.document_id, position, without)
        found = catalog.passages([number for number in (before, after) if number is not None])
    return Around(found.get(before or 0), found.get(after or 0))
