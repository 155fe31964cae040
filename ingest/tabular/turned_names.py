"""Names of columns that run up or down in the header of a table.

Pure. Text that is turned is read apart from the page's own; here it goes to the cells it is in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.prose.lines import Line
from ingest.tabular.tables import Cell, Table

_FEWEST_NAMES = 2
# Points by which a name may stand out of its row.
_OUTSIDE = 3.0


class _Turned(NamedTuple):
    """A turned line, its place on the page, and whether it runs down."""

    line: Line
    x: float
    y: float
    down: bool


def with_turned_names(
    tables: Sequence[Table], aside: Sequence[Line], width: float, height: float
) -> tuple[list[Table], list[Line]]:
    """The tables, empty cells of their first rows filled with the turned lines in them, and the
    lines left.

    aside: lines in other directions; turned by a quarter, their length is a height on the page.
    width, height: of the page, points.
    """
    done: list[Table] = []
    left = list(aside)
    for table in tables:
        best, taken = table, list[Line]()
        for down in (False, True):
            placed = [_placed(line, width, height, down=down) for line in left]
            found, lines = _named(table, placed)
            if len(lines) > len(taken):
                best, taken = found, lines
        done.append(best)
        left = [line for line in left if line not in taken]
    return done, left


def _placed(line: Line, width: float, height: float, *, down: bool) -> _Turned:
    middle = (line.x0 + line.x1) / 2
    if down:
        return _Turned(line, width - line.base, middle, down)
    return _Turned(line, line.base, height - middle, down)


def _named(table: Table, turned: Sequence[_Turned]) -> tuple[Table, list[Line]]:
    """The table with the turned lines of its first row, and these; fewer than two are none."""
    if len(table.rows) < _FEWEST_NAMES:
        return table, []
    bottom = min((line.top for cell in table.rows[1] for line in cell.lines), default=table.top)
    inside = [one for one in turned if table.top - _OUTSIDE <= one.y <= bottom]
    cells: list[Cell] = []
    taken: list[Line] = []
    for cell in table.rows[0]:
        names = [one for one in inside if cell.x0 - _OUTSIDE <= one.x <= cell.x1 + _OUTSIDE]
        names.sort(key=lambda one: -one.x if one.down else one.x)
        lines = () if cell.lines else tuple(_upright(one, cell) for one in names)
        cells.append(replace(cell, lines=lines) if lines else cell)
        taken += [one.line for one in names] if lines else []
    named = sum(cell is not old for cell, old in zip(cells, table.rows[0], strict=True))
    if named < _FEWEST_NAMES:
        return table, []
    return replace(table, rows=(tuple(cells), *table.rows[1:])), taken


def _upright(one: _Turned, cell: Cell) -> Line:
    return replace(one.line, x0=cell.x0, x1=cell.x1, base=one.y)
