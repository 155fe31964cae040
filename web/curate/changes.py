"""Changes that a curator asks for: making one, saying why one cannot be made, and going on to a
page that says what was done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from filelock import Timeout
from flask import flash, redirect, request, url_for
from werkzeug.exceptions import BadRequest, Conflict, NotFound
from werkzeug.wrappers import Response

from index.derived import views
from index.rows.database import LibraryError
from web.context import current, parameters

_WAIT_SECONDS = 3.0
"""For which a change waits for other writers. A training holds the lock for minutes, and the server
has four threads."""

_T = TypeVar("_T")


def perform(change: Callable[[], _T]) -> _T:
    """Make a change to the library; what the change returns.

    :raise 404: when what it changes is not there. :raise 409: when it cannot be made.
    """
    try:
        return change()
    except KeyError:
        raise NotFound("It is no longer there. Nothing was changed.") from None
    except LibraryError as error:
        raise Conflict(f"{error}. Nothing was changed.") from None


def perform_alone(change: Callable[[], _T]) -> _T:
    """Make a change while nobody else writes to the library, after waiting three seconds at most
    for other writers to end; what the change returns.

    :raise 404: as `perform`. :raise 409: as `perform`, and when another writer is still at work
        after that time.
    """

    def alone() -> _T:
        # Held over the change, which takes it again: no other writer comes in between.
        with views.lock(current.library().home, wait_seconds=_WAIT_SECONDS):
            return change()

    try:
        return perform(alone)
    except Timeout:
        raise Conflict(
            "The library is being published to, or its tagger trained, just now. Nothing was "
            "changed: go back and try again in a moment."
        ) from None


def numbers(field: str) -> set[int]:
    """The numbers that a form gives for a field, which may be repeated.

    :raise 400: when one is no number.
    """
    values = request.form.getlist(field)
    if not all(map(parameters.is_number, values)):
        raise BadRequest(f"{field} must be a number.")
    return {int(value) for value in values}


def back(said: str, endpoint: str = "desk.desk", **values: str) -> Response:
    """Redirect to a page, usually the desk, that says what was done."""
    flash(said[:300])
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type] # for the query
