"""A folder that appears whole or not at all: each file is synced and named in a manifest with its
sha256, and the folder is put in its place by one rename.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.files import durable
from ingest.digest import sha256_of

MANIFEST = "manifest.json"

_PART = ".part"
"""Name of the folder, inside one that is being filled, in which its files are written."""


class DamagedFolderError(Exception):
    """A folder that is not what its manifest says."""


@contextmanager
def filling(folder: Path) -> Iterator[Path]:
    """A folder to write to, inside of an empty folder or a new one. At the end of the block what
    was written moves into that. After an error nothing of it is left; what others put there stays.

    Raises OSError, also where the same folder is being filled already.
    """
    new = not folder.exists()
    part = folder / _PART
    part.mkdir(parents=True)
    moved: list[Path] = []
    try:
        yield part
        for path in list(part.iterdir()):
            moved.append(path.rename(folder / path.name))
        part.rmdir()
    except BaseException as error:
        if isinstance(error, OSError) and not error.filename:  # as of a full disk, which names none
            error.filename = str(folder)
        for path in (part, *moved):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if new and not any(folder.iterdir()):
            folder.rmdir()
        raise


def in_the_way(folder: Path) -> str:
    """Why a folder cannot be filled, and what mends it; empty when it is new or empty."""
    held = list(folder.iterdir()) if folder.is_dir() else []
    if [path.name for path in held] == [_PART]:
        return (
            f"{folder} has only {_PART}, of an export that is at work or was killed: remove the "
            "folder if none is at work, or name a new one"
        )
    blocked = held or (folder.exists() and not folder.is_dir())
    return f"{folder} is not empty: name a new folder" if blocked else ""


def manifest_of(folder: Path) -> dict[str, Any]:
    """What the manifest says, the files not looked at. Raises OSError and ValueError."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(manifest, dict) or not isinstance(manifest.get("sha256"), dict):
        raise ValueError(f"{folder / MANIFEST} is no manifest")
    return manifest


def verify(folder: Path, recorded: Mapping[str, str]) -> None:
    """Raise DamagedFolderError unless the folder holds these files and no others, unchanged."""
    if checksums(folder) != recorded:
        raise DamagedFolderError(f"{folder}: a checksum differs")


def checksums(folder: Path) -> dict[str, str]:
    """The sha256 of each file by its path inside, but for the manifest and tantivy's locks."""
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in _files(folder)}


def publish(part: Path, final: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest into a finished folder, sync all of it and put it in its place.

    Raises OSError.
    """
    (part / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    for path in [*_files(part), part / MANIFEST]:
        durable.sync_file(path)
    for folder in [*(path for path in part.rglob("*") if path.is_dir()), part]:
        durable.sync_folder(folder)
    shutil.rmtree(final, ignore_errors=True)
    part.rename(final)
    durable.sync_folder(final.parent)


def link(source: Path, target: Path) -> None:
    """Put the files of a folder into a new one, by hard links where the disk has them.

    To change one of them, put a new file in its place; never write into it. Raises OSError.
    """
    left_out = shutil.ignore_patterns("*.lock", MANIFEST)
    shutil.copytree(source, target, copy_function=_linked, ignore=left_out)


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # a disk without links
        shutil.copy2(source, target)
    return target


def _files(folder: Path) -> list[Path]:
    """Files that count: all but the manifest and tantivy's locks."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST and path.suffix != ".lock"
    )
