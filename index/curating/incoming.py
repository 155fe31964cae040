"""Files that are handed in: streamed to disk, looked at, and queued to be read.

A file is taken in by the transaction that queues it, inside which it gets its name under incoming/.
A program that is killed before leaves a `.part` that no program holds, or a name without a job;
`index.curating.sweeping` removes both.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import BinaryIO

from index.curating import jobs, sweeping
from index.curating.jobs import Job, Task
from index.files import durable
from index.files.home import Home
from index.library import Library
from index.rows import audit, database, shelf
from index.rows.catalog import Catalog
from index.rows.records import document_id
from index.rows.shelf import ShelfState
from ingest.read import SUFFIXES

LARGEST_BYTES = 200 << 20
"""Of one file. The largest of 198 public PDFs has 21 MB."""

_LONGEST_NAME = 150


class RefusedError(Exception):
    """A file that is not taken in, and why.

    mend: what the curator can do; may be empty.
    document_id: the document that is in the library or on the shelf already; else empty.
    there_as: the file name under which these bytes are in, or wait to be read; None where they are
        not there.
    """

    def __init__(
        self, message: str, mend: str = "", document_id: str = "", there_as: str | None = None
    ) -> None:
        super().__init__(f"{message} ({mend})" if mend else message)
        self.message = message
        self.mend = mend
        self.document_id = document_id
        self.there_as = there_as


class Upload(io.RawIOBase):
    """A file on its way in. As a context manager it leaves nothing unless it was kept.

    Raises OSError when the disk refuses.
    """

    def __init__(self, home: Home) -> None:
        home.incoming.mkdir(parents=True, exist_ok=True)
        self._part, self._file = _opened(home.incoming)
        self._digest = hashlib.sha256()
        self._size = 0

    def writable(self) -> bool:
        """True: it is written as it comes in."""
        return True

    def readable(self) -> bool:
        """True: after `seek` it can be read."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # bytes are all it is given
        """Take in more of the file. Raises RefusedError when it grows too large."""
        self._size += len(data)
        if self._size > LARGEST_BYTES:
            self.discard()
            raise RefusedError(
                f"the file is larger than {LARGEST_BYTES >> 20} MB",
                "split it, or add it with 'waymark add'",
            )
        self._digest.update(data)
        return self._file.write(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """As for files."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As for files."""
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        """As for files."""
        return self._file.read(size)

    def keep(self, library: Library, name: str, who: str) -> Job:
        """Queue the file to be read, under the name it has for people.

        Raises RefusedError when it is empty, of no kind that is read, or there already.
        """
        name = plain_name(name)
        try:
            _check_kind(name)
            if not self._size:
                raise RefusedError(f"{name} is empty (0 bytes)", "ask for a fresh copy")
            self._file.flush()
            os.fsync(self._file.fileno())
            if sys.platform == "win32":  # an open file cannot be renamed there
                self._file.close()
            with library.catalog() as catalog, database.note(catalog.connection):
                return self._queue(library, catalog, name, who)
        finally:
            self.discard()

    def _queue(self, library: Library, catalog: Catalog, name: str, who: str) -> Job:
        sha256 = self._digest.hexdigest()
        _check_new(catalog, sha256, name)
        jobs.supersede_failed(catalog.connection, sha256)
        job = jobs.enqueue(catalog.connection, Task.READ, sha256, name, who)
        audit.record(catalog.connection, who, "upload", name, f"job {job.job_id}, {sha256}")
        self._part.replace(library.home.waiting(sha256))
        durable.sync_folder(library.home.incoming)
        return job

    def discard(self) -> None:
        """Remove what is there, unless it was kept."""
        self._part.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """As for files. Unless it was kept, `discard` or `sweeping.sweep` removes it."""
        if not self.closed:
            self._file.close()
        super().close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing behind."""
        self.discard()


def receive(library: Library, name: str, chunks: Iterable[bytes], who: str) -> Job:
    """Take a file in, chunk by chunk, and queue it to be read.

    Raises RefusedError when it is too large, empty, of no kind that is read, or there already;
    OSError when it cannot be written.
    """
    _check_kind(plain_name(name))
    with Upload(library.home) as upload:
        for chunk in chunks:
            upload.write(chunk)
        return upload.keep(library, name, who)


def plain_name(name: str) -> str:
    """The last part of a path as a file name: without unprintable signs, leading dots and blanks,
    and no longer than file systems allow.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    text = "".join(character for character in last if character.isprintable()).strip().lstrip(".")
    stem, suffix = os.path.splitext(text or "unnamed")
    room = _LONGEST_NAME - len(suffix.encode("utf-8"))
    return stem.encode("utf-8")[: max(room, 1)].decode("utf-8", "ignore") + suffix


def _check_kind(name: str) -> None:
    if Path(name).suffix.lower() not in SUFFIXES:
        known = " ".join(SUFFIXES)
        raise RefusedError(f"{name}: no reader for this kind of file; known: {known}")


def _check_new(catalog: Catalog, sha256: str, name: str) -> None:
    """Refuse what is in the library, on the shelf or in the queue already."""
    connection = catalog.connection
    if catalog.has_content(sha256):
        there = catalog.document(document_id(sha256))
        message = f"{name} is in the library already, as '{there.metadata.title}'"
        raise RefusedError(message, "", there.document_id, there_as=there.file_name)
    if catalog.has_file(sha256):
        names = [document.file_name for document in catalog.documents_of_file(sha256)]
        raise RefusedError(f"{name} is in the library already", there_as=max(names, default=name))
    for shelved in shelf.of_file(connection, sha256):
        message = f"{name} is there already: {_WHERE[shelved.state]}"
        raise RefusedError(message, "", shelved.document_id, there_as=shelved.file_name)
    waiting = jobs.waiting(connection, Task.READ, sha256)
    if waiting is not None:
        raise RefusedError(f"{name} waits to be read already", there_as=waiting.name)


_WHERE = {
    ShelfState.DRAFT: "it is a draft",
    ShelfState.WITHDRAWN: "it was withdrawn and is in the bin",
    ShelfState.REPLACED: "it was replaced by a newer version",
}


def _opened(folder: Path) -> tuple[Path, BinaryIO]:
    """A new file that is held, see `sweeping.hold`. Where a sweep removed it before it was held,
    another one is opened.
    """
    while True:
        part = folder / f"{secrets.token_hex(16)}.part"
        file = part.open("x+b")
        sweeping.hold(file.fileno())
        if part.exists():
            return part, file
        file.close()
