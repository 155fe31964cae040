"""Rows of a table with the names of their columns: "Country: Kenya; Year: 2019".

Pure. Column names come from a recognisable header only, and carry on over a page end when the
next page begins with a table of the same columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.prose.clean import Vocabulary, join
from ingest.prose.row_words import TableRow, are_alike, is_title, runs_on, says_name
from ingest.tabular.as_above import with_labels_above
from ingest.tabular.cell_text import cell_texts
from ingest.tabular.column_names import SAME_WALL, names_of
from ingest.tabular.heads_across import heads_across, heads_of_rows
from ingest.tabular.name_levels import are_names, names_of_levels, set_off
from ingest.tabular.row_heads import under_heads
from ingest.tabular.table_items import unrolled
from ingest.tabular.tables import Cell, Table

# A label that spans rows is repeated in each; longer text is said once.
_LONGEST_LABEL = 260
_INDENT = 16.0
_FEWEST_RULED_OFF = 3
# A header and all other rows between two rules.
_RULED_AROUND = 2
_FEWEST_TITLED = 2


@dataclass(frozen=True, slots=True)
class Header:
    """Names of the columns of a table, none or all, and where the columns begin (points).

    head: across the table, over its last row.
    """

    names: tuple[str, ...]
    walls: tuple[float, ...]
    head: str = ""


def rows_of(
    table: Table, vocabulary: Vocabulary, carried: Header | None, page: int = 0
) -> tuple[list[TableRow], Header]:
    """The rows in words, and the header the last is written with, which may have no names.

    carried: header of the table that ended the page before, if this one begins its page.
    page: on which the table stands.
    """
    under = carried is not None and bool(carried.names)
    few = len(table.rows) <= _RULED_AROUND
    cells = [
        row
        for n, whole in enumerate(table.rows)
        for row in unrolled(whole, opens=under and not n, alone=few)
    ]
    texts = _spread(cells, cell_texts(cells, vocabulary, header=not under))
    known = carried.names if carried is not None else ()
    texts = with_labels_above(cells, _whole(cells, texts, vocabulary), known)
    # A title of the table in its first row, over all columns: the header is the next.
    title = int(len(cells) > _FEWEST_TITLED and len(cells[0]) == 1)
    before = texts
    texts = under_heads(cells, texts, carried.names if carried is not None else texts[title])
    head = carried.head if carried is not None else ""
    heads = heads_across(cells, texts, head) if texts == before else set()
    if carried is not None and carried.names and same_columns(carried, table):
        said, depth = names_of_levels(cells, texts, 1)
        texts = texts[depth if said == carried.names else 0 :]
        texts = [row for row in texts if tuple(row) != carried.names]
        # Of a header of two rows the upper is said again.
        again = bool(texts) and texts[0][0] == carried.names[0] and are_names(texts[0])
        texts = texts[again and set_off(cells) :]
        over, head = heads_of_rows(texts, heads, head)
        rows, names = _written(texts, carried.names, page, over)
        if rows and any(cell.open_above for cell in cells[0]):
            rows[0] = replace(rows[0], rest=True)
        return rows, Header(names, carried.walls, head)
    kept, texts = _without_empty_columns(cells, texts)
    two = len(table.rows) == _RULED_AROUND and len(cells) > _FEWEST_RULED_OFF
    ruled_off = two or table.ruled_off
    body, below = kept[title:], texts[title:]
    names, depth = names_of(body, below, ruled_off=ruled_off)
    leaves = next((row for row in body if len(row) == len(names)), body[0])
    walls = tuple(cell.x0 for cell in leaves)
    texts = [*texts[:title], *below[depth:]]
    over, head = heads_of_rows(texts, heads, "")
    rows, names = _written(texts, names, page, over)
    return rows, Header(names, walls, head)


def _written(
    texts: Sequence[Sequence[str]], names: tuple[str, ...], page: int, over: Sequence[str]
) -> tuple[list[TableRow], tuple[str, ...]]:
    """The rows under their names, and the last names.

    over: the head across the table above each row.

    A row that says these again, but for the first, renews them.
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


def _spread(cells: Sequence[Sequence[Cell]], texts: list[list[str]]) -> list[list[str]]:
    """A short label in a cell over several rows said in each of them."""
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
            if 0 < len(label) <= _LONGEST_LABEL and not label[0].islower():
                for index in range(start, end):
                    done[index][column] = label
    return done


def _whole(
    cells: Sequence[Sequence[Cell]], texts: list[list[str]], vocabulary: Vocabulary
) -> list[list[str]]:
    """A long text in a cell over several rows said in the first of them.

    What no rule parts from the cell above and goes on in mid-sentence belongs there.
    """
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
