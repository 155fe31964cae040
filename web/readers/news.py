"""What is new: reports, and passages that answer a question, as a page and as an Atom feed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import numpy as np
from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from index.derived.columns import DocumentFacts
from index.rows import saved
from search.browsing.facets import passing
from search.browsing.news import LOOKED_AT, News, Then, new_in
from web.context import current, parameters, rates
from web.context.asked import Asked
from web.readers import choices

blueprint = Blueprint("news", __name__)

_USUAL_DAYS = 30
"""Days that are looked back over where the address does not say since when."""

_MOST_QUESTIONS = 50
"""Saved questions that are asked for one page. At 10 to 20 ms each that takes a second at most, and
only the first time."""

_MOST_REPORTS = 100
"""Reports listed; the list of documents has all of them in the same order."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow (production 2, Char), not even escaped."""


@blueprint.get("/new")
def page() -> tuple[str, int]:
    """What answers the question of the address and came in since a day; without a question the
    reports that came in, and what answers the saved questions.

    :raise 400: for filters that name what is not there; for a `since` that is neither a day nor a
        generation, the form with what is wrong at the field; for years, a publisher or a language
        that is none, the page without it and what is wrong above it.
    """
    asked, left_out = parameters.asked_leniently()
    since = _since()
    titles = choices.Titles.of(current.library().taxonomy, current.holdings().columns)
    reports, found, wrong = [], [], ""
    try:
        reports, found = _reports(asked, since), _news(asked, since)
    except saved.SavedError as error:
        wrong = str(error)
    shown = render_template(
        "new.html",
        asked=asked,
        since=since,
        wrong=wrong,
        left_out=left_out,
        reports=reports,
        most=_MOST_REPORTS,
        found=found,
        chips=choices.chips(asked, titles),
        looked_at=LOOKED_AT,
    )
    return shown, 400 if wrong or left_out else 200


@blueprint.get("/new.atom")
def feed() -> Response:
    """What is new, as an Atom feed (RFC 4287): an entry for each report and each passage, the last
    that came in first.

    :raise 400: as for the page.
    """
    asked, since = parameters.asked(), _since()
    try:
        reports, found = _reports(asked, since)[:_MOST_REPORTS], _news(asked, since)
    except saved.SavedError as error:
        raise BadRequest(f"since: {error}") from None
    entries = sorted(
        ((one.question, result) for one in found for result in one.results),
        key=lambda entry: (entry[1].document.added_at, entry[0], -entry[1].rank),
        reverse=True,
    )
    newest = current.holdings().newest
    times = [report.added_at for report in reports]
    times += [result.document.added_at for _, result in entries]
    updated = max(times, default=f"{newest or _today()}T00:00:00Z")
    text = render_template(
        "new.xml", asked=asked, reports=reports, entries=entries, updated=updated
    )
    return Response(_NOT_XML.sub("", text), mimetype="application/atom+xml")


def _reports(asked: Asked, since: str) -> list[DocumentFacts]:
    """The documents with passages that came in since then and pass the filters, the last first.
    None where a question is asked. Raises as `_news` does.
    """
    if asked.question:
        return []
    columns = current.holdings().columns
    with current.library().catalog() as catalog:
        last = saved.last_number_at(catalog, since)
    new = (columns.numbers > last) & passing(columns, asked.filters)
    places, firsts = np.unique(columns.places[new], return_index=True)
    came = zip(places.tolist(), firsts.tolist(), strict=True)
    found = [(columns.documents[place], first) for place, first in came]
    # Documents of the same second are sorted by their first passage: passages are numbered in the
    # order in which they came in.
    found.sort(key=lambda one: (one[0].added_at, one[1]), reverse=True)
    return [report for report, _ in found]


def _news(asked: Asked, since: str) -> list[News]:
    """What is new for the question that is asked, or for each saved question.

    Raises SavedError for a `since` that is neither a day nor a generation.
    """
    library = current.library()
    with library.catalog() as catalog:
        kept = [one.question for one in saved.saved(catalog.connection)][-_MOST_QUESTIONS:]
        last = saved.last_number_at(catalog, since)
        then = Then(catalog, library.views_of(catalog).words, last)
        if not asked.question:
            rates.ask(len(kept), _MOST_QUESTIONS)
        questions = [asked.question] if asked.question else kept
        answers = (current.answer(question, LOOKED_AT, asked.filters) for question in questions)
        return [new_in(answer, then) for answer in answers]


def _since() -> str:
    """What the address says, else a month ago."""
    given = request.args.get("since", "").strip()
    return given or (_today() - timedelta(days=_USUAL_DAYS)).isoformat()


def _today() -> date:
    return datetime.now(UTC).date()
