"""Rows of a table that tell a whole and its parts: "Korea", "Korea, Male" and "Korea, Female"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.prose.text import has_word

Span = tuple[int, int]
"""Offsets in a passage's text, from and to."""

_BETWEEN_CELLS = "; "
"""What `ingest.formats.rows` writes between the cells of a row."""

_OF_YEARS = re.compile(
    r"((?:Years?|Jahre?|Ann[ée]es?|Años?|Ann[oi]|Anos?|Jaar|År): )[^;:\n]+"
    r"(?:; (?:19|20)\d\d\b[^;:\n]*: [^;\n]*)+$"
)
"""A row of a table whose first column is named "Year", and the others by years."""

_OF_PART = (", ", " (", ": ", " - ", " – ")
"""What stands between the name of a whole and that of its part."""


def of_whole(text: str, windows: Sequence[Span], shares: Sequence[float], quoted: Span) -> Span:
    """What to quote in place of a row of a table: the row of the whole, where the row quoted is
    that of a part of it, as "Korea" for "Korea, Male"; else the row quoted.

    The row of the whole must hold as large a share of the question's words and tell as many values.

    windows: offsets in the text, in order. shares: of the question's words that each window holds.
    """
    share_of = {(start, end): share for (start, end), share in zip(windows, shares, strict=True)}
    if quoted not in share_of:
        return quoted
    part, values = _first_cell(text, quoted), _values(text, quoted)
    wholes = [
        row
        for row, share in share_of.items()
        if share >= share_of[quoted]
        and _is_whole(_first_cell(text, row), part)
        and _values(text, row) >= values
    ]
    return min(wholes, key=lambda row: len(_first_cell(text, row)), default=quoted)


def behind_kind(text: str, start: int, end: int) -> int:
    """Where a row begins without the name of its first column, if that names the other columns and
    not the cell: "Year: Korea; 2005: 468" becomes "Korea; 2005: 468". Else `start`.

    start, end: offsets of the row in the text.
    """
    named = _OF_YEARS.match(text[start:end])
    return start + named.end(1) if named else start


def _first_cell(text: str, row: Sequence[int]) -> str:
    """The first cell of a row, with the name of its column; empty for what is no row."""
    cell, between, _ = text[slice(*row)].partition(_BETWEEN_CELLS)
    return cell if between else ""


def _values(text: str, row: Sequence[int]) -> int:
    """How many cells of a row, but the first, tell something; ".." and "–" do not."""
    cells = text[slice(*row)].split(_BETWEEN_CELLS)[1:]
    return sum(has_word(cell.rpartition(": ")[2]) for cell in cells)


def _is_whole(cell: str, part: str) -> bool:
    """Whether a first cell names the whole of which another one names a part."""
    return bool(cell) and part.startswith(cell) and part[len(cell) :].startswith(_OF_PART)
