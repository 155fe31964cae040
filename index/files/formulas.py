"""Tables as CSV files without cells that a spreadsheet program would run as formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO


def harmless(value: object) -> object:
    """The value; text that begins as a formula does gets an apostrophe before it (OWASP, CSV
    injection).
    """
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], out: TextIO) -> None:
    """Write a table with its header, each cell of its rows made `harmless`."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(value) for value in row])
