"""Rows of a table with the names of their columns: "Country: Kenya; Year: 2019".

Pure. Column names come from a recognisable header only, and carry on over a page end when the
next page begins with a table of the same columns.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.prose.clean import Vocabulary, join
from ingest.prose.row_words import TableRow, are_alike, is_title, runs_on, says_name
from ingest.tabular.as_above import LONGEST_LABEL, with_labels_above
from ingest.tabular.cell_text import cell_texts
from ingest.tabular.column_names import SAME_WALL, names_of
from ingest.tabular.heads_across import heads_across, heads_of_rows
from ingest.tabular.name_levels import are_names, names_of_levels, set_off
from ingest.tabular.row_heads import under_heads
from ingest.tabular.table_items import unrolled
from ingest.tabular.tables import Cell, Table

# Points by which the text of a column may be indented.
_INDENT = 16.0
# Rows that a table is drawn with where a rule parts its header from all the others at once.
_RULED_AROUND = 2
# More rows than these are one header and what lies below it, or a title, a header and a row.
_FEWEST_RULED_OFF = 3
_FEWEST_TITLED = 2


@dataclass(frozen=True, slots=True)
class Header:
    """Names of the columns of a table, none or all, and where the columns begin (points).

    head: that runs across the table and is said in its last row; empty if there is none.
    """

    names: tuple[str, ...]
    walls: tuple[float, ...]
    head: str = ""


@dataclass(frozen=True, slots=True)
class _Body:
    """All rows of a table on one page, before it is known which of them are its header.

    texts: of the cells, in words. heads: what the heads across the table say. page: 1-based.
    """

    cells: Sequence[Sequence[Cell]]
    texts: list[list[str]]
    heads: Collection[str]
    page: int


def rows_of(
    table: Table, vocabulary: Vocabulary, carried: Header | None, page: int = 0
) -> tuple[list[TableRow], Header]:
    """The rows in words, and the header the last is written with, which may have no names.

    carried: header of the table that ended the page before, if this one begins its page.
    page: on which the table stands.
    """
    known, head = (carried.names, carried.head) if carried is not None else ((), "")
    few = len(table.rows) <= _RULED_AROUND
    cells = [
        row
        for place, drawn in enumerate(table.rows)
        for row in unrolled(drawn, opens=bool(known) and not place, alone=few)
    ]
    texts = _with_labels_in_each(cells, cell_texts(cells, vocabulary, header=not known))
    texts = with_labels_above(cells, _with_texts_in_first(cells, texts, vocabulary), known)
    # A title of the table in its first row, over all columns: the header is the next.
    title = int(len(cells) > _FEWEST_TITLED and len(cells[0]) == 1)
    said = under_heads(cells, texts, known if carried is not None else texts[title])
    # What first cells say already is not said across the table too.
    heads = heads_across(cells, said, head) if said == texts else set()
    body = _Body(cells, said, heads, page)
    if carried is not None and known and same_columns(carried, table):
        return _under_carried(body, carried)
    two = len(table.rows) == _RULED_AROUND and len(cells) > _FEWEST_RULED_OFF
    return _under_own(body, title, ruled_off=two or table.ruled_off)


def _under_carried(body: _Body, carried: Header) -> tuple[list[TableRow], Header]:
    """The rows of a table that goes on from the page before, under the names carried from there.

    A header that is said again is left out.
    """
    cells, texts = body.cells, body.texts
    names, depth = names_of_levels(cells, texts, 1)
    texts = texts[depth if names == carried.names else 0 :]
    texts = [row for row in texts if tuple(row) != carried.names]
    # Of a header of two rows the upper is said again.
    if texts and texts[0][0] == carried.names[0] and are_names(texts[0]) and set_off(cells):
        texts = texts[1:]
    over, head = heads_of_rows(texts, body.heads, carried.head)
    rows, names = _written(texts, carried.names, body.page, over)
    if rows and any(cell.open_above for cell in cells[0]):
        rows[0] = replace(rows[0], rest=True)
    return rows, Header(names, carried.walls, head)


def _under_own(body: _Body, title: int, *, ruled_off: bool) -> tuple[list[TableRow], Header]:
    """The rows of a table under the names that its own first rows say.

    title: rows that a title fills above these, 0 or 1. ruled_off: a rule stands under the first row
    and none between the others.
    """
    cells, texts = _without_empty_columns(body.cells, body.texts)
    names, depth = names_of(cells[title:], texts[title:], ruled_off=ruled_off)
    columns = next((row for row in cells[title:] if len(row) == len(names)), cells[title])
    texts = [*texts[:title], *texts[title + depth :]]
    over, head = heads_of_rows(texts, body.heads, "")
    rows, names = _written(texts, names, body.page, over)
    return rows, Header(names, tuple(cell.x0 for cell in columns), head)


def _written(
    texts: Sequence[Sequence[str]], names: tuple[str, ...], page: int, over: Sequence[str]
) -> tuple[list[TableRow], tuple[str, ...]]:
    """The rows under the names of their columns, and the names of the last.

    over: the head across the table above each row. A row that says the names again, all but the
    first, renews that.
    """
    if not texts:
        return [], names  # a page end below the names said again
    rows: list[TableRow] = []
    titled = len(texts[0]) != len(names)
    title: tuple[str, ...] = ()
    for row, after, head in zip(texts, [*texts[1:], []], over, strict=True):
        if len(names) == len(row) > 1 and names[1:] == tuple(row[1:]):
            names = tuple(row)
        elif is_title(row, after):
            title = tuple(row)
        elif not rows[titled:] and says_name(row, names):
            continue  # the second line of the header
        elif any(row):
            title = title if are_alike(title, row) else ()
            rows.append(TableRow(tuple(row), title or names, page, head=head))
    return rows, names


def _with_labels_in_each(
    cells: Sequence[Sequence[Cell]], texts: list[list[str]]
) -> list[list[str]]:
    """The texts, a short label in a cell over several rows said in each of them."""
    done, widths = [list(row) for row in texts], [len(row) for row in cells]
    for start, width in enumerate(widths):
        for column in range(width):
            end = start + 1
            while end < len(cells) and widths[end] == width and cells[end][column].open_above:
                end += 1
            begins = not cells[start][column].open_above
            if not begins or end - start < 2:
                continue
            label = " ".join(t for t in (texts[i][column] for i in range(start, end)) if t)
            # What begins in small letters is the rest of a longer one from the page before.
            if 0 < len(label) <= LONGEST_LABEL and not label[0].islower():
                for index in range(start, end):
                    done[index][column] = label
    return done


def _with_texts_in_first(
    cells: Sequence[Sequence[Cell]], texts: list[list[str]], vocabulary: Vocabulary
) -> list[list[str]]:
    """The texts, a sentence that goes on in a cell open above said in the first of its rows."""
    done = [list(row) for row in texts]
    for index in range(len(cells) - 1, 0, -1):
        for column, cell in enumerate(cells[index]):
            same = cell.open_above and len(cells[index - 1]) == len(cells[index])
            if same and runs_on(done[index - 1][column], done[index][column]):
                whole = join(done[index - 1][column], done[index][column], vocabulary)
                done[index - 1][column], done[index][column] = whole, ""
    return done


def _without_empty_columns(
    cells: Sequence[Sequence[Cell]], texts: list[list[str]]
) -> tuple[list[list[Cell]], list[list[str]]]:
    """The rows and their texts without the columns that are empty in all: gaps of double rules."""
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


def same_columns(header: Header, table: Table) -> bool:
    """Whether some row of the table has the header's columns."""
    return any(
        len(row) == len(header.walls)
        and all(
            -SAME_WALL <= cell.x0 - wall <= _INDENT
            for cell, wall in zip(row, header.walls, strict=True)
        )
        for row in table.rows
    )
