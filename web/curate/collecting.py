"""Collections at the desk: making and naming them, and which a document is in."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from index.kept import collected
from index.rows.database import LibraryError
from web.context import current
from web.curate.changes import back, numbers, perform
from web.guard import access
from web.readers.documents import document_or_404

blueprint = Blueprint("collecting", __name__)


@blueprint.route("/curate/collections", methods=["GET", "POST"])
def page() -> Response:
    """The collections; when the form is sent, a new one named `title`.

    :raise 400: for a name that is empty, too long or taken: the form again, as it was typed.
    """
    if request.method != "POST":
        return _shown()
    try:
        made = collected.make(current.library(), _name(), access.who())
    except LibraryError as error:
        return _shown(wrong=str(error))
    return back(f"The collection {made.name} has been created.", "collecting.page")


@blueprint.post("/curate/collections/<int:collection_id>/rename")
def rename(collection_id: int) -> Response:
    """Give a collection the name `title`.

    :raise 404: if there is none. :raise 400: for a name it cannot have: the form again, as it was
        typed.
    """
    try:
        renamed = collected.rename(current.library(), collection_id, _name(), access.who())
    except KeyError:
        raise NotFound("It is no longer there. Nothing was changed.") from None
    except LibraryError as error:
        return _shown(collection_id, str(error))
    return back(f"The collection is now called {renamed.name}.", "collecting.page")


def _shown(at: int = 0, wrong: str = "") -> Response:
    """The page of all collections. wrong: what is wrong with the name that was typed for the
    collection with the id `at`, or for a new one where that is 0.
    """
    with current.library().catalog() as catalog:
        every = collected.collections(catalog.connection)
    typed = {"at": at, "wrong": wrong, "given": _name()}
    shown = render_template("collections.html", collections=every, **typed)
    return make_response(shown, 400 if wrong else 200)


@blueprint.route("/curate/collections/<int:collection_id>/remove", methods=["GET", "POST"])
def remove(collection_id: int) -> Response | str:
    """Ask first, then remove a collection; its documents stay. :raise 404: if there is none."""
    if request.method != "POST":
        with current.library().catalog() as catalog:
            found = perform(lambda: collected.get(catalog.connection, collection_id))
        return render_template("collection_remove.html", collection=found)
    gone = perform(lambda: collected.remove(current.library(), collection_id, access.who()))
    return back(
        f"The collection {gone.name} has been removed; its documents stay in the library.",
        "collecting.page",
    )


@blueprint.post("/curate/documents/<document_id>/collections")
def place(document_id: str) -> Response:
    """Put a document into collections and take it out of others. `shown` names those that it was in
    when the form was shown, `collection` those that it is to be in.

    :raise 400: for one that is no number. :raise 404: if there is no such document or collection.
    """
    document_or_404(document_id)
    chosen, shown = numbers("collection"), numbers("shown")
    library, who = current.library(), access.who()
    changed = perform(
        lambda: collected.place(library, document_id, chosen - shown, shown - chosen, who)
    )
    said = "Its collections are saved." if changed else "Nothing was changed."
    return back(said, "documents.document", document_id=document_id)


def _name() -> str:
    return request.form.get("title", "")
