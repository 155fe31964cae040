"""Checks of the home folder: originals, what is left over, permissions, room."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from index.files.home import Home
from index.health.findings import Finding, Severity
from index.rows import archive
from index.rows.catalog import Catalog
from index.tagging import own_tagger
from ingest.digest import sha256_of

REPAIR = "waymark doctor --repair"

_ROOM_BYTES = 64 << 20
"""What a change may write besides its views; a guess."""
_SHOWN = 3


def originals(connection: sqlite3.Connection, home: Home) -> Iterator[Finding]:
    """The original of each document, in the library or on the shelf, is there as it was added."""
    for sha256, name in connection.execute(
        "SELECT file_sha256, min(file_name) FROM (SELECT file_sha256, file_name FROM documents"
        " UNION ALL SELECT file_sha256, file_name FROM shelf) GROUP BY file_sha256 ORDER BY 2"
    ):
        path = home.original(sha256)
        wrong = _wrong(path, sha256)
        if wrong:
            yield Finding(
                "originals",
                Severity.ERROR,
                f"the original of {name} ({path}) {wrong}",
                f"copy the file there again (sha256 {sha256}), or remove its documents",
            )


def _wrong(path: Path, sha256: str) -> str:
    """What is wrong with an original; empty when nothing is."""
    try:
        found = sha256_of(path)
    except FileNotFoundError:
        return "is gone"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "" if found == sha256 else "is damaged"


def leftovers(connection: sqlite3.Connection, home: Home) -> list[Path]:
    """Files and folders that nothing refers to: originals of no document, taggers that are not
    in use, and what a stopped writer left unfinished. Only certain while no writer is at work.
    """
    known = Catalog(connection).originals()
    found = [path for path in _entries(home.files) if path.name not in known]
    found += [path for path in _entries(home.views) if not path.name.isdigit()]
    found += own_tagger.unused(home, connection)
    return found + sorted(home.path.glob("*.part"))


def left_over(paths: list[Path]) -> Iterator[Finding]:
    """The finding for what `leftovers` returned; none where that is empty."""
    if paths:
        names = ", ".join(f"{path.parent.name}/{path.name}" for path in paths[:_SHOWN])
        files = "1 file belongs" if len(paths) == 1 else f"{len(paths)} files belong"
        state = "was" if len(paths) == 1 else "were"
        message = f"{files} to no document or {state} never finished ({names})"
        yield Finding("leftovers", Severity.WARNING, message, REPAIR)


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def permissions(home: Home) -> Iterator[Finding]:
    """The library can be written by this user and not by every user, or by nobody at all."""
    if archive.is_archived(home.database) and not os.access(home.path, os.W_OK):
        message = f"{home.path} is closed to every writer: what is in it can be read and asked"
        yield Finding("permissions", Severity.NOTE, message, "copy it elsewhere to change it")
        return
    for path in (
        home.path,
        home.database,
        home.files,
        home.views,
        home.models,
        *home.path.glob("tagger*"),
        home.incoming,
    ):
        if not path.exists():
            continue
        if not os.access(path, os.W_OK):
            message = f"{path} cannot be written by this user"
            yield Finding("permissions", Severity.WARNING, message, f"chmod u+w {path}")
        if os.name != "nt" and path.stat().st_mode & 0o002:
            message = f"{path} can be changed by every user of this machine"
            yield Finding("permissions", Severity.WARNING, message, f"chmod o-w {path}")


def room(home: Home) -> Iterator[Finding]:
    """The disk has room for the views a second time: a change builds new ones beside the old."""
    size = sum(path.stat().st_size for path in home.views.rglob("*") if path.is_file())
    needed, free = size + _ROOM_BYTES, shutil.disk_usage(home.path).free
    if free < needed:
        message = f"{free >> 20} MiB are free, the next change may need {needed >> 20}"
        yield Finding("room", Severity.WARNING, message, f"make room on the disk of {home.path}")
