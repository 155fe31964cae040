"""The documents: all of them, one, its original file, and pictures of its pages."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.curating.incoming import plain_name
from index.kept import collected
from index.rows import replaced
from index.rows.records import StoredDocument, StoredPassage
from index.rows.shelf import Shelved
from ingest.isolated.sandbox import Breach
from ingest.records import Health, Page
from search.browsing.alike import alike
from search.formats import cite
from web.context import current, parameters
from web.context.pictures import Pictures
from web.readers.attachment import citations
from web.readers.gone import document_problem
from web.readers.listing import has_words, main_labels, ordered
from web.readers.parts import count, parts
from web.wording.marks import words_on_page
from web.wording.strips import strips

blueprint = Blueprint("documents", __name__)

_TYPES = {".pdf": "application/pdf"}
"""Types that a browser may show by itself. All others are downloads, so that no uploaded HTML runs
under this server's address."""

_ALIKE = 5
"""Documents that are named as like one."""

_MOST_PARTS = 20
"""Parts that stand beside each other as links; of more one is chosen from a list."""

_MOST_HEADINGS = 300
"""Headings of an outline; where a document has more, those of the part that is shown."""

_CARD_LABELS = 3
"""Labels on a card."""


@blueprint.get("/documents")
def documents() -> str:
    """The documents. `find` is words that their title, publisher, year, kind or authors must have;
    `collection` the number of a collection; `sort` is title, newest, added or longest; `view` is
    list or cards.

    :raise 404: if there is no such collection.
    """
    wanted = request.args.get("find", "").strip()
    chosen = parameters.number("collection", 0, 1)
    with current.library().catalog() as catalog:
        every = catalog.documents()
        collections = collected.collections(catalog.connection)
        inside = collected.members(catalog.connection, chosen)
    if chosen and chosen not in {one.collection_id for one in collections}:
        raise NotFound("This collection is no longer there.")
    found = [
        document
        for document in every
        if has_words(document, wanted) and (not chosen or document.document_id in inside)
    ]
    state = {
        "find": wanted or None,
        "collection": chosen or None,
        "sort": request.args.get("sort", "title"),
        "view": "cards" if request.args.get("view") == "cards" else "list",
    }
    cards = state["view"] == "cards"
    return render_template(
        "documents.html",
        documents=ordered(found, str(state["sort"])),
        askable=0 < len(found) < len(every) and len(found) <= parameters.MOST_VALUES,
        most_asked=parameters.MOST_VALUES,
        every=every,
        collections=collections,
        state=state,
        labels=main_labels(current.holdings().columns, _CARD_LABELS) if cards else {},
        taxonomy=current.library().taxonomy,
    )


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> str:
    """One document: what is known of it, its outline, its page health, and its passages; of a long
    document those of the `part` that is asked for.

    :raise 404: if there is no document with this id. :raise 400: for a part that it does not have.
    """
    library = current.library()
    found = document_or_404(document_id)
    with library.catalog() as catalog:
        passages = catalog.passages_of(document_id)
        unread = [page for page in catalog.pages(document_id) if page.health is not Health.TEXT]
        inside = collected.of_document(catalog.connection, document_id)
        every = collected.collections(catalog.connection)
        newer = replaced.successor(catalog.connection, document_id)
        older = replaced.older(catalog.connection, document_id)
        versions = catalog.documents_by_id([newer, *older])
    cut = parts(passages)
    part = cut[parameters.number("part", 1, 1, max(1, len(cut))) - 1] if cut else None
    outline = _outline(passages)
    too_long = part is not None and len(outline) > _MOST_HEADINGS
    return render_template(
        "document.html",
        document=found,
        newer=versions.get(newer),
        older=[versions[name] for name in older],
        unread=unread,
        inside=inside,
        collections=every,
        parts=cut,
        part=part,
        most_parts=_MOST_PARTS,
        outline=_outline(part.shown) if part and too_long else outline,
        cut_outline=too_long,
        strips=strips(passages, library.taxonomy),
        like=alike(library, document_id, _ALIKE),
        reference=cite.plain(cite.of_document(found)),
        taxonomy=library.taxonomy,
    )


def _outline(passages: Sequence[StoredPassage]) -> list[tuple[int, str, StoredPassage]]:
    """Depth (0-based), heading and the first passage under it, in the order of the document."""
    found: list[tuple[int, str, StoredPassage]] = []
    before: tuple[str, ...] = ()
    for stored in passages:
        section = stored.passage.section
        same = 0
        while same < min(len(section), len(before)) and section[same] == before[same]:
            same += 1
        found += [(depth, section[depth], stored) for depth in range(same, len(section))]
        before = section
    return found


