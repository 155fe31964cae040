"""Headers of several levels: names of groups of columns, and of each column below them.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.tabular.tables import Cell

LONGEST_NAME = 90
FIGURES = re.compile(r"[\d.,%\s+–-]*\d[\d.,%\s+–-]*|n/?a|[-–—]|x|[✓✗●]", re.IGNORECASE)
"""A cell of a figure or a tick, matched whole."""
YEAR = re.compile(r"(?:19|20)\d\ds?(?:\W.{0,12})?")
"""A year as the name of a column, matched whole."""
_MOST_LEVELS = 3
_FEWEST_LEVELLED = 2
_FEWEST_GROUPS = 2
# Part of the cells below a header that are not bold, or figures.
_PLAIN = 0.6


def names_of_levels(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], fewest: int = _FEWEST_LEVELLED
) -> tuple[tuple[str, ...], int]:
    """The names of columns that a header of several levels says, and how many rows it has: by its
    walls, else by the places of its names; none where neither shows one.

    fewest: rows of all columns below it.
    """
    names, depth = names_by_level(cells, texts, fewest)
    return (names, depth) if names else names_by_place(cells, texts, fewest)


def names_by_level(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], fewest: int = _FEWEST_LEVELLED
) -> tuple[tuple[str, ...], int]:
    """The names of columns that drawn cells group, level by level ("2021, Women"), and how many
    rows say them; none where the first row groups no columns.

    A cell over several columns has the names of each below it, and beside these stand only cells
    that reach down from the row above. fewest: rows of all columns below it.
    """
    width = max(map(len, cells), default=0)
    columns = next((row for row in cells if len(row) == width), ())
    said: list[list[str]] = [[] for _ in columns]
    open_over = set(range(width))
    depth = 0
    while open_over and depth < len(cells) and all(map(any, texts[: depth + 1])):
        spans = [_under(cell, columns) for cell in cells[depth]]
        level = list(zip(cells[depth], texts[depth], spans, strict=True))
        below: set[int] = set()
        for cell, text, span in level:
            new = not depth or span <= open_over
            if not span or (not text and len(span) > 1) or (depth and new == cell.open_above):
                return (), 0
            for column in span:
                said[column] += [text] if text and text not in said[column] else []
            below |= span if new and len(span) > 1 else set()
        open_over = below
        depth += 1
    names = tuple(", ".join(parts) for parts in said)
    whole = not open_over and 1 < depth < len(cells) and len(set(names)) == width and all(names)
    # A form has cells of many widths too, and figures or ticks in none of its rows.
    filled = sum(len(row) == width for row in cells[depth:]) >= fewest
    if not whole or not filled or not all(map(_are_level, texts[:depth])):
        return (), 0
    return names, depth


def _under(cell: Cell, columns: Sequence[Cell]) -> set[int]:
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
    """The same of a header whose groups no wall shows: what has no name to its right, but one
    below there, names a group. Both rows and more are bold, and those below are not, or figures.
    """
    for depth in range(_MOST_LEVELS, 1, -1):
        names = _names_by_place(cells, texts, depth, fewest)
        if names:
            return names, depth
    return (), 0


def _names_by_place(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], depth: int, fewest: int
) -> tuple[str, ...]:
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
    """What a row of names says of each column. named: those that have a name below.

    Names over as many columns each stand somewhere over these; others begin where their first
    column does.
    """
    done = list(labels)
    start = 0
    for end in range(1, len(labels) + 1):
        if end < len(labels) and named[end] and named[start]:
            continue
        run = [place for place in range(start, end) if labels[place]]
        if named[start] and run:
            share, uneven = divmod(end - start, len(run))
            even = not uneven and all(
                start + n * share <= place < start + (n + 1) * share for n, place in enumerate(run)
            )
            for place in range(start, end):
                before = [label for label in run if label <= place]
                at = run[(place - start) // share] if even else (before or run)[-1 if before else 0]
                done[place] = labels[at]
        start = end
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
