"""What a curator does with a draft: corrects its details, and queues it to be published."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import fields, replace

from index.curating import jobs
from index.curating.inherited import given_back, inherited
from index.curating.jobs import Job, Task
from index.library import Library
from index.rows import audit, database, shelf
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.shelf import Guess, ShelfState, Shelved
from ingest.metadata.fields import changes, emptied
from ingest.records import Metadata


class BeingPublishedError(LibraryError):
    """A draft that cannot be changed, as it waits to be published."""


def correct(
    library: Library, document: str, stated: Metadata, who: str, clear: Collection[str] = ()
) -> Shelved:
    """Put the fields that are stated in place of a draft's own, and empty those named in `clear`;
    all others stay.

    Raises KeyError when there is no such draft, LibraryError when it is being published.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        draft = _open_draft(catalog.connection, document)
        after = _corrected(draft, emptied(draft.metadata.replaced_by(stated), clear))
        return _kept(catalog.connection, draft, after, who)


def fill_in(library: Library, document: str, row: Metadata, who: str) -> tuple[str, ...]:
    """Put what a row of `documents.csv` states into a draft, but not into fields that a person has
    corrected or looked at. Returns the names of those of which the row states something else.

    Raises as `correct` does.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        draft = _open_draft(catalog.connection, document)
        stated = {name: value for name in _FIELDS if (value := getattr(row, name))}
        told = {name for name, guess in draft.guesses.items() if guess.source in shelf.TOLD}
        taken = {n: Guess(v, shelf.ROW, 1.0) for n, v in stated.items() if n not in told}
        _kept(catalog.connection, draft, _with(draft, taken), who)
        return tuple(n for n in stated if n in told and stated[n] != getattr(draft.metadata, n))


def put_right(
    library: Library, document: str, to: Callable[[Shelved], Shelved], who: str
) -> Shelved:
    """Give a draft the metadata of what `to` makes of it, empty fields included, and the document
    that it is to replace. Whoever sends this has looked at all fields, so none of them is a guess
    any longer. When another document is to be replaced than before, the draft takes over what
    `index.curating.inherited` says, and loses what it took over from the former one.

    to: called while nobody else can change the draft.
    Raises as `correct` does, LibraryError also without a title or where there is no document to
    replace, and what `to` raises.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        draft = _open_draft(catalog.connection, document)
        after = _sent(draft, to(draft))
        if after.replaces != draft.replaces:
            _refuse_nothing_to_replace(catalog, after)
        after = _with(after, _looked_at(after) | _handed_down(catalog, draft, after))
        return _kept(catalog.connection, draft, after, who)


