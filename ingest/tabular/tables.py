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

# Points: rules this near are one; a row or column is at least this wide.
_SNAP = 3.0
_THINNEST = 6.0
_LONGEST_CELL = 2500
_FEWEST_OF_FORM = 3


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
        """Whether all its text is."""
        return bool(self.lines) and all(line.bold for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells from the top, and the box they fill.

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
        """All its lines."""
        return tuple(line for row in self.rows for cell in row for line in cell.lines)


def middle_of(line: Line) -> float:
    """The height of the middle of a line's letters, points: it tells which cell the line is in."""
    return line.base - 0.3 * line.size


@dataclass(frozen=True, slots=True)
class _MergedRule:
    """A merged rule: its place on one axis, its reach on the other."""

    at: float
    start: float
    end: float


def ruled_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Table]:
    """The tables among the lines whose cells are drawn, from the top.

    Lines that show count first: shading often lies behind single lines of text within a cell.
    Where none show, the edges of shaded cells make the grid.
    """
    drawn = _tables(lines, [rule for rule in rules if rule.drawn])
    taken = {line for table in drawn for line in table.lines}
    rest = [line for line in lines if line not in taken]
    shaded = _tables(rest, rules) if len(rules) > sum(rule.drawn for rule in rules) else []
    even = [table for table in shaded if _even(table)]
    return sorted([*drawn, *even], key=lambda table: table.top)


def _even(table: Table) -> bool:
    """Whether nearly all rows have the same cells: shading alone also makes page layouts."""
    widest = max(len(row) for row in table.rows)
    full = [row for row in table.rows if len(row) == widest and sum(bool(c.lines) for c in row) > 1]
    return len(full) >= 0.7 * len(table.rows)


def _tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Table]:
    across = _merged([_MergedRule(r.y0, r.x0, r.x1) for r in rules if r.horizontal])
    down = _merged([_MergedRule(r.x0, r.y0, r.y1) for r in rules if not r.horizontal])
    found = (_table(lines, *grid) for grid in _grids(across, down))
    return [table for table in found if table is not None]


def merged_across(rules: Sequence[Rule]) -> list[Rule]:
    """Horizontal rules from the top, those that touch on one height as one."""
    spans = _merged([_MergedRule(rule.y0, rule.x0, rule.x1) for rule in rules if rule.horizontal])
    ordered = sorted(spans, key=lambda span: (span.at, span.start))
    return [Rule(span.start, span.at, span.end, span.at) for span in ordered]


def merged_down(rules: Sequence[Rule]) -> list[Rule]:
    """Upright rules, those that touch end to end as one."""
    spans = _merged(
        [_MergedRule(rule.x0, rule.y0, rule.y1) for rule in rules if not rule.horizontal]
    )
    return [Rule(span.at, span.start, span.at, span.end) for span in spans]


def _merged(spans: Sequence[_MergedRule]) -> list[_MergedRule]:
    """Rules on one line that touch or overlap become one."""
    done: list[_MergedRule] = []
    open_spans: list[_MergedRule] = []
    for span in sorted(spans, key=lambda span: (span.at, span.start)):
        near = [other for other in open_spans if span.at - other.at <= _SNAP]
        done += [other for other in open_spans if span.at - other.at > _SNAP]
        joined = span
        rest = []
        for other in near:
            if other.start - _SNAP <= joined.end and joined.start <= other.end + _SNAP:
                start, end = min(other.start, joined.start), max(other.end, joined.end)
                joined = _MergedRule(other.at, start, end)
            else:
                rest.append(other)
        open_spans = [*rest, joined]
    return [span for span in done + open_spans if span.end - span.start >= _THINNEST]


