"""Names of columns that run up or down in the header of a table.

Pure. Turned text is read apart from the rest of the page; here it goes to the cells it stands in.
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

    aside: lines in other directions, as `place_of_turned` takes them. width, height: of the page,
    points.
    """
    done: list[Table] = []
    left = list(aside)
    for table in tables:
        best, taken = table, list[Line]()
        for down in (False, True):
            placed = [
                _Turned(line, *place_of_turned(line, width, height, down=down), down)
                for line in left
            ]
            found, lines = _named(table, placed)
            if len(lines) > len(taken):
                best, taken = found, lines
        done.append(best)
        left = [line for line in left if line not in taken]
    return done, left


def place_of_turned(line: Line, width: float, height: float, *, down: bool) -> tuple[float, float]:
    """Where on the page a turned line stands: across and down, points.

    line: turned by a quarter, so that its x0 and x1 count along the page's height and its base
    along the width. width, height: of the page. down: the text runs down, not up.
    """
    middle = (line.x0 + line.x1) / 2
    return (width - line.base, middle) if down else (line.base, height - middle)


def _named(table: Table, turned: Sequence[_Turned]) -> tuple[Table, list[Line]]:
    """The table with the turned lines in the empty cells of its first row, and these lines.

    A single one is no name, and the table stays as it is.
    """
    if len(table.rows) < 2:
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
    """The line as if it were not turned, as wide as its cell."""
    return replace(one.line, x0=cell.x0, x1=cell.x1, base=one.y)
