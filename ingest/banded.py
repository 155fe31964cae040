"""Tables with lines between the rows only: columns told by the white between them.

Pure. Wanted are three rules and more of the same reach, one below the other, and white that runs
down through all rows; text with a rule above and below has no such white.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.lines import Line
from ingest.sheets import Rule
from ingest.tables import Cell, Table, merged_across

_SAME_REACH = 8.0
_FEWEST_RULES = 3
_LOWEST_BAND = 7.0
_HIGHEST_BAND = 220.0
# Points of white between columns, at least.
_WHITE = 4.0
_MOST_COLUMNS = 16
# A bold header may stand above the first rule, within this many points.
_HEADER_HEIGHT = 60.0


def banded_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Table]:
    """The tables among the lines whose rows, but not whose columns, are ruled; from the top."""
    tables = []
    for x0, x1, levels in _stacks(rules):
        table = _table(lines, x0, x1, levels)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda table: table.top)


def _stacks(rules: Sequence[Rule]) -> list[tuple[float, float, list[float]]]:
    """Rules of one reach below each other: left, right, heights."""
    stacks: list[tuple[float, float, list[float]]] = []
    for rule in merged_across([rule for rule in rules if rule.drawn]):
        for x0, x1, levels in stacks:
            same = abs(rule.x0 - x0) <= _SAME_REACH and abs(rule.x1 - x1) <= _SAME_REACH
            step = rule.y0 - levels[-1]
            if same and step <= _HIGHEST_BAND:
                if step >= _LOWEST_BAND:
                    levels.append(rule.y0)
                break
        else:
            stacks.append((rule.x0, rule.x1, [rule.y0]))
    return [stack for stack in stacks if len(stack[2]) >= _FEWEST_RULES]


def _table(lines: Sequence[Line], x0: float, x1: float, levels: list[float]) -> Table | None:
    bands = [_band(lines, x0, x1, top, bottom) for top, bottom in itertools.pairwise(levels)]
    header = _bold_above(_band(lines, x0, x1, levels[0] - _HEADER_HEIGHT, levels[0]))
    if len(header) >= 2:
        bands.insert(0, header)
    columns = _columns([line for band in bands for line in band], x0, x1)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    rows = [tuple(_cells(band, columns)) for band in bands if band]
    full = sum(sum(bool(cell.lines) for cell in row) >= 2 for row in rows)
    if full < 2 or full < 0.7 * len(rows):
        return None
    top = min([levels[0], *(line.top for line in bands[0])])
    return Table(tuple(rows), x0, x1, top, levels[-1])


def _bold_above(lines: Sequence[Line]) -> list[Line]:
    """The lowest of the lines as far up as they are bold."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if not line.bold:
            break
        found.append(line)
    return found


def _band(lines: Sequence[Line], x0: float, x1: float, top: float, bottom: float) -> list[Line]:
    """The lines between two heights."""
    return [
        line
        for line in lines
        if x0 - _WHITE <= line.x0 <= x1 and top <= line.base - 0.3 * line.size < bottom
    ]


def _columns(lines: Sequence[Line], x0: float, x1: float) -> list[tuple[float, float]]:
    """The reach of each column; lines over more than half the width tell nothing."""
    reaches = sorted((line.x0, line.x1) for line in lines if line.x1 - line.x0 <= 0.55 * (x1 - x0))
    columns: list[tuple[float, float]] = []
    for left, right in reaches:
        if columns and left - columns[-1][1] < _WHITE:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    wide = [line for line in lines if line.x1 - line.x0 > 0.55 * (x1 - x0)]
    # Prose between rules: most lines run over the gaps that the short ones leave.
    return columns if len(wide) <= 0.2 * len(lines) else []


def _cells(band: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[Cell]:
    cells = []
    for place, (left, right) in enumerate(columns):
        end = columns[place + 1][0] if place + 1 < len(columns) else float("inf")
        begin = left if place else float("-inf")
        found = sorted(
            (line for line in band if begin - 1 <= line.x0 < end - 1),
            key=lambda line: (round(line.base / 3), line.x0),
        )
        cells.append(Cell(left, right, tuple(found)))
    return cells
