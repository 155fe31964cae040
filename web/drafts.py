"""A draft: what was read of it, what is guessed of it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, make_response, render_template, request, send_file
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from index import desk as worker
from index import drafted, jobs, ocr, shelf
from index.records import StoredDocument
from index.shelf import Shelved
from ingest.fields import YEARS
from ingest.kinds import KINDS
from ingest.sandbox import Breach
from web import access, current
from web.changes import back, done
from web.documents import shows_pages
from web.fields import FieldsError, metadata_of_form, typed
from web.pictures import Pictures

blueprint = Blueprint("drafts", __name__)


@blueprint.get("/curate/drafts/<document_id>")
def draft(document_id: str) -> str:
    """All that is known of a draft, to be put right and published.

    :raise 404: if there is no draft with this id.
    """
    found = _draft(document_id)
    return _shown(found, typed(found.metadata) | {"replaces": found.replaces}, {})


def _shown(found: Shelved, given: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    """The page of a draft, its form filled in as given, and what is wrong with it, by field."""
    with current.library().catalog() as catalog:
        published = catalog.documents()
        publishing = jobs.waiting(catalog.connection, jobs.Task.PUBLISH, found.document_id)
    return render_template(
        "draft.html",
        draft=found,
        given=given,
        wrong=wrong,
        years=YEARS,
        unread=[page for page in found.pages if page.health.unread],
        read=[page for page in found.pages if not page.health.unread],
        has_ocr=ocr.installed(),
        alike=_alike(found, published),
        published=published,
        publishing=publishing,
        pictured=shows_pages(found),
        kinds=KINDS,
        taxonomy=current.library().taxonomy,
    )


def _alike(
    found: Shelved, published: list[StoredDocument]
) -> list[tuple[shelf.Duplicate, StoredDocument | None]]:
    """Likely duplicates, with the document where one is in the library."""
    known = {document.document_id: document for document in published}
    return [(one, known.get(one.document_id)) for one in found.duplicates]


@blueprint.get("/curate/drafts/<document_id>/pages/<int:number>")
def page(document_id: str, number: int) -> str:
    """A page of a draft: its picture beside what was read of it.

    :raise 404: if there is no such draft or page.
    """
    found = _draft(document_id)
    health = {page.number: page.health for page in found.pages}
    if number not in health:
        raise NotFound(f"This draft has pages 1 to {len(found.pages)}.")
    passages = [
        (passage, tags)
        for passage, tags in zip(found.passages, found.tags, strict=True)
        if passage.page_first <= number <= passage.page_last
    ]
    return render_template(
        "draft_page.html",
        draft=found,
        number=number,
        health=health[number],
        passages=passages,
        pictured=shows_pages(found),
        taxonomy=current.library().taxonomy,
    )


@blueprint.get("/curate/drafts/<document_id>/pages/<int:number>.png")
def picture(document_id: str, number: int) -> Response:
    """A picture of a page of a draft. :raise 404: if there is none, or it cannot be drawn."""
    found = _draft(document_id)
    if not shows_pages(found) or not 1 <= number <= len(found.pages):
        raise NotFound("There is no picture of this page.")
    drawn = Pictures(current.library().home).get(found.file_sha256, number, "")
    if isinstance(drawn, Breach):
        raise NotFound(f"There is no picture of this page: {drawn.message}.")
    return send_file(drawn, mimetype="image/png", conditional=True, etag=drawn.stem)


@blueprint.post("/curate/drafts/<document_id>")
def put_right(document_id: str) -> Response:
    """Keep the form's fields, with the document that `replaces` names; publish too when `do` is
    "publish".

    :raise 404: if there is no such draft. :raise 400: for fields that break the rules: the form
        again, as it was typed.
    :raise 409: when it is being published already, or cannot be.
    """
    library, who = current.library(), access.who()
    wanted = request.form.get("do", "save")
    if wanted not in ("save", "publish"):
        raise BadRequest("do must be save or publish.")
    try:
        metadata = metadata_of_form(request.form)
    except FieldsError as error:
        return make_response(_shown(_draft(document_id), request.form, error.wrong), 400)
    replaces = request.form.get("replaces", "")
    done(lambda: drafted.set_metadata(library, document_id, metadata, who, replaces))
    if wanted == "save":
        return back("The details are kept.", "drafts.draft", document_id=document_id)
    job = done(lambda: drafted.publish(library, document_id, who, replaces))
    return back(f"{job.name} is being published.")


@blueprint.post("/curate/drafts/<document_id>/ocr")
def read_again(document_id: str) -> Response:
    """Read the scanned and garbled pages of a draft with OCR.

    :raise 404: if there is no such draft. :raise 409: when OCRmyPDF is not installed.
    """
    job = done(lambda: worker.ocr(current.library(), document_id, access.who()))
    return back(f"The unread pages of {job.name} are being read.")


def _draft(document_id: str) -> Shelved:
    with current.library().catalog() as catalog:
        try:
            found = shelf.get(catalog.connection, document_id)
        except KeyError:
            raise NotFound(
                "There is no draft with this id: it was published, or removed."
            ) from None
    if found.state != shelf.ShelfState.DRAFT:
        raise NotFound("This is no draft: it lies in the bin.")
    return found
