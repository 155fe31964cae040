"""The application: one library, its blueprints, the headers every answer carries."""

from __future__ import annotations

from flask import Flask, Response

from index.library import Library
from web import (
    api,
    brief,
    documents,
    grid,
    initiatives,
    pages,
    passages,
    posted,
    problems,
    templating,
)
from web.holdings import HoldingsKeeper
from web.openapi import LARGEST_BODY

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Sent with every answer. Nothing is loaded from elsewhere, nothing is framed."""


def create_app(library: Library) -> Flask:
    """The application that serves `library`."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.extensions["library"] = library
    app.extensions["holdings"] = HoldingsKeeper(library)
    templating.prepare(app.jinja_env)
    for part in (pages, documents, passages, grid, initiatives, brief, api, posted):
        app.register_blueprint(part.blueprint)
    app.after_request(_with_headers)
    problems.register(app)
    return app


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
