"""Known initiatives: who did what and when, and the passages that name them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields

from flask import Blueprint, Response, render_template
from werkzeug.exceptions import BadRequest, NotFound

from corpus.citations import Citation
from corpus.initiatives import Grant, Initiative, load_initiatives
from index.derived.filters import Filters
from index.rows.mentions import mentions
from web.context import current, parameters
from web.readers import attachment

blueprint = Blueprint("initiatives", __name__)

_PASSAGES, _MOST_PASSAGES = 30, 300
"""Passages naming an initiative that are shown at first, and added by each "More"; and at most."""

_COLUMNS = tuple(field.name for field in fields(Initiative) if field.name != "document")
"""Columns of the CSV file: all that is known, but for the id of a starter document."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An initiative on the time line. start, width: shares of the line, 0 to 1."""

    initiative: Initiative
    start: float
    width: float


@blueprint.get("/initiatives")
def page() -> str:
    """A table of the initiatives and a time line of those whose years are known; only those of a
    `goal` and an `activity` when asked (each may be repeated: any of them).

    :raise 400: for a label that is none, and for filters that initiatives do not have.
    """
    limits = _limits()
    every = _passing(limits)
    years = [year for one in every for year in (one.first_year, one.last_year) if year]
    first, last = (min(years), max(years)) if years else (0, 0)
    return render_template(
        "initiatives.html",
        initiatives=every,
        known=known_initiatives(),
        limits=limits,
        bars=_bars(every, first, last),
        undated=[one for one in every if not one.first_year],
        ticks=[
            (year, (year - first) / max(1, last + 1 - first))
            for year in range(first, last + 1)
            if year % 5 == 0
        ],
        taxonomy=current.library().taxonomy,
    )


@blueprint.get("/initiatives.csv")
def table() -> Response:
    """The initiatives that the page shows, as a row each with all that is known, for spreadsheets.

    :raise 400: as for the page.
    """
    rows = [[_cell(one, name) for name in _COLUMNS] for one in _passing(_limits())]
    return attachment.table(_COLUMNS, rows, "waymark-initiatives")


@blueprint.get("/initiatives/<name>")
def initiative(name: str) -> str:
    """One initiative, its facts with their source, and `k` of the passages that name it, 30 to 300.

    :raise 400: for another `k`. :raise 404: if there is none of this name.
    """
    found = next((one for one in known_initiatives() if one.id == name), None)
    if found is None:
        raise NotFound("There is no initiative with this address.")
    k = parameters.number("k", _PASSAGES, _PASSAGES, _MOST_PASSAGES)
    names = {found.name, found.abbreviation, *found.other_names}
    with current.library().catalog() as catalog:
        named = mentions(catalog, sorted(names), k)
        documents = catalog.documents_by_id({stored.document_id for stored in named.passages})
    return render_template(
        "initiative.html",
        initiative=found,
        named=named,
        more=min(k + _PASSAGES, _MOST_PASSAGES) if k < min(named.total, _MOST_PASSAGES) else 0,
        documents=documents,
        taxonomy=current.library().taxonomy,
    )


def known_initiatives() -> tuple[Initiative, ...]:
    """The initiatives; none for a library with other tags than the starter's, which they carry."""
    return load_initiatives(current.library().taxonomy) if current.alignment() else ()


def _limits() -> Filters:
    """The goals and activities that the query asks for.

    :raise 400: for a label that is none, and for filters that initiatives do not have.
    """
    given = parameters.filters()
    limits = Filters(goals=given.goals, activities=given.activities)
    if given != limits:
        raise BadRequest("Initiatives can be limited to goals and activities only.")
    return limits


def _passing(limits: Filters) -> tuple[Initiative, ...]:
    """The initiatives of these goals and activities by first year, those without years last."""
    passing = (
        one
        for one in known_initiatives()
        if (not limits.goals or set(limits.goals) & set(one.goals))
        and (not limits.activities or set(limits.activities) & set(one.activities))
    )
    return tuple(sorted(passing, key=lambda one: (one.first_year or math.inf, one.name)))


def _cell(one: Initiative, name: str) -> str:
    """A field as it stands in the table; several values are parted by semicolons."""
    value = getattr(one, name)
    several: Iterable[object] = value if isinstance(value, tuple) else (value,)
    label = current.library().taxonomy.label
    if name in ("goals", "activities"):
        return "; ".join(label(str(item)).title for item in several)
    return "; ".join(_words(item) for item in several if item is not None)


def _words(item: object) -> str:
    if isinstance(item, Grant):
        inferred = " (inferred)" if item.basis == "inferred" else ""
        return f"{item.year}: {item.euros} euros to {item.holder}, {item.title}{inferred}"
    if isinstance(item, Citation):
        parts = (f"{item.author}, {item.title} ({item.year})", item.where, item.url)
        return ", ".join(part for part in parts if part)
    return str(item)


def _bars(every: tuple[Initiative, ...], first: int, last: int) -> list[Bar]:
    """A bar for each initiative whose years are known; one that is still running reaches to the end
    of the time line.
    """
    whole = max(1, last + 1 - first)
    bars = []
    for one in every:
        if one.first_year:
            end = one.last_year or (last if one.status == "running" else one.first_year)
            years = end + 1 - one.first_year
            bars.append(Bar(one, (one.first_year - first) / whole, years / whole))
    return bars
