"""The doctor: all checks of a library together, and the repair of what can safely be repaired."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from filelock import Timeout

from index.curating import erase, sweeping
from index.derived import views
from index.encoding.encoder import EncoderIdentity
from index.files.home import Home
from index.health import (
    check_desk,
    check_files,
    check_machine,
    check_models,
    check_rows,
    check_views,
)
from index.health.findings import Finding, Severity
from index.rows import database
from index.rows.catalog import Catalog
from index.rows.database import LibraryError


def examine(home: Home) -> list[Finding]:
    """Look at a library, also at one that cannot be opened; nothing is changed.

    While a writer is at work, checks of what it may be about to finish are left out, and a note
    says so.
    """
    try:
        connection = database.connect(home.database)
    except LibraryError as error:
        return [Finding("database", Severity.ERROR, str(error), _mend(error.__cause__, home))]
    with closing(connection):
        damage = _settled(home, lambda: check_rows.integrity(connection))
        if damage:  # on damaged rows the other checks are worth nothing
            return damage
        return [
            *_rows(home, connection),
            *_folder(home, connection),
            *check_machine.network_of_readers(),
        ]


_OF_THE_DISK = (
    (("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"), "make room on the disk of"),
    (("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"), "let this user write to"),
)
"""Beginnings of SQLite's names of errors (https://www.sqlite.org/rescode.html) that are the disk's
fault and not the rows', and what mends them. A full tmpfs gave IOERR_SHMSIZE, a folder that may not
be written to READONLY_DIRECTORY."""


def _mend(error: BaseException | None, home: Home) -> str:
    """What mends a database that could not be opened or read, by the error; where it is damaged,
    that is a backup.
    """
    said = getattr(error, "sqlite_errorname", "")
    for names, mend in _OF_THE_DISK:
        if said.startswith(names):
            return f"{mend} {home.path}"
    return check_rows.RESTORE


def _settled(home: Home, check: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """The findings of a check. Where SQLite cannot read its file, that is the finding."""
    try:
        return list(check())
    except sqlite3.DatabaseError as error:
        message = f"SQLite cannot read its file: {error}"
        return [Finding("database", Severity.ERROR, message, _mend(error, home))]


def _rows(home: Home, connection: sqlite3.Connection) -> Iterator[Finding]:
    known = database.read_setting(connection, "encoder")
    if known is None or database.read_setting(connection, "taxonomy") is None:
        yield Finding(
            "database",
            Severity.ERROR,
            "the library was never finished",
            "remove library.sqlite, then waymark init",
        )
        return
    identity = EncoderIdentity(**known)
    yield from check_rows.whole_documents(connection)
    yield from check_rows.installed_encoder(identity)
    yield from check_rows.other_languages(connection, identity)
    yield from check_rows.vectors(connection, identity)
    yield from check_rows.same_texts(connection)
    yield from check_models.heads(home, connection)


def _folder(home: Home, connection: sqlite3.Connection) -> Iterator[Finding]:
    yield from check_files.permissions(home)
    yield from check_files.room(home)
    yield from check_files.originals(connection, home)
    yield from check_models.converted_encoder(home)
    yield from check_desk.stuck(connection)
    yield from check_desk.unreadable(connection)
    yield from check_desk.lost_uploads(connection, home)
    lost = list(check_views.lost_changes(home, connection))
    yield from lost
    if not lost:
        yield from check_desk.left_uploads(connection, home)
    with _writers_kept_out(home) as alone:
        if alone:
            if not lost:
                yield from check_files.left_over(check_files.leftovers(connection, home))
            yield from check_views.check(home, Catalog(connection))
            yield from check_desk.unfinished_removal(connection)
        else:
            yield Finding(
                "writer",
                Severity.NOTE,
                "a writer is at work: leftovers and views were not looked at",
                "waymark doctor, when it is done",
            )


@contextmanager
def _writers_kept_out(home: Home) -> Iterator[bool]:
    """Whether no writer is at work; none can begin before the end of the block."""
    with ExitStack() as held:
        alone = True
        try:
            held.enter_context(views.lock(home, wait_seconds=0))
        except Timeout:
            alone = False
        except (OSError, LibraryError):
            pass  # what this user cannot write to, which `permissions` or `check_views` says
        yield alone


def repair(home: Home) -> list[str]:
    """Remove what belongs to no document and build the views anew where they are not right.

    Returns what was done, a line each. What cannot be made again from the rows is left alone: a
    damaged database, a lost original. What lies where the views belong and is no folder is moved
    aside. Waits for a writer that is at work.
    Raises LibraryError when the library cannot be opened, or its database is damaged or has lost
    changes.
    """
    with closing(database.connect(home.database)) as connection:
        done = [f"moved {home.views} to {views.move_aside(home)}"] if views.is_taken(home) else []
        with views.lock(home, wait_seconds=None):
            return done + _repaired(home, connection)


def _repaired(home: Home, connection: sqlite3.Connection) -> list[str]:
    damage = _settled(home, lambda: check_rows.integrity(connection))
    for finding in damage or check_views.lost_changes(home, connection):
        raise LibraryError(f"{finding.message}; {finding.mend}")
    done = []
    # A worker adds originals of drafts without the writer's lock, in such a transaction.
    with database.note(connection):
        for path in check_files.leftovers(connection, home):
            _remove(path)
            done.append(f"removed {path}")
    done += [f"removed incoming/{name}" for name in sweeping.sweep(home)]
    done += check_models.remove_damaged(home)
    catalog = Catalog(connection)
    if database.read_setting(connection, erase.REMOVING):
        erase.finish(home, catalog)
        done.append("finished a removal that was stopped")
    if list(check_views.check(home, catalog)):
        dimension = int(database.read_setting(connection, "encoder")["dimension"])
        done.append(f"built the views of generation {views.build(home, catalog, dimension)}")
    return done


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