@blueprint.get("/documents/<document_id>/cite.<ending>")
def citation(document_id: str, ending: str) -> Response:
    """The document's citation: ris, bib or json. :raise 404: if there is none of that name."""
    found = document_or_404(document_id)
    return citations([cite.of_document(found)], ending, f"waymark-{document_id}")


@blueprint.get("/documents/<document_id>/file")
def file(document_id: str) -> AnyResponse:
    """The original, as it was added; `#page=9` opens a PDF at page 9.

    :raise 404: if there is no document with this id, or its original is lost.
    """
    found = document_or_404(document_id)
    original = current.library().home.original(found.file_sha256)
    if not original.is_file():
        raise NotFound("The original of this document is not in the library's folder.")
    suffix = "." + found.file_name.rsplit(".", 1)[-1].lower()
    return send_file(
        original,
        mimetype=_TYPES.get(suffix, "application/octet-stream"),
        as_attachment=suffix not in _TYPES,
        download_name=plain_name(found.file_name),
        conditional=True,
        etag=found.file_sha256,
    )


@blueprint.get("/documents/<document_id>/pages/<int:number>")
def page(document_id: str, number: int) -> str | AnyResponse:
    """A page: its picture beside the passages that stand on it. A text without pages is one page
    in name only: where it is read in parts, its first part is shown.

    :raise 404: if there is no such document or page.
    """
    found = document_or_404(document_id)
    if not 1 <= number <= found.page_count:
        raise NotFound(f"This document has pages 1 to {found.page_count}.")
    with current.library().catalog() as catalog:
        passages = [
            stored
            for stored in catalog.passages_of(document_id)
            if stored.passage.page_first <= number <= stored.passage.page_last
        ]
        pages = {page.number: page for page in catalog.pages(document_id)}
    if found.page_count == 1 and not shows_pages(found) and count(len(passages)) > 1:
        whole = url_for("documents.document", document_id=document_id)
        return redirect(f"{whole}?{request.query_string.decode('ascii', 'replace')}#passages")
    return render_template(
        "page.html",
        document=found,
        number=number,
        passages=passages,
        here=pages.get(number, Page(number, Health.EMPTY)),
        taxonomy=current.library().taxonomy,
    )


@blueprint.get("/documents/<document_id>/pages/<int:number>.png")
def picture(document_id: str, number: int) -> AnyResponse:
    """A picture of a page of a PDF; `passage`, `start` and `end` name the quote marked in it.

    :raise 400: when start or end is no number. :raise 404: if there is no such page, or it cannot
        be drawn. :raise 503: when too many others are being drawn.
    """
    found = document_or_404(document_id)
    if not shows_pages(found) or not 1 <= number <= found.page_count:
        raise NotFound("There is no picture of this page.")
    pictures = Pictures(current.library().home)
    drawn = pictures.get(found.file_sha256, number, _words_on(document_id, number))
    if isinstance(drawn, Breach):
        raise NotFound(f"There is no picture of this page: {drawn.message}.")
    response = send_file(drawn, mimetype="image/png", conditional=True, etag=drawn.stem)
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def _words_on(document_id: str, number: int) -> str:
    """Those words of the quote that stand on a page; empty where the query names no `passage`."""
    name = request.args.get("passage", "")
    if not name:
        return ""
    stored = passage_or_404(name)
    if stored.document_id != document_id:
        raise NotFound("This passage is of another document.")
    quote = parameters.quote(stored.passage)
    return words_on_page(stored.passage, number, quote.start, quote.end)


def document_or_404(document_id: str) -> StoredDocument:
    """The document with this id. :raise 404: if there is none."""
    with current.library().catalog() as catalog:
        found = catalog.documents_by_id([document_id])
    if document_id not in found:
        raise document_problem(document_id)
    return found[document_id]


def passage_or_404(passage_id: str) -> StoredPassage:
    """The passage with this id. :raise 404: if there is none."""
    with current.library().catalog() as catalog:
        try:
            return catalog.passage(passage_id)
        except KeyError:
            raise NotFound("There is no passage with this address in the library.") from None


def shows_pages(document: StoredDocument | Shelved) -> bool:
    """Whether there are pictures of its pages, which only a PDF has."""
    return document.file_name.lower().endswith(".pdf")
