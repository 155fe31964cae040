"""A row of a table in words, readable alone, and whole where a page end cuts it.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.prose.clean import Vocabulary, begin_of_rest, join
from ingest.prose.sentences import CLOSERS

# Characters: two rows, not one cut in two, when together they are longer.
_LONGEST = 5000
# A passage of all-MiniLM-L6-v2 holds about 900 characters.
_LONGEST_WHOLE = 750
# Characters of a first cell that says what its row is about, and of one that names rows below it.
_LONGEST_LABEL = 200
_LONGEST_TITLE = 40
# Characters left of a row that make no part of their own.
_SHORT_REST = 150
# Where a long cell may be cut: between its entries, items and sentences.
_SEAM = re.compile(r"(?:;|[.!?][\"”’»)\]]*)\s+(?=[^\Wa-z]|-\s)")
_ENDED = re.compile(rf"[.!?:;…]{CLOSERS}$")
# A word in small letters, and not the "a." or "b)" of a list.
_SMALL_WORD = re.compile(r"[a-zß-öø-ÿ]+(?![.)\w])")


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row, some of them perhaps empty.

    names: of the columns; empty where they have none.
    page: on which the row begins, 1-based.
    breaks: (cell, offset in its text, page that begins there), in order.
    rest: it is the end of a row of the page before.
    chart: its cells are the labels of a chart, its caption or its numbers.
    loose: they are numbers of a chart that belong to no label.
    head: a head across the table, over the row.
    """

    cells: tuple[str, ...]
    names: tuple[str, ...] = ()
    page: int = 0
    breaks: tuple[tuple[int, int, int], ...] = ()
    rest: bool = False
    chart: bool = False
    loose: bool = False
    head: str = ""

    @property
    def text(self) -> str:
        """Written "Column: cell; Column: cell", or "cell; cell" where columns have no names."""
        return self.written()[0]

    def written(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The text, and where in it other pages begin: (offset, page), offsets ascending.

        A row cut by a page end changes pages in each cell that runs on, there and back.
        """
        named = len(self.names) == len(self.cells)
        text, page, said = self.head, self.page, ""
        breaks: list[tuple[int, int]] = []
        for column, cell in enumerate(self.cells):
            if not cell:
                continue
            if text:
                # A form: "Donor:", "Government of the Netherlands".
                text += " " if not named and text.endswith(":") else "; "
            # One that names several columns is said once.
            name = self.names[column].rstrip(":") if named else ""
            if name and name != said:
                text += f"{name}: "
            said = name
            places = {0: self.page} | {at: p for where, at, p in self.breaks if where == column}
            for at, number in sorted(places.items()):
                if number != page:
                    breaks.append((len(text) + at, number))
                    page = number
            text += cell
        return text, tuple(breaks)


def in_parts(row: TableRow) -> list[TableRow]:
    """A row too long for a passage as several, each saying what the row is about: its first cell.

    Cells stay whole where they can, and are cut between their entries or sentences.
    """
    label = row.cells[0] if len(row.cells[0]) <= _LONGEST_LABEL else ""
    if len(row.text) <= _LONGEST_WHOLE or len(row.cells) < 2:
        return [row]
    parts: list[list[_Stretch]] = [[]]
    used = len(label)
    spans = [span for column in range(bool(label), len(row.cells)) for span in _cut(row, column)]
    for place, span in enumerate(spans):
        rest = sum(one.length for one in spans[place:])
        if parts[-1] and used + span.length > _LONGEST_WHOLE and rest > _SHORT_REST:
            parts.append([])
            used = len(label)
        parts[-1].append(span)
        used += span.length
    return [_part(row, label, spans) for spans in parts]


class _Stretch(NamedTuple):
    """A stretch of a cell's text."""

    column: int
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


def _cut(row: TableRow, column: int) -> list[_Stretch]:
    """A cell whole or, where it is too long, in stretches of about one length."""
    text = row.cells[column]
    ends = [match.end() for match in _SEAM.finditer(text)] + [len(text)]
    share = len(text) / -(-len(text) // _LONGEST_WHOLE) if text else 0
    spans: list[_Stretch] = []
    start = 0
    for end, after in zip(ends, [*ends[1:], None], strict=True):
        if end > start and (
            after is None or end - start >= share or after - start > _LONGEST_WHOLE
        ):
            spans.append(_Stretch(column, start, end))
            start = end
    return spans


def _part(row: TableRow, label: str, spans: Sequence[_Stretch]) -> TableRow:
    """A row with its label and some stretches of its cells, and the page breaks in these."""
    cells = ["" for _ in row.cells]
    cells[0] = label
    page = _page_at(row, spans[0].column, spans[0].start)
    breaks = []
    for column, start, end in spans:
        text = row.cells[column][start:end]
        here = _page_at(row, column, start)
        # Stretches of one cell that follow each other in a part are one.
        if cells[column] and column:
            offset = len(cells[column])
            cells[column] += text
        else:
            offset = 0
            cells[column] = text
            breaks += [(column, 0, here)] if here != page else []
        breaks += [
            (column, at - start + offset, number)
            for where, at, number in row.breaks
            if where == column and start < at < end
        ]
    return replace(
        row, cells=tuple(cell.rstrip("; ") for cell in cells), page=page, breaks=tuple(breaks)
    )


def _page_at(row: TableRow, column: int, offset: int) -> int:
    """The page on which a place in a cell stands."""
    pages = [page for where, at, page in row.breaks if where == column and at <= offset]
    return pages[-1] if pages else row.page


def goes_on(above: TableRow, below: TableRow) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    Both stand in one table. Wanted is a cell that stops in mid-sentence above and goes on in
    small letters below, and no new first cell; or but one cell below, and not the first; or a row
    below that is known to be a rest.
    """
    if len(above.cells) != len(below.cells) or above.names != below.names:
        return False
    if len(above.text) + len(below.text) > _LONGEST:
        return False
    if below.rest:
        return True
    pairs = list(zip(above.cells, below.cells, strict=True))
    over, under = pairs[0]
    if over and under and not runs_on(over, under):
        return False
    alone = bool(over and not under) and sum(bool(cell) for cell in below.cells) == 1
    # Below "yes" another row may say "no", where other cells begin with a sentence of their own.
    anew = any(_ENDED.search(one) and two[:1].isupper() for one, two in pairs)
    return alone or any(runs_on(*pair) and not (anew and " " not in pair[0]) for pair in pairs)


def is_under(above: TableRow, below: TableRow) -> bool:
    """Whether the short label of the last row of a page holds for a row that opens the next.

    The first cell of such a row is empty, as the cell that spans both rows ends at the page end.
    """
    alike = bool(above.names) and above.names == below.names
    spans = alike and len(above.cells) == len(below.cells) and not below.cells[0]
    return spans and 0 < len(above.cells[0]) <= _LONGEST_LABEL


def is_title(row: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a row of one short cell names the rows of one longer cell below it."""
    text = "".join(row)
    return are_alike(row, after) and 0 < len(text) <= _LONGEST_TITLE < len("".join(after))


def are_alike(row: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two rows have one filled cell each, in the same place."""
    places = [[place for place, cell in enumerate(one) if cell] for one in (row, after)]
    return len(row) == len(after) and len(places[0]) == 1 and places[0] == places[1]


def says_name(row: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the only filled cell of a row is a word of its column's name, and so more of that."""
    filled = [place for place, cell in enumerate(row) if cell]
    if len(filled) != 1 or len(row) != len(names):
        return False
    return row[filled[0]].lower() in names[filled[0]].lower().split()


def runs_on(over: str, under: str) -> bool:
    """Whether a cell stops in mid-sentence and the one under it goes on in small letters."""
    return bool(over and _SMALL_WORD.match(under) and not _ENDED.search(over))


def joined(above: TableRow, below: TableRow, vocabulary: Vocabulary) -> TableRow:
    """A row and its rest from the next page, cell by cell."""
    cells: list[str] = []
    breaks = list(above.breaks)
    for column, (over, under) in enumerate(zip(above.cells, below.cells, strict=True)):
        text = join(over, under, vocabulary)
        cells.append(text)
        if under:
            breaks.append((column, begin_of_rest(text, under), below.page))
    return replace(above, cells=tuple(cells), breaks=tuple(breaks))
