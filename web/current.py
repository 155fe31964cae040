"""The library of the application that answers this request, and the filters it asks for."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.exceptions import BadRequest

from index.filters import Filters, parse_years
from index.library import Library
from ingest.kinds import KINDS


def library() -> Library:
    """The library being served."""
    found: Library = current_app.extensions["library"]
    return found


def filters() -> Filters:
    """Filters from the query: goal, activity, kind, document (each may be repeated), year.

    Empty values are left out.

    :raise 400: for a label, kind or year that is none.
    """
    taxonomy = library().taxonomy
    goals = _values("goal", taxonomy.goals.label_ids)
    activities = _values("activity", taxonomy.activities.label_ids)
    kinds = _values("kind", KINDS)
    documents = tuple(value for value in request.args.getlist("document") if value)
    try:
        years = parse_years(request.args["year"]) if request.args.get("year") else None
    except ValueError as error:
        raise BadRequest(str(error)) from None
    return Filters(goals, activities, years, kinds, documents)


def _values(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    values = tuple(value for value in request.args.getlist(name) if value)
    for value in values:
        if value not in known:
            raise BadRequest(f"'{value}' is no {name}; there are: {', '.join(known)}")
    return values
