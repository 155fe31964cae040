"""The JSON API under /api/v1, and /healthz. Errors are problem details (RFC 9457)."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, HTTPException

from index.status import status_of
from search.contract import answer_as_dict
from search.find import find
from web import current

blueprint = Blueprint("api", __name__)

MOST_RESULTS = 100


@blueprint.get("/api/v1/search")
def search() -> Response:
    """Ranked passages for `q`; `k` results; filters as on the search page.

    :raise 400: when `q` is missing, `k` is no number from 1 to 100, or a filter names what is
        not there.
    """
    question = request.args.get("q", "").strip()
    if not question:
        raise BadRequest("The parameter q, the question, is missing.")
    library = current.library()
    answer = find(library, question, _count(), current.filters())
    return _json(answer_as_dict(answer, library.taxonomy, request.args.get("id", "q1")))


@blueprint.get("/healthz")
def health() -> Response:
    """Whether the library can be read, and how much it holds."""
    state = status_of(current.library())
    shown = ("documents", "passages", "generation")
    return _json({"status": "ok"} | {key: state[key] for key in shown})


@blueprint.errorhandler(HTTPException)
def problem(error: HTTPException) -> Response:
    """An error as problem details."""
    body = {"type": "about:blank", "title": error.name, "status": error.code}
    response = _json(body | {"detail": error.description}, error.code or 500)
    response.mimetype = "application/problem+json"
    return response


def _count() -> int:
    given = request.args.get("k", "10")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= MOST_RESULTS:
        raise BadRequest(f"k must be a number from 1 to {MOST_RESULTS}.")
    return int(given)


def _json(body: object, status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text + "\n", status, mimetype="application/json")
