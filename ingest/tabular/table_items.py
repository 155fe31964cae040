"""Rows of a table that are drawn as one: told apart by their baselines or their numbers.

Pure. Plans of action often rule a goal off from the next and not its actions, which are
numbered in one column, what belongs to each standing beside it in the others.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.prose.lines import Line
from ingest.tabular.tables import Cell

# Rows that stand as one, and filled cells of it.
_FEWEST_UNROLLED = 3
_FEWEST_COLUMNS = 3
# The words of a line spread over its cell are lines of their own: the number may stand alone.
_ITEM = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(?!\S)")
# Parts of the distance of two lines: the white between two entries, and how far one may stand
# above the item beside it.
_WHITE = 1.4
_ABOVE = 0.8
_BESIDE = 0.6
_FEWEST_ITEMS = 2
# Part of the size.
_SAME_LINE = 0.5
# Of the lines of the first cell so many have others beside them, where each begins a row.
_MOST_BESIDE = 0.75
# Points by which a number hangs to the left of its item, and lines of one row stand apart.
_HANGS = 4.0
_SAME_HEIGHT = 2.0


def unrolled(
    row: Sequence[Cell], *, opens: bool = False, alone: bool = True
) -> list[tuple[Cell, ...]]:
    """The rows that one drawn row holds; itself alone where it holds no more.

    opens: the row opens a page on which its table goes on. What stands above its first number is
    then the rest of the row before, and open above, if no new first cell begins.
    alone: no other row of its table is ruled off, but a header.
    """
    return (
        _by_lines(row)
        or _by_items(row, rest=opens and not row[0].lines)
        or by_names(row, alone=alone)
        or [tuple(row)]
    )


def _by_lines(row: Sequence[Cell]) -> list[tuple[Cell, ...]]:
    """A row for each line where all cells hold the same baselines, three and more."""
    filled = [cell for cell in row if cell.lines]
    levels = [[round(line.base) for line in cell.lines] for cell in filled]
    count = len(levels[0]) if levels else 0
    together = len(filled) >= 2 and count >= _FEWEST_UNROLLED
    if not together or any(len(level) != count for level in levels):
        return []
    pairs = ((a, b) for level in levels for a, b in zip(levels[0], level, strict=True))
    if any(abs(a - b) > _SAME_HEIGHT for a, b in pairs):
        return []
    if any(line.text[:1].islower() for cell in filled for line in cell.lines):
        return []  # sentences that happen to have as many lines
    dealt = [[cell.lines[place : place + 1] for place in range(count)] for cell in row]
    return _divided(row, dealt, len(row))


def by_names(row: Sequence[Cell], *, alone: bool = True) -> list[tuple[Cell, ...]]:
    """A row for each line of the first cell, if in most of them the others begin beside it.

    So stand the rows of a table in a book, ruled only above and below all of them. Where others
    are ruled off they are figures: an address and a name fill several lines of one row.
    """
    if not row[0].lines or sum(bool(cell.lines) for cell in row) < _FEWEST_COLUMNS:
        return []
    starts = sorted({line.base for line in row[0].lines})
    beside = [_first_beside(cell.lines, starts) for cell in row if cell.lines]
    enough = max(_FEWEST_UNROLLED, _MOST_BESIDE * len(starts))
    if any(len(lines) < enough for lines in beside):
        return []
    if any(line.text[:1].islower() for lines in beside for line in lines):
        return []
    if not alone and not _are_figures([line for lines in beside[1:] for line in lines]):
        return []
    if any(cell.lines[0].base < starts[0] - _SAME_HEIGHT for cell in row if cell.lines):
        return []
    heights = _heights(row[0].lines)
    return _divided(row, [_items(cell.lines, heights) for cell in row], 0)


def _heights(lines: Sequence[Line]) -> list[float]:
    """Where the lines of a cell stand, from the top; words spread over one may differ a little."""
    found: list[float] = []
    for line in sorted(lines, key=lambda line: line.base):
        if not found or line.base - found[-1] > _SAME_LINE * line.size:
            found.append(line.base)
    return found


def _first_beside(lines: Sequence[Line], starts: Sequence[float]) -> list[Line]:
    """The leftmost line at each height that has one; words spread over a cell are lines too."""
    level = {
        start: [line for line in lines if abs(line.base - start) <= _SAME_HEIGHT]
        for start in starts
    }
    return [min(found, key=lambda line: line.x0) for found in level.values() if found]


def _are_figures(lines: Sequence[Line]) -> bool:
    """Whether most lines have no letters."""
    return sum(not any(map(str.isalpha, line.text)) for line in lines) > len(lines) / 2


def _divided(
    row: Sequence[Cell], dealt: Sequence[Sequence[Sequence[Line]]], labels: int
) -> list[tuple[Cell, ...]]:
    """The rows among which the lines of each cell are dealt.

    labels: so many columns from the left hold labels; an empty cell there is part of the label
    above.
    """
    first = tuple(
        replace(cell, lines=tuple(parts[0])) for cell, parts in zip(row, dealt, strict=True)
    )
    more = [
        tuple(
            replace(cell, lines=tuple(lines), open_above=not lines and column < labels)
            for column, (cell, lines) in enumerate(zip(row, below, strict=True))
        )
        for below in list(zip(*dealt, strict=True))[1:]
    ]
    return [first, *more]


def _by_items(row: Sequence[Cell], *, rest: bool) -> list[tuple[Cell, ...]]:
    """A row for each numbered item of the one column that has such.

    rest: of an item of the page before; where one is indented above the first number, a single
    item is enough.
    """
    numbered = [
        column for column, cell in enumerate(row) if _is_numbered(cell, _fewest_items(cell, rest))
    ]
    if len(numbered) != 1 or sum(bool(cell.lines) for cell in row) < _FEWEST_COLUMNS:
        return []
    (place,) = numbered
    lines = row[place].lines
    # What stands above the first number is the rest of an item of the page before.
    starts = [line.base for n, line in enumerate(lines) if not n or _ITEM.match(line.text)]
    step = _usual_step(lines)
    others = [_entries(cell.lines, step) for n, cell in enumerate(row) if n != place]
    fewest = _fewest_items(row[place], rest)
    if not any(_stand_beside(entries, starts, step, fewest) for entries in others):
        return []
    dealt = [
        _items(lines, starts) if n == place else _dealt(cell.lines, starts, step, whole=n < place)
        for n, cell in enumerate(row)
    ]
    first, *more = _divided(row, dealt, place)
    if rest and _opens_with_rest(row[place]):
        first = tuple(replace(cell, open_above=True) for cell in first)
    return [first, *more]


def _fewest_items(cell: Cell, rest: bool) -> int:
    """How many items a cell has at least. rest: one of the page before may stand above them."""
    return _FEWEST_ITEMS - 1 if rest and _opens_with_rest(cell) else _FEWEST_ITEMS


def _usual_step(lines: Sequence[Line]) -> float:
    """The usual distance of two lines below each other, in points, and no less than their size."""
    heights = sorted({round(line.base) for line in lines})
    steps = sorted(below - above for above, below in itertools.pairwise(heights))
    return max(steps[len(steps) // 2] if steps else 0.0, lines[0].size)


def _opens_with_rest(cell: Cell) -> bool:
    """Whether the rest of an item stands above the first number, which hangs to its left."""
    numbers = [line.x0 for line in cell.lines if _ITEM.match(line.text)]
    return bool(numbers) and cell.lines[0].x0 - numbers[0] > _HANGS


def _items(lines: Sequence[Line], starts: Sequence[float]) -> list[list[Line]]:
    """The lines from each of the heights to the next, those above the first with its own."""
    parts: list[list[Line]] = [[] for _ in starts]
    for line in lines:
        parts[max(0, bisect_right(starts, line.base + 1) - 1)].append(line)
    return parts


def _is_numbered(cell: Cell, fewest: int) -> bool:
    """Whether a cell has so many items or more, their numbers growing, and words in most lines."""
    found = [match for line in cell.lines if (match := _ITEM.match(line.text))]
    numbers = [(int(match[1]), int(match[2])) for match in found]
    letters = sum(any(map(str.isalpha, line.text)) for line in cell.lines)
    return (
        len(numbers) >= fewest and numbers == sorted(set(numbers)) and 2 * letters > len(cell.lines)
    )


def _entries(lines: Sequence[Line], step: float) -> list[list[Line]]:
    """The lines of a cell, those that no white parts together."""
    entries: list[list[Line]] = []
    for line in lines:
        if entries and line.base - entries[-1][-1].base <= _WHITE * step:
            entries[-1].append(line)
        else:
            entries.append([line])
    return entries


def _stand_beside(
    entries: Sequence[Sequence[Line]], starts: Sequence[float], step: float, fewest: int
) -> bool:
    """Whether so many entries or more begin where an item does, and most of all do.

    starts: where the items begin. step: of two lines.
    """
    tops = [entry[0].base for entry in entries]
    beside = sum(any(abs(top - start) <= _ABOVE * step for start in starts) for top in tops)
    return beside >= fewest and beside >= _BESIDE * len(tops)


def _dealt(
    lines: Sequence[Line], starts: Sequence[float], step: float, *, whole: bool
) -> list[list[Line]]:
    """A cell's lines by item.

    Where there are as many entries as items they are dealt in turn. Elsewhere each goes to the
    item that begins nearest to it; it is divided where an item begins beside it, but not after a
    comma.

    whole: no entry is divided, as a label over several items is not.
    """
    entries = _entries(lines, step)
    if len(entries) == len(starts):
        return entries
    parts: list[list[Line]] = [[] for _ in starts]
    for entry in entries:
        item = min(range(len(starts)), key=lambda n: abs(starts[n] - entry[0].base))
        for before, line in zip([None, *entry], entry, strict=False):
            ended = before is not None and not before.text.endswith(",")
            if ended and not whole:
                item = max(item, bisect_right(starts, line.base + _ABOVE * step) - 1)
            parts[item].append(line)
    return parts
