"""Headers of several levels: names of groups of columns, and of each column below them.

Pure.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.tabular.tables import Cell

LONGEST_NAME = 90
"""Characters of the name of a column, and of a head within a table."""
FIGURES = re.compile(r"[\d.,%\s+–-]*\d[\d.,%\s+–-]*|n/?a|[-–—]|x|[✓✗●]", re.IGNORECASE)
"""A cell of a figure or a tick, matched whole."""
YEAR = re.compile(r"(?:19|20)\d\ds?(?:\W.{0,12})?")
"""A year as the name of a column, matched whole."""
_MOST_LEVELS = 3
# Rows of all columns below a header of several levels; groups that one of them names.
_FEWEST_LEVELLED = 2
_FEWEST_GROUPS = 2
# Part of the cells below a header that are not bold, or figures.
_PLAIN = 0.6

_Level = list[tuple[str, set[int]]]
"""The cells of a row of a header: what each says, and the places of the columns below it."""


def names_of_levels(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], fewest: int = _FEWEST_LEVELLED
) -> tuple[tuple[str, ...], int]:
    """The names of columns that a header of several levels says, and how many rows it has.

    They are told by its walls, else by the places of its names; empty and 0 where neither shows a
    header. fewest: rows of all columns below it.
    """
    names, depth = names_by_level(cells, texts, fewest)
    return (names, depth) if names else names_by_place(cells, texts, fewest)


def names_by_level(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], fewest: int = _FEWEST_LEVELLED
) -> tuple[tuple[str, ...], int]:
    """The names of columns that drawn cells group, level by level ("2021, Women"), and how many
    rows say them; empty and 0 where the first row groups no columns.

    Below a cell over several columns stand the names of these, and beside them only cells that
    reach down from the row above. fewest: rows of all columns below the header.
    """
    width = max(map(len, cells), default=0)
    levels = _levels(cells, texts, next((row for row in cells if len(row) == width), ()))
    depth = len(levels)
    over = [
        [text for level in levels for text, span in level if text and place in span]
        for place in range(width)
    ]
    names = tuple(", ".join(dict.fromkeys(said)) for said in over)
    distinct = len(set(names)) == width and all(names)
    # A form has cells of many widths too, and figures or ticks in none of its rows.
    filled = sum(len(row) == width for row in cells[depth:]) >= fewest
    whole = 1 < depth < len(cells) and all(map(_are_level, texts[:depth]))
    return (names, depth) if whole and distinct and filled else ((), 0)


def _levels(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], columns: Sequence[Cell]
) -> list[_Level]:
    """The levels of a header from the top, down to the first without a new cell over several
    columns.

    Empty where the rows are no levels: below a cell over several columns others must begin, and
    below any other cell that one must go on.
    """
    levels: list[_Level] = []
    open_over = set(range(len(columns)))
    while open_over and len(levels) < len(cells) and any(texts[len(levels)]):
        row, said = cells[len(levels)], texts[len(levels)]
        spans = [_columns_under(cell, columns) for cell in row]
        below: set[int] = set()
        for cell, text, span in zip(row, said, spans, strict=True):
            new = not levels or span <= open_over
            if not span or (not text and len(span) > 1) or (levels and new == cell.open_above):
                return []
            below |= span if new and len(span) > 1 else set()
        levels.append(list(zip(said, spans, strict=True)))
        open_over = below
    return [] if open_over else levels


def _columns_under(cell: Cell, columns: Sequence[Cell]) -> set[int]:
    """Places of the columns over whose middle a cell stands."""
    return {
        place
        for place, column in enumerate(columns)
        if cell.x0 <= (column.x0 + column.x1) / 2 <= cell.x1
    }


def _are_level(row: Sequence[str]) -> bool:
    """Whether a row may be one level of a header: names, or years."""
    return are_names([text for text in row if not YEAR.fullmatch(text)])


def are_names(row: Sequence[str]) -> bool:
    """Whether what a row says may be names: short, and no figures."""
    return all(len(text) <= LONGEST_NAME and not FIGURES.fullmatch(text) for text in row if text)


def names_by_place(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], fewest: int = _FEWEST_LEVELLED
) -> tuple[tuple[str, ...], int]:
    """As `names_by_level`, of a header whose groups no wall shows.

    A name with an empty cell to its right, below which a name stands, is that of a group. All rows
    of the header are bold, and those below are not, or hold figures.
    """
    for depth in range(_MOST_LEVELS, 1, -1):
        names = _names_by_place(cells, texts, depth, fewest)
        if names:
            return names, depth
    return (), 0


def _names_by_place(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], depth: int, fewest: int
) -> tuple[str, ...]:
    """The names that the first rows say, read from the lowest up. depth: how many rows."""
    even = {len(row) for row in cells[: depth + 1]}
    enough = len(cells) >= depth + fewest and len(even) == 1
    if not enough or not all(map(_are_level, texts[:depth])) or not differ(cells, texts, depth):
        return ()
    named = [False] * len(cells[0])
    said: list[list[str]] = [[] for _ in named]
    most = 0
    for row, labels in zip(cells[depth - 1 :: -1], texts[depth - 1 :: -1], strict=False):
        own = [bool(text) and not cell.open_above for text, cell in zip(labels, row, strict=True)]
        over = _over(labels, named) if any(named) else list(labels)
        if any(low and not text for text, low in zip(labels, named, strict=True)):
            most = max(most, len({text for text, low in zip(over, named, strict=True) if low}))
        if labels[0] and named[0]:
            return ()  # what the first column names is a row
        for column, text in enumerate(over):
            said[column][:0] = [text] if text and text not in said[column] else []
        named = [a or b for a, b in zip(named, own, strict=True)]
    names = tuple(", ".join(parts) for parts in said)
    whole = all(names[1:]) and len(set(names)) == len(names)
    return names if whole and most >= _FEWEST_GROUPS else ()


def _over(labels: Sequence[str], named: Sequence[bool]) -> list[str]:
    """What a row of names says of each column. named: which columns have a name below.

    Where the columns side by side that have one can be shared evenly among the names over them,
    each name standing over its own share, it is said of all of that. Elsewhere a name is said of
    its own column and of those to the right, as far as the next.
    """
    done = list(labels)
    for has_name, group in itertools.groupby(range(len(labels)), key=lambda place: named[place]):
        places = list(group)
        given = [place for place in places if labels[place]]
        if not has_name or not given:
            continue
        share, uneven = divmod(len(places), len(given))
        even = not uneven and all(
            place in places[n * share : (n + 1) * share] for n, place in enumerate(given)
        )
        for n, place in enumerate(places):
            begun = max((other for other in given if other <= place), default=given[0])
            done[place] = labels[given[n // share] if even else begun]
    return done


def differ(cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], depth: int) -> bool:
    """Whether the first rows are bold and the others are not, or are of figures."""
    return set_off(cells, depth) or are_figures(
        [text for row in texts[depth:] for text in row[1:] if text]
    )


def set_off(cells: Sequence[Sequence[Cell]], depth: int = 1) -> bool:
    """Whether the first rows are bold and the rest are not."""
    bold = all(cell.bold for row in cells[:depth] for cell in row if cell.lines)
    rest = [cell for row in cells[depth:] for cell in row if cell.lines]
    return bold and sum(cell.bold for cell in rest) < _PLAIN * max(1, len(rest))


def are_figures(texts: Sequence[str]) -> bool:
    """Whether most texts are figures or ticks."""
    return sum(bool(FIGURES.fullmatch(text)) for text in texts) > _PLAIN * len(texts)
