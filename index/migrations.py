"""Changes to the schema since version 1, in order; never edited once released.

`schema.sql` is version 1. A library of an earlier version is brought up to date when it is opened,
a new one goes the same way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable


def m002_decisions(connection: sqlite3.Connection) -> None:
    """Keep what people decide about tags beside what the machine says.

    `tags` stays the machine's. `shown_tags` is what counts: the machine's, less what was rejected,
    with what was added. Decisions hang on the passage's stable id and on no row, so they are there
    again when a document that was removed comes back.
    """
    connection.execute(
        """
        CREATE TABLE decisions (
            decision_id INTEGER PRIMARY KEY AUTOINCREMENT,
            passage_id  TEXT NOT NULL,
            label       TEXT NOT NULL,
            verdict     TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'add')),
            who         TEXT NOT NULL,
            at          TEXT NOT NULL          -- ISO 8601, UTC
        ) STRICT
        """
    )
    # speeds up finding the last word on a label of a passage
    connection.execute(
        "CREATE INDEX decisions_by_passage ON decisions (passage_id, label, decision_id)"
    )
    connection.execute(
        """
        CREATE VIEW verdicts AS                -- the last word on each label of each passage
        SELECT p.number, d.label, d.verdict, length(p.text) AS stop
        FROM decisions d JOIN passages p USING (passage_id)
        WHERE d.decision_id = (SELECT max(later.decision_id) FROM decisions later
            WHERE later.passage_id = d.passage_id AND later.label = d.label)
        """
    )
    connection.execute(
        """
        CREATE VIEW shown_tags AS
        SELECT t.number, t.label, t.probability, t.start, t.stop, coalesce(v.verdict, '') AS verdict
        FROM tags t LEFT JOIN verdicts v USING (number, label)
        WHERE coalesce(v.verdict, '') <> 'reject'
        UNION ALL
        SELECT v.number, v.label, 1.0, 0, v.stop, v.verdict FROM verdicts v
        WHERE v.verdict <> 'reject'
        AND NOT EXISTS (SELECT 1 FROM tags t WHERE t.number = v.number AND t.label = v.label)
        """
    )


MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {2: m002_decisions}
"""What makes a version of the one before it."""

VERSION = max(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a library up to date, whole or not at all; does nothing to one that is.

    Waits for other writers. Raises sqlite3.OperationalError when the file cannot be written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for number, step in MIGRATIONS.items():
            if number > version:
                step(connection)
                connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
