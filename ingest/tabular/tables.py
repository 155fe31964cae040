"""Tables drawn with ruling lines: which lines of a page stand in which cell.

Pure. Prose in a frame is no table: a table has at least two columns filled in at least two
rows. How a row is written is the matter of `table_rows`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.engines.sheets import Rule
from ingest.prose.lines import Line
from ingest.tabular.merged_rules import SNAP, THINNEST, merged_across, merged_down

# Characters: in a longer cell stands a page of text.
_LONGEST_CELL = 2500
# Names, and rows with the names, that a form has at least.
_FEWEST_OF_FORM = 3
# Part of a cell's width that the rule above it spans.
_SPANS = 0.6
# Part of the rows of a table that have two cells filled; and of one told by shade that have all
# its cells.
_FULL = 0.3
_EVEN = 0.7


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines within one cell, from the top, and its sides in points.

    open_above: no rule parts it from the cell above, of which it is a part.
    """

    x0: float
    x1: float
    lines: tuple[Line, ...]
    open_above: bool = False

    @property
    def bold(self) -> bool:
        """Whether it has text and all of it is bold."""
        return bool(self.lines) and all(line.bold for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells from the top, and the box they fill, in points.

    ruled_off: a rule stands under the first row and none between the others.
    """

    rows: tuple[tuple[Cell, ...], ...]
    x0: float
    x1: float
    top: float
    bottom: float
    ruled_off: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all cells, row by row."""
        return tuple(line for row in self.rows for cell in row for line in cell.lines)


def are_bold(row: Sequence[Cell]) -> bool:
    """Whether all cells of a row that have text are bold."""
    return all(cell.bold for cell in row if cell.lines)


def middle_of(line: Line) -> float:
    """The height of the middle of a line's letters, points: it tells which row the line is in."""
    return line.base - 0.3 * line.size


def in_cell_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a cell from the top, those at about one height from the left."""
    return tuple(sorted(lines, key=lambda line: (round(line.base / 3), line.x0)))


def ruled_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Table]:
    """The tables among the lines whose cells are drawn, from the top.

    Lines that show count first: shading often lies behind single lines of text within a cell.
    Where none show, the edges of shaded cells make the grid.
    """
    drawn = _tables(lines, [rule for rule in rules if rule.drawn])
    taken = {line for table in drawn for line in table.lines}
    rest = [line for line in lines if line not in taken]
    shaded = _tables(rest, rules) if not all(rule.drawn for rule in rules) else []
    even = [table for table in shaded if _is_even(table)]
    return sorted([*drawn, *even], key=lambda table: table.top)


def _is_even(table: Table) -> bool:
    """Whether nearly all rows have the same cells: shading alone also makes page layouts."""
    widest = max(len(row) for row in table.rows)
    full = [row for row in table.rows if len(row) == widest and sum(bool(c.lines) for c in row) > 1]
    return len(full) >= _EVEN * len(table.rows)


def _tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Table]:
    """The tables among the lines, one in each grid that the rules make."""
    found = (_table(lines, *grid) for grid in _grids(merged_across(rules), merged_down(rules)))
    return [table for table in found if table is not None and _is_table(table)]


def _grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross one another, together; a grid has two across or more."""
    left = set(range(len(down)))
    grids = []
    while left:
        members_down = {left.pop()}
        members_across: set[int] = set()
        grown = True
        while grown:
            new_across = {
                i
                for i, rule in enumerate(across)
                if i not in members_across and any(_cross(rule, down[j]) for j in members_down)
            }
            members_across |= new_across
            new_down = {j for j in left if any(_cross(across[i], down[j]) for i in new_across)}
            members_down |= new_down
            left -= new_down
            grown = bool(new_down)
        if len(members_across) >= 2:
            grids.append(([across[i] for i in members_across], [down[j] for j in members_down]))
    return grids


def _cross(across: Rule, down: Rule) -> bool:
    return (
        across.x0 - SNAP <= down.x0 <= across.x1 + SNAP
        and down.y0 - SNAP <= across.y0 <= down.y1 + SNAP
    )


def _table(lines: Sequence[Line], across: Sequence[Rule], down: Sequence[Rule]) -> Table:
    """The lines within a grid, cell by cell."""
    x0, x1 = min(rule.x0 for rule in across), max(rule.x1 for rule in across)
    ends = [end for rule in down for end in (rule.y0, rule.y1)]
    heights = _places([rule.y0 for rule in across] + ends)
    inside = [
        line
        for line in lines
        if x0 - SNAP <= (line.x0 + line.x1) / 2 <= x1 + SNAP
        and heights[0] - SNAP <= middle_of(line) <= heights[-1] + SNAP
    ]
    rows: list[list[Cell]] = []
    for top, bottom in itertools.pairwise(heights):
        middle = (top + bottom) / 2
        walls = _places([x0, x1, *(rule.x0 for rule in down if rule.y0 <= middle <= rule.y1)])
        band = [line for line in inside if top <= middle_of(line) < bottom]
        row = _row(band, walls, [rule for rule in across if abs(rule.y0 - top) <= THINNEST])
        if rows and len(rows[-1]) == len(row) and all(cell.open_above for cell in row):
            rows[-1] = _stacked(rows[-1], row)
        elif any(cell.lines for cell in row):
            rows.append(row)
    if rows:
        rows[0] = [replace(cell, open_above=False) for cell in rows[0]]
    return Table(tuple(tuple(row) for row in rows), x0, x1, heights[0], heights[-1])


def _places(values: Sequence[float]) -> list[float]:
    """The values in order, those nearer than a cell can be thin taken as one."""
    done: list[float] = []
    for value in sorted(values):
        if not done or value - done[-1] >= THINNEST:
            done.append(value)
    return done


def _row(band: Sequence[Line], walls: Sequence[float], above: Sequence[Rule]) -> list[Cell]:
    """The cells between the walls. band: the lines of the row. above: the rules over it."""
    cells = []
    for left, right in itertools.pairwise(walls):
        found = [line for line in band if left <= (line.x0 + line.x1) / 2 < right]
        span = sum(max(0.0, min(rule.x1, right) - max(rule.x0, left)) for rule in above)
        is_open = span < _SPANS * (right - left)
        cells.append(Cell(left, right, in_cell_order(found), is_open))
    return cells


def _stacked(above: Sequence[Cell], row: Sequence[Cell]) -> list[Cell]:
    """One row that was drawn in two bands."""
    return [replace(a, lines=a.lines + b.lines) for a, b in zip(above, row, strict=True)]


def is_form(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows are still to be filled in: text in the first column only, of three and more,
    below three bold names and more.
    """
    named = bool(rows) and len(rows[0]) >= _FEWEST_OF_FORM and all(cell.bold for cell in rows[0])
    return (
        named
        and len(rows) > _FEWEST_OF_FORM
        and all(
            len(row) == len(rows[0]) and row[0].lines and not any(cell.lines for cell in row[1:])
            for row in rows[1:]
        )
    )


def holds(cell: Cell) -> bool:
    """Whether the cell has text, be it that of the cell above, of which it is a part."""
    return bool(cell.lines) or cell.open_above


def _is_table(table: Table) -> bool:
    """Whether a grid is a table: two columns filled in two rows, or three in one, or a form."""
    if is_form(table.rows):
        return True
    cells = [cell for row in table.rows for cell in row]
    longest = max((sum(len(line.text) for line in cell.lines) for cell in cells), default=0)
    full = [row for row in table.rows if sum(map(holds, row)) >= 2]
    if not full or longest > _LONGEST_CELL or len(full) < _FULL * len(table.rows):
        return False
    # A single row over a whole page is drawn with all its walls.
    return len(full) > 1 or sum(map(holds, full[0])) >= 3
