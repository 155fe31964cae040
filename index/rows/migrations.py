"""Changes to the schema since version 1, in order; never edited once released.

`schema.sql` is version 1. A library of an earlier version is brought up to date when it is opened,
a new one goes the same way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import numpy as np


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


def m003_desk(connection: sqlite3.Connection) -> None:
    """What curators need: who they are, work that waits, documents that are not in the library
    (yet, or any longer), and a log.

    None of it is read by a question, so changing it raises no generation. What is shelved has no
    row in `documents`: nothing that searches, counts or exports can show it by mistake.
    """
    for statement in _DESK:
        connection.execute(statement)


_DESK = (
    """
    CREATE TABLE curators (
        name      TEXT PRIMARY KEY COLLATE NOCASE,
        password  TEXT NOT NULL,               -- scrypt, as werkzeug writes it
        sessions  INTEGER NOT NULL DEFAULT 1,  -- raised to sign out everywhere
        added_at  TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE keys (                        -- what programs write with
        digest   TEXT PRIMARY KEY,             -- sha256 of the key, which is shown once
        curator  TEXT NOT NULL REFERENCES curators ON DELETE CASCADE,
        name     TEXT NOT NULL,
        added_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE failed_sign_ins (
        name TEXT NOT NULL COLLATE NOCASE,
        at   REAL NOT NULL                     -- seconds since 1970
    ) STRICT
    """,
    """
    CREATE TABLE jobs (
        job_id      INTEGER PRIMARY KEY AUTOINCREMENT,
        task        TEXT NOT NULL CHECK (task IN ('read', 'publish', 'train')),
        subject     TEXT NOT NULL,             -- sha256 of a file in incoming/, or shelf's id
        name        TEXT NOT NULL,             -- as people know it: the file's name, a title
        state       TEXT NOT NULL
                    CHECK (state IN ('queued', 'working', 'done', 'failed', 'cancelled')),
        progress    REAL NOT NULL DEFAULT 0,   -- 0 to 1
        message     TEXT NOT NULL DEFAULT '',  -- what came of it, or why it failed and the mend
        lease_until REAL NOT NULL DEFAULT 0,   -- seconds since 1970; past: the worker is gone
        worker      TEXT NOT NULL DEFAULT '',
        tries       INTEGER NOT NULL DEFAULT 0,
        who         TEXT NOT NULL,
        added_at    TEXT NOT NULL,
        changed_at  TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX jobs_by_state ON jobs (state, job_id)",
    """
    CREATE TABLE shelf (                       -- read, and not in the library
        document_id TEXT PRIMARY KEY,
        file_sha256 TEXT NOT NULL,             -- its original lies in files/ like any other
        file_name   TEXT NOT NULL,
        state       TEXT NOT NULL CHECK (state IN ('draft', 'withdrawn', 'replaced')),
        reading     BLOB NOT NULL,             -- zlib of JSON: the document as it was read
        metadata    TEXT NOT NULL,             -- JSON: as it stands now, corrections included
        guesses     TEXT NOT NULL,             -- JSON: field -> [value, source, confidence]
        preview     TEXT NOT NULL,             -- JSON: passages with their tags, before publishing
        who         TEXT NOT NULL,
        at          TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX shelf_by_file ON shelf (file_sha256)",
    """
    CREATE TABLE replacements (                -- a citation of the old one leads to the new one
        old_id TEXT PRIMARY KEY,
        new_id TEXT NOT NULL,
        at     TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE collections (
        collection_id INTEGER PRIMARY KEY AUTOINCREMENT,
        name          TEXT NOT NULL UNIQUE COLLATE NOCASE,
        description   TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE collected (
        collection_id INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
        document_id   TEXT NOT NULL,
        PRIMARY KEY (collection_id, document_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE suggestions (                 -- reports that readers miss
        suggestion_id INTEGER PRIMARY KEY AUTOINCREMENT,
        title         TEXT NOT NULL,
        url           TEXT NOT NULL DEFAULT '',
        note          TEXT NOT NULL DEFAULT '',
        state         TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'declined')),
        at            TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE saved_questions (
        question_id INTEGER PRIMARY KEY AUTOINCREMENT,
        question    TEXT NOT NULL UNIQUE,
        added_at    TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE audit (                       -- who did what, when; only ever added to
        audit_id INTEGER PRIMARY KEY AUTOINCREMENT,
        at       TEXT NOT NULL,
        who      TEXT NOT NULL,
        action   TEXT NOT NULL,
        subject  TEXT NOT NULL,
        detail   TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
)


def m004_smaller_vectors(connection: sqlite3.Connection) -> None:
    """Keep a passage's vector in float16 and its windows in int8, a float16 scale before each row.

    `passages.vector` was float32 (dim) and `passages.windows` float16 (n, dim). What is not of one
    of those lengths is left as it is, so that 'waymark doctor' still finds it.
    """
    connection.create_function("m004_vector", 1, _m004_vector, deterministic=True)
    connection.create_function("m004_windows", 2, _m004_windows, deterministic=True)
    connection.execute(
        "UPDATE passages SET vector = m004_vector(vector),"
        " windows = m004_windows(windows, length(vector) / 4)"
    )


def _m004_vector(vector: bytes) -> bytes:
    if len(vector) % 4:
        return vector
    return np.frombuffer(vector, dtype="<f4").astype("<f2").tobytes()


def _m004_windows(windows: bytes, dimension: int) -> bytes:
    if not dimension or len(windows) % (2 * dimension):
        return windows
    rows = np.frombuffer(windows, dtype="<f2").reshape(-1, dimension).astype(np.float32)
    highest = np.abs(rows).max(axis=1, initial=0.0) / 127
    scales = highest.astype("<f2")
    low = scales.astype(np.float32) < highest
    scales[low] = np.nextafter(scales[low], np.float16(np.inf))
    divisors = np.where(scales > 0, scales.astype(np.float32), 1)[:, None]
    packed = np.empty(len(rows), dtype=[("scale", "<f2"), ("codes", "i1", (dimension,))])
    packed["scale"], packed["codes"] = scales, np.rint(rows / divisors)
    return packed.tobytes()


def m005_generations(connection: sqlite3.Connection) -> None:
    """Keep how far the library went at each generation, so that "new since" can name one.

    Those before this step are not known: a date still finds what came after them.
    """
    connection.execute(
        """
        CREATE TABLE generations (
            generation  INTEGER PRIMARY KEY,
            last_number INTEGER NOT NULL       -- of the passages that there were
        ) STRICT
        """
    )


def m006_label_scores(connection: sqlite3.Connection) -> None:
    """Keep the label scores of a passage's windows, as `index.rows.stored` has them.

    Passages that are there have none: their tags stay, and `waymark train` reads them.
    """
    connection.execute("ALTER TABLE passages ADD COLUMN label_scores BLOB NOT NULL DEFAULT x''")


def m007_printed_pages(connection: sqlite3.Connection) -> None:
    """Keep the number that is printed on a page, where that is known and is not its count.

    Pages that are there have none, until their document is added anew.
    """
    connection.execute("ALTER TABLE pages ADD COLUMN printed TEXT NOT NULL DEFAULT ''")


def m008_notes(connection: sqlite3.Connection) -> None:
    """Keep where the marks of notes stood in a passage, and where the notes stand.

    Passages that are there have none, until their document is added anew.
    """
    connection.execute("ALTER TABLE passages ADD COLUMN notes TEXT NOT NULL DEFAULT '[]'")


MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {
    2: m002_decisions,
    3: m003_desk,
    4: m004_smaller_vectors,
    5: m005_generations,
    6: m006_label_scores,
    7: m007_printed_pages,
    8: m008_notes,
}
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
