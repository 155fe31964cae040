"""The pages of a draft: what was read and guessed of it, putting that right, and publishing it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from flask import Blueprint, make_response, render_template, request, send_file
from werkzeug.exceptions import BadRequest, Gone, NotFound
from werkzeug.wrappers import Response

from index.curating import desk as worker
from index.curating import drafted, jobs
from index.curating.guesses import LIKELY
from index.curating.inherited import INHERITED
from index.files import ocr
from index.rows import audit, shelf
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.records import StoredDocument
from index.rows.shelf import Shelved
from ingest.isolated.sandbox import Breach
from ingest.metadata.fields import YEARS
from ingest.metadata.kinds import KINDS
from web.context import current
from web.context.pictures import Pictures
from web.curate import keeping, meanwhile
from web.curate.changes import back, perform
from web.curate.fields import FieldsError, left_wrong, still_wrong, typed
from web.curate.meanwhile import Fields
from web.guard import access
from web.readers.documents import shows_pages

blueprint = Blueprint("drafts", __name__)

_LINES = 1000
"""Lines of the log that are read to find out what became of a draft."""


@blueprint.get("/curate/drafts/<document_id>")
def draft(document_id: str) -> str:
    """All that is known of a draft, to be put right and published.

    :raise 404: if there never was a draft with this id. :raise 410: if it is none any more.
    """
    found = _draft(document_id)
    now = _fields(found)
    return _shown(found, now, now, {})


def _fields(found: Shelved) -> dict[str, str]:
    return typed(found.metadata) | {"replaces": found.replaces}


def _shown(found: Shelved, given: Fields, shown: Fields, wrong: Fields, said: str = "") -> str:
    """The page of a draft. given: what its form is filled in with. shown: what the form says that
    it showed. wrong: what is wrong, by field. said: the same of the form as a whole.
    """
    with current.library().catalog() as catalog:
        published = catalog.documents()
        publishing = jobs.waiting(catalog.connection, jobs.Task.PUBLISH, found.document_id)
        binned = _to_replace(catalog, found)
        waiting = _waiting(catalog, found.document_id)
        files = {one.document_id: one.file_name for one in shelf.listing(catalog.connection)}
    return render_template(
        "draft.html",
        binned=binned,
        waiting=waiting,
        files=files,
        draft=found,
        given=given,
        shown=shown,
        wrong=wrong,
        standing=left_wrong(given, shown),
        said=said,
        years=YEARS,
        likely=LIKELY,
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


def _waiting(catalog: Catalog, document_id: str) -> list[str]:
    """Ids of the drafts that are not being published, in the desk's order, this one among them."""
    active = jobs.active(catalog.connection)
    going = {job.subject for job in active if job.task == jobs.Task.PUBLISH} - {document_id}
    listed = shelf.listing(catalog.connection, shelf.ShelfState.DRAFT)
    return [one.document_id for one in listed if one.document_id not in going]


def _next(document_id: str) -> str:
    """The id of the draft that comes after one on the desk; empty where none does."""
    with current.library().catalog() as catalog:
        waiting = _waiting(catalog, document_id)
    at = waiting.index(document_id) + 1 if document_id in waiting else len(waiting)
    return waiting[at] if at < len(waiting) else ""


