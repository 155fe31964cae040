"""Rows that a page end cuts: the rest of a row goes to its beginning, and the rows below a label
that spans them say it on the next page too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.prose.clean import Vocabulary
from ingest.prose.paragraphs import Piece
from ingest.prose.piece_text import text_of
from ingest.prose.row_words import TableRow, goes_on, is_under, joined, runs_on

# Points from a column's side to its text, at most; lines of the rest of a row.
_INDENT = 12.0
_MOST_LINES = 4


def without_rest_of_row(
    before: list[Piece], found: list[Piece], vocabulary: Vocabulary, walls: Sequence[float]
) -> list[Piece]:
    """The pieces of a page without the rest of a row that the page before begins.

    The rest is joined to the last row in `before`, which is changed. walls: left sides of the
    columns of the table that ended the page before.
    """
    last = next((n for n in range(len(before) - 1, -1, -1) if before[n].row), None)
    above = before[last].row if last is not None else None
    below = (found[0].row or _row_alone(found[0], above, walls, vocabulary)) if found else None
    if last is None or above is None or below is None or not goes_on(above, below):
        return found
    before[last] = replace(before[last], row=joined(above, below, vocabulary))
    return found[1:]


def under_label_above(before: Sequence[Piece], found: list[Piece]) -> list[Piece]:
    """The pieces of a page, its first rows said with the label that spans them and the last row of
    the page before.
    """
    above = next((piece.row for piece in reversed(before) if piece.row), None)
    done = list(found)
    for place, piece in enumerate(found):
        if above is None or piece.row is None or not is_under(above, piece.row):
            break
        row = replace(piece.row, cells=(above.cells[0], *piece.row.cells[1:]))
        done[place] = replace(piece, row=row)
    return done


def _row_alone(
    piece: Piece, above: TableRow | None, walls: Sequence[float], vocabulary: Vocabulary
) -> TableRow | None:
    """A few lines that open a page as a row of the table before, if one of its cells runs on there.

    walls: left sides of its columns. The first column has no such rest: it begins another row.
    """
    place = next((n for n, x in enumerate(walls) if 0 <= piece.lines[0].x0 - x <= _INDENT), 0)
    if (
        above is None
        or not place
        or len(above.cells) != len(walls)
        or len(piece.lines) > _MOST_LINES
    ):
        return None
    text = text_of(piece, vocabulary)
    if not runs_on(above.cells[place], text):
        return None
    cells = tuple(text if n == place else "" for n in range(len(walls)))
    return TableRow(cells, above.names, piece.page)
