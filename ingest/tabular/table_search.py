"""All tables of a page, by whichever of the three ways finds more of each.

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
from ingest.tabular.shaded import edges_of_bands
from ingest.tabular.tables import Cell, Table, merged_across, ruled_tables
from ingest.tabular.two_languages import are_columns

# Parts of the font size: the names of columns stand no further above their rows.
_HEAD_DISTANCE = 2.5
# Points by which a name may begin outside its column.
_OUTSIDE = 4.0


def tables_in(lines: Sequence[Line], rules: Sequence[Rule]) -> tuple[list[Table], list[Line]]:
    """The tables among the lines of a page, and the lines left, those parted by a gap joined.

    Text in two languages side by side is none: its columns are read one after the other.
    """
    drawn = [rule for rule in rules if rule.drawn]
    found = _tabular(_fuller(ruled_tables(lines, rules), banded_tables(lines, drawn)))
    if shaded := edges_of_bands(rules):
        lined = {table.top for table in found if _has_lines(table, drawn)}
        kept = [table for table in found if table.top in lined]
        left = _without(lines, kept)
        loose = [table for table in found if table.top not in lined]
        found = kept + _tabular(_fuller(loose, banded_tables(left, [*drawn, *shaded])))
    rest = _without(lines, found)
    aligned, joined = _aligned(rest)
    headed = _fuller(aligned, _tabular(headed_tables(rest)))
    headed = [table for table in headed if table not in aligned]
    if headed:
        aligned, joined = _aligned(_without(rest, headed))
    left = whole_lines(justified(_without(joined, aligned)))
    return _with_heads([*found, *headed, *aligned]), left


def _aligned(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables told by the order of their content, and the lines with what gaps part joined."""
    joined = whole_lines(lines, column_starts(lines))
    return _tabular(aligned_tables(joined)), joined


def _tabular(tables: Sequence[Table]) -> list[Table]:
    return [table for table in tables if not are_columns(table)]


def _fuller(ruled: Sequence[Table], banded: Sequence[Table]) -> list[Table]:
    """Of two tables in one place, the one with more filled cells."""
    kept = list(ruled)
    for table in banded:
        rivals = [other for other in kept if _overlap(other, table)]
        if _filled(table) > sum(_filled(other) for other in rivals):
            kept = [other for other in kept if other not in rivals] + [table]
    return kept


def _with_heads(tables: Sequence[Table]) -> list[Table]:
    """The tables, each single bold row that names the columns of the next made its first row.

    LibreOffice and Word shade a header and rule it above and below, without walls. Single rows
    under each other are cards, none of which names the columns of another.
    """
    done = list(tables)
    for head in [table for table in tables if len(table.rows) == 1]:
        body = next((table for table in done if _names(head, table)), None)
        if body is not None:
            done[done.index(body)] = _headed(head, body)
            done.remove(head)
    return done


def _names(head: Table, body: Table) -> bool:
    """Whether a single row stands right above a table of its columns that has no names."""
    names, first = head.rows[0], body.rows[0]
    if len(body.rows) == 1 or len(names) != len(first) or all(cell.bold for cell in first):
        return False
    if not all(cell.bold for cell in names if cell.lines):
        return False
    size = head.lines[0].size
    step = min(line.top for line in body.lines) - max(line.bottom for line in head.lines)
    return -size < step <= _HEAD_DISTANCE * size and all(
        column.x0 - _OUTSIDE <= name.lines[0].x0 <= column.x1
        for name, column in zip(names, first, strict=True)
        if name.lines
    )


def _headed(head: Table, body: Table) -> Table:
    cells = zip(head.rows[0], body.rows[0], strict=True)
    row = tuple(Cell(column.x0, column.x1, name.lines) for name, column in cells)
    return Table((row, *body.rows), body.x0, body.x1, head.top, body.bottom)


def _has_lines(table: Table, drawn: Sequence[Rule]) -> bool:
    """Whether lines are drawn in a table, between its first row and its last."""
    return any(
        rule.horizontal
        and table.top + _OUTSIDE < rule.y0 < table.bottom - _OUTSIDE
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
