"""Reports that readers miss: the form for readers, the list for curators."""

from __future__ import annotations

import math

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response

from index.kept import suggestions
from index.kept.suggestions import (
    LONGEST_NOTE,
    LONGEST_TITLE,
    LONGEST_URL,
    SuggestionError,
    SuggestionState,
)
from web.context import current
from web.curate.changes import back, perform
from web.guard import access
from web.readers.templating import noted

blueprint = Blueprint("suggestions", __name__)

_DECLINED = 30
"""Declined suggestions that are listed, the last ones."""


@blueprint.route("/suggest", methods=["GET", "POST"])
def suggest() -> Response:
    """The form; when it is sent, its report goes to the curators' list.

    :raise 400: when the form's token is wrong. :raise 403: when it comes from another site, or
        nobody curates this library.
    """
    if not access.can_sign_in():
        raise Forbidden("Nobody curates this library here, so nobody would read a suggestion.")
    if request.method != "POST":
        return _form("", 200)
    access.check_form()
    wait = math.ceil(current.state().throttle.take(request.remote_addr or ""))
    if wait:
        minutes = math.ceil(wait / 60)
        said = f"That is more than we can read just now. Please come back in {minutes} minutes."
        return _form(said, 429, {"Retry-After": str(wait)})
    given = (request.form.get(name, "") for name in ("title", "url", "note"))
    try:
        suggestions.suggest(current.library(), *given)
    except SuggestionError as error:
        return _form(str(error), 400, wrong=error.field)
    here = url_for("suggestions.suggest", sent=1, **noted())  # type: ignore[arg-type] # lists are repeated
    return redirect(here, 303)


def _form(
    said: str, status: int, headers: dict[str, str] | None = None, wrong: str = ""
) -> Response:
    page = render_template(
        "suggest.html",
        said=said,
        wrong=wrong,
        sent=request.method == "GET" and "sent" in request.args,
        given=request.form,
        longest={"title": LONGEST_TITLE, "url": LONGEST_URL, "note": LONGEST_NOTE},
    )
    return Response(page, status, headers, mimetype="text/html")


@blueprint.get("/curate/suggestions")
def listed() -> str:
    """What readers miss: suggestions that wait, those that were taken, the last declined ones."""
    with current.library().catalog() as catalog:
        connection = catalog.connection
        return render_template(
            "suggestions.html",
            waiting=suggestions.listing(connection, SuggestionState.OPEN),
            taken=suggestions.listing(connection, SuggestionState.TAKEN),
            declined=suggestions.listing(connection, SuggestionState.DECLINED, _DECLINED),
        )


@blueprint.post("/curate/suggestions/<int:suggestion_id>/done")
def finish(suggestion_id: int) -> Response:
    """Take a suggestion off the list, as it was taken and is done now.

    :raise 404: if there is no such suggestion.
    """
    library, who = current.library(), access.who()
    finished = perform(lambda: suggestions.finish(library, suggestion_id, who))
    return back(f"{finished.title}: done.", "suggestions.listed")


@blueprint.post("/curate/suggestions/<int:suggestion_id>/decide")
def decide(suggestion_id: int) -> Response:
    """Give it the `state` taken, declined or open.

    :raise 400: for another state. :raise 404: if there is no such suggestion.
    """
    try:
        state = SuggestionState(request.form.get("state", ""))
    except ValueError:
        raise BadRequest(f"state: one of {', '.join(SuggestionState)}.") from None
    who = access.who()
    decided = perform(lambda: suggestions.decide(current.library(), suggestion_id, state, who))
    return back(f"{decided.title}: {state}.", "suggestions.listed")
