"""The names of a table's columns, where its first rows are recognisably a header.

Pure. Rows come as their cells and, side by side with these, the texts of the cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ingest.tabular.name_levels import (
    LONGEST_NAME,
    YEAR,
    are_figures,
    are_names,
    differ,
    names_of_levels,
    set_off,
)
from ingest.tabular.tables import Cell

SAME_WALL = 8.0
"""Points by which walls of a column differ: without rules its cells begin where their text does."""
# Rows of a table with a header of two.
_FEWEST_BELOW = 4
# Figures below a name; and in the first column, where they number the rows.
_FEWEST_FIGURES = 2
_FEWEST_NUMBERED = 3


def names_of(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], *, ruled_off: bool
) -> tuple[tuple[str, ...], int]:
    """The names of the columns and how many rows say them; empty and 0 where no row is a header.

    ruled_off: a rule stands under the first row and none between the others.
    """
    names, depth = names_of_levels(cells, texts)
    if names:
        return names, depth
    names = _two_rows_of_names(cells, texts)
    if names:
        return names, 2
    names = _said_of_each(_one_row_of_names(cells, texts, ruled_off), cells)
    return names, 1 if names else 0


def _one_row_of_names(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], ruled_off: bool
) -> tuple[str, ...]:
    """Names of the columns, if the first row is recognisably their header; else empty.

    It is short, filled, distinct, and differs from the rows below: in weight, in having no
    figures where they have, in being years, or in being the only one that is ruled off.
    """
    if not any(text for row in texts[1:] for text in row[1:]):
        return ()  # nothing stands under the other names: they are said once, as a row
    first = texts[0]
    named = [text for text in first if text]
    if len(named) < max(2, len(first) - 1) or any(len(text) > LONGEST_NAME for text in named):
        return ()
    if len(set(named)) < len(named):
        return ()
    years = [text for text in named if YEAR.fullmatch(text)]
    if len(years) >= 2 and len(years) >= len(named) - 2:
        return tuple(first)
    told = are_names(named) and (ruled_off or set_off(cells) or _over_figures(texts))
    return tuple(first) if told else ()


def _said_of_each(names: tuple[str, ...], cells: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The names, said of each of the columns that a cell of the header stands over."""
    columns = cells[1] if names else ()
    starts = [cell.x0 for cell in cells[0]]
    begin = [any(abs(cell.x0 - start) <= SAME_WALL for cell in columns) for start in starts]
    if len(columns) <= len(starts) or not all(begin):
        return names
    return tuple(names[bisect_right(starts, cell.x0 + SAME_WALL) - 1] for cell in columns)


def _two_rows_of_names(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Names of the columns where the first row names groups of them and the second each.

    Every column but the first has its name in the second row; both rows differ from those below
    in weight, or these hold figures and ticks.
    """
    if len(texts) < _FEWEST_BELOW or any(texts[1][:1]) or not all(texts[1][1:]):
        return ()
    upper, lower = [[text for text in row if text] for row in texts[:2]]
    names = (texts[0][0], *texts[1][1:])
    grouped = len(names) > 2 and names[0] and len(upper) < len(lower) + 1
    if not grouped or not are_names(names) or len(set(names)) < len(names):
        return ()
    return names if differ(cells, texts, 2) else ()


def _over_figures(texts: Sequence[Sequence[str]]) -> bool:
    """Whether some column, its name aside, holds figures."""
    width = len(texts[0])
    for column in range(width):
        below = [row[column] for row in texts[1:] if len(row) == width and row[column]]
        if (
            len(below) >= (_FEWEST_FIGURES if column else _FEWEST_NUMBERED)
            and texts[0][column]
            and are_figures(below)
        ):
            return True
    return False
