"""Rows of a table in words, each readable alone: "Country: Kenya; Year: 2019".

Pure. Column names come from a recognisable header only, and carry on over a page end when the
next page begins with a table of the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.clean import Vocabulary, join
from ingest.tables import Cell, Table

_LONGEST_NAME = 90
# A label that spans rows is repeated in each; longer text is said once.
_LONGEST_LABEL = 120
_FIGURES = re.compile(r"[\d.,%\s+–-]*\d[\d.,%\s+–-]*|n/?a|[-–—]|x", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\W.{0,12})?")
_SAME_WALL = 8.0
_INNER_BULLET = re.compile(r"[•▪■●◦‣∙\uf0b7\uf0a7\uf0d8]\s*")
_FEWEST_UNROLLED = 3


@dataclass(frozen=True, slots=True)
class Header:
    """Names of the columns of a table, and where the columns begin (points)."""

    names: tuple[str, ...]
    walls: tuple[float, ...]


def rows_of(
    table: Table, vocabulary: Vocabulary, carried: Header | None
) -> tuple[list[str], Header | None]:
    """The rows in words, and the header they are written with.

    carried: header of the table that ended the page before, if this one begins its page.
    """
    cells = [row for whole in table.rows for row in _unrolled(whole)]
    texts = _spread(cells, [[_cell_text(cell, vocabulary) for cell in row] for row in cells])
    if carried is not None and _same_columns(carried, table):
        rows = [row for row in texts if tuple(row) != carried.names]
        return _written(rows, carried), carried
    kept, texts = _without_empty_columns(cells, texts)
    names = _header(kept, texts)
    if not names:
        return _written(texts, None), None
    header = Header(names, tuple(cell.x0 for cell in kept[0]))
    return _written(texts[1:], header), header


def _written(texts: Sequence[Sequence[str]], header: Header | None) -> list[str]:
    """The rows in words; a row that says the names again, but for the first, renews them."""
    names = header.names if header else ()
    rows = []
    for row in texts:
        if len(names) == len(row) > 1 and names[1:] == tuple(row[1:]):
            names = tuple(row)
            continue
        text = _row_text(row, names)
        if text:
            rows.append(text)
    return rows


def _cell_text(cell: Cell, vocabulary: Vocabulary) -> str:
    text = ""
    for line in cell.lines:
        text = join(text, line.text, vocabulary)
    return _INNER_BULLET.sub("- ", text.replace("\u00ad", "").strip(" ;"))


def _unrolled(row: Sequence[Cell]) -> list[tuple[Cell, ...]]:
    """One drawn row whose cells all hold the same baselines is that many rows."""
    filled = [cell for cell in row if cell.lines]
    levels = [[round(line.base) for line in cell.lines] for cell in filled]
    count = len(levels[0]) if levels else 0
    together = len(filled) >= 2 and count >= _FEWEST_UNROLLED
    if not together or any(len(level) != count for level in levels):
        return [tuple(row)]
    if any(abs(a - b) > 2 for level in levels for a, b in zip(levels[0], level, strict=True)):
        return [tuple(row)]
    if any(line.text[:1].islower() for cell in filled for line in cell.lines):
        return [tuple(row)]  # sentences that happen to have as many lines
    return [
        tuple(Cell(c.x0, c.x1, c.lines[index : index + 1], bool(index)) for c in row)
        for index in range(count)
    ]


def _spread(cells: Sequence[Sequence[Cell]], texts: list[list[str]]) -> list[list[str]]:
    """A short label in a cell over several rows said in each of them."""
    done = [list(row) for row in texts]
    widths = [len(row) for row in cells]
    for start, width in enumerate(widths):
        for column in range(width):
            end = start + 1
            while end < len(cells) and widths[end] == width and cells[end][column].open_above:
                end += 1
            begins = not cells[start][column].open_above
            if not begins or end - start < 2:
                continue
            label = " ".join(t for t in (texts[i][column] for i in range(start, end)) if t)
            if 0 < len(label) <= _LONGEST_LABEL:
                for index in range(start, end):
                    done[index][column] = label
    return done


def _without_empty_columns(
    cells: Sequence[Sequence[Cell]], texts: list[list[str]]
) -> tuple[list[list[Cell]], list[list[str]]]:
    """Columns that hold nothing in any row, the gaps of double rules, left out."""
    width = max(len(row) for row in texts)
    empty = {
        column
        for column in range(width)
        if not any(row[column] for row in texts if len(row) == width)
    }
    kept = [[i for i in range(len(row)) if not (len(row) == width and i in empty)] for row in texts]
    return (
        [[row[i] for i in places] for row, places in zip(cells, kept, strict=True)],
        [[row[i] for i in places] for row, places in zip(texts, kept, strict=True)],
    )


def _header(cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Names of the columns, if the first row is recognisably their header; else empty.

    It is short, filled, distinct, and differs from the rows below: in weight, in having no
    figures where they have, or in being years.
    """
    if len(texts) < 2:
        return ()
    first = texts[0]
    named = [text for text in first if text]
    if len(named) < max(2, len(first) - 1) or any(len(text) > _LONGEST_NAME for text in named):
        return ()
    if len(set(named)) < len(named):
        return ()
    years = [text for text in named if _YEAR.fullmatch(text)]
    if len(years) >= 2 and len(years) >= len(named) - 2:
        return tuple(first)
    if any(_FIGURES.fullmatch(text) for text in named):
        return ()
    return tuple(first) if _set_off(cells) or _over_figures(texts) else ()


def _set_off(cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row is bold and the rest is not."""
    rest = [cell for row in cells[1:] for cell in row if cell.lines]
    first_bold = all(cell.bold for cell in cells[0] if cell.lines)
    return first_bold and sum(cell.bold for cell in rest) < 0.6 * max(1, len(rest))


def _over_figures(texts: Sequence[Sequence[str]]) -> bool:
    """Whether some column, its name aside, holds figures."""
    width = len(texts[0])
    for column in range(1, width):
        below = [row[column] for row in texts[1:] if len(row) == width and row[column]]
        if len(below) >= 2 and sum(bool(_FIGURES.fullmatch(t)) for t in below) > 0.6 * len(below):
            return True
    return False


def _same_columns(header: Header, table: Table) -> bool:
    return any(
        len(row) == len(header.walls)
        and all(
            abs(cell.x0 - wall) <= _SAME_WALL for cell, wall in zip(row, header.walls, strict=True)
        )
        for row in table.rows
    )


def _row_text(cells: Sequence[str], names: Sequence[str]) -> str:
    """Written "Column: cell; Column: cell", or "cell; cell" where the columns have no names."""
    if not names or len(names) != len(cells):
        joined = "; ".join(cell for cell in cells if cell)
        return joined.replace(":; ", ": ")  # a form: "Donor:", "Government of the Netherlands"
    return "; ".join(
        f"{name.rstrip(':')}: {cell}" if name else cell
        for name, cell in zip(names, cells, strict=True)
        if cell
    )
