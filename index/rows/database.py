"""The library's SQLite file: opening it, its version, its settings, one whole change at a time."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from index.rows import archive, migrations

_log = logging.getLogger(__name__)

APPLICATION_ID = 0x57594D4B  # "WYMK"
VERSION = migrations.VERSION

_WAIT_SECONDS = 60
"""How long a change waits for another writer before it is given up."""

_PRIMARY = 0xFF
"""The bits of SQLite's error number that say what kind of error it is; the others give details."""

_MAY_NOT_WRITE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""The errors with which opening a file fails where SQLite may not write beside it. A file that is
locked fails with another one."""

_PAGE_BYTES = 16_384
"""A passage takes about 3 kB: of SQLite's usual 4 kB pages a quarter would stay empty."""

_MENDS = {
    sqlite3.SQLITE_BUSY: "another program is writing to it: try again when that is done",
    sqlite3.SQLITE_FULL: "make room on its disk",
}
"""What to do where a change could not be made, by the kind of SQLite's error."""

changed = threading.Event()
"""Set by every change that this process makes to a library, and cleared by whoever acts on it."""


class LibraryError(Exception):
    """A library that cannot be opened or changed; the message says what mends it."""


def create(path: Path) -> sqlite3.Connection:
    """Make an empty library file and open it. Raises LibraryError when there is a file already, or
    none can be written.
    """
    if path.exists():
        raise LibraryError(f"there is a library already: {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _created(path)
    except sqlite3.OperationalError as error:
        raise LibraryError(f"{path} cannot be written: {error}") from error


def _created(path: Path) -> sqlite3.Connection:
    schema = resources.files("index.rows").joinpath("schema.sql").read_text(encoding="utf-8")
    with _closed_on_error(_connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # cannot be changed once it is WAL
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(
            f"BEGIN IMMEDIATE; {schema}; PRAGMA application_id = {APPLICATION_ID}; "
            "PRAGMA user_version = 1; COMMIT"
        )
        migrations.migrate(connection)
        return connection


def connect(path: Path) -> sqlite3.Connection:
    """Open a library file, brought up to date when an earlier version made it.

    Opening writes beside the file, also to read: its folder must be writable and have some room,
    unless nobody can write there (`index.rows.archive`).
    Raises LibraryError when it is missing, is not a library, is damaged, or was made by a later
    version; caused by SQLite's OperationalError when its disk or folder refuses.
    """
    if not path.is_file():
        raise LibraryError(f"no library in {path.parent}: make one with 'waymark init'")
    try:
        connection, application, version = _opened(path)
    except sqlite3.OperationalError as error:
        raise LibraryError(f"{path} cannot be opened ({error}): {_refused(path)}") from error
    except sqlite3.DatabaseError as error:
        raise LibraryError(f"{path} cannot be read ({error}); restore it from a backup") from None
    with _closed_on_error(connection):
        if application != APPLICATION_ID:
            raise LibraryError(f"{path} is not a Waymark library")
        if version > VERSION:
            raise LibraryError(
                f"{path} was made, or brought up to date, by a later Waymark (schema {version}):"
                " upgrade; a server that was upgraded meanwhile has to be started again"
            )
        if version < VERSION:
            _upgrade(connection, path)
        return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A connection that stays open after the block, unless that raises."""
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


class _ArchivedRows(sqlite3.Connection):
    """A connection to rows that nobody can write to: SQLite neither locks their file nor notices
    that it was changed.
    """

    path: Path
    opened_as: tuple[object, ...]
    """What `archive.state` said of the file before it was opened."""

    def close(self) -> None:
        """Close it. Raises LibraryError when the file was changed meanwhile, since what was read
        may be wrong then.
        """
        super().close()
        refuse_changed(self)


def is_changed(connection: sqlite3.Connection) -> bool:
    """Whether rows that nobody could write to were changed all the same since they were opened.

    Of all other rows SQLite itself notices changes, and the answer is no.
    """
    return isinstance(connection, _ArchivedRows) and (
        archive.state(connection.path) != connection.opened_as
    )


def refuse_changed(connection: sqlite3.Connection) -> None:
    """Raise LibraryError when `is_changed`."""
    if isinstance(connection, _ArchivedRows) and is_changed(connection):
        raise LibraryError(
            f"{connection.path} was closed to every writer and was changed while it was read: "
            "try again"
        )


def _opened(path: Path) -> tuple[sqlite3.Connection, int, int]:
    """A connection, and the file's application id and version. Raises sqlite3.DatabaseError."""
    try:
        return _marked(_connect(path))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY not in _MAY_NOT_WRITE:
            raise
        state = archive.state(path)
        if not archive.is_archived(path):
            raise
    connection = sqlite3.connect(
        archive.address(path), isolation_level=None, uri=True, factory=_ArchivedRows
    )
    connection.path, connection.opened_as = path, state
    return _marked(connection)


def _marked(connection: sqlite3.Connection) -> tuple[sqlite3.Connection, int, int]:
    with _closed_on_error(connection):
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return connection, application, version


def _refused(path: Path) -> str:
    """What to do about a file that SQLite may not open."""
    if not os.access(path.parent, os.W_OK) and (journal := archive.journal(path)):
        return f"its last changes are in {journal.name}; copy its folder to where you may write"
    return (
        "is there room on its disk, and may this user write to its folder? Reading needs that too, "
        "unless the folder and the file are closed to every writer"
    )


def _upgrade(connection: sqlite3.Connection, path: Path) -> None:
    try:
        migrations.migrate(connection)
    except sqlite3.OperationalError as error:
        raise LibraryError(
            f"{path} was made by an earlier Waymark and cannot be brought up to date ({error}): "
            "may this user write to its folder? If not, copy it to where you may write"
        ) from error
    _compact(connection)


def _compact(connection: sqlite3.Connection) -> None:
    """Give back the room that a migration freed, with pages of the size that new libraries have.

    Not done where another program has the library open, or the disk has no room for a copy; the
    library is as good without.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        _log.info("the library was not compacted: %s", error)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {1000 * _WAIT_SECONDS}")
        connection.execute("PRAGMA journal_mode = WAL")


def _connect(path: Path) -> sqlite3.Connection:
    opened = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    with _closed_on_error(opened) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        # WAL with FULL survives a power cut without losing a change that was reported as done.
        connection.execute("PRAGMA synchronous = FULL")
        return connection


@contextmanager
def note(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction for what no question reads, such as jobs and the log: all of it is written, or
    nothing. The generation stays as it is, so the views stay valid; what questions read is changed
    in `change` or `addition`.

    Waits up to a minute for another writer. Raises LibraryError after that, or when the disk
    refuses; nothing is changed then.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
            changed.set()
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.OperationalError as error:
        raise _unchanged(error) from error


@contextmanager
def alone(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction in which nothing is written, and during which no other program can write. It is
    for removing a file after a look at the rows that may name it.

    Waits and raises as `note` does.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise _unchanged(error) from error
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _unchanged(error: sqlite3.OperationalError) -> LibraryError:
    """What is raised in place of SQLite's error where a change could not be made."""
    mend = _MENDS.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)
    return LibraryError(f"the library could not be changed: {error}{f' ({mend})' if mend else ''}")


@contextmanager
def change(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction for what questions read: all of it is written, or nothing. It raises the
    generation by one, and the views have to be built anew.

    Waits and raises as `note` does.
    """
    with addition(connection):
        yield
        write_setting(connection, "rewritten", generation(connection) + 1)


@contextmanager
def addition(connection: sqlite3.Connection) -> Iterator[None]:
    """As `change`, where passages are only added: the views can then be added to, and need not be
    built anew.
    """
    with note(connection):
        yield
        reached = generation(connection) + 1
        write_setting(connection, "generation", reached)
        connection.execute(
            "INSERT OR REPLACE INTO generations (generation, last_number)"
            " VALUES (?, (SELECT coalesce(max(number), 0) FROM passages))",
            (reached,),
        )


def generation(connection: sqlite3.Connection) -> int:
    """How many changes the library has seen; a view of the rows bears the same number."""
    return int(read_setting(connection, "generation", 0))


def rewritten(connection: sqlite3.Connection) -> int:
    """The generation of the last change that did more than add passages."""
    return int(read_setting(connection, "rewritten", 0))


def read_setting(connection: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """A value kept under `key`, or `default`."""
    row = connection.execute("SELECT value FROM library WHERE key = ?", (key,)).fetchone()
    return default if row is None else json.loads(row[0])


def settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """All values that are kept, by key in order."""
    rows = connection.execute("SELECT key, value FROM library ORDER BY key")
    return {key: json.loads(value) for key, value in rows}


def write_setting(connection: sqlite3.Connection, key: str, value: Any) -> None:
    """Keep a JSON value under `key`."""
    connection.execute(
        "INSERT INTO library (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, json.dumps(value)),
    )


def remove_setting(connection: sqlite3.Connection, key: str) -> None:
    """Remove what is kept under `key`, if anything is."""
    connection.execute("DELETE FROM library WHERE key = ?", (key,))
