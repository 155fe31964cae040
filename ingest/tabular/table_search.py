"""All tables of a page, found in several ways in turn.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.engines.sheets import Rule
from ingest.prose.layout import column_starts, justified, whole_lines
from ingest.prose.lines import Line
from ingest.tabular.aligned import aligned_tables
from ingest.tabular.banded import banded_tables
from ingest.tabular.headed import headed_tables
from ingest.tabular.loose_headers import with_loose_headers
from ingest.tabular.merged_rules import merged_across
from ingest.tabular.shaded import edges_of_bands
from ingest.tabular.tables import Table, ruled_tables
from ingest.tabular.two_languages import are_columns

# Points: a rule nearer to the edge of a table frames it, and parts none of its rows.
_EDGE = 4.0


def tables_in(lines: Sequence[Line], rules: Sequence[Rule]) -> tuple[list[Table], list[Line]]:
    """The tables among the lines of a page, and the other lines, those parted by a gap joined.

    Tables are sought in this order, each way among the lines that the ones before it left:

    1. by lines: `ruled_tables` and `banded_tables`;
    2. by shade between rows that no line parts: `banded_tables` with `edges_of_bands`;
    3. by white alone: `headed_tables` and `aligned_tables`.

    Of two tables in one place the one with more filled cells is kept. Text in two languages side
    by side is no table: its columns are read one after the other.
    """
    drawn = [rule for rule in rules if rule.drawn]
    tables = _tabular(_fuller(ruled_tables(lines, rules), banded_tables(lines, drawn)))
    if shaded := edges_of_bands(rules):
        tables = _with_shaded(tables, lines, drawn, shaded)
    unruled, rest = _by_white(_without(lines, tables))
    return with_loose_headers([*tables, *unruled]), whole_lines(justified(rest))


def _with_shaded(
    tables: Sequence[Table], lines: Sequence[Line], drawn: Sequence[Rule], shaded: Sequence[Rule]
) -> list[Table]:
    """The tables that lines part into rows, and with shade as well the fuller of the others."""
    lined_tops = {table.top for table in tables if _has_lines(table, drawn)}
    lined = [table for table in tables if table.top in lined_tops]
    others = [table for table in tables if table.top not in lined_tops]
    banded = banded_tables(_without(lines, lined), [*drawn, *shaded])
    return lined + _tabular(_fuller(others, banded))


def _by_white(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables without any rule, and the lines left."""
    aligned, left = _by_order(lines)
    fuller = _fuller(aligned, _tabular(headed_tables(lines)))
    headed = [table for table in fuller if table not in aligned]
    if headed:
        aligned, left = _by_order(_without(lines, headed))
    return [*headed, *aligned], left


def _by_order(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables told by the order of their content, and the lines left, joined over gaps."""
    joined = whole_lines(lines, column_starts(lines))
    tables = _tabular(aligned_tables(joined))
    return tables, _without(joined, tables)


def _tabular(tables: Sequence[Table]) -> list[Table]:
    """The tables that are not text in two languages."""
    return [table for table in tables if not are_columns(table)]


def _fuller(tables: Sequence[Table], rivals: Sequence[Table]) -> list[Table]:
    """The tables, each rival in place of those it overlaps if it has more filled cells."""
    kept = list(tables)
    for rival in rivals:
        overlapped = [table for table in kept if _overlap(table, rival)]
        if _filled(rival) > sum(map(_filled, overlapped)):
            kept = [table for table in kept if table not in overlapped] + [rival]
    return kept


def _has_lines(table: Table, drawn: Sequence[Rule]) -> bool:
    """Whether lines are drawn in a table, between its first row and its last."""
    return any(
        table.top + _EDGE < rule.y0 < table.bottom - _EDGE
        and min(rule.x1, table.x1) - max(rule.x0, table.x0) > (table.x1 - table.x0) / 2
        for rule in merged_across(drawn)
    )


def _overlap(a: Table, b: Table) -> bool:
    return min(a.bottom, b.bottom) > max(a.top, b.top) and min(a.x1, b.x1) > max(a.x0, b.x0)


def _filled(table: Table) -> int:
    return sum(bool(cell.lines) for row in table.rows for cell in row)


def _without(lines: Sequence[Line], tables: Sequence[Table]) -> list[Line]:
    taken = {line for table in tables for line in table.lines}
    return [line for line in lines if line not in taken]
