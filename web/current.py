"""The library of the application that answers this request, and what the request asks for."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app, request
from werkzeug.exceptions import BadRequest

from corpus.initiatives import Alignment, known_alignment
from index.filters import Filters, parse_years
from index.library import Library
from ingest.kinds import KINDS
from search.find import plain
from search.records import Answer
from web.answers import AnswerKeeper
from web.asked import FEWEST, MOST, PARAMETERS, Asked
from web.holdings import Holdings, HoldingsKeeper
from web.offered import OfferKeeper

_MOST_VALUES = 50
_LONGEST_VALUE = 300


def library() -> Library:
    """The library being served."""
    found: Library = current_app.extensions["library"]
    return found


def holdings() -> Holdings:
    """What it holds."""
    keeper: HoldingsKeeper = current_app.extensions["holdings"]
    return keeper.holdings()


def answer(question: str, k: int, filters: Filters) -> Answer:
    """What the library answers; from memory where somebody asked the same of it as it is."""
    keeper: AnswerKeeper = current_app.extensions["answers"]
    return keeper.answer(question, k, filters)


def offered() -> tuple[str, ...]:
    """Questions to begin with. Raises LibraryError or EncoderError, as asking does."""
    keeper: OfferKeeper = current_app.extensions["offered"]
    return keeper.offered(holdings())


def alignment() -> Alignment | None:
    """Which activities are known to serve which goal; None for a library with other tags, of
    which nothing is known.
    """
    return known_alignment(library().taxonomy)


def asked() -> Asked:
    """The search that the address stands for.

    :raise 400: for filters that are none, and for a `k` that is no number from 10 to 50.
    """
    return replace(asked_of_any_year(), filters=filters())


def asked_of_any_year() -> Asked:
    """The same without its years.

    :raise 400: as `asked`, but for years.
    """
    question = plain(request.args.get("q", ""))
    return Asked(question, _values_alone(), number("k", FEWEST, FEWEST, MOST))


def filters() -> Filters:
    """Filters from the query: goal, activity, kind, publisher, language, document (each may be
    repeated), year.

    Empty values are left out. A publisher or language that is not there lets nothing pass.

    :raise 400: for a label, kind, year or document that is none, for years given twice, and for
        more than 50 values of one field.
    """
    return replace(_values_alone(), years=_years())


def wrong_years() -> str:
    """What is wrong with the years in the query; empty when nothing is."""
    try:
        _years()
    except BadRequest as error:
        return error.description or ""
    return ""


def _years() -> tuple[int, int] | None:
    given = _values("year", None)
    if len(given) > 1:
        raise BadRequest("one year or one range of years, like 2010-2018")
    try:
        return parse_years(given[0]) if given else None
    except ValueError as error:
        raise BadRequest(str(error)) from None


def _values_alone() -> Filters:
    _check_names()
    taxonomy = library().taxonomy
    known = {
        "goals": taxonomy.goals.label_ids,
        "activities": taxonomy.activities.label_ids,
        "kinds": KINDS,
    }
    values = {field: _values(name, known.get(field)) for field, name in PARAMETERS.items()}
    _check_documents(values["documents"])
    return Filters(years=None, **values)


def _check_documents(names: tuple[str, ...]) -> None:
    if not names:
        return
    with library().reading() as catalog:
        there = catalog.documents_by_id(names)
    for name in names:
        if name not in there:
            raise BadRequest(f"'{name[:_LONGEST_VALUE]}' is no document of this library")


def _check_names() -> None:
    """A filter under a name that is almost its own would go unseen, and let everything pass."""
    names = {**PARAMETERS, "years": "year"}
    for given in request.args:
        right = names.get(given.casefold(), given.casefold())
        if given != right and right in names.values():
            raise BadRequest(f"'{given}' is called '{right}' here.")


def number(name: str, usual: int, least: int, most: int) -> int:
    """A whole number from the query.

    :raise 400: when it is none, or outside least to most.
    """
    given = request.args.get(name, "")
    if not given:
        return usual
    fits = given.isascii() and given.isdigit() and len(given) < 10 and least <= int(given) <= most
    if not fits:
        raise BadRequest(f"{name} must be a number from {least} to {most}.")
    return int(given)


def _values(name: str, known: tuple[str, ...] | None) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in request.args.getlist(name) if value))
    if len(values) > _MOST_VALUES:
        raise BadRequest(f"at most {_MOST_VALUES} values of {name} can be asked for at once")
    for value in values:
        if known is not None and value not in known:
            shown = value[:_LONGEST_VALUE]
            raise BadRequest(f"'{shown}' is no {name}; there are: {', '.join(known)}")
    return values
