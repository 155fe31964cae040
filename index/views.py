"""The views: vectors, words and their positions in one generation, built beside the old ones and
switched whole.

A folder `views/<generation>/` holds `vectors.faiss`, `words/`, `positions/` and `manifest.json`,
which lists the sha256 of each file. It appears by one rename after everything in it was synced, so
a reader sees all of a generation or nothing of it. FAISS 1.15.1 loaded 465 of 540 deliberately
damaged files without complaint, hence nothing is loaded whose checksum differs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from index import positions
from index.catalog import Catalog
from index.database import LibraryError
from index.home import Home
from index.positions import Positions
from index.records import Spans
from index.vectors import FlatVectors, Vectors
from index.words import StemmedWords, Words

FORMAT = 2
"""Raised when what is inside a view changes, so that older ones are built anew."""

_MANIFEST = "manifest.json"
_FOLDERS = ("words", "positions")
_KEPT = 2
"""Generations kept: the new one, and the one that readers may still have open."""


@dataclass(frozen=True, slots=True)
class Views:
    """An opened generation."""

    generation: int
    vectors: Vectors
    words: Words
    positions: Positions


class DamagedViewError(Exception):
    """A view that is not what its manifest says."""


def newest(home: Home) -> int | None:
    """The highest generation that has a view; None when there is none."""
    names = [entry.name for entry in home.views.iterdir()] if home.views.is_dir() else []
    return max((int(name) for name in names if name.isdigit()), default=None)


def load(home: Home, generation: int) -> Views:
    """Open a generation.

    Raises DamagedViewError when it is missing, of another format, or a file's checksum differs.
    """
    folder = home.views / str(generation)
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT or manifest["generation"] != generation:
            raise DamagedViewError(f"{folder}: of another format")
        recorded = manifest["sha256"]
        if _checksums(folder) != recorded:
            raise DamagedViewError(f"{folder}: a checksum differs")
        return Views(
            generation,
            FlatVectors.load(folder / "vectors.faiss"),
            StemmedWords.load(folder / "words"),
            Positions.load(folder / "positions"),
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise DamagedViewError(f"{folder}: {error}") from error


def build(home: Home, catalog: Catalog, dimension: int) -> int:
    """Build the view of the catalog's rows, switch to it and drop the oldest.

    Returns the generation of the rows it was built from. To be called under `lock`.
    Raises LibraryError when it cannot be written; the older ones stay.
    """
    with catalog.snapshot() as generation:
        try:
            return _build(home, catalog, generation, dimension)
        except (OSError, ValueError, RuntimeError) as error:  # each engine has its own for a disk
            why = " ".join(str(error).split())[:200]
            shutil.rmtree(home.views / f"{generation}.part", ignore_errors=True)
            raise LibraryError(
                f"the views could not be written to {home.views} ({why}): make room, "
                "then 'waymark rebuild'"
            ) from error


def _build(home: Home, catalog: Catalog, generation: int, dimension: int) -> int:
    part = home.views / f"{generation}.part"
    shutil.rmtree(part, ignore_errors=True)
    for name in _FOLDERS:
        (part / name).mkdir(parents=True)
    FlatVectors.build(catalog.all_vectors(), dimension).save(part / "vectors.faiss")
    words = StemmedWords.build(catalog.all_texts(), part / "words")
    positions.build(_placed(catalog), words.terms, part / "positions")
    manifest = {"format": FORMAT, "generation": generation, "sha256": _checksums(part)}
    (part / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    _sync(part)
    final = home.views / str(generation)
    shutil.rmtree(final, ignore_errors=True)
    part.rename(final)
    _sync_folder(home.views)
    _drop_old(home, generation)
    return generation


def _placed(catalog: Catalog) -> Iterator[tuple[int, str, str, Spans]]:
    """Number, headings, text and windows of every passage."""
    for (number, title, section, text), (_, spans) in zip(
        catalog.all_texts(), catalog.all_spans(), strict=True
    ):
        yield number, f"{title} {section}", text, spans


def carry(home: Home, before: int, after: int) -> None:
    """Let the view of one generation serve a later one that differs in nothing a view holds.

    Files are linked, not copied, where the disk can. Without a view to carry, or room for it, the
    next reader builds one. To be called under `lock`.
    """
    source, part = home.views / str(before), home.views / f"{after}.part"
    try:
        manifest = json.loads((source / _MANIFEST).read_text(encoding="utf-8"))
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(
            source, part, copy_function=_linked, ignore=shutil.ignore_patterns("*.lock")
        )
        (part / _MANIFEST).unlink()
        manifest["generation"] = after
        (part / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        _sync(part)
        part.rename(home.views / str(after))
    except (OSError, ValueError, TypeError):
        shutil.rmtree(part, ignore_errors=True)
        return
    _sync_folder(home.views)
    _drop_old(home, after)


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # a disk without links
        shutil.copy2(source, target)
    return target


def drop(home: Home) -> None:
    """Remove every view, finished or not. To be called under `lock`."""
    for entry in home.views.iterdir():
        shutil.rmtree(entry)


@contextmanager
def lock(home: Home, *, wait: bool) -> Iterator[None]:
    """Held by the one process that writes to this library; the system frees it with the process.

    Raises filelock.Timeout when another holds it and `wait` is false.
    """
    home.views.mkdir(parents=True, exist_ok=True)
    with FileLock(home.lock, timeout=-1 if wait else 0):
        yield


def _files(folder: Path) -> list[Path]:
    """Files of a view that count: all but the manifest and tantivy's locks."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != _MANIFEST and path.suffix != ".lock"
    )


def _checksums(folder: Path) -> dict[str, str]:
    sums = {}
    for path in _files(folder):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        sums[path.relative_to(folder).as_posix()] = digest
    return sums


def _sync(folder: Path) -> None:
    for path in [*_files(folder), folder / _MANIFEST]:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    for inner in [*(folder / name for name in _FOLDERS), folder]:
        _sync_folder(inner)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop_old(home: Home, generation: int) -> None:
    kept = 0
    for entry in sorted(home.views.iterdir(), key=lambda e: e.name.zfill(20), reverse=True):
        if entry.name.isdigit() and int(entry.name) <= generation and kept < _KEPT:
            kept += 1
        elif entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
