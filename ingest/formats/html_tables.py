"""Tables of web pages: which of them are tables, and their rows with spanned cells filled in."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from ingest.formats.html_words import words
from ingest.formats.rows import rows_as_text
from ingest.prose.clean import tidy

# Characters: no cell of a table of facts has more, and no label that is repeated in its rows.
_LONGEST_CELL = 3_000
_LONGEST_LABEL = 260
_MOST_COLUMNS = 100


def is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only places parts of a page, which are then read one after the other."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = [list(_cells(row)) for row in _rows(table)]
    cells = [cell for row in rows for cell in row]
    if any(len(cell.text_content()) > _LONGEST_CELL for cell in cells):
        return True
    if table.find("caption") is not None or any(cell.tag == "th" for cell in cells):
        return False
    places = ("table", "h1", "h2", "h3", "h4", "h5", "h6")
    if any(next(cell.iter(*places), None) is not None for cell in cells):
        return True
    alone = len(rows) == 1 or all(len(row) < 2 for row in rows)
    return alone and any(next(cell.iter("p", "li", "div"), None) is not None for cell in cells)


def rows_of(table: html.HtmlElement) -> Iterator[str]:
    """The rows of a table as texts, its caption before them.

    A cell that spans rows is repeated in each, if it is no longer than a label. The rows of a table
    within a cell are words of that cell.
    """
    if (caption := table.find("caption")) is not None and (said := tidy(words(caption))):
        yield said
    grid, heads = _grid(table)
    if heads > 1:
        grid = [_one_header(grid[:heads]), *grid[heads:]]
    yield from rows_as_text(grid)


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The rows of a table, without those of tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _grid(table: html.HtmlElement) -> tuple[list[list[str]], int]:
    """The texts of a table by row and column, and how many of its first rows are names."""
    grid: list[list[str]] = []
    heads = 0
    below: dict[int, tuple[int, str]] = {}  # by column: rows that a cell still spans, and its text
    for number, row in enumerate(_rows(table)):
        cells = list(_cells(row))
        is_head = bool(cells) and (
            row.getparent().tag == "thead" or all(cell.tag == "th" for cell in cells)
        )
        line: list[str] = []
        for cell in cells:
            _fill(line, below)
            text = tidy(words(cell))
            again = text if len(text) <= _LONGEST_LABEL else ""
            for place in range(min(_span(cell, "colspan"), _MOST_COLUMNS)):
                if (rows := _span(cell, "rowspan")) > 1 and len(line) < _MOST_COLUMNS:
                    below[len(line)] = (rows - 1, again if is_head or not place else "")
                line.append(text if is_head or not place else "")
        _fill(line, below)
        grid.append(line)
        heads += is_head and heads == number
    return grid, heads if heads < len(grid) else 0


def _fill(line: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Go on in a row over the places of cells that begin in a row above it."""
    while len(line) in below:
        left, text = below.pop(len(line))
        if left > 1:
            below[len(line)] = (left - 1, text)
        line.append(text)


def _span(cell: html.HtmlElement, name: str) -> int:
    """How many columns or rows a cell takes: 1 where that is not stated in figures."""
    stated = cell.get(name, "").strip()[:6]
    return max(1, int(stated)) if stated.isascii() and stated.isdigit() else 1


def _one_header(rows: list[list[str]]) -> list[str]:
    """Names of several levels in one row: "2021, Women"."""
    columns = max(map(len, rows))
    levels = [[row[place] for row in rows if place < len(row)] for place in range(columns)]
    return [", ".join(dict.fromkeys(filter(None, names))) for names in levels]
