"""The library of the application that answers this request, and what the request asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from flask import current_app, request
from werkzeug.exceptions import BadRequest

from corpus.initiatives import Alignment, known_alignment
from index.filters import NAMES, Filters
from index.library import Library
from search.find import plain
from search.limits import limited
from search.records import Answer
from web import noted
from web.answers import AnswerKeeper
from web.asked import FEWEST, MOST, Asked
from web.holdings import Holdings, HoldingsKeeper
from web.offered import OfferKeeper

MOST_VALUES = 50
"""Of one field in an address."""


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

    Documents that are not here any more are passed over while another one that is named is: none
    of them can answer, and an address that was kept or sent goes on working.

    :raise 400: for filters that are none, for a `k` that is no number from 10 to 50, for a `per`
        that is not `document`, and as `note`.
    """
    _check_names()
    given = _given(NAMES)
    there = _document_ids(given)
    here = tuple(name for name in given["document"] if name in there)
    return _asked(_limited({**given, "document": here or given["document"]}, there))


def passed_over(asked: Asked) -> list[str]:
    """Ids of documents that the address names and `asked` has passed over."""
    return [name for name in _values("document") if name not in asked.filters.documents]


def asked_of_any_year() -> Asked:
    """The same without its years.

    :raise 400: as `asked`, but for years.
    """
    _check_names()
    return _asked(_filters(name for name in NAMES if name != "year"))


def _asked(filters: Filters) -> Asked:
    question = plain(request.args.get("q", ""))
    per = request.args.get("per", "")
    if per not in ("", "document"):
        raise BadRequest("per is 'document', or left out.")
    return Asked(question, filters, number("k", FEWEST, FEWEST, MOST), bool(per), note())


def note() -> noted.Note:
    """The note that is being gathered: `p` (repeated) and `heading`.

    :raise 400: for a `p` that names no quote, and for more than 40 of them.
    """
    try:
        return noted.read(request.args.getlist("p"), request.args.get("heading", ""))
    except ValueError as error:
        raise BadRequest(f"p: {error}") from None


def filters() -> Filters:
    """Filters from the query: goal, activity, kind, publisher, language, document (each may be
    repeated), year.

    Empty values are left out. A publisher or language that is not there lets nothing pass.

    :raise 400: for a label, kind, year or document that is none, for years given twice, and for
        more than 50 values of one field.
    """
    _check_names()
    return _filters(NAMES)


def wrong_years() -> str:
    """What is wrong with the years in the query; empty when nothing is."""
    try:
        _filters(["year"])
    except BadRequest as error:
        return error.description or ""
    return ""


def _filters(names: Iterable[str]) -> Filters:
    given = _given(names)
    return _limited(given, _document_ids(given))


def _given(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {name: _values(name) for name in names}


def _document_ids(given: Mapping[str, tuple[str, ...]]) -> Collection[str]:
    """Those of the library; none where no document is named, which spares reading them."""
    if not given.get("document"):
        return ()
    with library().reading() as catalog:
        return catalog.document_ids()


def _limited(given: Mapping[str, tuple[str, ...]], documents: Collection[str]) -> Filters:
    limits = {name: values for name, values in given.items() if values}
    try:
        return limited(Filters(), limits, library().taxonomy, documents)
    except ValueError as error:
        raise BadRequest(str(error)) from None


def _check_names() -> None:
    """A filter under a name that is almost its own would go unseen, and let everything pass."""
    names = {field: name for name, field in NAMES.items()}
    for given in request.args:
        right = names.get(given.casefold(), given.casefold())
        if given != right and right in NAMES:
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


def _values(name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in request.args.getlist(name) if value))
    if len(values) > MOST_VALUES:
        raise BadRequest(f"at most {MOST_VALUES} values of {name} can be asked for at once")
    return values
