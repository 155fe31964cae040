"""The library of the application that answers this request, and what the request asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import current_app, request
from werkzeug.exceptions import BadRequest

from corpus.initiatives import Alignment, known_alignment
from index.filters import NAMES, STATED, Filters, stated
from index.library import Library
from search.find import plain
from search.limits import limited
from search.records import Answer
from web import noted
from web.asked import FEWEST, MOST, Asked
from web.holdings import Holdings
from web.state import AppState, state_of

MOST_VALUES = 50
"""Of one field in an address."""

LARGEST_NUMBER = 10**9 - 1
"""In an address; an id that SQLite takes, and far beyond any place in a text."""


def state() -> AppState:
    """What the application keeps."""
    return state_of(current_app)


def library() -> Library:
    """The library being served."""
    return state().library


def holdings() -> Holdings:
    """What it holds."""
    return state().holdings.holdings()


def answer(question: str, k: int, filters: Filters) -> Answer:
    """What the library answers; from memory where somebody asked the same of it as it is."""
    return state().answers.answer(question, k, filters)


def offered() -> tuple[str, ...]:
    """Questions to begin with. Raises LibraryError or EncoderError, as asking does."""
    return state().offered.offered(holdings())


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
    there = _stated(given)
    here = tuple(name for name in given["document"] if name in there.get("document", ()))
    return _asked(_limited({**given, "document": here or given["document"]}, there))


def passed_over(asked: Asked) -> list[str]:
    """Ids of documents that the address names and `asked` has passed over."""
    return [name for name in _values("document") if name not in asked.filters.documents]


def asked_or_of_any_year() -> tuple[Asked, str]:
    """As `asked`, and what is wrong with its years, which are then left out; else empty.

    :raise 400: as `asked`, but for years.
    """
    try:
        _filters(["year"])
    except BadRequest as error:
        _check_names()
        rest = _filters(name for name in NAMES if name != "year")
        return _asked(rest), error.description or ""
    return asked(), ""


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

    Empty values are left out.

    :raise 400: for a label, kind or year that is none, for a document, publisher or language that
        the library does not have, for years given twice, and for more than 50 values of one field.
    """
    _check_names()
    return _filters(NAMES)


def _filters(names: Iterable[str]) -> Filters:
    given = _given(names)
    return _limited(given, _stated(given))


def _given(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {name: _values(name) for name in names}


def _stated(given: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """What the library's documents have for what is named, and the rest is not read."""
    named = [name for name in STATED if given.get(name)]
    if not named:
        return {}
    with library().reading() as catalog:
        return stated(catalog.connection, named)


def _limited(given: Mapping[str, tuple[str, ...]], there: Mapping[str, frozenset[str]]) -> Filters:
    limits = {name: values for name, values in given.items() if values}
    try:
        return limited(Filters(), limits, library().taxonomy, there)
    except ValueError as error:
        raise BadRequest(str(error)) from None


def _check_names() -> None:
    """A filter under a name that is almost its own would go unseen, and let everything pass."""
    names = {field: name for name, field in NAMES.items()}
    for given in request.args:
        right = names.get(given.casefold(), given.casefold())
        if given != right and right in NAMES:
            raise BadRequest(f"'{given}' is called '{right}' here.")


def number(name: str, usual: int, least: int, most: int = LARGEST_NUMBER) -> int:
    """A whole number from the query.

    :raise 400: when it is none, or outside least to most.
    """
    given = request.args.get(name, "")
    if not given:
        return usual
    if not (is_number(given) and least <= int(given) <= most):
        raise BadRequest(f"{name} must be a number from {least} to {most}.")
    return int(given)


def is_number(text: str) -> bool:
    """Whether a text is a whole number from 0 to `LARGEST_NUMBER`, in figures alone."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _values(name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in request.args.getlist(name) if value))
    if len(values) > MOST_VALUES:
        raise BadRequest(f"at most {MOST_VALUES} values of {name} can be asked for at once")
    return values
