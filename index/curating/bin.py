"""The bin: documents taken out of the library, which can be put back for thirty days."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from index.curating import erase, jobs
from index.curating.jobs import Job, Task
from index.derived import views
from index.library import Library
from index.rows import audit, database, shelf
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.document_rows import erase_document
from index.rows.likeness import sketch
from index.rows.moment import stamp
from index.rows.reading import DocumentReading
from index.rows.records import StoredDocument
from index.rows.shelf import Listed, ShelfState, Shelved

KEPT_DAYS = 30
"""From being withdrawn to being removed for good."""

_THE_CLOCK = "the thirty days"
"""Stands for the person in the log, where nobody emptied the bin."""


def withdraw(library: Library, document: str, who: str) -> None:
    """Take a document out of the library, into the bin: no question finds it any longer.

    Raises KeyError when there is no such document, LibraryError when it cannot be done.
    """
    withdraw_all(library, [document], who)


def withdraw_all(library: Library, documents: Iterable[str], who: str) -> None:
    """Withdraw several documents, all or none, and build the views once. Raises as `withdraw`."""
    with library.writing() as catalog:
        with database.change(catalog.connection):
            for document in documents:
                stored = set_aside(catalog, document, ShelfState.WITHDRAWN, who)
                title = stored.metadata.title
                audit.record(catalog.connection, who, "withdraw", document, title)
        views.build(library.home, catalog, library.identity.dimension)


def set_aside(catalog: Catalog, document: str, state: ShelfState, who: str) -> StoredDocument:
    """Move a document from the library to the shelf. Belongs inside a `database.change`.

    Raises KeyError when there is no such document.
    """
    found = catalog.documents_by_id([document])
    if not found:
        raise KeyError(document)
    stored = found[document]
    passages = catalog.passages_of(document)
    (content,) = catalog.connection.execute(
        "SELECT content_sha256 FROM documents WHERE document_id = ?", (document,)
    ).fetchone()
    reading = DocumentReading(
        content,
        stored.source_id,
        tuple(catalog.pages(document)),
        tuple(item.passage for item in passages),
    )
    erase_document(catalog.connection, document)
    shelved = Shelved(
        document_id=document,
        file_sha256=stored.file_sha256,
        file_name=stored.file_name,
        state=state,
        metadata=stored.metadata,
        guesses={},
        reading=reading,
        tags=tuple(item.tags for item in passages),
        duplicates=(),
        who=who,
        at=stamp(),
        sketch=sketch(item.passage.text for item in passages),
        last_number=max((item.number for item in passages), default=0),
    )
    shelf.put(catalog.connection, shelved)
    return stored


def restore(library: Library, document: str, who: str, instead_of: str = "") -> Job:
    """Queue a withdrawn or replaced document to be put back, with its ids and decisions.

    instead_of: id of its newer version in the library, which it is to replace; or empty.
    Raises KeyError when it is not on the shelf, LibraryError when it is a draft, or is being put
    back in the other way.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        shelved = shelf.get(catalog.connection, document)
        title = shelved.metadata.title
        if shelved.state == ShelfState.DRAFT:
            raise LibraryError(f"{title} is a draft: publish it")
        if shelved.replaces != instead_of:
            if jobs.waiting(catalog.connection, Task.PUBLISH, document) is not None:
                raise LibraryError(f"{title} is being put back already")
            shelf.put(catalog.connection, replace(shelved, replaces=instead_of))
        job = jobs.enqueue(catalog.connection, Task.PUBLISH, document, title, who)
        how = f", in place of {instead_of}" if instead_of else ""
        audit.record(catalog.connection, who, "restore", document, f"job {job.job_id}{how}")
        return job


def withdrawn(connection: sqlite3.Connection) -> list[Listed]:
    """The documents that were withdrawn and are not being put back, newest first."""
    return [
        item
        for item in shelf.listing(connection, ShelfState.WITHDRAWN)
        if jobs.waiting(connection, Task.PUBLISH, item.document_id) is None
    ]


def empty(library: Library, documents: Collection[str], who: str) -> Sequence[str]:
    """Remove for good those of the documents that are still in the bin, as `withdrawn` says;
    returns their ids. Raises LibraryError as `erase.remove`.
    """

    def chosen(connection: sqlite3.Connection) -> list[str]:
        there = (item.document_id for item in withdrawn(connection))
        return [name for name in there if name in documents]

    return erase.remove_chosen(library, chosen, who)


def purge(library: Library, now: datetime | None = None) -> Sequence[str]:
    """Remove for good what was withdrawn more than `KEPT_DAYS` ago; returns the ids. What is being
    put back stays. Raises LibraryError as `erase.remove`.
    """
    oldest = (now or datetime.now(UTC)) - timedelta(days=KEPT_DAYS)

    def due(connection: sqlite3.Connection) -> list[str]:
        found = withdrawn(connection)
        return [item.document_id for item in found if datetime.fromisoformat(item.at) < oldest]

    with library.catalog() as catalog:
        if not due(catalog.connection):
            return []
    return erase.remove_chosen(library, due, _THE_CLOCK)


def days_left(listed: Listed, now: datetime | None = None) -> int:
    """Days until a withdrawn document is removed for good, rounded up, at least 0."""
    gone = datetime.fromisoformat(listed.at) + timedelta(days=KEPT_DAYS)
    left = gone - (now or datetime.now(UTC))
    return max(0, -(-left // timedelta(days=1)))
