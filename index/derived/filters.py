"""Which passages a search is limited to."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from index.derived.vectors import Numbers
from ingest.metadata.fields import YEARS


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage or its document has to be; an empty filter lets all pass.

    Values of one field are alternatives; different fields must all agree.

    goals, activities: label ids, one of which the passage carries.
    years: first and last year, both included; a document without a year never passes.
    kinds, publishers, languages: of the document, as it states them. documents: document ids.
    after: the number of a passage (`index.rows.saved.last_number_at`); those with a higher one
    pass.
    """

    goals: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    after: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, field) for field in self.__slots__)


NAMES: Mapping[str, str] = {
    "goal": "goals",
    "activity": "activities",
    "year": "years",
    "kind": "kinds",
    "publisher": "publishers",
    "language": "languages",
    "document": "documents",
}
"""The name of each limit, wherever one is typed, and the field of `Filters` that it fills."""

STATED: Mapping[str, str] = {
    "document": "document_id",
    "publisher": "publisher",
    "language": "language",
}
"""The limits whose possible values depend on the library, and the column of `documents` that holds
them."""


def stated(
    connection: sqlite3.Connection, names: Collection[str] = tuple(STATED)
) -> dict[str, frozenset[str]]:
    """The values that the library's documents have, without empty ones, by name of the limit. Names
    that are not in `STATED` are passed over.
    """
    return {
        name: frozenset(
            value
            for (value,) in connection.execute(f"SELECT DISTINCT {column} FROM documents")
            if value
        )
        for name, column in STATED.items()
        if name in names
    }


def allowed(connection: sqlite3.Connection, filters: Filters) -> Numbers | None:
    """Numbers of the passages that pass, int64 (n,), ascending; None when all do."""
    if not filters:
        return None
    clauses: list[str] = []
    values: list[object] = []
    for labels in (filters.goals, filters.activities):
        if labels:
            marks = ",".join("?" * len(labels))
            clauses.append(f"number IN (SELECT number FROM shown_tags WHERE label IN ({marks}))")
            values.extend(labels)
    if filters.years:
        clauses.append("d.year BETWEEN ? AND ?")
        values.extend(filters.years)
    if filters.after:
        clauses.append("number > ?")
        values.append(filters.after)
    for column, wanted in (
        ("d.kind", filters.kinds),
        ("d.document_id", filters.documents),
        ("d.publisher", filters.publishers),
        ("d.language", filters.languages),
    ):
        if wanted:
            clauses.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values.extend(wanted)
    rows = connection.execute(
        "SELECT number FROM passages JOIN documents d USING (document_id)"
        f" WHERE {' AND '.join(clauses)} ORDER BY number",
        values,
    )
    return np.fromiter((number for (number,) in rows), dtype=np.int64)


_TO = re.compile(r"\.\.|[-\u2010-\u2014]")
"""Between two years: two dots, a hyphen or a dash."""

_LONGEST = 40
"""Characters of two years with what stands between them; longer texts are not read."""


def parse_years(text: str) -> tuple[int, int]:
    """Read "2015", "2010..2018", "2010-2018", "2010.." or "..2018" as first and last year.

    Raises ValueError for anything else, for years outside 1800 to 2100, and when the first is
    after the last.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"'{text[:_LONGEST]}...' is no year and no range like 2010-2018")
    first, *rest = (part.strip() for part in _TO.split(text, maxsplit=1))
    last = rest[0] if rest else first
    try:
        start = int(first) if first else YEARS[0]
        end = int(last) if last else YEARS[-1]
    except ValueError:
        raise ValueError(f"'{text}' is no year and no range like 2010-2018") from None
    if not (first or last):
        raise ValueError(f"'{text}' is no year and no range like 2010-2018")
    if start not in YEARS or end not in YEARS:
        raise ValueError(f"'{text}' is not within the years {YEARS[0]} to {YEARS[-1]}")
    if start > end:
        raise ValueError(f"'{text}' has its first year after its last")
    return start, end
