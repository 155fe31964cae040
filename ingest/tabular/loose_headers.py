"""Headers that were found as tables of their own: they become the first rows of their tables.

Pure. LibreOffice and Word shade a header and rule it above and below, without walls, so that it
looks like a table of one row.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.tabular.tables import Cell, Table, are_bold

# Parts of the font size: the names of columns stand no further above their rows.
_FARTHEST_ABOVE = 2.5
# Points by which a name may begin left of its column.
_OUTSIDE = 4.0


def with_loose_headers(tables: Sequence[Table]) -> list[Table]:
    """The tables, each single row that names the columns of another made its first row.

    Single rows under each other are cards, none of which names the columns of another.
    """
    done = list(tables)
    for header in [table for table in tables if len(table.rows) == 1]:
        body = next((table for table in done if _names(header, table)), None)
        if body is not None:
            done[done.index(body)] = _headed(header, body)
            done.remove(header)
    return done


def _names(header: Table, body: Table) -> bool:
    """Whether a single bold row stands right above a table of its columns that has no names."""
    names, first = header.rows[0], body.rows[0]
    if len(body.rows) == 1 or len(names) != len(first) or all(cell.bold for cell in first):
        return False
    if not are_bold(names):
        return False
    size = header.lines[0].size
    step = min(line.top for line in body.lines) - max(line.bottom for line in header.lines)
    return -size < step <= _FARTHEST_ABOVE * size and all(
        column.x0 - _OUTSIDE <= name.lines[0].x0 <= column.x1
        for name, column in zip(names, first, strict=True)
        if name.lines
    )


def _headed(header: Table, body: Table) -> Table:
    """The table with the header as its first row, in the columns of the rows below."""
    cells = zip(header.rows[0], body.rows[0], strict=True)
    row = tuple(Cell(column.x0, column.x1, name.lines) for name, column in cells)
    return Table((row, *body.rows), body.x0, body.x1, header.top, body.bottom)
