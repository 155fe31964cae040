"""What the address of a request asks for: a search with its filters, a note, a quote, a number.

All functions but `is_number` read the query of the request at hand. They raise `ParameterError`,
which is answered with status 400, for a parameter that cannot be followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import request

from index.derived.filters import NAMES, STATED, Filters, stated
from ingest.records import Passage
from search.batches.limits import limited
from search.find import plain
from search.records import Quote
from web.context import current, noted
from web.context.asked import FEWEST, MOST, Asked
from web.context.refused import ParameterError, plainly

MOST_VALUES = 50
"""Values of one filter in an address."""

LENIENT = ("year", "publisher", "language")
"""Filters without which a page still answers when their values are wrong: years are typed by hand,
and a publisher's name may be corrected in the library after somebody kept the address.
"""

LARGEST_NUMBER = 10**9 - 1
"""The largest number in an address. It fits an id of SQLite and any offset in a text."""

_Typed = Mapping[str, tuple[str, ...]]
"""The values of filters as they stand in the address, by the name of the filter."""

_Stated = Mapping[str, frozenset[str]]
"""The values that the library's documents have, by the name of the filter."""


def asked() -> Asked:
    """The search that the address stands for.

    Documents that are no longer in the library are passed over where another document that is
    named is there: they cannot answer, and an address that was kept or sent goes on working.

    :raise 400: for filters that do not exist, for a `k` that is no number from 10 to 50, for a
        `per` that is not `document`, and as `note`.
    """
    _refuse_misnamed()
    typed = _read_typed(NAMES)
    return _search(typed, _read_stated(typed))


def asked_leniently() -> tuple[Asked, dict[str, str]]:
    """The search of the address without those years, publishers and languages that are wrong; and
    by filter a message for people that says what is wrong with them.

    :raise 400: as `asked`, but for these three filters.
    """
    _refuse_misnamed()
    typed = dict(_read_typed(NAMES))
    there, messages = _read_stated(typed), {}
    for name in LENIENT:
        typed[name], wrong = _valid(name, typed[name], there)
        if wrong:
            messages[name] = ". ".join(wrong)
    return _search(typed, there), messages


def documents_passed_over(search: Asked) -> list[str]:
    """Ids of documents that the address names and that `search` leaves out."""
    return [name for name in _values("document") if name not in search.filters.documents]


def filters(names: Iterable[str] = tuple(NAMES)) -> Filters:
    """Filters from the query, all of them or those that are named: goal, activity, kind,
    publisher, language, document (each may be repeated), year. Empty values are left out.

    :raise 400: for a label, kind or year that does not exist, for a document, publisher or language
        that the library does not have, for years given twice, and for more than 50 values of one
        filter.
    """
    _refuse_misnamed()
    typed = _read_typed(names)
    return _filters(typed, _read_stated(typed))


def note() -> noted.Note:
    """The note that is being gathered: `p` (repeated) and `heading`.

    :raise 400: where no `p` of those given names a quote.
    """
    try:
        return noted.read(request.args.getlist("p"), request.args.get("heading", ""))
    except ValueError as error:
        raise ParameterError("p", f"p: {error}") from None


def quote(passage: Passage) -> Quote:
    """The quote that `start` and `end` of the address mark in a passage, or the whole passage where
    they mark nothing. Offsets beyond the end of its text are taken for the end.

    The quote is said to stand on `page` of the address if a part of it does.

    :raise 400: when one of the three is no number.
    """
    length = len(passage.text)
    start = min(number("start", 0, 0), length)
    found = Quote.of(passage, start, max(start, min(number("end", length, 0), length)))
    return opened_at(passage, found, number("page", found.page, 1))


def opened_at(passage: Passage, found: Quote, page: int) -> Quote:
    """A quote on another page, if it stands there too; else as it is."""
    # A row of a table may go on to the next page and come back.
    pages = {passage.page_at(found.start)}
    pages |= {other for at, other in passage.page_breaks if found.start <= at < found.end}
    return replace(found, page=page) if page in pages else found


def number(name: str, usual: int, least: int, most: int = LARGEST_NUMBER) -> int:
    """A whole number from the query; `usual` where the parameter is missing or empty.

    :raise 400: when it is no number, or outside least to most.
    """
    given = request.args.get(name, "")
    if not given:
        return usual
    if not (is_number(given) and least <= int(given) <= most):
        raise ParameterError(name, f"{name} must be a number from {least} to {most}.")
    return int(given)


def is_number(text: str) -> bool:
    """Whether a text is a whole number from 0 to `LARGEST_NUMBER`, written in ASCII digits."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _refuse_misnamed() -> None:
    """Refuse a parameter whose name is almost that of a filter: ignored, it would limit nothing."""
    names = {field: name for name, field in NAMES.items()}
    for given in request.args:
        right = names.get(given.casefold(), given.casefold())
        if given != right and right in NAMES:
            raise ParameterError(given, f"'{given}' is called '{right}' here.")


def _read_typed(names: Iterable[str]) -> _Typed:
    return {name: _values(name) for name in names}


def _values(name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in request.args.getlist(name) if value))
    if len(values) > MOST_VALUES:
        raise ParameterError(
            name, f"at most {MOST_VALUES} values of {name} can be asked for at once"
        )
    return values


def _read_stated(typed: _Typed) -> _Stated:
    """What the library's documents have for the filters in use; the database is left alone where
    no such filter is.
    """
    names = [name for name in STATED if typed.get(name)]
    if not names:
        return {}
    with current.library().reading() as catalog:
        return stated(catalog.connection, names)


def _search(typed: _Typed, there: _Stated) -> Asked:
    present = tuple(name for name in typed["document"] if name in there.get("document", ()))
    wanted = _filters({**typed, "document": present or typed["document"]}, there)
    question = plain(request.args.get("q", ""))
    per = request.args.get("per", "")
    if per not in ("", "document"):
        raise ParameterError("per", "per is 'document', or left out.")
    return Asked(question, wanted, number("k", FEWEST, FEWEST, MOST), bool(per), note())


def _filters(typed: _Typed, there: _Stated) -> Filters:
    found, taxonomy = Filters(), current.library().taxonomy
    for name, values in typed.items():
        try:
            found = limited(found, {name: values} if values else {}, taxonomy, there)
        except ValueError as error:
            raise ParameterError(name, str(error), plainly(name, values, taxonomy)) from None
    return found


def _valid(name: str, values: tuple[str, ...], there: _Stated) -> tuple[tuple[str, ...], list[str]]:
    """The valid values of a filter, and what is wrong with each of the others."""
    valid: tuple[str, ...] = ()
    wrong = []
    # Two years are wrong together, not each by itself.
    for part in (values,) if name == "year" else [(value,) for value in values]:
        try:
            _filters({name: part}, there)
        except ParameterError as error:
            wrong.append(error.plain)
        else:
            valid += part
    return valid, wrong
