"""Table rows as sentences that can be read, searched and quoted alone."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST_NAME = 260
"""Characters. A table that places paragraphs would have the first one in each row."""


def rows_as_text(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as "Column: cell; Column: cell", named by the first row; empty cells are left out.

    A table of one row, or one whose first row has an empty or repeated name beyond the first
    cell or a cell that is longer than a name, has no usable header: its rows are written as
    "cell; cell".
    """
    filled = [list(row) for row in rows if any(row)]
    if not filled:
        return []
    header, *body = filled
    names = [name.rstrip(":") for name in header]
    longest = max(map(len, names))
    if not body or not all(names[1:]) or len(set(names)) < len(names) or longest > _LONGEST_NAME:
        return ["; ".join(cell for cell in row if cell) for row in filled]
    return [_row_as_text(names, row) for row in body]


def _row_as_text(names: Sequence[str], row: Sequence[str]) -> str:
    """One row; a cell under an empty name, or beyond the last one, stands without a name."""
    cells = []
    for index, cell in enumerate(row):
        if cell:
            name = names[index] if index < len(names) else ""
            cells.append(f"{name}: {cell}" if name else cell)
    return "; ".join(cells)
