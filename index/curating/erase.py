"""Removing for good: gone from rows and free pages, files, views, pictures, and later backups.

What is to go is noted in the transaction that removes the rows, so that a removal that was stopped
is finished by the next one, by a worker within the hour or by `waymark doctor --repair`. The log
keeps that there was a document of this title; decisions on its tags stay too, by passage id.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing

from index.curating import jobs
from index.curating.jobs import Task
from index.derived import views
from index.files.home import Home
from index.library import Library
from index.rows import audit, database, shelf
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.shelf import ShelfState

REMOVING = "removing"
"""Setting: digests of the originals of a removal that is not finished."""


def remove(library: Library, document: str, who: str) -> None:
    """Remove a document for good, from the library or from the shelf.

    Raises KeyError when there is none, LibraryError when it cannot be done, or cannot be finished
    now; then its rows are gone and the rest follows later.
    """
    remove_all(library, [document], who)


def remove_all(library: Library, documents: Sequence[str], who: str) -> None:
    """Remove several documents for good, all or none, at the price of one. Raises as `remove`."""
    remove_chosen(library, lambda _: documents, who)


def remove_shelved(library: Library, document: str, who: str) -> None:
    """Remove a draft, or what lies in the bin, for good. Raises as `remove`; KeyError also for a
    document that is in the library, LibraryError also for one that is on its way there.
    """

    def chosen(connection: sqlite3.Connection) -> list[str]:
        found = shelf.get(connection, document)
        job = jobs.waiting(connection, Task.PUBLISH, document)
        if job is not None:
            doing = "publishing it" if found.state == ShelfState.DRAFT else "putting it back"
            raise LibraryError(
                f"{found.metadata.title} stays, as {job.who} is {doing}: cancel that first"
            )
        return [document]

    remove_chosen(library, chosen, who)


def discard(library: Library, documents: Sequence[str], who: str) -> Sequence[str]:
    """Remove those of the documents for good that are drafts and are not being published; returns
    their ids. Raises LibraryError as `remove`.
    """

    def drafts(connection: sqlite3.Connection) -> list[str]:
        return [
            name
            for name in dict.fromkeys(documents)
            if shelf.state(connection, name) == ShelfState.DRAFT
            and jobs.waiting(connection, Task.PUBLISH, name) is None
        ]

    return remove_chosen(library, drafts, who)


def remove_chosen(
    library: Library, choose: Callable[[sqlite3.Connection], Sequence[str]], who: str
) -> Sequence[str]:
    """Remove what is chosen for good, all or none, at the price of one; returns the ids.

    choose: called in the transaction that removes the rows, so that what changed since a list was
    shown is seen. Raises as `remove`, and what choose raises.
    """
    with library.writing() as catalog:
        connection = catalog.connection
        with database.change(connection):
            documents = choose(connection)
            gone = set(database.read_setting(connection, REMOVING, []))
            gone |= {_remove_rows(catalog, document, who) for document in documents}
            database.write_setting(connection, REMOVING, sorted(gone))
        finish(library.home, catalog)
    return documents


def resume(home: Home) -> bool:
    """Finish a removal that was stopped; whether there was one. Raises as `remove`."""
    with closing(database.connect(home.database)) as connection:
        if not database.read_setting(connection, REMOVING):
            return False
        with views.lock(home, wait_seconds=None):
            views.set_lost_aside(home, connection)
            finish(home, Catalog(connection))
    return True


def _remove_rows(catalog: Catalog, document: str, who: str) -> str:
    """Remove a document's rows, wherever it is; returns the digest of its original."""
    connection = catalog.connection
    found = catalog.documents_by_id([document])
    if found:
        title, sha256 = found[document].metadata.title, catalog.erase(document)
    else:
        shelved = shelf.get(connection, document)
        title, sha256 = shelved.metadata.title, shelved.file_sha256
        shelf.take(connection, document)
    action = "remove" if found or shelved.state != ShelfState.DRAFT else "discard"
    audit.record(connection, who, action, document, title)
    _forget(catalog, document, sha256)
    return sha256


def _forget(catalog: Catalog, document: str, sha256: str) -> None:
    """Remove what names a document, so that no job brings it back."""
    connection = catalog.connection
    connection.execute("DELETE FROM jobs WHERE subject = ?", (document,))
    if not catalog.needs_original(sha256):
        connection.execute("DELETE FROM jobs WHERE subject = ?", (sha256,))
    connection.execute("DELETE FROM collected WHERE document_id = ?", (document,))
    # Those it took the place of keep leading on where it had a successor itself.
    connection.execute(
        "DELETE FROM replacements WHERE new_id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM replacements later WHERE later.old_id = ?1)",
        (document,),
    )


def finish(home: Home, catalog: Catalog) -> None:
    """Remove what the rows of a removal leave. To be called under the writer's lock; raises as
    `remove`.
    """
    connection = catalog.connection
    for sha256 in database.read_setting(connection, REMOVING, []):
        if not catalog.needs_original(sha256):
            home.waiting(sha256).unlink(missing_ok=True)
            home.original(sha256).unlink(missing_ok=True)
            shutil.rmtree(home.pictures_of(sha256), ignore_errors=True)
    # None but views built of nothing older is sure to hold nothing of it.
    views.drop(home)
    views.build(home, catalog, int(database.read_setting(connection, "encoder")["dimension"]))
    _overwrite(connection)
    with database.note(connection):
        database.write_setting(connection, REMOVING, [])


def _overwrite(connection: sqlite3.Connection) -> None:
    """Leave nothing of removed rows in the file's free pages, nor in the journal beside it."""
    later = "the document is removed; its bytes will be overwritten by 'waymark doctor --repair'"
    try:
        connection.execute("VACUUM")
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        raise LibraryError(f"{later}: {error}") from error
    if busy:
        raise LibraryError(f"{later}: another program is reading the library")
