"""Suggestions: reports that readers miss, and what curators decided on each. Who suggested one is
not kept.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from index.library import Library
from index.rows import audit, database
from index.rows.moment import stamp
from ingest.prose.clean import tidy

LONGEST_TITLE, LONGEST_URL, LONGEST_NOTE = 300, 1_000, 1_000
"""Characters."""

_MOST_OPEN = 1_000
"""Suggestions that wait; nobody reads more than that."""


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


class SuggestionError(ValueError):
    """A suggestion that is refused; the message tells the reader why. field: "title", "url" or
    "note", where that is what has to be changed, else empty.
    """

    def __init__(self, said: str, field: str = "") -> None:
        super().__init__(said)
        self.field = field


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A report that somebody misses.

    url: an http or https address, or empty. note: why it is missed. at: ISO 8601, UTC.
    """

    suggestion_id: int
    title: str
    url: str
    note: str
    state: SuggestionState
    at: str


def suggest(library: Library, title: str, url: str = "", note: str = "") -> Suggestion:
    """Keep a suggestion; one with the same title and link that waits already is returned as it is.

    Raises SuggestionError where the title is missing, the link is no address, a field is too long,
    or too many suggestions wait.
    """
    title, url, note = tidy(title), url.strip(), tidy(note)
    _refuse_what_breaks_the_rules(title, url, note)
    now = stamp()
    with library.catalog() as catalog, database.note(catalog.connection):
        waiting = listing(catalog.connection, SuggestionState.OPEN)
        for one in waiting:
            if (one.title.casefold(), one.url) == (title.casefold(), url):
                return one
        if len(waiting) >= _MOST_OPEN:
            raise SuggestionError("Too many suggestions wait to be read. Please come back later.")
        made = catalog.connection.execute(
            "INSERT INTO suggestions (title, url, note, at) VALUES (?, ?, ?, ?)",
            (title, url, note, now),
        )
    return Suggestion(int(made.lastrowid or 0), title, url, note, SuggestionState.OPEN, now)


def listing(
    connection: sqlite3.Connection, state: SuggestionState, limit: int | None = None
) -> list[Suggestion]:
    """The suggestions of a state, newest first, at most `limit`."""
    rows = connection.execute(
        "SELECT suggestion_id, title, url, note, state, at FROM suggestions WHERE state = ?"
        " ORDER BY suggestion_id DESC LIMIT ?",
        (state.value, -1 if limit is None else limit),
    )
    return [_suggestion(row) for row in rows]


def decide(library: Library, suggestion_id: int, state: SuggestionState, who: str) -> Suggestion:
    """Take a suggestion, decline it, or open it again. Raises KeyError when there is none."""
    with library.catalog() as catalog, database.note(catalog.connection):
        connection = catalog.connection
        done = connection.execute(
            "UPDATE suggestions SET state = ? WHERE suggestion_id = ?"
            " RETURNING suggestion_id, title, url, note, state, at",
            (state.value, suggestion_id),
        ).fetchone()
        if done is None:
            raise KeyError(suggestion_id)
        decided = _suggestion(done)
        audit.record(connection, who, "suggestion", decided.title, state.value)
    return decided


def finish(library: Library, suggestion_id: int, who: str) -> Suggestion:
    """Remove a suggestion that was taken, now that its report is in the library; the log keeps its
    title. Raises KeyError when there is no such suggestion, or it was not taken.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        connection = catalog.connection
        gone = connection.execute(
            "DELETE FROM suggestions WHERE suggestion_id = ? AND state = ?"
            " RETURNING suggestion_id, title, url, note, state, at",
            (suggestion_id, SuggestionState.TAKEN.value),
        ).fetchone()
        if gone is None:
            raise KeyError(suggestion_id)
        finished = _suggestion(gone)
        audit.record(connection, who, "suggestion", finished.title, "done")
    return finished


def _suggestion(row: Sequence[Any]) -> Suggestion:
    suggestion_id, title, url, note, state, at = row
    return Suggestion(suggestion_id, title, url, note, SuggestionState(state), at)


def _refuse_what_breaks_the_rules(title: str, url: str, note: str) -> None:
    if not title:
        raise SuggestionError("Give the report's title.", "title")
    for field, value, longest, name in (
        ("title", title, LONGEST_TITLE, "title"),
        ("url", url, LONGEST_URL, "link"),
        ("note", note, LONGEST_NOTE, "reason"),
    ):
        if len(value) > longest:
            said = f"The {name} has {len(value):,} characters, {longest:,} fit."
            raise SuggestionError(said, field)
    if url and not (url.isprintable() and re.fullmatch(r"https?://[^\s/]\S*", url)):
        raise SuggestionError("The link must begin with https:// or http://.", "url")
