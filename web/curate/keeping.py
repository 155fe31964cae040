"""Keeping a document of the library: its details, its withdrawal, its removal for good."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from index.curating import bin as binned
from index.curating import erase
from index.edit import change
from index.rows.records import StoredDocument
from ingest.metadata.fields import YEARS
from ingest.metadata.kinds import KINDS
from web.context import current
from web.curate import meanwhile
from web.curate.changes import back, perform_alone
from web.curate.fields import FieldsError, left_wrong, still_wrong, typed
from web.curate.meanwhile import Fields
from web.guard import access
from web.readers.documents import document_or_404

blueprint = Blueprint("keeping", __name__)


@blueprint.route("/curate/documents/<document_id>", methods=["GET", "POST"])
def edit(document_id: str) -> Response | str:
    """The details of a document, to be changed; and what else can be done with it.

    :raise 404: if there is no document with this id. :raise 400: for fields that break the rules:
        the form again, as it was typed. :raise 409: so too, for fields that another one changed
        since the form was shown.
    """
    found, form = document_or_404(document_id), request.form
    now = typed(found.metadata)
    if request.method != "POST":
        return _shown(found, now, now, {})
    try:
        library, who = current.library(), access.who()
        kept = perform_alone(
            lambda: change(library, document_id, partial(meanwhile.changed, form), who)
        )
    except FieldsError as error:
        return make_response(_shown(found, form, meanwhile.shown(form, now), error.wrong), 400)
    except meanwhile.OvertakenError:
        return form_again(document_id)
    said = f"The details are saved.{still_wrong(kept.metadata)}"
    return back(said, "documents.document", document_id=document_id)


def form_again(document_id: str, said: str = "") -> Response:
    """The form as it was filled in, over the document as another curator has made it since (409).
    said: what is said of the form as a whole.

    :raise 404: if there is no document with this id.
    """
    found, form = document_or_404(document_id), request.form
    now = typed(found.metadata)
    with current.library().catalog() as catalog:
        wrong = meanwhile.conflicts(catalog, document_id, form, now)
    return make_response(_shown(found, meanwhile.merged(form, now), now, wrong, said), 409)


def _shown(
    found: StoredDocument, given: Fields, shown: Fields, wrong: Fields, said: str = ""
) -> str:
    return render_template(
        "keep.html",
        document=found,
        given=given,
        shown=shown,
        wrong=wrong,
        standing=left_wrong(given, shown),
        said=said,
        kinds=KINDS,
        years=YEARS,
    )


@blueprint.post("/curate/documents/<document_id>/withdraw")
def withdraw(document_id: str) -> Response:
    """Into the bin. :raise 404: if there is no document with this id."""
    found = document_or_404(document_id)
    perform_alone(lambda: binned.withdraw(current.library(), document_id, access.who()))
    return back(
        f"{found.metadata.title} has been withdrawn: it no longer comes up in answers.",
        "desk.bin_page",
    )


@blueprint.route("/curate/documents/<document_id>/remove", methods=["GET", "POST"])
def remove(document_id: str) -> Response | str:
    """Ask first; then remove for good. :raise 404: if there is no document with this id."""
    found = document_or_404(document_id)
    title = found.metadata.title
    if request.method != "POST":
        return render_template("remove.html", title=title, document=found)
    perform_alone(lambda: erase.remove(current.library(), document_id, access.who()))
    return back(f"{title} has been removed for good.")
