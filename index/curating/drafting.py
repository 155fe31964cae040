"""A file that was handed in becomes drafts: read, cut, tagged and compared, not yet published."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import Timeout

from index.build import passage_room
from index.curating import incoming, jobs, outcomes, sweeping
from index.curating.duplicates import duplicates
from index.curating.guesses import guesses
from index.curating.held import HeldJob, JobError
from index.curating.inherited import INHERITED
from index.curating.jobs import Job
from index.derived import views
from index.encoding.encode import encode_windows
from index.files import originals, scanned
from index.files.ocr import OcrError
from index.library import Library
from index.rows import database, shelf
from index.rows.catalog import Catalog
from index.rows.likeness import sketch
from index.rows.moment import stamp
from index.rows.reading import reading_of
from index.rows.records import Tag, document_id
from index.rows.shelf import ShelfState, Shelved
from ingest.isolated.pdf_says import says
from ingest.isolated.sandbox import Limits
from ingest.passages import cut
from ingest.read import read
from ingest.records import Document, Failure, Health, Passage

LIMITS = Limits(file_bytes=incoming.LARGEST_BYTES)

_MOST_DRAFTS = 500
"""Of one JSONL file: nobody looks through more one by one."""

_AT_ONCE = 64
"""Passages that are tagged between two steps of the job."""

_READ, _TAGGED = 0.3, 0.95
"""How far the job is, 0 to 1, when the file is read and when all passages are tagged."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to read. name: for people. sha256: of the file as it was handed in."""

    path: Path
    sha256: str
    name: str


def draft(library: Library, held: HeldJob) -> None:
    """Read the file that a job names and put its documents on the shelf, ending the job.

    Raises JobError when nothing of it could be read; LostLeaseError, StoppedError as `HeldJob`.
    """
    job = held.job
    waiting = library.home.waiting(job.subject)
    with _named(library, waiting, job, job.name) as path:
        source = _Source(path, job.subject, job.name)
        parts = _parts(source, held)
        documents = [part for part in parts if isinstance(part, Document)]
        failures = [part for part in parts if isinstance(part, Failure)]
        if not documents:
            raise JobError(outcomes.why(failures))
        drafts = _drafts(library, documents, held, job.who)
    try:
        # In one transaction with its row, so that nobody takes it for an original of nothing.
        with library.catalog() as catalog, database.note(catalog.connection):
            _take_over(library, waiting, job.subject)
            put = [item for item in drafts if _put(catalog, item)]
            jobs.finish(catalog.connection, job, outcomes.outcome(put, drafts, failures))
    finally:
        tidy(library, job.subject)


def read_again(library: Library, held: HeldJob) -> None:
    """Read a draft again, its scanned and garbled pages with OCR, ending the job. Corrections stay.

    Raises JobError when OCR gives no text; the draft stays as it is then.
    """
    job = held.job
    before = held.shelved()
    original = library.home.original(before.file_sha256)
    with _named(library, original, job, before.file_name) as path:
        source = _Source(path, before.file_sha256, before.file_name)
        parts = _with_text(source, held, _unread(before))
        documents = [part for part in parts if isinstance(part, Document)]
        if not documents:
            raise JobError(outcomes.why([part for part in parts if isinstance(part, Failure)]))
        (after,) = _drafts(library, documents, held, before.who)
    with library.catalog() as catalog, database.note(catalog.connection):
        current = shelf.get(catalog.connection, before.document_id)
        shelf.put(catalog.connection, _with_corrections(after, current))
        jobs.finish(catalog.connection, job, outcomes.told([after], []))


def tidy(library: Library, sha256: str) -> None:
    """Remove a file from incoming/ that no job needs, and its original when nothing was read."""
    with library.catalog() as catalog, database.note(catalog.connection):
        if sha256 not in jobs.needed_uploads(catalog.connection):
            library.home.waiting(sha256).unlink(missing_ok=True)
    # Under the lock: a writer copies originals before their rows are there. What stays here because
    # one is at work, the doctor finds.
    with (
        suppress(Timeout),
        views.lock(library.home, wait_seconds=0),
        library.catalog() as catalog,
        database.note(catalog.connection),
    ):
        if not catalog.needs_original(sha256):
            library.home.original(sha256).unlink(missing_ok=True)


def _take_over(library: Library, waiting: Path, sha256: str) -> None:
    """Make an upload an original. It was synced when it was received."""
    original = library.home.original(sha256)
    if original.exists():
        return
    try:
        original.parent.mkdir(parents=True, exist_ok=True)
        os.link(waiting, original)
    except OSError:  # a disk without links, or without room: copying raises where it is the latter
        originals.keep(library.home, waiting, sha256)


