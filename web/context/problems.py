"""What went wrong, in words: a page for people, problem details (RFC 9457) for scripts."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    ServiceUnavailable,
)

from index.encoding.encoder import EncoderError
from index.rows.database import LibraryError
from web.context import current
from web.context.refused import ParameterError

_HEADINGS = {
    400: "This request cannot be answered",
    401: "Sign in first",
    403: "You have no access to this",
    404: "Not found",
    405: "This cannot be done here",
    409: "This cannot be done now",
    410: "No longer here",
    413: "That is too long",
    429: "Too many questions in a short time",
    500: "Something went wrong on our side",
    503: "The library cannot be read just now",
}
"""What people are shown in place of the protocol's names for errors."""

_SAID: dict[str | None, str] = {
    NotFound.description: "No page has this address: it may be mistyped, or cut off.",
    MethodNotAllowed.description: "This address does not take what was sent to it.",
    InternalServerError.description: "Try again. If it comes again, tell whoever runs the library.",
}
"""What the framework says where the application has no words of its own, in ours."""

FOR_SCRIPTS = ("/api/", "/healthz")
"""Beginnings of the addresses that are for programs."""


def register(app: Flask) -> None:
    """Answer every error of the application in words."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(LibraryError, _unavailable)
    app.register_error_handler(EncoderError, _unavailable)


def json_response(body: object, status: int = 200) -> Response:
    """`body` as JSON."""
    text = json.dumps(body, ensure_ascii=False)
    return Response(text + "\n", status, mimetype="application/json")


def _answer(error: HTTPException) -> Response:
    status = error.code or 500
    error.description = _SAID.get(error.description, error.description)
    for_scripts = request.path.startswith(FOR_SCRIPTS)
    response = _details(error, status) if for_scripts else _page(error, status)
    # Such as Allow, which names the methods that an address takes, and Retry-After.
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _details(error: HTTPException, status: int) -> Response:
    body = {"type": "about:blank", "title": error.name, "status": status}
    response = json_response(body | {"detail": error.description}, status)
    response.mimetype = "application/problem+json"
    return response


def _page(error: HTTPException, status: int) -> Response:
    sent = status == 400 and request.method == "POST"
    heading = "This form was refused" if sent else _HEADINGS.get(status, "That did not work")
    page = render_template("error.html", error=error, heading=heading, again=_again(error, status))
    return Response(page, status)


def _again(error: HTTPException, status: int) -> str:
    """The query to try the same address with: without the parameter that was refused, or unchanged
    where too many questions were asked; empty where trying again makes no sense.
    """
    if request.method != "GET":
        return ""
    if isinstance(error, ParameterError):
        left = [(k, v) for k, v in request.args.items(multi=True) if k != error.parameter]
        return "?" + urlencode(left)
    return "?" + request.query_string.decode("ascii", "replace") if status == 429 else ""


def _unavailable(error: Exception) -> Response:
    # Where the library lies on the server is nothing to a reader.
    said = str(error).replace(str(current.library().home.path), "the library’s folder")
    return _answer(ServiceUnavailable(said))
