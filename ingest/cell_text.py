"""The text of a table's cell: its lines joined, entries one below the other told apart.

Pure. "Staff interviews / Focus groups" are two things, not one phrase.
"""

from __future__ import annotations

import itertools
import re

from ingest.breaks import goes_on, had_room
from ingest.clean import Vocabulary, closed_up, join
from ingest.lines import Line
from ingest.signs import SIGN
from ingest.tables import Cell

_INNER_BULLET = re.compile(r"[•▪■●◦‣∙\uf0b7\uf0a7\uf0d8]\s*")
# Glyphs of symbol fonts, alone in their cell.
_TICKS = {"\uf0fc": "✓", "\uf0fe": "✓", "\uf0d6": "✓", "ü": "✓", "\uf0fb": "✗", "\uf0fd": "✗"}
_TICKED = frozenset("✓✔☑√")
# Says itself that it is over: no mark is wanted.
_ENDED = (".", ":", ";", "!", "?")
# Parts of the distance of two lines, and points.
_WHITE = 1.7
_SAME_START = 2.0
# Breaks without white that show a list, and characters of its entries.
_FEWEST = 2
_LONGEST = 80


def cell_text(cell: Cell, vocabulary: Vocabulary, *, listed: bool) -> str:
    """A cell's text in one line.

    listed: entries one below the other are parted by "; ", as they are not in a header.
    """
    text = ""
    starts = _entries(cell) if listed else set()
    for place, line in enumerate(cell.lines):
        text = f"{text}; {line.text}" if place in starts else join(text, line.text, vocabulary)
    text = closed_up(text).replace("\u00ad", "").strip(" ;")
    if text in _TICKED or text == SIGN:
        return text if text == SIGN else "✓"
    return _TICKS.get(text) or _INNER_BULLET.sub("- ", text)


def _entries(cell: Cell) -> set[int]:
    """Lines that begin another entry: after white, or several that had room in the line above."""
    step = _step(cell)
    pairs = list(enumerate(itertools.pairwise(cell.lines), 1))
    ended = [(n, pair) for n, pair in pairs if _may_end(*pair)]
    apart = {n for n, (above, line) in ended if line.base - above.base > _WHITE * step}
    broken = {
        n
        for n, (above, line) in ended
        if had_room(above, line, cell.x1) and abs(line.x0 - above.x0) <= _SAME_START
    }
    short = sum(len(line.text) for line in cell.lines) <= _LONGEST * (len(broken) + 1)
    return apart | broken if len(broken) >= _FEWEST and short and not cell.bold else apart


def _step(cell: Cell) -> float:
    """Distance of two lines of one entry, points."""
    steps = [below.base - above.base for above, below in itertools.pairwise(cell.lines)]
    return max([min(steps, default=0.0), *(line.size for line in cell.lines)])


def _may_end(above: Line, line: Line) -> bool:
    ended = above.text.endswith(_ENDED) or goes_on(above)
    return line.text[:1].isupper() and not ended