@contextmanager
def _named(library: Library, source: Path, job: Job, name: str) -> Iterator[Path]:
    """The file under the name that it has for people, from which readers take kind and title.

    It lies in a folder of this worker. Folders of workers that held the job before are removed:
    those were killed or lost the job, and nothing of what they still read is used.
    """
    subject = library.home.waiting(job.subject).name
    for left in library.home.incoming.glob(f"{subject}.*{sweeping.READING}"):
        shutil.rmtree(left, ignore_errors=True)
    holder = f"{subject}.{job.worker}{job.tries}"
    folder = library.home.incoming / f"{holder}{sweeping.READING}"
    folder.mkdir(parents=True)
    try:
        # The row of a restored library may have any name.
        path = folder / incoming.plain_name(name)
        try:
            os.link(source, path)
        except FileNotFoundError:
            raise JobError(f"{name} is no longer there: upload it again") from None
        except OSError:  # a disk without links
            shutil.copyfile(source, path)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _parts(source: _Source, held: HeldJob) -> list[Document | Failure]:
    held.advance(0.02)
    parts: list[Document | Failure] = []
    for part in read(source.path, source.sha256, LIMITS):
        parts.append(part)
        if len(parts) > _MOST_DRAFTS:
            raise JobError(
                f"it holds more than {_MOST_DRAFTS} documents: add it with 'waymark add'"
            )
    held.advance(_READ)
    if scanned.can_be_read(source.path, parts):
        return _with_text(source, held)
    return parts


def _unread(draft: Shelved) -> list[int]:
    """Numbers of a draft's scanned and garbled pages. None where no page is garbled, as OCR finds
    the scanned ones by itself.
    """
    if all(page.health is not Health.GARBLED for page in draft.pages):
        return []
    return [p.number for p in draft.pages if p.health.unread]


def _with_text(
    source: _Source, held: HeldJob, unread: Sequence[int] = ()
) -> list[Document | Failure]:
    """As `scanned.with_text`, in a folder that is removed with the job's. Raises JobError where OCR
    fails.
    """
    folder = source.path.parent / "ocr"
    folder.mkdir()

    def step() -> None:
        held.advance(_READ / 2)

    try:
        return [*scanned.with_text(source.path, source.sha256, LIMITS, folder, step, unread)]
    except OcrError as error:
        raise JobError(str(error)) from None


def _drafts(
    library: Library, documents: Sequence[Document], held: HeldJob, who: str
) -> list[Shelved]:
    """Drafts of documents, in order; the job advances with the passages."""
    encoder, made = library.encoder, []
    room = passage_room(encoder)
    for number, document in enumerate(documents):
        passages = cut(document, encoder.count_tokens, room)
        tags: list[tuple[Tag, ...]] = []
        for start in range(0, len(passages), _AT_ONCE):
            part = (start / len(passages) + number) / len(documents)
            held.advance(_READ + part * (_TAGGED - _READ))
            tags += _tags(library, passages[start : start + _AT_ONCE])
        made.append(_draft(library, document, passages, tags, who))
    held.advance(_TAGGED)
    return made


def _tags(library: Library, passages: Sequence[Passage]) -> list[tuple[Tag, ...]]:
    heads = library.heads()
    if heads is None:
        return [() for _ in passages]
    texts = [passage.text for passage in passages]
    windows = encode_windows(texts, library.encoder, [passage.kind for passage in passages])
    return [heads.tags(text, item) for text, item in zip(texts, windows, strict=True)]


def _draft(
    library: Library,
    document: Document,
    passages: tuple[Passage, ...],
    tags: Sequence[tuple[Tag, ...]],
    who: str,
) -> Shelved:
    name, title = document_id(document.content_sha256), document.metadata.title
    own = sketch(passage.text for passage in passages)
    said = says(document.path) if document.path.suffix.lower() == ".pdf" else None
    return Shelved(
        document_id=name,
        file_sha256=document.file_sha256,
        file_name=document.path.name,
        state=ShelfState.DRAFT,
        metadata=document.metadata,
        guesses=guesses(document, said),
        reading=reading_of(document, passages),
        tags=tuple(tags),
        duplicates=duplicates(library, name, title, passages, own),
        who=who,
        at=stamp(),
        sketch=own,
    )


def _put(catalog: Catalog, item: Shelved) -> bool:
    """Shelve a draft unless its document is there already, published or shelved."""
    published = catalog.documents_by_id([item.document_id])
    if published or shelf.state(catalog.connection, item.document_id):
        return False
    shelf.put(catalog.connection, item)
    return True


def _with_corrections(after: Shelved, before: Shelved) -> Shelved:
    """A draft that was read again, with what people and rows have said of it before and what it
    took over from an old version.
    """
    told = {
        name: replace(guess, over=after.guesses.get(name)) if guess.source == INHERITED else guess
        for name, guess in before.guesses.items()
        if guess.source in (*shelf.TOLD, shelf.ROW, INHERITED)
    }
    kept = {name: getattr(before.metadata, name) for name in told}
    return replace(
        after,
        metadata=replace(after.metadata, **kept),
        guesses={**after.guesses, **told},
        replaces=before.replaces,
        at=before.at,
    )