def _to_replace(catalog: Catalog, found: Shelved) -> Shelved | None:
    """What a draft is to replace, where that lies in the bin."""
    try:
        other = shelf.get(catalog.connection, found.replaces)
    except KeyError:
        return None
    return None if other.state == shelf.ShelfState.DRAFT else other


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
    """A picture of a page of a draft.

    :raise 404: if there is none, or it cannot be drawn. :raise 503: when too many others are being
        drawn.
    """
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
    "publish", or "next", which goes on to the next draft.

    :raise 404: if there never was such a draft. :raise 410: if it is in the library no more or was
        discarded; the page shows what was typed. :raise 400: for fields that break the rules: the
        form again, as it was filled in.
    :raise 409: the form again too, when the draft is being published already or cannot be, and for
        fields that another curator has changed since the form was shown; the form of the document,
        when the draft was published meanwhile.
    """
    library, who, form = current.library(), access.who(), request.form
    wanted = form.get("do", "save")
    if wanted not in ("save", "publish", "next"):
        raise BadRequest("do must be save, publish or next.")
    after = _next(document_id) if wanted == "next" else ""
    put = drafted.put_right if wanted == "save" else drafted.put_right_and_publish
    try:
        kept = put(library, document_id, partial(_changed, form), who)
    except FieldsError as error:
        found = _draft(document_id)
        shown = meanwhile.shown(form, _fields(found))
        return make_response(_shown(found, form, shown, error.wrong), 400)
    except meanwhile.OvertakenError:
        return _form_again(document_id)
    except KeyError:
        return _published_meanwhile(document_id)
    except LibraryError as error:
        return _form_again(document_id, f"{error}. Nothing was changed.")
    taken = _taken_over(kept) + still_wrong(kept.metadata)
    if wanted == "save":
        return back(f"The details are saved.{taken}", "drafts.draft", document_id=document_id)
    said = f"{kept.metadata.title} is being published.{taken}"
    return back(said, "drafts.draft", document_id=after) if after else back(said)


def _taken_over(kept: Shelved) -> str:
    names = [
        {"url": "link"}.get(name, name)
        for name, guess in kept.guesses.items()
        if guess.source == INHERITED
    ]
    return f" Taken over from the old version: {', '.join(names)}." if names else ""


def _changed(form: Fields, draft: Shelved) -> Shelved:
    """The draft with what the person changed in its form."""
    metadata = meanwhile.changed(form, draft.metadata)
    if "replaces" in meanwhile.changed_by_both(form, _fields(draft)):
        raise meanwhile.OvertakenError
    after = meanwhile.merged(form, _fields(draft))
    return replace(draft, metadata=metadata, replaces=after["replaces"])


def _form_again(document_id: str, said: str = "") -> Response:
    """The form as it was filled in, over the draft as another curator has made it since (409)."""
    found, form = _draft(document_id), request.form
    now = _fields(found)
    with current.library().catalog() as catalog:
        wrong = meanwhile.conflicts(catalog, document_id, form, now)
    shown = _shown(found, meanwhile.merged(form, now), now, wrong, said)
    return make_response(shown, 409)


def _published_meanwhile(document_id: str) -> Response:
    """The form of the document that a draft became meanwhile, with what was typed for the draft."""
    left = _left(document_id)
    if not left.document_id:
        raise left
    return keeping.form_again(document_id, f"{left.description} What you typed is not kept yet.")


@blueprint.post("/curate/drafts/<document_id>/ocr")
def read_again(document_id: str) -> Response:
    """Read the scanned and garbled pages of a draft with OCR.

    :raise 404: if there is no such draft. :raise 409: when OCRmyPDF is not installed.
    """
    job = perform(lambda: worker.ocr(current.library(), document_id, access.who()))
    return back(f"The unread pages of {job.name} are being read.")


class LeftDraftError(Gone):
    """The draft that was asked for is none any more.

    document_id: its id if it is in the library now, or empty.
    typed: names and texts of the form that was sent, to be shown again.
    """

    def __init__(self, said: str, document_id: str) -> None:
        super().__init__(said)
        self.document_id = document_id
        self.typed = access.typed()


_THERE = {
    "published": "published this draft: it is in the library.",
    "restored": "put it back: it is in the library.",
}
_LEFT = {
    "discard": "discarded this draft.",
    "withdraw": "withdrew it after it was published: it lies in the bin.",
    "replaced": "put a newer version in its place: it lies in the bin.",
    "remove": "removed it for good.",
}
"""What became of a draft, by the action in the log, in words to follow the curator's name: `_THERE`
for one that is in the library now, `_LEFT` for one that is not."""


def _draft(document_id: str) -> Shelved:
    """The draft with this id. :raise 404: if there never was one. :raise 410: if it is none now."""
    with current.library().catalog() as catalog, suppress(KeyError):
        found = shelf.get(catalog.connection, document_id)
        if found.state == shelf.ShelfState.DRAFT:
            return found
    raise _left(document_id)


def _left(document_id: str) -> LeftDraftError:
    """The error that says what became of a draft. :raise 404: where nothing is known of it."""
    with current.library().catalog() as catalog:
        lines = audit.entries(catalog.connection, _LINES, subject=document_id)
        there = catalog.documents_by_id([document_id])
    words = _THERE if there else _LEFT
    for line in lines:
        if line.subject == document_id and line.action in words:
            said = f"{line.who} {words[line.action]}"
            return LeftDraftError(said, document_id if there else "")
    if there:
        return LeftDraftError("It is in the library.", document_id)
    raise NotFound("There is no draft with this id.")
