"""What stopped programs left in incoming/: it is told from what is still needed, and removed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, nullcontext, suppress
from pathlib import Path

from index.curating import jobs
from index.derived import views
from index.files.home import Home
from index.rows import database

READING = ".reading"
"""Ends the name of a folder in which a worker reads a file; the name begins with the job's subject.
"""


def sweep(home: Home) -> list[str]:
    """Remove from incoming/ what no program is writing and no job needs; returns the names.

    A folder in which a file is read is needed while a job reads it, a file as
    `jobs.needed_uploads` says. Nothing is removed where the rows have lost changes, as its job may
    be among these.
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
    """What `sweep` removes. To be called inside a `database.note` by whoever removes it: an upload
    that is just being queued may be named otherwise.
    """
    files, folders = jobs.needed_uploads(connection), jobs.being_read(connection)

    def is_needed(path: Path) -> bool:
        subject = path.name.partition(".")[0]
        return subject in (folders if path.name.endswith(READING) else files)

    there = sorted(home.incoming.iterdir()) if home.incoming.is_dir() else []
    return [path for path in there if not is_needed(path) and not _is_held(path)]


def hold(descriptor: int) -> None:
    """Mark an open upload as being written. The system removes the mark when the process ends.

    Waits while a sweep is looking at the file.
    """
    with suppress(ImportError, OSError):  # Windows has no flock, and needs none
        import fcntl  # noqa: PLC0415 - absent on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _removed(path: Path) -> bool:
    """Remove a file or folder unless somebody holds it by now; returns whether it is gone."""
    if path.is_dir():
        shutil.rmtree(path)
        return True
    # It is held while it is removed: an upload that has just opened it waits, then opens another.
    with path.open("rb") if _can_be_held(path) else nullcontext() as file:
        if file is not None and not _free(file.fileno()):
            return False
        path.unlink()
    return True


def _can_be_held(path: Path) -> bool:
    """Whether it is an upload and the system can tell who writes it: not on Windows."""
    return path.suffix == ".part" and os.name != "nt"


def _free(descriptor: int) -> bool:
    """Hold an open file; False when another program holds it."""
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