def put_right_and_publish(
    library: Library, document: str, to: Callable[[Shelved], Shelved], who: str
) -> Shelved:
    """As `put_right`, and queue the draft to be published; both are done, or neither. What somebody
    sent is published as it is: an old version hands down only what was left empty.

    Raises as `put_right` and `publish` do.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        draft = _open_draft(catalog.connection, document)
        after = _sent(draft, to(draft))
        return _queued(catalog, draft, _with(after, _looked_at(after)), who)[0]


def _sent(draft: Shelved, wanted: Shelved) -> Shelved:
    if not wanted.metadata.title.strip():
        raise LibraryError("a document needs a title")
    return _succeeding(_corrected(draft, wanted.metadata), wanted.replaces)


def _succeeding(draft: Shelved, replaces: str) -> Shelved:
    """A draft as the new version of another document, or still of the same."""
    if replaces == draft.replaces:
        return draft
    return replace(given_back(draft), replaces=replaces)


def _looked_at(draft: Shelved) -> dict[str, Guess]:
    guessed = [name for name, guess in draft.guesses.items() if guess.source not in shelf.TOLD]
    return {name: Guess(getattr(draft.metadata, name), shelf.CONFIRMED, 1.0) for name in guessed}


def _handed_down(catalog: Catalog, before: Shelved, after: Shelved) -> dict[str, Guess]:
    """What a draft takes over from the document that it is to replace, unless it was to replace
    that before.
    """
    return inherited(catalog, after) if after.replaces not in ("", before.replaces) else {}


def _refuse_nothing_to_replace(catalog: Catalog, draft: Shelved) -> None:
    replaces, title = draft.replaces, draft.metadata.title
    if not replaces or catalog.documents_by_id([replaces]):
        return
    with suppress(KeyError):
        other = shelf.get(catalog.connection, replaces)
        if other.state != ShelfState.DRAFT:
            raise LibraryError(
                f"{other.metadata.title}, which {title} is to replace, is in the bin: put it back,"
                " or choose again"
            )
    raise LibraryError(f"{title}: there is no document '{replaces}' in the library to replace")


def _open_draft(connection: sqlite3.Connection, document: str) -> Shelved:
    draft = shelf.get(connection, document)
    if draft.state != ShelfState.DRAFT:
        raise LibraryError(f"{draft.metadata.title} is no draft: it is {draft.state}")
    if jobs.waiting(connection, Task.PUBLISH, document) is not None:
        raise BeingPublishedError(
            f"{draft.metadata.title} is being published: cancel that first, or wait"
        )
    return draft


_FIELDS = [field.name for field in fields(Metadata)]


def _corrected(draft: Shelved, metadata: Metadata) -> Shelved:
    changed = [name for name in _FIELDS if getattr(metadata, name) != getattr(draft.metadata, name)]
    return _with(
        draft, {name: Guess(getattr(metadata, name), shelf.CORRECTED, 1.0) for name in changed}
    )


def _with(draft: Shelved, told: Mapping[str, Guess]) -> Shelved:
    metadata = replace(draft.metadata, **{name: guess.value for name, guess in told.items()})
    return replace(draft, metadata=metadata, guesses={**draft.guesses, **told})


def _kept(connection: sqlite3.Connection, before: Shelved, after: Shelved, who: str) -> Shelved:
    """Keep what became of a draft, with its line in the log where something was changed."""
    if after != before:
        shelf.put(connection, after)
    said = [changes(before.metadata, after.metadata)]
    if after.replaces != before.replaces:
        said.append(f"replaces: {before.replaces or 'none'} -> {after.replaces or 'none'}")
    if any(said):
        audit.record(connection, who, "correct", after.document_id, " | ".join(filter(None, said)))
    return after


def publish(library: Library, document: str, who: str, replaces: str | None = None) -> Job:
    """Queue a draft to be published. A job for it whose worker is gone is returned as it is, since
    the next worker takes it over.

    replaces: id of the document of the library whose new version it is, or empty; when left out,
        what is kept with the draft.
    Raises KeyError when there is no such draft, LibraryError when nothing of it could be read,
    when it is being published already, or when there is no document to replace.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        connection = catalog.connection
        begun = _left(connection, document, replaces)
        if begun is not None:
            return begun
        draft = _open_draft(connection, document)
        after = _succeeding(draft, draft.replaces if replaces is None else replaces)
        return _queued(catalog, draft, after, who)[1]


def _queued(catalog: Catalog, draft: Shelved, after: Shelved, who: str) -> tuple[Shelved, Job]:
    """Keep what became of a draft and queue it; returns the draft as it is kept, and the job.

    draft: as it was before. after: as it is to be, still without what it takes over.
    """
    if not draft.passages:
        raise LibraryError(
            f"nothing of {draft.file_name} can be searched: there is nothing to publish"
        )
    _refuse_nothing_to_replace(catalog, after)
    after = _with(after, _handed_down(catalog, draft, after))
    _kept(catalog.connection, draft, after, who)
    document, old = after.document_id, after.replaces
    job = jobs.enqueue(catalog.connection, Task.PUBLISH, document, after.metadata.title, who)
    as_what = f"job {job.job_id}, as the new version of {old}" if old else f"job {job.job_id}"
    audit.record(catalog.connection, who, "publish", document, as_what)
    return after, job


def _left(connection: sqlite3.Connection, document: str, replaces: str | None) -> Job | None:
    """The job that was to publish a draft with the same `replaces`, and whose worker is gone; None
    when there is none.
    """
    job = jobs.waiting(connection, Task.PUBLISH, document)
    if job is None or not jobs.left(job):
        return None
    draft = shelf.get(connection, document)
    same = draft.state == ShelfState.DRAFT and replaces in (None, draft.replaces)
    return job if same else None
