"""Tables without ruling lines: rows told apart by the order of the content and by alignment.

Pure. What draws a page writes a table cell by cell along the row, and columns of prose one
after the other: so a jump to the right and up again, back to the height of the row, is the next
cell, and a jump to the left and down is the next row. Prose is never written like that.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.prose.lines import Line
from ingest.tabular.tables import Cell, Table
from ingest.tabular.white_columns import Reach

# Points. Columns begin (or end, or have their middle) at one place, give or take this much.
_ALIGNED = 6.0
_FEWEST_ROWS = 3
_MOST_COLUMNS = 14
# Parts of the font size: the white between two cells, and before a line that shows a new row.
_WHITE = 0.3
_CELL_GAP = 0.8
# Lines at one height; cells of one row; the first lines of two rows at most.
_LEVEL = 0.2
_SAME_ROW = 0.5
_ROW_DISTANCE = 5.0

_CellLines = list[Line]
"""Lines of one cell, from the top."""
_Row = list[_CellLines]
"""Cells side by side, from the left; a single one is text between tables."""


def aligned_tables(lines: Sequence[Line]) -> list[Table]:
    """The tables among the lines, from the top. lines: in content order."""
    rows = _rows(lines)
    tables: list[Table] = []
    run: list[_Row] = []
    for row in [*rows, []]:
        if row and (not run or _belongs(run, row)):
            run.append(row)
            continue
        # Text in two columns below a table may begin where two of its columns do.
        table = _table(run) or _table(run[:-1])
        if table is not None:
            tables.append(table)
        run = [row] if row else []
    return sorted(tables, key=lambda table: table.top)


def _rows(lines: Sequence[Line]) -> list[_Row]:
    """All lines as rows, in content order."""
    rows: list[_Row] = []
    for line, after in itertools.zip_longest(lines, lines[1:]):
        row = rows[-1] if rows else []
        if row and _under(row[-1][-1], line) and not _new_row(row, line, after):
            row[-1].append(line)
        elif row and _beside(row, line):
            row.append([line])
        elif len(row) > 1 and _before(row, line):
            row.insert(0, [line])
        else:
            rows.append([[line]])
    return rows


def _under(above: Line, line: Line) -> bool:
    """Whether `line` is the next line of the same cell."""
    step = line.base - above.base
    size = max(above.size, line.size)
    overlap = min(above.x1, line.x1) - max(above.x0, line.x0)
    return 0.7 * size < step < 1.9 * size and overlap > 0


def _new_row(row: _Row, line: Line, after: Line | None) -> bool:
    """Whether `line`, under the last cell of a row, begins another: in a one-line first cell.

    after: what the content has next. Beside the line it shows that what stands above, a caption
    or a single cell, is no part of its row.
    """
    if len(row) > 1:
        return line.x0 < row[-1][0].x0 - _ALIGNED
    if after is None or abs(after.base - line.base) > _LEVEL * line.size:
        return False
    return after.x0 >= line.x1 + _CELL_GAP * line.size


def _beside(row: _Row, line: Line) -> bool:
    """Whether `line` stands right of the row's last cell and at the height of its top."""
    cell = row[-1]
    right = max(member.x1 for member in cell)
    tops = [member.base for part in row for member in part[:1]]
    size = max(line.size, cell[0].size)
    return (
        line.x0 >= right + _WHITE * size
        and line.x0 >= cell[0].x0 + 2 * size
        and min(abs(line.base - top) for top in tops) <= _SAME_ROW * size
    )


def _before(row: _Row, line: Line) -> bool:
    """Whether `line` stands left of the row's cells and at the height of its top.

    Typst writes a label that spans rows after the first of them.
    """
    left = min(member.x0 for cell in row for member in cell)
    level = abs(line.base - row[0][0].base) <= _LEVEL * line.size
    return level and line.x1 <= left - _WHITE * line.size


def _belongs(run: list[_Row], row: _Row) -> bool:
    """Whether the row stands right under the others, its cells in their columns."""
    if len(row) < 2 or len(run[0]) < 2:
        return False
    above = run[-1]
    bottom = max(line.base for cell in above for line in cell)
    top = min(cell[0].base for cell in row)
    size = max(above[0][0].size, row[0][0].size)
    if not 0.5 * size < top - bottom < _ROW_DISTANCE * size:
        return False
    columns = _columns(run)
    if all(any(_is_aligned(cell, column) for column in columns) for cell in row):
        return True
    # The row above may have left out cells: then this one has columns for all of its cells.
    return len(row) > len(columns) and all(
        any(_is_aligned(other, _reach(cell)) for cell in row) for other in above
    )


def _reach(cell: _CellLines) -> Reach:
    return min(line.x0 for line in cell), max(line.x1 for line in cell)


def _columns(run: list[_Row]) -> list[Reach]:
    """The reach of each column, as its cells fill it, from the left."""
    columns: list[Reach] = []
    for row in sorted(run, key=len, reverse=True):
        for cell in row:
            x0, x1 = _reach(cell)
            for place, (left, right) in enumerate(columns):
                if min(right, x1) - max(left, x0) > 0:
                    columns[place] = (min(left, x0), max(right, x1))
                    break
            else:
                columns.append((x0, x1))
    return sorted(columns)


def _is_aligned(cell: _CellLines, column: Reach) -> bool:
    """Whether a cell is aligned with a column: on the left, on the right or in the middle."""
    x0, x1 = _reach(cell)
    left, right = column
    return (
        abs(x0 - left) <= _ALIGNED
        or abs(x1 - right) <= _ALIGNED
        or abs((x0 + x1) - (left + right)) <= 2 * _ALIGNED
    )


def _table(run: list[_Row]) -> Table | None:
    """The rows as a table, if they are enough and their cells keep to columns; prose does not."""
    if len(run) < _FEWEST_ROWS:
        return None
    columns = _columns(run)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    rows = [_in_columns(row, columns) for row in run]
    filled = [sum(bool(cell.lines) for cell in row) for row in rows]
    # Two cells of a row in one column are prose with gaps.
    if filled != list(map(len, run)) or _is_prose(run):
        return None
    every = [line for row in run for cell in row for line in cell]
    return Table(
        tuple(rows),
        columns[0][0],
        columns[-1][1],
        min(line.top for line in every),
        max(line.bottom for line in every),
    )


def _is_prose(run: list[_Row]) -> bool:
    """Whether the cells read like lines of running text: long, and beginning in mid-sentence."""
    texts = [cell[0].text for row in run[1:] for cell in row]
    low = sum(text[:1].islower() for text in texts)
    return low >= 0.4 * len(texts) and sum(map(len, texts)) > 30 * len(texts)


def _in_columns(row: _Row, columns: Sequence[Reach]) -> tuple[Cell, ...]:
    """The row with a cell for each column, its lines in the column that they share most with."""
    cells = [Cell(left, right, ()) for left, right in columns]
    for lines in row:
        x0, x1 = _reach(lines)
        shared = [min(right, x1) - max(left, x0) for left, right in columns]
        place = shared.index(max(shared))
        cells[place] = Cell(*columns[place], (*cells[place].lines, *lines))
    return tuple(cells)
