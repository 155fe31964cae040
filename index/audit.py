"""Who did what, when: lines that are only ever added."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from index.formulas import harmless
from index.moment import stamp

_ALL = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log.

    at: ISO 8601, UTC. subject: what it was done to, an id or a name. detail: in words.
    """

    audit_id: int
    at: str
    who: str
    action: str
    subject: str
    detail: str


def record(
    connection: sqlite3.Connection, who: str, action: str, subject: str, detail: str = ""
) -> None:
    """Write a line. Belongs inside the `database.note` or `database.change` that makes the change,
    so that there is neither without the other.
    """
    at = stamp()
    connection.execute(
        "INSERT INTO audit (at, who, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
        (at, who, action, subject, detail),
    )


def entries(
    connection: sqlite3.Connection, limit: int = 100, before: int | None = None, subject: str = ""
) -> list[Entry]:
    """The last lines, newest first.

    before: only those written before the one with this `audit_id`, to turn pages. subject: only
    those of what begins like this.
    """
    rows = connection.execute(
        "SELECT audit_id, at, who, action, subject, detail FROM audit"
        " WHERE audit_id < ? AND substr(subject, 1, ?) = ? ORDER BY audit_id DESC LIMIT ?",
        (_ALL if before is None else before, len(subject), subject, limit),
    )
    return [Entry(*row) for row in rows]


def write_csv(lines: Iterable[Entry], out: TextIO) -> None:
    """A row a line, in their order. Cells that a spreadsheet would run as a formula are quoted with
    an apostrophe.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("at", "who", "action", "subject", "detail"))
    for line in lines:
        cells = (line.at, line.who, line.action, line.subject, line.detail)
        writer.writerow([harmless(cell) for cell in cells])
