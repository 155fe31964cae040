"""Files into the library: the one place where they are read, encoded, tagged and written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from index.derived import views
from index.edit import unlike_what_is_stated
from index.encoding.context import ROOM, title_in_context
from index.encoding.encode import encode_distinct, encode_windows, in_context
from index.encoding.encoder import SPECIAL_TOKENS, Encoder
from index.files import originals, scanned
from index.library import Library
from index.rows import audit, database, shelf
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.document_rows import finish_file
from index.rows.records import EncodedDocument, EncodedPassage, document_id
from index.rows.shelf import ShelfState
from index.tagging.tagger import Heads
from ingest.isolated.sandbox import Limits
from ingest.passages import cut
from ingest.read import find, fingerprint, read
from ingest.records import Document, Failure, Metadata, Passage, Reason

_BATCH_PASSAGES = 128
"""Documents of one file are encoded and written together once they have so many passages, which
takes less time for short documents than one by one."""

_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Added:
    """A document was put into the library.

    unread_pages: those of its pages that are scanned or garbled.
    """

    path: Path
    document_id: str
    title: str
    pages: int
    passages: int
    unread_pages: int


@dataclass(frozen=True, slots=True)
class Present:
    """A file, or a document of one, was in the library already, and is left as it is.

    unlike: id of the document for which something else is stated now than it has; else empty.
    """

    path: Path
    unlike: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """A document that stays where people have put it: it is a draft, or withdrawn, or replaced."""

    path: Path
    document_id: str
    state: ShelfState


@dataclass(frozen=True, slots=True)
class Found:
    """How many files are going to be read. Before this only failures to find files are told."""

    files: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """OCRmyPDF is about to read a file without any text, which takes seconds a page."""

    path: Path


@dataclass(frozen=True, slots=True)
class Done:
    """A file was read to its end."""

    path: Path


Event = Found | Added | Present | Aside | Failure | Scanned | Done
"""What `add` tells of, one by one."""


def passage_room(encoder: Encoder) -> int:
    """The most tokens of a passage that the encoder reads to its end behind its context."""
    return max(16, encoder.identity.max_tokens - SPECIAL_TOKENS - ROOM)


def add(
    library: Library,
    paths: Sequence[Path],
    stated: Metadata | None = None,
    jobs: int = 2,
    who: str = audit.COMMAND_LINE,
) -> Iterator[Event]:
    """Add files, and the files in folders; yields what happens to each as it happens.

    Each document is written whole or not at all. So whatever stops this leaves a library that
    opens, and the same call finishes the work. A file that fails stops no other. Scanned files are
    read last, one by one, where OCRmyPDF is installed.

    stated: what is known of all of the documents; its fields that are not empty replace what the
        files say.
    jobs: files read at the same time, each PDF in a process of its own.
    who: who adds them, for the log.
    Raises LibraryError when the library cannot be written.
    """
    with library.writing() as catalog:
        scanned.remove_left(library.home)
        stated = stated or Metadata()
        writer = _Writer(library, catalog, stated, who)
        files: list[Path] = []
        for found in find(paths):
            if isinstance(found, Path):
                files.append(found)
            else:
                yield found
        yield Found(len(files))
        scans: list[_ScannedFile] = []
        try:
            for file in _read_ahead(files, catalog, jobs, stated):
                if isinstance(file, _ScannedFile):
                    scans.append(file)
                else:
                    yield from writer.write(file)
            for scan in scans:
                yield from writer.write_scan(scan)
        finally:
            if writer.wrote:
                views.renew(library.home, catalog, library.identity.dimension)


@dataclass(frozen=True, slots=True)
class _ReadFile:
    """A file that was read, or is read as its parts are taken.

    sha256: empty when the file could not even be opened.
    """

    path: Path
    sha256: str
    parts: Iterable[Document | Failure]


@dataclass(frozen=True, slots=True)
class _ScannedFile:
    """A file without text that OCRmyPDF can read. As that takes minutes, others go first."""

    path: Path
    sha256: str


def _read_ahead(
    files: Iterable[Path], catalog: Catalog, jobs: int, stated: Metadata
) -> Iterator[_ReadFile | _ScannedFile | Present]:
    """The files as they were read, in order. The next `jobs` are read while one is encoded."""
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        ahead: deque[Future[_ReadFile | _ScannedFile] | Present] = deque()
        for path in files:
            sha256 = fingerprint(path, _LIMITS)
            if isinstance(sha256, str) and catalog.has_file(sha256):
                ahead.append(Present(path, unlike_what_is_stated(catalog, path, sha256, stated)))
            else:
                ahead.append(pool.submit(_read_file, path, sha256))
            if len(ahead) > jobs:
                yield _settled(ahead.popleft())
        while ahead:
            yield _settled(ahead.popleft())


def _settled(
    item: Future[_ReadFile | _ScannedFile] | Present,
) -> _ReadFile | _ScannedFile | Present:
    return item if isinstance(item, Present) else item.result()


def _read_file(path: Path, sha256: str | Failure) -> _ReadFile | _ScannedFile:
    if isinstance(sha256, Failure):
        return _ReadFile(path, "", (sha256,))
    parts = read(path, sha256, _LIMITS)
    # A JSONL file may hold more documents than fit into memory: those are read as they are written.
    if path.suffix.lower() == ".jsonl":
        return _ReadFile(path, sha256, parts)
    whole = tuple(parts)
    if scanned.can_be_read(path, whole):
        return _ScannedFile(path, sha256)
    return _ReadFile(path, sha256, whole)


@dataclass(frozen=True, slots=True)
class Cut:
    """A document with its passages, not yet encoded."""

    document: Document
    passages: tuple[Passage, ...]


class _Writer:
    """Encodes, tags and writes what was read."""

    def __init__(self, library: Library, catalog: Catalog, stated: Metadata, who: str) -> None:
        self._library = library
        self._catalog = catalog
        self._stated = stated
        self._who = who
        self._heads = library.heads()
        self.wrote = False

    def write(self, file: _ReadFile | Present) -> Iterator[Event]:
        """Write a file's documents. Unless one of them failed or is an `Aside`, the file counts as
        read to its end, and is not read again.
        """
        if isinstance(file, Present):
            yield file
        else:
            refused = False
            try:
                for event in self._write_parts(file):
                    refused = refused or isinstance(event, Failure | Aside)
                    yield event
            except BaseException:  # an interrupt most of all
                self._drop_unneeded(file.sha256)
                raise
            if not refused:
                finish_file(self._catalog.connection, file.sha256)
        yield Done(file.path)

    def write_scan(self, scan: _ScannedFile) -> Iterator[Event]:
        """Have OCRmyPDF read a file in this thread, where an interrupt ends it, and write it."""
        if self._catalog.has_content(scan.sha256):  # the same file a second time
            yield from self.write(Present(scan.path))
            return
        yield Scanned(scan.path)
        parts = scanned.read_scanned(scan.path, scan.sha256, _LIMITS, self._library.home)
        yield from self.write(_ReadFile(scan.path, scan.sha256, parts))

    def _write_parts(self, file: _ReadFile) -> Iterator[Event]:
        batch: list[Cut] = []
        for part in file.parts:
            if isinstance(part, Failure):
                yield part
            elif self._catalog.has_content(part.content_sha256):
                yield Present(part.path)
            elif state := shelf.state(self._catalog.connection, document_id(part.content_sha256)):
                yield Aside(part.path, document_id(part.content_sha256), state)
            elif failure := self._keep_original(file):
                yield failure
                return
            else:
                batch.append(self._cut(part))
                if sum(len(item.passages) for item in batch) >= _BATCH_PASSAGES:
                    yield from self._flush(batch)
                    batch = []
        yield from self._flush(batch)

    def _keep_original(self, file: _ReadFile) -> Failure | None:
        """Keep a copy of the file beside its rows; None, or why that failed."""
        try:
            originals.keep(self._library.home, file.path, file.sha256)
        except originals.ChangedError:
            why, mend = "it was changed or removed while it was read", "add it again"
        except originals.UnreadableError as error:
            why = f"it cannot be read any more: {error.strerror or error}"
            mend = "see that it can be opened, then add it again"
        except OSError as error:
            why = f"its copy could not be kept: {error.strerror or error}"
            mend = "make room in the library's folder, then add it again"
        else:
            return None
        return Failure(file.path, Reason.UNREADABLE, why, mend=mend)

    def _drop_unneeded(self, sha256: str) -> None:
        """Remove the copy of a file that no document is of, if that can be done."""
        with suppress(LibraryError, OSError), database.alone(self._catalog.connection):
            if sha256 and not self._catalog.needs_original(sha256):
                self._library.home.original(sha256).unlink(missing_ok=True)

    def _cut(self, document: Document) -> Cut:
        document = replace(document, metadata=document.metadata.replaced_by(self._stated))
        encoder = self._library.encoder
        return Cut(document, cut(document, encoder.count_tokens, passage_room(encoder)))

    def _flush(self, batch: Sequence[Cut]) -> Iterator[Event]:
        if not batch:
            return
        encoded = encode(batch, self._library.encoder, self._heads)
        self._catalog.add(encoded, self._who)
        self.wrote = True
        for item in encoded:
            yield _added(item)


def encode(
    batch: Sequence[Cut], encoder: Encoder, heads: Heads | None
) -> tuple[EncodedDocument, ...]:
    """Encode and tag documents. Their texts are encoded all at once, because a few are encoded on
    one thread only, and a document that is one line of JSONL has few.
    """
    passages = [passage for item in batch for passage in item.passages]
    texts, kinds = [p.text for p in passages], [p.kind for p in passages]
    windows = encode_windows(texts, encoder, kinds)
    vectors = encode_distinct(
        [text for item in batch for text in _texts_in_context(item, encoder)], encoder
    )
    encoded = iter(
        EncodedPassage(
            passage,
            vector,
            item,
            heads.tags(passage.text, item) if heads else (),
        )
        for passage, vector, item in zip(passages, vectors, windows, strict=True)
    )
    return tuple(
        EncodedDocument(item.document, tuple(islice(encoded, len(item.passages)))) for item in batch
    )


def _texts_in_context(item: Cut, encoder: Encoder) -> list[str]:
    """The passages of a document, each behind the title and headings, as they are encoded."""
    title = title_in_context(item.document.metadata.title, item.document.source_id)
    return in_context(item.passages, title, encoder)


def _added(item: EncodedDocument) -> Added:
    document = item.document
    unread = sum(p.health.unread for p in document.pages)
    return Added(
        document.path,
        document_id(document.content_sha256),
        document.metadata.title,
        len(document.pages),
        len(item.passages),
        unread,
    )
