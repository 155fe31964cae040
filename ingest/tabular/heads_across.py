"""Heads that run across a table, said in each row below them: "Province A; No.: 1.2".

Pure. Each stands alone in its row, over all columns or in bold, and several part the table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.tabular.name_levels import LONGEST_NAME
from ingest.tabular.row_heads import TOTAL
from ingest.tabular.tables import Cell, are_bold

_FEWEST_HEADS = 2
# Four words and more that end as a sentence does are a remark between rows.
_SENTENCE = re.compile(r"\S+(?:\s+\S+){3,}[.!?…][”\"’»)]*")


def heads_across(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], head: str
) -> set[str]:
    """What the heads of a table say; empty where there are none.

    head: the one that the table of the page before ended under, or empty.
    """
    width = max(map(len, cells), default=0)
    if any(_begins_with_head(row[0]) for row in cells):
        return set()  # a row may hold a head and what stands below it
    if width == 2 and not all(row[0].bold for row in cells if len(row) == 1):
        return set()  # text between two pairs of columns
    if not head and _interrupts(cells, width):
        return set()
    plain = any(row[0].lines and not row[0].bold for row in cells if len(row) == width)
    found = [
        row[0]
        for place, (drawn, row) in enumerate(zip(cells, texts, strict=True))
        if (place or head)
        and _is_alone(row)
        and _is_head(drawn, row[0], width, plain=plain)
        and _is_full(texts[place + 1 : place + 2], width)
    ]
    many = len(found) + bool(head) >= _FEWEST_HEADS and len({*found}) == len(found)
    return {*found} if many else set()


def _is_head(drawn: Sequence[Cell], text: str, width: int, *, plain: bool) -> bool:
    """Whether a first cell with no other filled beside it is drawn as a head is.

    It is one cell over all columns and no remark, or it is bold where others are not.
    width: of the table, in columns. plain: the first cells of some rows are not bold.
    """
    if not drawn[0].bold and _SENTENCE.fullmatch(text):
        return False
    return len(drawn) == 1 < width or (width > 2 and plain and drawn[0].bold)


def _interrupts(cells: Sequence[Sequence[Cell]], width: int) -> bool:
    """Whether the first cell across the table is not bold and comes after rows of it.

    It is no head then: a break between two talks does not head the next. Bold rows above it, and
    the first, may be names of columns and do not count. width: of the table, in columns.
    """
    across = next((place for place, row in enumerate(cells[1:], 1) if len(row) == 1 < width), 0)
    plain = [row for row in cells[1:across] if len(row) == width and not are_bold(row)]
    return bool(across and plain) and not cells[across][0].bold


def _begins_with_head(cell: Cell) -> bool:
    """Whether the first line of a cell is bold and others are not."""
    return bool(cell.lines) and cell.lines[0].bold and not cell.bold


def _is_alone(row: Sequence[str]) -> bool:
    """Whether a row has a short first cell and no other, and is no total."""
    return 0 < len(row[0]) <= LONGEST_NAME and not any(row[1:]) and not TOTAL.match(row[0])


def _is_full(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the next row has all columns, two filled and more."""
    return any(len(row) == width and sum(map(bool, row)) > 1 for row in rows)


def heads_of_rows(
    texts: Sequence[Sequence[str]], heads: Collection[str], head: str
) -> tuple[list[str], str]:
    """The head over each row, empty where there is none, and the head over a row to come.

    heads: what the heads say. head: over the first row. A row of totals ends what a head is over.
    """
    done: list[str] = []
    for row in texts:
        own = _is_alone(row) and row[0] in heads
        head = row[0] if own else "" if any(map(TOTAL.match, row)) else head
        done.append("" if own else head)
    return done, head
