"""The log: who did what, and when. Lines are added and never changed."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, fields

from index.rows.moment import stamp
from ingest.records import Metadata

COMMAND_LINE = "the command line"
"""Stands for the person in what a command does."""

_ABOVE_ALL = (1 << 63) - 1
"""The highest number that SQLite can give a row."""

_DOCUMENT = "[0-9a-f]" * 16
_BETWEEN, _ARROW = " | ", " -> "
_FIELDS = [field.name for field in fields(Metadata)] + ["replaces"]
_BEFORE_FIELD = re.compile(rf"{re.escape(_BETWEEN)}(?=(?:{'|'.join(_FIELDS)}): )")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log.

    at: ISO 8601, UTC. subject: the id or name of what the action was done to. detail: more on it,
    in words.
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
    so that the change and its line are both written, or neither is.
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

    before: only those written before the line with this `audit_id`, for the next page of a list.
    subject: only the lines on it; on a document, also those on its passages.
    """
    rows = connection.execute(
        "SELECT audit_id, at, who, action, subject, detail FROM audit"
        " WHERE audit_id < ?1 AND (?2 IN ('', subject) OR substr(subject, 1, ?3) = ?2 || '-')"
        " ORDER BY audit_id DESC LIMIT ?4",
        (_ABOVE_ALL if before is None else before, subject, len(subject) + 1, limit),
    )
    return [Entry(*row) for row in rows]


def last_to_change(connection: sqlite3.Connection, document: str, field: str) -> str:
    """Who last changed a field of a document's metadata; empty where no line says so."""
    rows = connection.execute(
        "SELECT who, detail FROM audit WHERE subject = ? AND action IN ('edit', 'correct')"
        " ORDER BY audit_id DESC",
        (document,),
    )
    said = (who for who, detail in rows for one in changed(detail) if one.startswith(f"{field}: "))
    return next(said, "")


def changed(detail: str) -> list[str]:
    """What an "edit" or "correct" line says of each field, as "year: 2008 -> 2018". A title may
    hold the separators, so the names of fields are looked for.
    """
    found = [""]
    for part in _BEFORE_FIELD.split(detail):
        if _ARROW in found[-1] and _ARROW in part:
            found.append(part)
        else:
            found[-1] += f"{_BETWEEN}{part}" if found[-1] else part
    return found


def documents(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """Ids of the documents, removed ones included, that begin so and have lines of their own or of
    their passages; in order.
    """
    rows = connection.execute(
        "SELECT DISTINCT substr(subject, 1, 16) FROM audit WHERE substr(subject, 1, min(?, 16)) = ?"
        " AND (subject GLOB ? OR subject GLOB ?) ORDER BY 1",
        (len(beginning), beginning, _DOCUMENT, f"{_DOCUMENT}-[0-9]*"),
    )
    return [document for (document,) in rows]
