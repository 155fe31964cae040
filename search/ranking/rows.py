"""Rows of a table that tell a whole and its parts: "Korea", "Korea, Male" and "Korea, Female"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.prose.text import has_word

Span = tuple[int, int]
"""Offsets in a passage's text, from and to."""

_BETWEEN_CELLS = "; "
"""What every row of two cells has (`ingest.formats.rows`)."""

_OF_YEARS = re.compile(
    r"((?:Years?|Jahre?|Ann[ée]es?|Años?|Ann[oi]|Anos?|Jaar|År): )[^;:\n]+"
    r"(?:; (?:19|20)\d\d\b[^;:\n]*: [^;\n]*)+$"
)
"""A row whose columns, but for the first, are named by years, and the first by what those are."""

_OF_PART = (", ", " (", ": ", " - ", " – ")
"""What stands between the name of a whole and that of its part."""


def of_whole(text: str, windows: Sequence[Span], shares: Sequence[float], quoted: Span) -> Span:
    """What to quote for a row of a table: the row whose first cell begins that of the row quoted
    and names the whole, if it holds as much of the question and tells as many values; else what is
    quoted.

    windows: offsets in the text, in order. shares: of the question's words that each holds.
    """
    here = next((share for w, share in zip(windows, shares, strict=True) if (*w,) == quoted), None)
    if here is None:
        return quoted
    part, told = _first_cell(text, quoted), _values(text, quoted)
    wholes = [
        (window[0], window[1])
        for window, share in zip(windows, shares, strict=True)
        if share >= here
        and _is_whole(_first_cell(text, window), part)
        and _values(text, window) >= told
    ]
    return min(wholes, key=lambda w: len(_first_cell(text, w)), default=quoted)


def behind_kind(text: str, start: int, end: int) -> int:
    """Where a row begins behind the name of its first column, if that only says what the names of
    the others are: "Year: Korea; 2005: 468" is "Korea; 2005: 468"; else `start`.

    start, end: offsets of the row in the text.
    """
    named = _OF_YEARS.match(text[start:end])
    return start + named.end(1) if named else start


def _first_cell(text: str, row: Sequence[int]) -> str:
    """The first cell of a row with its column's name; empty for what is no row."""
    cell, between, _ = text[slice(*row)].partition(_BETWEEN_CELLS)
    return cell if between else ""


def _values(text: str, row: Sequence[int]) -> int:
    """How many of a row's cells behind the first tell something: ".." and "–" do not."""
    cells = text[slice(*row)].split(_BETWEEN_CELLS)[1:]
    return sum(has_word(cell.rpartition(": ")[2]) for cell in cells)


def _is_whole(cell: str, part: str) -> bool:
    return bool(cell) and part.startswith(cell) and part[len(cell) :].startswith(_OF_PART)
