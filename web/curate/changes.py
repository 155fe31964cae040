"""A change that a curator asks for: made, refused in words, or waited for; then on to a page."""

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

_T = TypeVar("_T")


def done(change: Callable[[], _T]) -> _T:
    """What a change to the library came to.

    :raise 404: when it was to something that is not there. :raise 409: when it cannot be made.
    """
    try:
        return change()
    except KeyError:
        raise NotFound("It is not there any more. Nothing was changed.") from None
    except LibraryError as error:
        raise Conflict(f"{error}. Nothing was changed.") from None


def written(change: Callable[[], _T]) -> _T:
    """What a change came to that waits for every other writer, three seconds at most: none of the
    server's four threads is kept waiting for a training of minutes.

    :raise 404: as `done`. :raise 409: as `done`, and when the library is still being written to
        after that time.
    """

    def alone() -> _T:
        # Held over the change, which takes it again: no other writer comes in between.
        with views.lock(current.library().home, wait_seconds=_WAIT_SECONDS):
            return change()

    try:
        return done(alone)
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
    """To a page, the desk unless told otherwise, which says what was done."""
    flash(said[:300])
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type] # for the query
