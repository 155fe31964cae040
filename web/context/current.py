"""The library of the application that answers this request, and what the request asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import current_app, request

from corpus.initiatives import Alignment, known_alignment
from index.derived.filters import NAMES, STATED, Filters, stated
from index.library import Library
from ingest.records import Passage
from search.batches.limits import limited
from search.find import plain
from search.records import Answer, Quote
from web.context import noted
from web.context.asked import FEWEST, MOST, Asked
from web.context.holdings import Holdings
from web.context.refused import ParameterError, plainly
from web.context.state import AppState, state_of

MOST_VALUES = 50
"""Of one field in an address."""

LEFT_OUT = ("year", "publisher", "language")
"""Filters without which a page answers where they are wrong: years are typed, and an address is
kept for longer than a publisher has the name that was put right.
"""

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
    return _asked(given, _stated(given))


def passed_over(asked: Asked) -> list[str]:
    """Ids of documents that the address names and `asked` has passed over."""
    return [name for name in _values("document") if name not in asked.filters.documents]


def asked_as_far_as_it_holds() -> tuple[Asked, dict[str, str]]:
    """The search of the address without those years, publishers and languages that are wrong; and
    what is wrong with them in words, by filter.

    :raise 400: as `asked`, but for these.
    """
    _check_names()
    given = _given(NAMES)
    there, wrong = _stated(given), {}
    for name in LEFT_OUT:
        given[name], said = _holding(name, given[name], there)
        if said:
            wrong[name] = ". ".join(said)
    return _asked(given, there), wrong


def _holding(
    name: str, values: tuple[str, ...], there: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, ...], list[str]]:
    """Those values of a filter that hold, and what is wrong with the others."""
    found: tuple[str, ...] = ()
    wrong = []
    # Two years are wrong together, not each by itself.
    for part in (values,) if name == "year" else [(value,) for value in values]:
        try:
            _limited({name: part}, there)
        except ParameterError as error:
            wrong.append(error.plain)
        else:
            found += part
    return found, wrong


def _asked(given: Mapping[str, tuple[str, ...]], there: Mapping[str, frozenset[str]]) -> Asked:
    here = tuple(name for name in given["document"] if name in there.get("document", ()))
    filters = _limited({**given, "document": here or given["document"]}, there)
    question = plain(request.args.get("q", ""))
    per = request.args.get("per", "")
    if per not in ("", "document"):
        raise ParameterError("per", "per is 'document', or left out.")
    return Asked(question, filters, number("k", FEWEST, FEWEST, MOST), bool(per), note())


def note() -> noted.Note:
    """The note that is being gathered: `p` (repeated) and `heading`.

    :raise 400: where no `p` of those given names a quote.
    """
    try:
        return noted.read(request.args.getlist("p"), request.args.get("heading", ""))
    except ValueError as error:
        raise ParameterError("p", f"p: {error}") from None


def filters(names: Iterable[str] = tuple(NAMES)) -> Filters:
    """Filters from the query, of all of them or of those named: goal, activity, kind, publisher,
    language, document (each may be repeated), year.

    Empty values are left out.

    :raise 400: for a label, kind or year that is none, for a document, publisher or language that
        the library does not have, for years given twice, and for more than 50 values of one field.
    """
    _check_names()
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
    filters, taxonomy = Filters(), library().taxonomy
    for name, values in given.items():
        try:
            filters = limited(filters, {name: values} if values else {}, taxonomy, there)
        except ValueError as error:
            raise ParameterError(name, str(error), plainly(name, values, taxonomy)) from None
    return filters


def _check_names() -> None:
    """A filter under a name that is almost its own would go unseen, and let everything pass."""
    names = {field: name for name, field in NAMES.items()}
    for given in request.args:
        right = names.get(given.casefold(), given.casefold())
        if given != right and right in NAMES:
            raise ParameterError(given, f"'{given}' is called '{right}' here.")


def number(name: str, usual: int, least: int, most: int = LARGEST_NUMBER) -> int:
    """A whole number from the query.

    :raise 400: when it is none, or outside least to most.
    """
    given = request.args.get(name, "")
    if not given:
        return usual
    if not (is_number(given) and least <= int(given) <= most):
        raise ParameterError(name, f"{name} must be a number from {least} to {most}.")
    return int(given)


def is_number(text: str) -> bool:
    """Whether a text is a whole number from 0 to `LARGEST_NUMBER`, in figures alone."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _values(name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in request.args.getlist(name) if value))
    if len(values) > MOST_VALUES:
        raise ParameterError(
            name, f"at most {MOST_VALUES} values of {name} can be asked for at once"
        )
    return values


def quote(passage: Passage) -> Quote:
    """The quote that `start` and `end` of the address name, drawn into the passage; the whole
    passage when none is. On `page` of the address, if it stands there too.

    :raise 400: when one is no number.
    """
    length = len(passage.text)
    start = min(number("start", 0, 0), length)
    found = Quote.of(passage, start, max(start, min(number("end", length, 0), length)))
    page = number("page", found.page, 1)
    # A row of a table may go on to the next page and come back.
    pages = {passage.page_at(start)}
    pages |= {other for at, other in passage.page_breaks if start <= at < found.end}
    return replace(found, page=page) if page in pages else found
