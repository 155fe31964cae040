"""ETags by the library's generation: a script that has an answer already is told so."""

from __future__ import annotations

from functools import cache
from importlib import metadata

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from web.context import current

_SUBJECT = "/api/v1/"


def register(blueprint: Blueprint) -> None:
    """Give every answer to a GET below /api/v1 an ETag, and answer 304 where it is known."""
    blueprint.before_request(_note)
    blueprint.after_request(_tagged)


def answered_by(generation: int) -> None:
    """Say that this request was answered by views of a generation, which may be behind the rows."""
    g.generation = generation


def _note() -> None:
    # Before the answer is made: what is written meanwhile then makes the tag too old, never new.
    if request.path.startswith(_SUBJECT) and request.method in ("GET", "HEAD"):
        holdings = current.holdings()
        g.generation = holdings.columns.generation
        g.amount = f"{holdings.counts.documents}-{holdings.counts.passages}"


@cache
def _version() -> str:
    # Read from the disk each time, it took a tenth of what a question costs.
    return metadata.version("waymark")


def _tagged(response: Response) -> Response:
    if "amount" not in g or response.status_code != 200:
        return response
    # Weak: times inside differ from one answer to the next. The counts tell two libraries apart
    # that are served at one address one after the other.
    tag = f"{_version()}-{g.generation}-{g.amount}"
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)
