"""The files that documents were read from, each kept under its digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index import durable
from index.home import Home

_CHUNK = 1 << 20


class ChangedError(Exception):
    """A file is not what was read of it: it was written anew, moved or removed meanwhile."""


def keep(home: Home, path: Path, sha256: str) -> None:
    """Copy a file under the digest that it was read by, whole or not at all.

    Raises ChangedError when it holds other bytes by now or is gone, OSError when the copy cannot
    be written; neither leaves anything, since what is half copied holds the room that is missing.
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
    try:
        source = path.open("rb")
    except OSError as error:
        raise ChangedError from error
    digest = hashlib.sha256()
    with source, part.open("wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()
