"""What a curator does with a draft: puts its details right, hands it to the library."""

from __future__ import annotations

import sqlite3
from dataclasses import fields, replace

from index import audit, database, jobs, shelf
from index.catalog import Catalog
from index.database import LibraryError
from index.jobs import Job, Task
from index.library import Library
from index.shelf import Guess, ShelfState, Shelved
from ingest.fields import changes
from ingest.records import Metadata


def correct(library: Library, document: str, stated: Metadata, who: str) -> Shelved:
    """Put the fields that are stated in place of a draft's own; empty ones leave it alone.

    Raises KeyError when there is no such draft, LibraryError when it is being published.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        draft = _open_draft(catalog.connection, document)
        return _corrected(catalog.connection, draft, draft.metadata.replaced_by(stated), who)


def set_metadata(
    library: Library, document: str, metadata: Metadata, who: str, replaces: str = ""
) -> Shelved:
    """Put all fields of a draft as given, empty ones too.

    replaces: id of a document of the library that it is to be the new version of, or empty.
    Raises as `correct` does, and LibraryError without a title or a document to replace.
    """
    if not metadata.title.strip():
        raise LibraryError("a document needs a title")
    with library.catalog() as catalog, database.note(catalog.connection):
        draft = _open_draft(catalog.connection, document)
        _refuse_nothing_to_replace(catalog, replaces)
        kept = replace(draft, replaces=replaces)
        shelf.put(catalog.connection, kept)
        return _corrected(catalog.connection, kept, metadata, who)


def _refuse_nothing_to_replace(catalog: Catalog, replaces: str) -> None:
    if replaces and not catalog.documents_by_id([replaces]):
        raise LibraryError(f"there is no document '{replaces}' in the library to replace")


def _open_draft(connection: sqlite3.Connection, document: str) -> Shelved:
    draft = shelf.get(connection, document)
    if draft.state != ShelfState.DRAFT:
        raise LibraryError(f"{draft.metadata.title} is no draft: it is {draft.state}")
    if jobs.waiting(connection, Task.PUBLISH, document) is not None:
        raise LibraryError(
            f"{draft.metadata.title} is being published: cancel that first, or wait"
            " ('waymark jobs --work' does it where no server runs)"
        )
    return draft


def _corrected(
    connection: sqlite3.Connection, draft: Shelved, metadata: Metadata, who: str
) -> Shelved:
    names = [field.name for field in fields(Metadata)]
    changed = [name for name in names if getattr(metadata, name) != getattr(draft.metadata, name)]
    if not changed:
        return draft
    told = {name: Guess(getattr(metadata, name), shelf.CORRECTED, 1.0) for name in changed}
    after = replace(draft, metadata=metadata, guesses={**draft.guesses, **told})
    shelf.put(connection, after)
    said = changes(draft.metadata, metadata)
    audit.record(connection, who, "correct", draft.document_id, said)
    return after


def publish(library: Library, document: str, who: str, replaces: str | None = None) -> Job:
    """Queue a draft for the library.

    replaces: id of a document of the library that it is the new version of, or empty; what was
        kept with the draft when left out.
    Raises KeyError when there is no such draft, LibraryError when nothing of it could be read,
    when it is being published already, or when there is no document to replace. A job that its
    worker left is returned as it is: the next worker takes it over.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        connection = catalog.connection
        begun = _left(connection, document, replaces)
        if begun is not None:
            return begun
        draft = _open_draft(connection, document)
        if not draft.passages:
            raise LibraryError(
                f"no page of {draft.file_name} could be read: there is nothing to publish"
            )
        if replaces is None:
            replaces = draft.replaces
        _refuse_nothing_to_replace(catalog, replaces)
        shelf.put(connection, replace(draft, replaces=replaces))
        job = jobs.enqueue(connection, Task.PUBLISH, document, draft.metadata.title, who)
        as_what = f"job {job.job_id}, as the new version of {replaces}" if replaces else ""
        audit.record(connection, who, "publish", document, as_what or f"job {job.job_id}")
        return job


def _left(connection: sqlite3.Connection, document: str, replaces: str | None) -> Job | None:
    """The job that was to publish a draft, in the same way, and whose worker is gone."""
    job = jobs.waiting(connection, Task.PUBLISH, document)
    if job is None or not jobs.left(job):
        return None
    draft = shelf.get(connection, document)
    same = draft.state == ShelfState.DRAFT and replaces in (None, draft.replaces)
    return job if same else None
