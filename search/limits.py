"""What a search is limited to, as it is typed: names and values into filters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.taxonomy import Taxonomy
from index.filters import NAMES, Filters, parse_years
from ingest.kinds import KINDS

_SHOWN = 80
"""Characters of a wrong value that are repeated."""


def limited(
    filters: Filters,
    limits: Mapping[str, Sequence[str]],
    taxonomy: Taxonomy,
    documents: Collection[str],
) -> Filters:
    """Filters with what the limits name put in its place; fields they do not name stay.

    limits: values by a name of `NAMES`; of "year" one year or range.
    documents: ids of the documents there are; of no use where none is named.
    Raises ValueError, in one line with the choices, for a value that is none of them. A publisher
    or a language is taken as it stands: one that is not there lets nothing pass.
    """
    known: dict[str, Collection[str]] = {
        "goal": taxonomy.goals.label_ids,
        "activity": taxonomy.activities.label_ids,
        "kind": KINDS,
    }
    changes: dict[str, Any] = {}
    for name, values in limits.items():
        if name == "year":
            if len(values) != 1:
                raise ValueError("one year or one range of years, like 2010-2018")
            changes["years"] = parse_years(values[0])
            continue
        for value in values:
            if name == "document" and value not in documents:
                there = "the list of documents has their ids"
                raise ValueError(f"'{_short(value)}' is no document of this library; {there}")
            if name in known and value not in known[name]:
                choices = ", ".join(known[name])
                raise ValueError(f"'{_short(value)}' is no {name}; there are: {choices}")
        changes[NAMES[name]] = tuple(dict.fromkeys(values))
    return replace(filters, **changes)


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
