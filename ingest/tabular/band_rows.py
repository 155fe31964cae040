"""The rows of a table whose rules run between the rows only.

Pure. Rules of full width part the rows, and rules that leave out some columns part those that
share a cell there. A table in a book has a rule below its names and no other between its rows.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.prose.lines import Line
from ingest.tabular.band_cells import (
    Level,
    levels_within,
    parting,
    row_of,
    walled_row_of,
    walls_of,
)
from ingest.tabular.ruled_strips import RuledStrip, band_of
from ingest.tabular.tables import Cell
from ingest.tabular.white_columns import WHITE, Reach, in_cells, over_figures
from ingest.tabular.white_rows import rows_by_white

RULES_OF_BOOK = 3
"""A table in a book has one above its names, one below them, and one below all rows."""
# Points by which an upright rule may stand out below the last rule of its table.
_STANDS_OUT = 1.7


def rows_of_bands(
    strip: RuledStrip,
    bands: Sequence[Sequence[Line]],
    columns: Sequence[Reach],
    full: Sequence[float],
    top: float,
) -> list[tuple[Cell, ...]]:
    """The rows of a table, from the top.

    bands: its lines, parted by the rules of full width. columns: told by the white between them.
    full: heights of the rules of full width. top: of the table, above the names of its columns.
    """
    lines = [line for band in bands for line in band]
    levels = _levels(strip, lines, full, top)
    walls = walls_of(levels, strip.reach)
    drawn = list(itertools.pairwise(walls))
    columns = drawn or _with_figures(columns, bands)
    shared = {level.at: level for level in parting(levels, full, columns)}
    heights = sorted({min(top, full[0]) - 1, *full, *shared, float("inf")})
    of_book = not shared and _is_of_book(strip, full, top)
    rows: list[tuple[Cell, ...]] = []
    for above, below in itertools.pairwise(heights):
        band = band_of(lines, strip.reach, above, below)
        if not band:
            continue
        if of_book and rows and (parts := rows_by_white(band, columns)):
            rows += parts
        elif walls:
            under = next((level for level in levels if abs(level.at - below) <= WHITE), None)
            rows.append(tuple(walled_row_of(band, walls, shared.get(above), under)))
        else:
            rows.append(tuple(row_of(band, columns, shared.get(above))))
    return rows


def _levels(
    strip: RuledStrip, lines: Sequence[Line], full: Sequence[float], top: float
) -> list[Level]:
    """All heights at which rules run within a table, those that leave out columns too."""
    foot = max([full[-1] + WHITE, *(line.base for line in lines)])
    within = levels_within(strip.rules, lines, strip.reach)
    return [level for level in within if top - 1 <= level.at <= foot]


def _with_figures(columns: Sequence[Reach], bands: Sequence[Sequence[Line]]) -> list[Reach]:
    """The columns, the names of some and the figures below them made one."""
    names = bands[0]
    return over_figures(columns, names, [line for line in in_cells(bands) if line not in names])


def _is_of_book(strip: RuledStrip, full: Sequence[float], top: float) -> bool:
    """Whether a table has three rules, its names between the first two, and no walls."""
    names_above = top < full[0] - WHITE
    walled = any(
        not rule.horizontal
        and strip.x0 < rule.x0 < strip.x1
        and full[0] < rule.y1 < full[-1] + _STANDS_OUT
        for rule in strip.rules
    )
    return len(full) == RULES_OF_BOOK and not walled and not names_above
