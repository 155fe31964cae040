"""The row of a table below its lowest rule: many tables are not ruled below their last row.

Pure.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.prose.lines import Line
from ingest.tabular.ruled_strips import RuledStrip
from ingest.tabular.tables import middle_of
from ingest.tabular.white_columns import (
    FIRST_INDENT,
    SAME_LINE,
    WHITE,
    Reach,
    columns_of,
    has_beside,
    in_cells,
    keep_to,
)

# Points: a last row begins no further below the lowest rule.
_NEAR_RULE = 25.0
# Parts of the font size: the next line of a cell, and of a row with text beside it where
# paragraphs may stand apart.
_STEP = 1.7
_OPEN_STEP = 2.6
# Part of the font size: lines on one baseline.
_LEVEL = 0.3
# Part of the width of a table: a cell of a last row is shorter.
_SHORT = 0.45


def lowest_row(
    strip: RuledStrip,
    bands: Sequence[Sequence[Line]],
    header: Sequence[Line],
    level: float,
    *,
    plain: bool,
) -> list[Line]:
    """The lines of the row below the lowest rule of a table; empty where there is none.

    bands: the lines between the rules above. header: the names of the columns, perhaps none.
    level: height of the lowest rule. plain: the header is one beyond doubt; then only rows that
    keep to its columns go on below.
    """
    below = [line for line in strip.lines if middle_of(line) >= level]
    row = _under_names(below, header, strip.x1)
    columns = columns_of(in_cells(bands), strip.reach)
    if not row and level in strip.soft_heights():
        row = _below_shade(below, columns, level)
    if row or plain:
        return row
    row = _single(strip, level)
    # Two columns of text right below a table are no row of it.
    return row if keep_to(row, columns) else []


def _under_names(below: Sequence[Line], header: Sequence[Line], x1: float) -> list[Line]:
    """Lines that keep to the columns of a header, as far as they follow each other closely.

    Such is the last row of a table that runs on over the page end.
    """
    starts = sorted({line.x0 for line in header})
    found: list[Line] = []
    for line in sorted(below, key=lambda line: line.base):
        near = not found or line.base - found[-1].base <= _OPEN_STEP * line.size
        kept = any(
            abs(line.x0 - start) <= WHITE and line.x1 <= end + WHITE
            for start, end in itertools.pairwise([*starts, x1])
        )
        if not (near and kept):
            break
        found.append(line)
    # The text below a table begins where its first column does, and has nothing beside it.
    return found if _has_two_first(found, _LEVEL) else []


def _below_shade(lines: Sequence[Line], columns: Sequence[Reach], level: float) -> list[Line]:
    """Lines below the last shaded row that keep to the columns, the first two side by side.

    The shade of a label may reach further down; each of the rows there has two lines side by
    side too.
    """
    if not columns:
        return []
    left, right = columns[0][0] - WHITE, columns[-1][1] + WHITE
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if found:
            far = _OPEN_STEP if has_beside(line, lines) else _STEP
            near = line.base - found[-1].base <= far * line.size
        else:
            near = line.base - level <= _NEAR_RULE
        within = left <= line.x0 and line.x1 <= right
        if not near or not within or not keep_to([line], columns):
            break
        found.append(line)
    return found if _has_two_first(found, SAME_LINE) else []


def _has_two_first(row: Sequence[Line], part: float) -> bool:
    """Whether another line stands at the height of the first, by a part of the font size."""
    return sum(line.base - row[0].base <= part * line.size for line in row) > 1


def _single(strip: RuledStrip, level: float) -> list[Line]:
    """Short lines side by side right below a rule, the first near the left side."""
    below = strip.band(level, level + _NEAR_RULE)
    if not below:
        return []
    first = min(below, key=lambda line: line.base)
    row = [line for line in below if abs(line.base - first.base) <= _LEVEL * first.size]
    short = all(line.x1 - line.x0 < _SHORT * (strip.x1 - strip.x0) for line in row)
    at_side = min(line.x0 for line in row) < strip.x0 + FIRST_INDENT
    return row if len(row) >= 2 and short and at_side else []
