"""ETags made of the library's generation: a script that has an answer already is sent a 304."""

from __future__ import annotations

from functools import cache
from importlib import metadata

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from web.context import current

_WITH_ETAG = "/api/v1/"
"""How the addresses begin whose answers get an ETag."""


def register(blueprint: Blueprint) -> None:
    """Give every answer to a GET below /api/v1 an ETag, and answer 304 where it is known."""
    blueprint.before_request(_remember_state)
    blueprint.after_request(_with_etag)


def answered_by(generation: int) -> None:
    """Note the generation of the views that answered this request; it may be behind the rows."""
    g.generation = generation


def _remember_state() -> None:
    # Read before the answer is made: if the library changes meanwhile, the tag is too old and the
    # script asks again; read afterwards, it would be too new for the answer.
    if request.path.startswith(_WITH_ETAG) and request.method in ("GET", "HEAD"):
        holdings = current.holdings()
        g.generation = holdings.columns.generation
        g.amount = f"{holdings.counts.documents}-{holdings.counts.passages}"


@cache
def _version() -> str:
    # Read from the disk each time, it took a tenth of what a question costs.
    return metadata.version("waymark")


def _with_etag(response: Response) -> Response:
    if "amount" not in g or response.status_code != 200:
        return response
    # Weak, since the times in an answer differ from one to the next. The counts tell apart two
    # libraries that are served one after the other at the same address.
    tag = f"{_version()}-{g.generation}-{g.amount}"
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)
