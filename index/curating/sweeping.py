"""What is left in incoming/: told from what waits, is read or is being written, and removed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.derived import views
from index.files.home import Home
from index.rows import database

_FAILED_DAYS = 30
"""For so long the file of a failed job is there to be tried again."""

READING = ".reading"
"""Ends the name of a folder in which a worker reads a file, under the name it has for people;
begins with the job's subject."""


def sweep(home: Home) -> list[str]:
    """Remove from incoming/ what no program is writing and no job needs; returns the names.

    A file is needed while its job waits or is worked on, and for `_FAILED_DAYS` after it failed; a
    folder in which one is read, only while it is. Nothing is removed where the rows have lost
    changes: its job may be among them.
    """
    removed: list[str] = []
    # Inside a transaction no upload can be between its job and its name.
    with closing(database.connect(home.database)) as connection, database.note(connection):
        if views.lost(home, connection) is not None:
            return removed
        for path in unneeded(connection, home):
            with suppress(OSError):  # Windows does not remove what is open
                if _removed(path):
                    removed.append(path.name)
    return removed


def unneeded(connection: sqlite3.Connection, home: Home) -> list[Path]:
    """What `sweep` removes. An upload that is just being queued is only left out for certain
    inside a `database.note`.
    """
    needed, being_read = needed_files(connection), _being_read(connection)
    return [
        path
        for path in (sorted(home.incoming.iterdir()) if home.incoming.is_dir() else [])
        if path.name.partition(".")[0]
        not in (being_read if path.name.endswith(READING) else needed)
        and not _is_held(path)
    ]


def needed_files(connection: sqlite3.Connection) -> set[str]:
    """Names of the files in incoming/ that a job needs."""
    oldest = datetime.now(UTC) - timedelta(days=_FAILED_DAYS)
    rows = connection.execute(
        "SELECT subject FROM jobs WHERE task = 'read' AND (state IN ('queued', 'working')"
        " OR (state = 'failed' AND changed_at > ?))",
        (oldest.isoformat(timespec="seconds"),),
    )
    return {subject for (subject,) in rows}


def _being_read(connection: sqlite3.Connection) -> set[str]:
    """Subjects that a worker is at, or was when it was killed."""
    rows = connection.execute("SELECT subject FROM jobs WHERE task = 'read' AND state = 'working'")
    return {subject for (subject,) in rows}


def hold(descriptor: int) -> None:
    """Mark an open upload as being written; the system forgets it with the process.

    Waits for a sweep that looks at it.
    """
    with suppress(ImportError, OSError):  # Windows has no flock, and needs none
        import fcntl  # noqa: PLC0415 - absent on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _removed(path: Path) -> bool:
    """Remove what is not needed, unless somebody holds it by now; whether it is gone."""
    if path.is_dir():
        shutil.rmtree(path)
        return True
    # Held while it is removed: an upload that has just opened it then waits, and opens another.
    with path.open("rb") if _can_be_held(path) else nullcontext() as file:
        if file is not None and not _free(file.fileno()):
            return False
        path.unlink()
    return True


def _can_be_held(path: Path) -> bool:
    """Whether it is an upload being written, where the system knows who does: not on Windows."""
    return path.suffix == ".part" and os.name != "nt"


def _free(descriptor: int) -> bool:
    """Hold an open file; False when another program does."""
    import fcntl  # noqa: PLC0415 - absent on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_held(path: Path) -> bool:
    """Whether a program is writing an upload."""
    if not _can_be_held(path):
        return False
    try:
        with path.open("rb") as file:
            return not _free(file.fileno())
    except OSError:
        return False
