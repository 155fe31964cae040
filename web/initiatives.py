"""Known initiatives: who did what and when, and the passages that name them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from corpus.initiatives import Initiative, load_initiatives
from index.mentions import mentions
from web import current

blueprint = Blueprint("initiatives", __name__)

_MOST_PASSAGES = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """An initiative on the time line. start, width: shares of the line, 0 to 1."""

    initiative: Initiative
    start: float
    width: float


@blueprint.get("/initiatives")
def page() -> str:
    """A table of the initiatives and a time line of those whose years are known."""
    every = known_initiatives()
    years = [year for one in every for year in (one.first_year, one.last_year) if year]
    first, last = (min(years), max(years)) if years else (0, 0)
    return render_template(
        "initiatives.html",
        initiatives=every,
        bars=_bars(every, first, last),
        ticks=[
            (year, (year - first) / max(1, last + 1 - first))
            for year in range(first, last + 1)
            if year % 5 == 0
        ],
        taxonomy=current.library().taxonomy,
    )


@blueprint.get("/initiatives/<name>")
def initiative(name: str) -> str:
    """One initiative, its facts with their source, and the passages that name it.

    :raise 404: if there is none of this name.
    """
    for found in known_initiatives():
        if found.id == name:
            break
    else:
        raise NotFound("There is no initiative with this address.")
    names = {found.name, found.abbreviation, *found.other_names}
    with current.library().catalog() as catalog:
        passages = mentions(catalog, sorted(names), _MOST_PASSAGES)
        documents = catalog.documents_by_id({stored.document_id for stored in passages})
    return render_template(
        "initiative.html",
        initiative=found,
        passages=passages,
        documents=documents,
        taxonomy=current.library().taxonomy,
    )


def known_initiatives() -> tuple[Initiative, ...]:
    """None for a library with other tags: the initiatives are described by the starter's."""
    return load_initiatives(current.library().taxonomy) if current.alignment() else ()


def _bars(every: tuple[Initiative, ...], first: int, last: int) -> list[Bar]:
    """In the order of their beginning; one that has not ended reaches to the end of the line."""
    whole = max(1, last + 1 - first)
    bars = []
    for one in sorted(every, key=lambda one: (one.first_year or 0, one.name)):
        if one.first_year:
            end = one.last_year or (last if one.status == "running" else one.first_year)
            years = end + 1 - one.first_year
            bars.append(Bar(one, (one.first_year - first) / whole, years / whole))
    return bars
