"""What people decide about tags: accepted, rejected or added, by whom and when. Their word stands.

Each decision is written to the log in the change that makes it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.derived import views
from index.library import Library
from index.rows import audit, database
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.moment import stamp
from index.rows.records import StoredPassage

VERDICTS = ("accept", "reject", "add")

_ALL_LINES = 1_000_000
"""More lines than the log has on any passage."""

_SELECT = "SELECT decision_id, passage_id, label, verdict, who, at FROM decisions"
"""The fields of a `Decision`, in its order."""


class DecisionError(ValueError):
    """A decision that makes no sense; the message says what would."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about one label of one passage.

    verdict: one of `VERDICTS`. at: ISO 8601, UTC.
    """

    decision_id: int
    passage_id: str
    label: str
    verdict: str
    who: str
    at: str


def decide(library: Library, passage: str, label: str, verdict: str, who: str) -> Decision:
    """Write a decision down; it counts at once, and the last one on a label is what counts.

    Raises DecisionError when the label or the verdict is none, when nobody is named, or when a tag
    is accepted that the passage does not carry; KeyError when there is no such passage;
    LibraryError when it cannot be written.
    """
    if label not in library.taxonomy.label_ids:
        known = ", ".join(library.taxonomy.label_ids)
        raise DecisionError(f"'{label}' is no label of this library ({known})")
    if verdict not in VERDICTS:
        raise DecisionError(f"'{verdict}' is no verdict ({', '.join(VERDICTS)})")
    if not who.strip():
        raise DecisionError("a decision needs the name of whoever takes it")
    with library.writing() as catalog:
        stored = catalog.passage(passage)
        if verdict == "accept" and label not in {tag.label for tag in stored.tags}:
            raise DecisionError(f"{passage} carries no tag '{label}' to accept: use 'add'")
        before = database.generation(catalog.connection)
        with database.change(catalog.connection):
            made = _write(catalog.connection, passage, label, verdict, who.strip(), stamp())
            audit.record(catalog.connection, made.who, "decide", passage, f"{label}: {verdict}")
        # Nothing that the views hold has changed.
        views.carry(library.home, before, database.generation(catalog.connection))
    return made


def _write(
    connection: sqlite3.Connection, passage: str, label: str, verdict: str, who: str, at: str
) -> Decision:
    cursor = connection.execute(
        "INSERT INTO decisions (passage_id, label, verdict, who, at) VALUES (?, ?, ?, ?, ?)",
        (passage, label, verdict, who, at),
    )
    return Decision(int(cursor.lastrowid or 0), passage, label, verdict, who, at)


def take_back(library: Library, decision_id: int, who: str) -> Decision:
    """Undo a decision: what was said on the label before stands again.

    One that was carried over from an earlier version is undone there too while that version is in
    the bin; put back, it would have the decision again. Raises KeyError when there is no such
    decision, LibraryError when somebody else took it or another came after it.
    """
    with library.writing() as catalog:
        connection = catalog.connection
        before = database.generation(connection)
        with database.change(connection):
            taken = _last(connection, decision_id, who)
            connection.execute("DELETE FROM decisions WHERE decision_id = ?", (decision_id,))
            passage, said = taken.passage_id, f"{taken.label}: {taken.verdict}"
            audit.record(connection, who, "take-back", passage, said)
            while passage := _taken_from_source(connection, passage, taken):
                audit.record(connection, who, "take-back", passage, said)
        # Nothing that the views hold has changed.
        views.carry(library.home, before, database.generation(connection))
    return taken


def _taken_from_source(connection: sqlite3.Connection, passage: str, taken: Decision) -> str:
    """Undo a decision on the passage from which `carry` gave it to this one, and return that
    passage's id. Empty, with nothing done, where it was not carried, or came from a passage in the
    library: there it can be taken back by itself.
    """
    carried = _carried(taken)
    for line in audit.entries(connection, _ALL_LINES, subject=passage):
        if line.action == "carry" and line.detail.startswith(carried):
            source = line.detail.removeprefix(carried)
            gone = connection.execute(
                "DELETE FROM decisions WHERE (passage_id, label, verdict, who, at)"
                " = (?1, ?2, ?3, ?4, ?5)"
                " AND NOT EXISTS (SELECT 1 FROM passages WHERE passage_id = ?1)",
                (source, taken.label, taken.verdict, taken.who, taken.at),
            )
            return source if gone.rowcount else ""
    return ""


def _carried(made: Decision) -> str:
    """What the log says of a decision that is carried over, before the passage it came from."""
    return f"{made.label}: {made.verdict}, {made.who}, {made.at}, from "


def _last(connection: sqlite3.Connection, decision_id: int, who: str) -> Decision:
    """The decision that is to be taken back. Raises what `take_back` raises."""
    row = connection.execute(_SELECT + " WHERE decision_id = ?", (decision_id,)).fetchone()
    if row is None:
        raise KeyError(decision_id)
    taken = Decision(*row)
    if taken.who != who:
        raise LibraryError(f"that was decided by {taken.who}, who alone can take it back")
    (last,) = connection.execute(
        "SELECT max(decision_id) FROM decisions WHERE passage_id = ? AND label = ?",
        (taken.passage_id, taken.label),
    ).fetchone()
    if last != decision_id:
        raise LibraryError("another decision on the same tag came after it")
    return taken


def carry(catalog: Catalog, old: str, new: str, who: str) -> tuple[int, int]:
    """Copy the last decisions on the tags of a document to its new version.

    Each goes to the passage that reads the same, with who took it and when; one that is there
    already, and no older, stays. Both documents are in the library. Belongs inside a
    `database.change`. Returns how many were copied, and how many were not because no passage of the
    new version reads the same.
    """
    connection = catalog.connection
    before = catalog.passages_of(old)
    places = _same_text(before, catalog.passages_of(new))
    carried = left = 0
    for passage in (stored.passage_id for stored in before):
        said = _last_words(connection, passage)
        place = places.get(passage)
        if place is None:
            left += len(said)
            continue
        there = _last_words(connection, place) if said else {}
        for made in said.values():
            own = there.get(made.label)
            if own is None or own.at < made.at:
                _write(connection, place, made.label, made.verdict, made.who, made.at)
                audit.record(connection, who, "carry", place, f"{_carried(made)}{passage}")
                carried += 1
    return carried, left


def _same_text(old: Sequence[StoredPassage], new: Sequence[StoredPassage]) -> dict[str, str]:
    """Ids of old passages with those of the new ones that read the same. Where several do, the
    first goes to the first, and so on; old ones that are over go to the last.
    """
    left: dict[str, list[str]] = defaultdict(list)
    for stored in new:
        left[stored.passage.text].append(stored.passage_id)
    places = {}
    for stored in old:
        if same := left.get(stored.passage.text):
            places[stored.passage_id] = same.pop(0) if len(same) > 1 else same[0]
    return places


def _last_words(connection: sqlite3.Connection, passage: str) -> dict[str, Decision]:
    """The last decision on each label of a passage."""
    return {made.label: made for made in history(connection, passage)}


def history(connection: sqlite3.Connection, passage: str) -> list[Decision]:
    """Every decision on a passage, the oldest first."""
    rows = connection.execute(_SELECT + " WHERE passage_id = ? ORDER BY decision_id", (passage,))
    return [Decision(*row) for row in rows]


def standing(connection: sqlite3.Connection) -> Iterator[tuple[int, str, bool]]:
    """The last decision on each label of passages in the library: the passage's number, the label,
    and whether the passage carries it.
    """
    for number, label, verdict in connection.execute(
        "SELECT number, label, verdict FROM verdicts ORDER BY number, label"
    ):
        yield number, label, verdict != "reject"
