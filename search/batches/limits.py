"""Limits of a search as they are typed, names and values, made into filters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz, process, utils

from corpus.taxonomy import Taxonomy
from index.derived.filters import NAMES, STATED, Filters, parse_years
from ingest.metadata.kinds import KINDS

_SHOWN = 80
"""Characters of a value that a message repeats."""

_NEAREST = 3
"""Publishers that a message names where the one typed is not there."""


def limited(
    filters: Filters,
    limits: Mapping[str, Sequence[str]],
    taxonomy: Taxonomy,
    stated: Mapping[str, Collection[str]],
) -> Filters:
    """The filters, with each field that a limit is for replaced by the values of the limit.

    limits: values by a name of `index.derived.filters.NAMES`; for "year" one year, or one range.
        Languages may be typed in capitals.
    stated: the values that the library's documents have, as `index.derived.filters.stated` reads
        them; names that are not among the limits may be missing.
    Raises ValueError for a value that is not there to choose. The message is one line with the
    choices, or with the nearest of them for publishers.
    """
    known: dict[str, Collection[str]] = {
        "goal": taxonomy.goals.label_ids,
        "activity": taxonomy.activities.label_ids,
        "kind": KINDS,
    }
    changes: dict[str, Any] = {}
    for name, typed in limits.items():
        if name == "year":
            if len(typed) != 1:
                raise ValueError("one year or one range of years, like 2010-2018")
            changes["years"] = parse_years(typed[0])
            continue
        values = _as_stated(typed, stated.get(name, ())) if name == "language" else typed
        for value in values:
            if name in STATED and value not in stated.get(name, ()):
                there = _there(name, value, stated.get(name, ()))
                raise ValueError(f"'{_short(value)}' is no {name} of this library; {there}")
            if name in known and value not in known[name]:
                choices = ", ".join(known[name])
                raise ValueError(f"'{_short(value)}' is no {name}; there are: {choices}")
        changes[NAMES[name]] = tuple(dict.fromkeys(values))
    return replace(filters, **changes)


def _as_stated(codes: Sequence[str], known: Collection[str]) -> list[str]:
    """Codes of languages, typed in capitals or not, as the documents have them."""
    written = {code.casefold(): code for code in sorted(known)}
    return [code if code in known else written.get(code.casefold(), code) for code in codes]


def _there(name: str, value: str, known: Collection[str]) -> str:
    """The end of a message on a value that is not there: which there are, or where they are
    listed.
    """
    if name == "document":
        return "the list of documents has their ids"
    if not known:
        return "its documents state none"
    if name == "language":
        return f"there are: {', '.join(sorted(known))}"
    near = process.extract(
        value[:_SHOWN],
        sorted(known),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=_NEAREST,
    )
    # Names of publishers have commas.
    return f"the nearest: {'; '.join(_short(found) for found, _score, _place in near)}"


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
