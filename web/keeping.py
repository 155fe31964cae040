"""Keeping a document of the library: its details, its withdrawal, its removal for good."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from index import bin as binned
from index import erase
from index.edit import set_metadata
from index.records import StoredDocument
from ingest.fields import YEARS
from ingest.kinds import KINDS
from web import access, current
from web.changes import back, written
from web.documents import document_or_404
from web.fields import FieldsError, metadata_of_form, typed

blueprint = Blueprint("keeping", __name__)


@blueprint.route("/curate/documents/<document_id>", methods=["GET", "POST"])
def edit(document_id: str) -> Response | str:
    """The details of a document, to be changed; and what else can be done with it.

    :raise 404: if there is no document with this id. :raise 400: for fields that break the rules:
        the form again, as it was typed.
    """
    found = document_or_404(document_id)
    if request.method != "POST":
        return _shown(found, typed(found.metadata), {})
    try:
        meta = metadata_of_form(request.form)
    except FieldsError as error:
        return make_response(_shown(found, request.form, error.wrong), 400)
    written(lambda: set_metadata(current.library(), document_id, meta, access.who()))
    return back("The details are changed.", "documents.document", document_id=document_id)


def _shown(found: StoredDocument, given: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    return render_template(
        "keep.html", document=found, given=given, wrong=wrong, kinds=KINDS, years=YEARS
    )


@blueprint.post("/curate/documents/<document_id>/withdraw")
def withdraw(document_id: str) -> Response:
    """Into the bin. :raise 404: if there is no document with this id."""
    found = document_or_404(document_id)
    written(lambda: binned.withdraw(current.library(), document_id, access.who()))
    return back(f"{found.metadata.title} is withdrawn: no question finds it.", "desk.bin_page")


@blueprint.route("/curate/documents/<document_id>/remove", methods=["GET", "POST"])
def remove(document_id: str) -> Response | str:
    """Ask first; then remove for good. :raise 404: if there is no document with this id."""
    found = document_or_404(document_id)
    title = found.metadata.title
    if request.method != "POST":
        return render_template("remove.html", title=title, document=found)
    written(lambda: erase.remove(current.library(), document_id, access.who()))
    return back(f"{title} is gone for good.")
