"""The pages: search, documents, one document, its file. All work without a script."""

from __future__ import annotations

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from index.records import StoredDocument
from ingest.kinds import KINDS
from search.find import find
from web import current
from web.marks import Marked, marked

blueprint = Blueprint("pages", __name__)

RESULTS = 10
_TYPES = {".pdf": "application/pdf"}
"""Types a browser may show itself; everything else is a download, so that no uploaded page runs."""


@blueprint.get("/")
def search() -> str:
    """The search page; with `q`, its results.

    :raise 400: for filters that name what is not there.
    """
    library = current.library()
    question = request.args.get("q", "").strip()
    filters = current.filters()
    answer = find(library, question, RESULTS, filters) if question else None
    with library.catalog() as catalog:
        counts = catalog.counts()
    return render_template(
        "search.html",
        question=question,
        filters=filters,
        year=request.args.get("year", ""),
        answer=answer,
        counts=counts,
        taxonomy=library.taxonomy,
        kinds=KINDS,
    )


@blueprint.get("/documents")
def documents() -> str:
    """All documents, by title."""
    with current.library().catalog() as catalog:
        return render_template("documents.html", documents=catalog.documents())


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> str:
    """One document: what is known of it, the pages that could not be read, its passages.

    :raise 404: if there is no document with this id.
    """
    library = current.library()
    with library.catalog() as catalog:
        found = _document(document_id)
        return render_template(
            "document.html",
            document=found,
            unread=[page for page in catalog.pages(document_id) if page.health != "text"],
            passages=catalog.passages_of(document_id),
            taxonomy=library.taxonomy,
        )


@blueprint.get("/documents/<document_id>/file")
def file(document_id: str) -> Response:
    """The original, as it was added; `#page=9` opens a PDF at page 9.

    :raise 404: if there is no document with this id, or its original is lost.
    """
    found = _document(document_id)
    original = current.library().home.original(found.file_sha256)
    if not original.is_file():
        raise NotFound("The original of this document is not in the library's folder.")
    suffix = "." + found.file_name.rsplit(".", 1)[-1].lower()
    return send_file(
        original,
        mimetype=_TYPES.get(suffix, "application/octet-stream"),
        as_attachment=suffix not in _TYPES,
        download_name=found.file_name,
        conditional=True,
        etag=found.file_sha256,
    )


def _document(document_id: str) -> StoredDocument:
    with current.library().catalog() as catalog:
        found = catalog.documents_by_id([document_id])
    if document_id not in found:
        raise NotFound("There is no document with this id in the library.")
    return found[document_id]


@blueprint.app_template_filter("marked")
def _marked(text: str, start: int, end: int) -> Marked:
    return marked(text, start, end)


@blueprint.app_template_global("page_link")
def page_link(found: StoredDocument, page: int) -> str:
    """Where a document opens at a page: the PDF itself, else its page in the library."""
    if found.file_name.lower().endswith(".pdf"):
        return url_for("pages.file", document_id=found.document_id, _anchor=f"page={page}")
    return url_for("pages.document", document_id=found.document_id)
