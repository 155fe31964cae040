"""Which passages are of some kind, without loading them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from ingest.records import BlockKind

_AT_ONCE = 500


def of_kinds(
    connection: sqlite3.Connection, numbers: Sequence[int], kinds: Collection[BlockKind]
) -> frozenset[int]:
    """Those of the passages numbered that are of one of the kinds; unknown numbers are left out."""
    wanted = sorted(kinds)
    found: set[int] = set()
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        rows = connection.execute(
            f"SELECT number FROM passages WHERE number IN ({_marks(part)})"  # noqa: S608 - "?" only
            f" AND kind IN ({_marks(wanted)})",
            [*part, *wanted],
        )
        found.update(number for (number,) in rows)
    return frozenset(found)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
