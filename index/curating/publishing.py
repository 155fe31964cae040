"""Documents of the shelf are published, by the code that adds files to the library."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace

from filelock import Timeout

from index.build import Cut, encode
from index.curating import jobs
from index.curating.bin import set_aside
from index.curating.held import HeldJob, JobError
from index.curating.jobs import Task
from index.derived import views
from index.kept import collected
from index.learning import decisions
from index.library import Library
from index.plurals import counted
from index.rows import audit, database, replaced
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.document_rows import finish_file, write_document
from index.rows.reading import document_of
from index.rows.records import EncodedDocument, EncodedPassage
from index.rows.shelf import ShelfState, Shelved
from index.tagging.tagger import Heads
from ingest.records import Document

_AT_ONCE = 64
"""Passages that are encoded between two steps of the job."""

_ENCODED = 0.9
"""How far the job is, 0 to 1, when all passages are encoded."""

_WAIT_SECONDS = 0.2
"""Between two tries to take the writer's lock."""


def publish(library: Library, held: HeldJob) -> None:
    """Write the document that a job names to the library, ending the job.

    One change puts the document into the library and takes it off the shelf, puts there what it
    replaces, and ends the job. It is encoded before that, so that other writers have to wait only
    for the writing.
    Raises JobError when it cannot be published; LostLeaseError, StoppedError as `HeldJob`.
    """
    shelved = held.shelved()
    if not library.home.original(shelved.file_sha256).is_file():
        raise JobError(f"the original of {shelved.file_name} is gone: see 'waymark doctor'")
    document = document_of(
        shelved.reading, shelved.file_sha256, shelved.file_name, shelved.metadata
    )
    heads = library.heads()
    encoded = _encoded(library, document, shelved, heads, held)
    with _locked(library, held), library.catalog() as catalog:
        library.begin_writing(catalog)
        encoded = _tagged(library, encoded, heads)
        with database.change(catalog.connection):
            _write(catalog, encoded, shelved, held)
        if not _more(catalog.connection):
            # Where there is no room for them, the next question builds them, or says why not.
            with suppress(LibraryError):
                views.build(library.home, catalog, library.identity.dimension)


def _encoded(
    library: Library, document: Document, shelved: Shelved, heads: Heads | None, held: HeldJob
) -> EncodedDocument:
    """The document, encoded some passages at a time. A text's vector does not depend on the texts
    that are encoded with it, but for the last digits on some processors.
    """
    done: list[EncodedPassage] = []
    for start in range(0, len(shelved.passages), _AT_ONCE):
        held.advance(_ENCODED * start / len(shelved.passages))
        batch = Cut(document, shelved.passages[start : start + _AT_ONCE])
        (part,) = encode([batch], library.encoder, heads)
        done += part.passages
    held.advance(_ENCODED)
    return EncodedDocument(document, tuple(done))


def _tagged(library: Library, encoded: EncodedDocument, used: Heads | None) -> EncodedDocument:
    """The document with tags of the tagger in use now, which may have been trained since it was
    encoded. used: the heads that tagged it then.
    """
    heads = library.heads()
    if heads is None or (used is not None and heads.examples == used.examples):
        return encoded
    passages = (
        replace(item, tags=heads.tags(item.passage.text, item.windows)) for item in encoded.passages
    )
    return replace(encoded, passages=tuple(passages))


@contextmanager
def _locked(library: Library, held: HeldJob) -> Iterator[None]:
    """The writer's lock; while waiting for it, the job still notices that it was cancelled."""
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(views.lock(library.home, wait_seconds=0))
                break
            except Timeout:
                time.sleep(_WAIT_SECONDS)
                held.advance(_ENCODED)
        yield


def _write(catalog: Catalog, encoded: EncodedDocument, shelved: Shelved, held: HeldJob) -> None:
    connection, who = catalog.connection, held.job.who
    name = shelved.document_id
    title = shelved.metadata.title
    write_document(connection, encoded)
    said = _replace(catalog, shelved, who) if shelved.replaces else ""
    if encoded.document.content_sha256 == encoded.document.file_sha256:
        finish_file(connection, encoded.document.file_sha256)
    action = "published" if shelved.state == ShelfState.DRAFT else "restored"
    audit.record(connection, who, action, name, title)
    passages = counted(len(encoded.passages), "passage")
    jobs.finish(connection, held.job, f"{action}: {passages}{said}")


def _replace(catalog: Catalog, shelved: Shelved, who: str) -> str:
    """Move the document that this one replaces to the shelf. Returns its title, and what became of
    people's decisions on its tags, as the end of a sentence.
    """
    old = shelved.replaces
    carried, left = decisions.carry(catalog, old, shelved.document_id, who)
    try:
        before = set_aside(catalog, old, ShelfState.REPLACED, who)
    except KeyError:
        raise JobError(
            f"the document it is to replace ({old}) is no longer in the library: choose again"
        ) from None
    replaced.record(catalog.connection, old, shelved.document_id)
    collected.carry(catalog.connection, old, shelved.document_id)
    title = before.metadata.title
    detail = f"{title}, replaced by {shelved.document_id}"
    audit.record(catalog.connection, who, "replaced", old, detail)
    said = f", in place of {title}"
    said += f"; {counted(carried, 'decision')} on tags carried over" if carried else ""
    lost = f"; {counted(left, 'decision')} left behind: the text is gone or changed" if left else ""
    return said + lost


def _more(connection: sqlite3.Connection) -> bool:
    """Whether another document waits to be published, so that the views are built after that."""
    return any(job.task == Task.PUBLISH for job in jobs.active(connection))
