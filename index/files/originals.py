"""The files that documents were read from, each kept under its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from index.files import durable
from index.files.home import Home

_CHUNK = 1 << 20


class ChangedError(Exception):
    """A file that was changed, moved or removed since it was read."""


class UnreadableError(OSError):
    """A file that could be read and cannot be read any more, with the system's reason."""


def keep(home: Home, path: Path, sha256: str) -> None:
    """Copy a file into the library under its digest, whole or not at all.

    sha256: of the file when it was read. Raises ChangedError when it has other bytes by now or is
    gone, UnreadableError when it cannot be read, and any other OSError when the copy cannot be
    written. A copy that fails is removed, as the disk may be full.
    """
    final = home.original(sha256)
    if final.exists():
        return
    final.parent.mkdir(parents=True, exist_ok=True)
    part = final.with_suffix(".part")
    try:
        if _copied(path, part) != sha256:
            raise ChangedError
        durable.put(part, final)
    finally:
        part.unlink(missing_ok=True)


def _copied(path: Path, part: Path) -> str:
    """Copy a file; the sha256 of what was copied."""
    digest = hashlib.sha256()
    with part.open("wb") as target:
        for chunk in _chunks(path):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    # Only reading is caught here: what is raised where a chunk is written does not pass through.
    try:
        with path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except FileNotFoundError as error:
        raise ChangedError from error
    except OSError as error:
        raise UnreadableError(error.errno, error.strerror, str(path)) from error
