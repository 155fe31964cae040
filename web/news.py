"""What is new to a question: as a page, and as a feed to be told of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from index import saved
from search.news import LOOKED_AT, News, new_in
from web import current
from web.asked import Asked

blueprint = Blueprint("news", __name__)

_USUAL_DAYS = 30

_MOST_QUESTIONS = 50
"""Saved questions asked for one page: at 10 to 20 ms each a second at most, the first time."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow (production 2, Char), not even escaped."""


@blueprint.get("/new")
def page() -> str:
    """What answers the question of the address, or the saved ones, and came in since a day.

    :raise 400: for filters that name what is not there, and for a `since` that is neither a day
        nor a generation.
    """
    asked, since = current.asked(), _since()
    found = _news(asked, since)
    return render_template(
        "new.html", asked=asked, since=since, found=found, most=_MOST_QUESTIONS, looked_at=LOOKED_AT
    )


@blueprint.get("/new.atom")
def feed() -> Response:
    """The same as an Atom feed (RFC 4287), an entry a passage, the last that came in first.

    :raise 400: as for the page.
    """
    asked, since = current.asked(), _since()
    entries = sorted(
        ((one.question, result) for one in _news(asked, since) for result in one.results),
        key=lambda entry: (entry[1].document.added_at, entry[0], -entry[1].rank),
        reverse=True,
    )
    newest = current.holdings().newest
    updated = entries[0][1].document.added_at if entries else f"{newest or since[:10]}T00:00:00Z"
    text = render_template("new.xml", asked=asked, entries=entries, updated=updated)
    return Response(_NOT_XML.sub("", text), mimetype="application/atom+xml")


def _news(asked: Asked, since: str) -> list[News]:
    with current.library().catalog() as catalog:
        kept = [one.question for one in saved.saved(catalog.connection)][-_MOST_QUESTIONS:]
        try:
            last = saved.last_number_at(catalog, since)
        except saved.SavedError as error:
            raise BadRequest(f"since: {error}") from None
    questions = [asked.question] if asked.question else kept
    answers = (current.answer(question, LOOKED_AT, asked.filters) for question in questions)
    return [new_in(answer, last) for answer in answers]


def _since() -> str:
    """What the address says, else a month ago."""
    given = request.args.get("since", "").strip()
    return given or (datetime.now(UTC) - timedelta(days=_USUAL_DAYS)).date().isoformat()
