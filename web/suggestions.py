"""Reports that readers miss: the form for readers, the list for curators."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response

from index import suggestions
from index.suggestions import LONGEST_NOTE, LONGEST_TITLE, LONGEST_URL, State, SuggestionError
from web import access, current
from web.changes import back, done
from web.rates import Buckets, reader_of

blueprint = Blueprint("suggestions", __name__)

PER_HOUR, PER_DAY = 5, 100
"""Forms that come in again for one address in an hour, and for all together in a day; so many are
taken at once after a rest."""

_DECIDED = 30


class Throttle:
    """Counts forms by address and all together, in memory alone: it forgets when the server ends,
    and a server of several processes counts in each. Safe to share between threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._own = Buckets(PER_HOUR / 60, PER_HOUR)
        self._all = Buckets(PER_DAY / (24 * 60), PER_DAY)

    def wait(self, address: str) -> float:
        """Count a form from an address; seconds until the next is taken, 0 when this one is."""
        now = self._clock()
        return self._own.take(reader_of(address), 1, now) or self._all.take("all", 1, now)


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    state.app.extensions["throttle"] = Throttle()


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
    throttle: Throttle = current_app.extensions["throttle"]
    wait = math.ceil(throttle.wait(request.remote_addr or ""))
    if wait:
        minutes = math.ceil(wait / 60)
        said = f"That is more than we can read just now. Please come back in {minutes} minutes."
        return _form(said, 429, {"Retry-After": str(wait)})
    given = (request.form.get(name, "") for name in ("title", "url", "note"))
    try:
        suggestions.suggest(current.library(), *given)
    except SuggestionError as error:
        return _form(str(error), 400, wrong=error.field)
    return redirect(url_for("suggestions.suggest", sent=1), 303)


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
    """What readers miss, and the last ones decided."""
    with current.library().catalog() as catalog:
        by_state = {
            state: suggestions.listing(catalog.connection, state, _DECIDED)
            for state in (State.TAKEN, State.DECLINED)
        }
        waiting = suggestions.listing(catalog.connection, State.OPEN)
    return render_template("suggestions.html", waiting=waiting, **by_state)


@blueprint.post("/curate/suggestions/<int:suggestion_id>/decide")
def decide(suggestion_id: int) -> Response:
    """Give it the `state` taken, declined or open.

    :raise 400: for another state. :raise 404: if there is no such suggestion.
    """
    try:
        state = State(request.form.get("state", ""))
    except ValueError:
        raise BadRequest(f"state: one of {', '.join(State)}.") from None
    who = access.who()
    decided = done(lambda: suggestions.decide(current.library(), suggestion_id, state, who))
    return back(f"{decided.title}: {state}.", "suggestions.listed")
