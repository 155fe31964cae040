"""A row of a table in words, readable alone, and whole where a page end cuts it.

Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.clean import Vocabulary, join

# Characters: two rows, not one cut in two, when together they are longer.
_LONGEST = 5000
_ENDED = re.compile(r"[.!?:;…][\"”’»)\]]*$")
# A word in small letters, and not the "a." or "b)" of a list.
_SMALL_WORD = re.compile(r"[a-zß-öø-ÿ]+(?![.)\w])")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, some of them perhaps empty.

    names: of the columns; empty where they have none. page: on which it begins, 1-based.
    breaks: (cell, offset in its text, page that begins there), in order.
    """

    cells: tuple[str, ...]
    names: tuple[str, ...] = ()
    page: int = 0
    breaks: tuple[tuple[int, int, int], ...] = ()

    @property
    def text(self) -> str:
        """Written "Column: cell; Column: cell", or "cell; cell" where columns have no names."""
        return self.written()[0]

    def written(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The text, and where in it other pages begin: (offset, page), offsets ascending.

        A row cut by a page end changes pages in each cell that runs on, there and back.
        """
        named = len(self.names) == len(self.cells)
        text, page = "", self.page
        breaks: list[tuple[int, int]] = []
        for column, cell in enumerate(self.cells):
            if not cell:
                continue
            if text:
                # A form: "Donor:", "Government of the Netherlands".
                text += " " if not named and text.endswith(":") else "; "
            if named and self.names[column]:
                text += f"{self.names[column].rstrip(':')}: "
            places = {0: self.page} | {at: p for where, at, p in self.breaks if where == column}
            for at, number in sorted(places.items()):
                if number != page:
                    breaks.append((len(text) + at, number))
                    page = number
            text += cell
        return text, tuple(breaks)


def goes_on(above: Row, below: Row) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    Both stand in one table. Wanted is a cell that stops in mid-sentence above and goes on in
    small letters below, and no new first cell; or but one cell below, and not the first.
    """
    if len(above.cells) != len(below.cells) or above.names != below.names:
        return False
    if len(above.text) + len(below.text) > _LONGEST:
        return False
    pairs = list(zip(above.cells, below.cells, strict=True))
    over, under = pairs[0]
    if over and under and not runs_on(over, under):
        return False
    alone = bool(over and not under) and sum(bool(cell) for cell in below.cells) == 1
    return alone or any(runs_on(*pair) for pair in pairs)


def runs_on(over: str, under: str) -> bool:
    """Whether a cell stops in mid-sentence and the one under it goes on in small letters."""
    return bool(over and _SMALL_WORD.match(under) and not _ENDED.search(over))


def joined(above: Row, below: Row, vocabulary: Vocabulary) -> Row:
    """A row and its rest from the next page, cell by cell."""
    cells: list[str] = []
    breaks = list(above.breaks)
    for column, (over, under) in enumerate(zip(above.cells, below.cells, strict=True)):
        text = join(over, under, vocabulary)
        cells.append(text)
        if under:
            # A divided word belongs to the page on which it began.
            begin = len(text) - len(under)
            while 0 < begin < len(text) and not text[begin - 1].isspace():
                begin += 1
            breaks.append((column, min(begin, len(text) - 1), below.page))
    return replace(above, cells=tuple(cells), breaks=tuple(breaks))
