"""Saved questions, and which passages were there at a day or a generation."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from index.rows import database
from index.rows.catalog import Catalog
from index.rows.moment import stamp
from ingest.prose.text import fault, has_word

MOST_CHARACTERS = 2_000
"""Of a saved question. When a question is asked, no more than these are read."""

_AHEAD = timedelta(days=1)
"""How far the day may be ahead of UTC's: in the east it is tomorrow already."""


class SavedError(ValueError):
    """A question that cannot be saved or is not there, or a day that is none; the message says what
    would do.
    """


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question whose new answers somebody wants to hear of. added_at: ISO 8601, UTC."""

    number: int
    question: str
    added_at: str


def save(connection: sqlite3.Connection, question: str) -> SavedQuestion:
    """Keep a question; one that is kept already is returned as it is.

    Raises SavedError for a question that has no letter and no digit, is too long, or holds bytes
    that are not UTF-8.
    """
    text = " ".join(question.split())
    if not text:
        raise SavedError("the question is empty")
    if len(text) > MOST_CHARACTERS:
        raise SavedError(f"the question has {len(text):,} characters; {MOST_CHARACTERS:,} count")
    if fault(text):
        raise SavedError("the question is not UTF-8: set the terminal to UTF-8 and type it again")
    if not has_word(text):
        raise SavedError("the question has no letter and no digit")
    now = stamp()
    with database.note(connection):
        connection.execute(
            "INSERT INTO saved_questions (question, added_at) VALUES (?, ?)"
            " ON CONFLICT (question) DO NOTHING",
            (text, now),
        )
    return next(one for one in saved(connection) if one.question == text)


def saved(connection: sqlite3.Connection) -> list[SavedQuestion]:
    """The saved questions, the oldest first."""
    rows = connection.execute(
        "SELECT question_id, question, added_at FROM saved_questions ORDER BY question_id"
    )
    return [SavedQuestion(*row) for row in rows]


def forget(connection: sqlite3.Connection, number: int) -> None:
    """Remove a saved question. Raises SavedError when there is none of this number."""
    with database.note(connection):
        gone = connection.execute("DELETE FROM saved_questions WHERE question_id = ?", (number,))
    if not gone.rowcount:
        raise SavedError(f"there is no saved question {number}; see 'waymark watchlist list'")


def last_number_at(catalog: Catalog, since: str) -> int:
    """The number of the last passage that was there at a day or a generation. Passages with a
    higher number came later; those of a document that was taken out and put back count as new.

    since: "2026-11-21", for the beginning of that day in UTC, or the number of a generation.
    Raises SavedError for anything else, for a day to come, and for a generation that is not known.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", since):
        try:
            day = date.fromisoformat(since)
        except ValueError:
            raise SavedError(f"'{since}' is no day of the calendar") from None
        if day > datetime.now(UTC).date() + _AHEAD:
            raise SavedError(f"{since} is to come: give today or a day before")
        return _before(catalog, day)
    if re.fullmatch(r"\d{1,18}", since):
        return _at(catalog, int(since))
    raise SavedError(f"'{since}' is neither a day (2026-11-21) nor the number of a generation")


def _before(catalog: Catalog, day: date) -> int:
    """The number before that of the first passage that came in since. Numbers only grow, so a
    document that came in while the clock was behind counts as new, and hides no other one.
    """
    (number,) = catalog.connection.execute(
        "SELECT coalesce(min(number) - 1, (SELECT coalesce(max(number), 0) FROM passages))"
        " FROM passages"
        " WHERE document_id IN (SELECT document_id FROM documents WHERE added_at >= ?)",
        (day.isoformat(),),
    ).fetchone()
    return int(number)


def _at(catalog: Catalog, generation: int) -> int:
    reached = database.generation(catalog.connection)
    if generation > reached:
        raise SavedError(f"the library is at generation {reached}; {generation} is to come")
    if generation == 0:
        return 0
    row = catalog.connection.execute(
        "SELECT last_number FROM generations WHERE generation = ?", (generation,)
    ).fetchone()
    if row is None:
        raise SavedError(
            f"how far generation {generation} went was not kept then: give a day instead"
        )
    return int(row[0])
