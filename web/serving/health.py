"""Whether the server is alive, and whether it is ready to answer questions."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.exceptions import ServiceUnavailable

from index.status import status_of
from web.context import current
from web.context.problems import json_response

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz/alive")
def alive() -> Response:
    """Says that the server answers at all; asks nothing of the library."""
    return json_response({"status": "ok"})


@blueprint.get("/healthz/ready")
def ready() -> Response:
    """Says that the rows can be read and questions are answered at once; and whether they are
    answered from views that are behind the rows.

    :raise 503: while the views and the encoder are being opened, or when they cannot be.
    """
    _status_or_503()
    return json_response({"status": "ok"} | _behind())


@blueprint.get("/healthz")
def health() -> Response:
    """What `ready` says, and how much the library holds.

    :raise 503: as for `ready`.
    """
    state = _status_or_503()
    shown = ("documents", "passages", "generation")
    return json_response({"status": "ok"} | {key: state[key] for key in shown} | _behind())


def _behind() -> dict[str, object]:
    """Whether the last changes cannot be found yet, because their views could not be written."""
    answering = current.library().behind
    if answering is None:
        return {}
    why = "the views of later changes could not be written: see 'waymark doctor'"
    return {"behind": f"generation {answering} answers, as {why}"}


def _status_or_503() -> dict[str, object]:
    """What the library holds. :raise 503: while questions cannot be answered."""
    state = status_of(current.library())
    readiness = current.state().readiness
    readiness.begin()
    why = readiness.why_not
    if why:
        raise ServiceUnavailable(f"Not ready: {why}.", retry_after=2)
    return state
