"""The text of a table's cell: its lines joined, entries one below the other told apart.

Pure. "Staff interviews / Focus groups" are two things, not one phrase.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Sequence

from ingest.engines.signs import SIGN
from ingest.prose.breaks import goes_on, had_room
from ingest.prose.clean import Vocabulary, closed_up, join
from ingest.prose.lines import Line
from ingest.tabular.tables import Cell

_INNER_BULLET = re.compile(r"[•▪■●◦‣∙\uf0b7\uf0a7\uf0d8]\s*")
# Glyphs of symbol fonts, alone in their cell.
_TICKS = {"\uf0fc": "✓", "\uf0fe": "✓", "\uf0d6": "✓", "ü": "✓", "\uf0fb": "✗", "\uf0fd": "✗"}
_TICKED = frozenset("✓✔☑√")
# Says itself that it is over: no mark is wanted.
_ENDED = (".", ":", ";", "!", "?")
# Parts of the distance of two lines, and points.
_WHITE = 1.7
_SAME_START = 2.0
# Breaks without white that show a list; characters of its entries on the average.
_FEWEST = 2
_LONGEST = 80
# Cells that show a column of lists.
_FEWEST_LISTS = 2


def cell_texts(
    rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary, *, header: bool
) -> list[list[str]]:
    """The text of each cell, row by row, entries one below the other parted by "; ".

    header: the first row may be that of a table, whose names are not parted.
    """
    below = [cell for row in rows[header:] for cell in row]
    lists = Counter(round(cell.x0) for cell in below if _is_list(cell))
    columns = {x0 for x0, count in lists.items() if count >= _FEWEST_LISTS}
    known = {
        (round(cell.x0), cell.lines[place].text)
        for cell in below
        if round(cell.x0) in columns and cell.lines
        for place in (0, *_broken(cell))
    }
    return [
        [
            _text(cell, _entries(cell, known) if place >= header else set(), vocabulary)
            for cell in row
        ]
        for place, row in enumerate(rows)
    ]


def _text(cell: Cell, starts: Collection[int], vocabulary: Vocabulary) -> str:
    """A cell's text in one line. starts: lines that begin another entry than the first."""
    text = ""
    for place, line in enumerate(cell.lines):
        text = f"{text}; {line.text}" if place in starts else join(text, line.text, vocabulary)
    text = closed_up(text).replace("\u00ad", "").strip(" ;")
    if text in _TICKED or text == SIGN:
        return text if text == SIGN else "✓"
    return _TICKS.get(text) or _INNER_BULLET.sub("- ", text)


def _entries(cell: Cell, known: Collection[tuple[int, str]]) -> set[int]:
    """Places of the lines that begin another entry.

    They follow white, or begin one elsewhere in the column, or are several that had room in the
    line above. known: the left side of a column of lists, and a line that begins an entry in it.
    """
    step = _step(cell)
    pairs = list(enumerate(itertools.pairwise(cell.lines), 1))
    ended = [(n, pair) for n, pair in pairs if _may_end(*pair)]
    apart = {n for n, (above, line) in ended if line.base - above.base > _WHITE * step}
    again = {n for n, (_, line) in ended if (round(cell.x0), line.text) in known}
    return apart | again | (_broken(cell) if _is_list(cell) else set())


def _is_list(cell: Cell) -> bool:
    """Whether a cell holds short entries, each on a line of its own or more."""
    broken = len(_broken(cell))
    short = sum(len(line.text) for line in cell.lines) <= _LONGEST * (broken + 1)
    return broken >= _FEWEST and short and not cell.bold


def _broken(cell: Cell) -> set[int]:
    """Places of the lines that had room in the line above, which may end there."""
    return {
        n
        for n, (above, line) in enumerate(itertools.pairwise(cell.lines), 1)
        if _may_end(above, line)
        and had_room(above, line, cell.x1)
        and abs(line.x0 - above.x0) <= _SAME_START
    }


def _step(cell: Cell) -> float:
    """Distance of two lines of one entry, points."""
    steps = [below.base - above.base for above, below in itertools.pairwise(cell.lines)]
    return max([min(steps, default=0.0), *(line.size for line in cell.lines)])


def _may_end(above: Line, line: Line) -> bool:
    """Whether an entry may end between two lines: the next has a capital, the one above no mark."""
    ended = above.text.endswith(_ENDED) or goes_on(above)
    return line.text[:1].isupper() and not ended
