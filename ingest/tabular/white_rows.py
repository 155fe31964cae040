"""Rows of a table told apart by the white between them, where no rule does.

Pure. In each column lines that follow each other closely are one block; where blocks of several
columns begin at one height, a row does.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.prose.lines import Line
from ingest.tabular.table_items import by_names
from ingest.tabular.tables import Cell
from ingest.tabular.white_columns import SAME_LINE, Reach, by_height, has_beside, in_column

# Part of the distance of two lines within a cell: two blocks stand further apart.
_APART = 1.2
# Parts of the font size: two lines of a cell are nearer than the first, and further apart than the
# second, which words on one line are not; and blocks begin at one height.
_LOOSE = 1.55
_CLOSEST = 0.7
_SAME_TOP = 0.5
# So many of the blocks begin where a row does.
_MOST = 0.8
_FEWEST_ROWS = 2
# Columns in which something begins where a row does.
_FEWEST_BESIDE = 2

_Block = list[Line]
"""Lines of one column that follow each other closely."""


def rows_by_white(lines: Sequence[Line], columns: Sequence[Reach]) -> list[tuple[Cell, ...]]:
    """The rows among lines that keep to columns, from the top; empty where nothing tells two apart.

    Rows are told in one of these ways, the first that finds two: by blocks that begin at one
    height; by the lines of the first column; by white over all columns; or each line is a row. A
    bold line alone at its height in the first column is a row of one cell over all.
    """
    ordered = sorted(lines, key=lambda line: (line.base, line.x0))
    heads = [line for line in ordered if _is_head(line, ordered, columns)]
    rest = [line for line in ordered if line not in heads]
    parts = _between(rest, heads)
    rows = _by_blocks(parts, columns)
    if not rows:
        by_gaps = [row for part in parts for row in _by_gaps(part, columns)]
        rows = by_names(one_row(rest, columns)) or by_gaps
        rows = rows if len(rows) >= _FEWEST_ROWS else _by_lines(rest, columns)
    if not rows:
        return []
    rows += [(Cell(columns[0][0], columns[-1][1], (head,)),) for head in heads]
    rows.sort(key=lambda row: min(line.base for cell in row for line in cell.lines))
    return rows if len(rows) >= _FEWEST_ROWS else []


def _by_blocks(parts: Sequence[Sequence[Line]], columns: Sequence[Reach]) -> list[tuple[Cell, ...]]:
    """The rows by their blocks; empty where a part has none, or each is one row."""
    found = [_rows(part, columns) for part in parts]
    if not all(found) or all(len(rows) == 1 for rows in found):
        return []
    return [row for rows in found for row in rows]


def _between(lines: Sequence[Line], heads: Sequence[Line]) -> list[list[Line]]:
    """The lines above the first head, between two, and below the last."""
    heights = [float("-inf"), *(head.base for head in heads), float("inf")]
    parts = (
        [line for line in lines if above < line.base < below]
        for above, below in itertools.pairwise(heights)
    )
    return [part for part in parts if part]


def one_row(lines: Sequence[Line], columns: Sequence[Reach]) -> tuple[Cell, ...]:
    """The lines as one row, each in the column in which it begins."""
    return tuple(
        Cell(*reach, tuple(in_column(lines, columns, place))) for place, reach in enumerate(columns)
    )


def _by_gaps(lines: Sequence[Line], columns: Sequence[Reach]) -> list[tuple[Cell, ...]]:
    """The rows between which white runs over all columns, as where cells are set in the middle."""
    step = _step([in_column(lines, columns, place) for place in range(len(columns))])
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.base - groups[-1][-1].base < max(_APART * step, line.size):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [one_row(group, columns) for group in groups]


def _by_lines(lines: Sequence[Line], columns: Sequence[Reach]) -> list[tuple[Cell, ...]]:
    """A row for each height, where two columns have a line at every one; else empty."""
    if any(line.text[:1].islower() for line in lines):
        return []  # text that goes on below
    rows = [one_row(group, columns) for group in by_height(lines)]
    full = sum(all(row[place].lines for row in rows) for place in range(len(columns)))
    return rows if full >= _FEWEST_BESIDE and len(rows) > _FEWEST_ROWS else []


def _is_head(line: Line, lines: Sequence[Line], columns: Sequence[Reach]) -> bool:
    """Whether a line is a head over the rows below it: bold, first, and nothing beside it."""
    first = line.bold and line.x0 < columns[1][0] - SAME_LINE * line.size
    return first and not has_beside(line, lines)


def _rows(lines: Sequence[Line], columns: Sequence[Reach]) -> list[tuple[Cell, ...]]:
    """The rows that begin where blocks of several columns do; empty where text runs on there."""
    by_column = [in_column(lines, columns, place) for place in range(len(columns))]
    step = _step(by_column)
    blocks = [_blocks(column, step) for column in by_column]
    tops = _tops(blocks)
    every = [block for column in blocks for block in column]
    size = max(line.size for line in lines)
    at_top = sum(any(_near(block, top, size) for top in tops) for block in every)
    if not tops or at_top < _MOST * len(every) or _run_through(blocks, tops, size):
        return []
    heights = [float("-inf"), *(top - _SAME_TOP * size for top in tops[1:]), float("inf")]
    rows = [
        tuple(
            _cell(column, reach, above, below)
            for column, reach in zip(blocks, columns, strict=True)
        )
        for above, below in itertools.pairwise(heights)
    ]
    # Beside one line in very large print nothing begins between two tops.
    return [row for row in rows if any(cell.lines for cell in row)]


def _step(columns: Sequence[Sequence[Line]]) -> float:
    """The distance of two lines within a cell; 0 where each line is a cell."""
    steps = [
        below.base - above.base
        for column in columns
        for above, below in itertools.pairwise(column)
        if below.base - above.base > _CLOSEST * below.size
    ]
    size = max((line.size for column in columns for line in column), default=0.0)
    step = min(steps, default=0.0)
    return step if step < _LOOSE * size else 0.0


def _blocks(column: Sequence[Line], step: float) -> list[_Block]:
    """The blocks of a column from the top. step: of two lines within a cell."""
    blocks: list[_Block] = []
    for line in column:
        gap = line.base - blocks[-1][-1].base if blocks else 0.0
        same = gap <= SAME_LINE * line.size
        if blocks and (same or gap < _APART * step):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _tops(columns: Sequence[Sequence[_Block]]) -> list[float]:
    """Heights at which blocks of several columns begin, from the top."""
    starts = sorted(
        ((block[0].base, place) for place, column in enumerate(columns) for block in column)
    )
    size = max(block[0].size for column in columns for block in column)
    groups: list[list[tuple[float, int]]] = []
    for start in starts:
        if groups and start[0] - groups[-1][0][0] <= _SAME_TOP * size:
            groups[-1].append(start)
        else:
            groups.append([start])
    return [group[0][0] for group in groups if len({p for _, p in group}) >= _FEWEST_BESIDE]


def _run_through(columns: Sequence[Sequence[_Block]], tops: Sequence[float], size: float) -> bool:
    """Whether text spans the top of a row where no label can.

    Only labels span rows, and they stand in the first columns: never right of a column in which
    nothing spans the top, and never in all columns.
    """
    for top in tops:
        through = [
            any(block[0].base < top - _SAME_TOP * size and top < block[-1].base for block in column)
            for column in columns
        ]
        if through != sorted(through, reverse=True) or all(through):
            return True
    return False


def _near(block: _Block, top: float, size: float) -> bool:
    return abs(block[0].base - top) <= _SAME_TOP * size


def _cell(column: Sequence[_Block], reach: Reach, above: float, below: float) -> Cell:
    """The blocks of a column that begin between two heights, as a cell.

    It is open above if none does and a block from further up runs on into it.
    """
    inside = [block for block in column if above <= block[0].base < below]
    over = any(block[0].base < above < block[-1].base for block in column)
    lines = tuple(line for block in inside for line in block)
    return Cell(*reach, lines, open_above=over and not inside)
