"""The application: one library, its blueprints, the headers every answer carries."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.routing import IntegerConverter

from index.library import Library
from web.context import problems, rates, state
from web.context.limits import LARGEST_BODY
from web.context.state import Access, AppState
from web.curate import collecting, desk, drafts, keeping, review, suggestions, upload
from web.curate.upload import FormRequest
from web.guard import access, sign
from web.json_api import api, decided, posted
from web.readers import (
    brief,
    documents,
    grid,
    initiatives,
    news,
    note,
    pages,
    passages,
    scorecard,
    templating,
)
from web.serving import health, packed

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": with that browsers send forms with "Origin: null", even to ourselves.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with every answer. Nothing is loaded from elsewhere and nothing is framed. No page of
another site may show a picture or run a script of ours: from what loads it would learn what is
here."""


READING = (pages, documents, passages, grid, initiatives, brief, news, note, scorecard, api, posted)
CURATING = (sign, desk, upload, drafts, review, keeping, decided, collecting, suggestions)


def create_app(library: Library, allowed: Access | None = None, per_minute: int = 0) -> Flask:
    """The application that serves `library`.

    allowed: how it is served; without it nobody can sign in, and everybody may read.
    per_minute: questions that one address may ask a minute; 0 for any number.
    """
    app = Flask(__name__)
    app.request_class = FormRequest
    app.url_map.converters["int"] = _RowNumber
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    kept = AppState.of(library, allowed or Access())
    state.keep(app, kept)
    templating.prepare(app.jinja_env)
    app.context_processor(lambda: {"noted": templating.noted()})
    # Flask calls these in reverse order: an answer is packed last, when it has all its headers.
    app.after_request(packed.pack)
    access.register(app, kept.access.secret)
    rates.register(app, per_minute)
    for part in (health, *READING, *CURATING):
        app.register_blueprint(part.blueprint)
    app.after_request(_with_headers)
    problems.register(app)
    return app


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


class _RowNumber(IntegerConverter):
    """A number in an address, of at most 18 digits: a longer one may not fit the 64 bits in which
    SQLite holds the ids of rows.
    """

    regex = r"\d{1,18}"