def _grids(
    across: Sequence[_MergedRule], down: Sequence[_MergedRule]
) -> list[tuple[list[_MergedRule], list[_MergedRule]]]:
    """Rules that cross one another, together; a grid has two or more each way."""
    left = set(range(len(down)))
    grids = []
    while left:
        members_down = {left.pop()}
        members_across: set[int] = set()
        grown = True
        while grown:
            new_across = {
                i
                for i, h in enumerate(across)
                if i not in members_across and any(_cross(h, down[j]) for j in members_down)
            }
            members_across |= new_across
            new_down = {j for j in left if any(_cross(across[i], down[j]) for i in new_across)}
            members_down |= new_down
            left -= new_down
            grown = bool(new_down)
        if len(members_across) >= 2:
            grids.append(([across[i] for i in members_across], [down[j] for j in members_down]))
    return grids


def _cross(across: _MergedRule, down: _MergedRule) -> bool:
    return (
        across.start - _SNAP <= down.at <= across.end + _SNAP
        and down.start - _SNAP <= across.at <= down.end + _SNAP
    )


def _places(values: Sequence[float]) -> list[float]:
    """The values in order, those nearer than a cell can be thin taken as one."""
    done: list[float] = []
    for value in sorted(values):
        if not done or value - done[-1] >= _THINNEST:
            done.append(value)
    return done


def _table(
    lines: Sequence[Line], across: Sequence[_MergedRule], down: Sequence[_MergedRule]
) -> Table | None:
    x0, x1 = min(h.start for h in across), max(h.end for h in across)
    levels = _places([h.at for h in across] + [end for v in down for end in (v.start, v.end)])
    inside = [
        line
        for line in lines
        if x0 - _SNAP <= (line.x0 + line.x1) / 2 <= x1 + _SNAP
        and levels[0] - _SNAP <= middle_of(line) <= levels[-1] + _SNAP
    ]
    rows: list[list[Cell]] = []
    for top, bottom in itertools.pairwise(levels):
        row = _row(inside, across, down, (x0, x1), (top, bottom))
        if rows and len(rows[-1]) == len(row) and all(cell.open_above for cell in row):
            rows[-1] = _stacked(rows[-1], row)
        elif any(cell.lines for cell in row):
            rows.append(row)
    if rows:
        rows[0] = [replace(cell, open_above=False) for cell in rows[0]]
    return _checked(Table(tuple(tuple(row) for row in rows), x0, x1, levels[0], levels[-1]))


def _row(
    lines: Sequence[Line],
    across: Sequence[_MergedRule],
    down: Sequence[_MergedRule],
    sides: tuple[float, float],
    band: tuple[float, float],
) -> list[Cell]:
    top, bottom = band
    middle = (top + bottom) / 2
    walls = _places([*sides, *(v.at for v in down if v.start <= middle <= v.end)])
    cells = []
    for left, right in itertools.pairwise(walls):
        found = [
            line
            for line in lines
            if left <= (line.x0 + line.x1) / 2 < right and top <= middle_of(line) < bottom
        ]
        found.sort(key=lambda line: (round(line.base / 3), line.x0))
        cells.append(Cell(left, right, tuple(found), not _floored(left, right, across, top)))
    return cells


def _floored(left: float, right: float, across: Sequence[_MergedRule], level: float) -> bool:
    """Whether a rule at `level` runs from `left` to `right`."""
    reach = sum(
        max(0.0, min(h.end, right) - max(h.start, left))
        for h in across
        if abs(h.at - level) <= _THINNEST
    )
    return reach >= 0.6 * (right - left)


def _stacked(above: list[Cell], row: list[Cell]) -> list[Cell]:
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


def _checked(table: Table) -> Table | None:
    """The table, if it is one: two columns filled in two rows, or three in one, or a form."""
    full = [row for row in table.rows if sum(map(holds, row)) >= 2]
    longest = max(
        (sum(len(line.text) for line in cell.lines) for row in table.rows for cell in row),
        default=0,
    )
    if is_form(table.rows):
        return table
    if not full or longest > _LONGEST_CELL or len(full) < 0.3 * len(table.rows):
        return None
    # A single row over a whole page is drawn with all its walls.
    alone = len(full) == 1 and sum(map(holds, full[0])) < 3
    return None if alone else table
