"""The files that documents were read from, each kept under its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from index.files import durable
from index.files.home import Home

_CHUNK = 1 << 20


class ChangedError(Exception):
    """A file is not what was read of it: it was written anew, moved or removed meanwhile."""


class UnreadableError(OSError):
    """A file that could be read and cannot be any more, with what the system says."""


def keep(home: Home, path: Path, sha256: str) -> None:
    """Copy a file under the digest that it was read by, whole or not at all.

    Raises ChangedError when it holds other bytes by now or is gone, UnreadableError when it cannot
    be read, any other OSError when the copy cannot be written; none leaves anything, since what
    is half copied holds the room that is missing.
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
    # What is raised where a chunk is used does not pass through here.
    try:
        with path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except FileNotFoundError as error:
        raise ChangedError from error
    except OSError as error:
        raise UnreadableError(error.errno, error.strerror, str(path)) from error
