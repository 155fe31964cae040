"""All tables of a page, by whichever of the three ways finds more of each.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.aligned import aligned_tables
from ingest.banded import banded_tables
from ingest.layout import column_starts, justified, whole_lines
from ingest.lines import Line
from ingest.sheets import Rule
from ingest.tables import Table, ruled_tables


def tables_in(lines: Sequence[Line], rules: Sequence[Rule]) -> tuple[list[Table], list[Line]]:
    """The tables among the lines of a page, and the lines left, those parted by a gap joined."""
    found = _fuller(ruled_tables(lines, rules), banded_tables(lines, rules))
    rest = _without(lines, found)
    whole = whole_lines(rest, column_starts(rest))
    aligned = aligned_tables(whole)
    return found + aligned, whole_lines(justified(_without(whole, aligned)))


def _fuller(ruled: Sequence[Table], banded: Sequence[Table]) -> list[Table]:
    """Of two tables in one place, the one with more filled cells."""
    kept = list(ruled)
    for table in banded:
        rivals = [other for other in kept if _overlap(other, table)]
        if _filled(table) > sum(_filled(other) for other in rivals):
            kept = [other for other in kept if other not in rivals] + [table]
    return kept


def _overlap(a: Table, b: Table) -> bool:
    return min(a.bottom, b.bottom) > max(a.top, b.top) and min(a.x1, b.x1) > max(a.x0, b.x0)


def _filled(table: Table) -> int:
    return sum(bool(cell.lines) for row in table.rows for cell in row)


def _without(lines: Sequence[Line], tables: Sequence[Table]) -> list[Line]:
    taken = {line for table in tables for line in table.lines}
    return [line for line in lines if line not in taken]
