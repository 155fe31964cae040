"""Removing for good: from the rows and the free pages of their file, from files, views and
pictures, and so from later backups.

What is to be removed is noted in the transaction that removes the rows. So a removal that was
stopped is finished by the next one, by a worker within an hour, or by `waymark doctor --repair`.
The log keeps the document's title, and decisions on its tags stay, by passage id.
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
from index.kept import collected
from index.library import Library
from index.rows import audit, database, replaced, shelf
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.document_rows import erase_document
from index.rows.shelf import ShelfState

REMOVING = "removing"
"""The setting with the digests of originals whose removal is not finished."""


def remove(library: Library, document: str, who: str) -> None:
    """Remove a document for good, from the library or from the shelf.

    Raises KeyError when there is none, LibraryError when it cannot be removed, or when its rows are
    removed and the rest has to follow later.
    """
    remove_all(library, [document], who)


def remove_all(library: Library, documents: Sequence[str], who: str) -> None:
    """Remove several documents for good, all or none, and build the views once; as `remove`."""
    remove_chosen(library, lambda _: documents, who)


def remove_shelved(library: Library, document: str, who: str) -> None:
    """Remove a document of the shelf for good. Raises as `remove`, KeyError also for a document
    that is in the library, LibraryError also for one that is being published or put back.
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
    """Remove for good those of the documents that are drafts and are not being published; returns
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
    """Remove the documents that `choose` returns for good, all or none, building the views once;
    returns their ids.

    choose: called in the transaction that removes the rows, so that it sees what has changed since
    a list was shown. Raises as `remove`, and what `choose` raises.
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
    """Finish a removal that was stopped; returns whether there was one. Raises as `remove`."""
    with closing(database.connect(home.database)) as connection:
        if not database.read_setting(connection, REMOVING):
            return False
        with views.lock(home, wait_seconds=None):
            views.set_lost_aside(home, connection)
            finish(home, Catalog(connection))
    return True


def _remove_rows(catalog: Catalog, document: str, who: str) -> str:
    """Remove a document's rows, wherever they are; returns the digest of its original."""
    connection = catalog.connection
    found = catalog.documents_by_id([document])
    if found:
        title, sha256 = found[document].metadata.title, erase_document(connection, document)
        action = "remove"
    else:
        shelved = shelf.get(connection, document)
        title, sha256 = shelved.metadata.title, shelved.file_sha256
        shelf.take(connection, document)
        action = "discard" if shelved.state == ShelfState.DRAFT else "remove"
    audit.record(connection, who, action, document, title)
    _forget(catalog, document, sha256)
    return sha256


def _forget(catalog: Catalog, document: str, sha256: str) -> None:
    """Remove what names a document that is gone, so that no job brings it back. sha256: of the file
    it was read from.
    """
    connection = catalog.connection
    jobs.remove(connection, document)
    if not catalog.needs_original(sha256):
        jobs.remove(connection, sha256)
    collected.forget(connection, document)
    replaced.forget(connection, document)


def finish(home: Home, catalog: Catalog) -> None:
    """Remove what is left of documents whose rows are removed. To be called under the writer's
    lock. Raises as `remove`.
    """
    connection = catalog.connection
    for sha256 in database.read_setting(connection, REMOVING, []):
        if not catalog.needs_original(sha256):
            home.waiting(sha256).unlink(missing_ok=True)
            home.original(sha256).unlink(missing_ok=True)
            shutil.rmtree(home.pictures_of(sha256), ignore_errors=True)
    # Views that were added to may hold something of it; views built anew do not.
    views.drop(home)
    views.build(home, catalog, int(database.read_setting(connection, "encoder")["dimension"]))
    _overwrite(connection)
    with database.note(connection):
        database.write_setting(connection, REMOVING, [])


def _overwrite(connection: sqlite3.Connection) -> None:
    """Overwrite removed rows in the free pages of their file, and in the journal beside it."""
    later = "the document is removed; its bytes will be overwritten by 'waymark doctor --repair'"
    try:
        connection.execute("VACUUM")
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        raise LibraryError(f"{later}: {error}") from error
    if busy:
        raise LibraryError(f"{later}: another program is reading the library")
