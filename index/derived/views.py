"""The views of one generation: vectors, words and positions, built beside the old ones and put in
place as a whole.

A folder `views/<generation>/` holds `words/`, a folder for each segment of vectors and positions,
and a manifest with the segments and the sha256 of each file. It appears by one rename after
everything in it was synced, so a reader sees all of a generation or nothing of it. Where passages
were only added since the generation before, its files are shared by hard links, and only what is
new is written. No file is loaded whose checksum differs: FAISS 1.15.1 loaded 465 of 540
deliberately damaged files without complaint.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.derived import segments
from index.derived.segments import Segment, SegmentedPositions
from index.derived.vectors import Vectors
from index.derived.words import StemmedWords, WordIndex
from index.files import whole_folder
from index.files.home import Home
from index.files.whole_folder import DamagedFolderError
from index.rows import database
from index.rows.catalog import Catalog
from index.rows.database import LibraryError

FORMAT = 7
"""Raised when what is inside a view changes, so that older ones are built anew."""

EARLIER = 6
"""An earlier format that can still be opened. It tells ё from е, and is otherwise the same."""

_WORDS = "words"
_KEPT = 2
"""Generations kept: the new one, and the one that readers may still have open."""

_LOST = ".lost"
"""Ends the name of an empty folder that is the sign of lost changes: there was a view of a
generation that the rows had not reached. The name begins with that generation."""


class UnwrittenViewError(LibraryError):
    """A view that could not be written, most often for want of room."""


@dataclass(frozen=True, slots=True)
class Views:
    """An opened generation. format: `FORMAT` or `EARLIER`."""

    format: int
    generation: int
    vectors: Vectors
    words: WordIndex
    positions: SegmentedPositions


class DamagedViewError(Exception):
    """A view that is not what its manifest says."""


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What is in a view.

    last: the largest number of a passage in it, 0 when it has none. sha256: of each file, by its
    path in the view's folder.
    """

    generation: int
    last: int
    segments: tuple[Segment, ...]
    sha256: dict[str, str]

    @classmethod
    def load(cls, folder: Path, of_format: int = FORMAT) -> _Manifest:
        """Raises DamagedViewError when it is missing, unreadable or of another format."""
        try:
            found = whole_folder.manifest_of(folder)
            if found["format"] != of_format or str(found["generation"]) != folder.name:
                raise DamagedViewError(f"{folder}: of another format")
            held = tuple(Segment(**segment) for segment in found["segments"])
            return cls(found["generation"], int(found["last"]), held, found["sha256"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedViewError(f"{folder}: {error}") from error

    def as_dict(self) -> dict[str, Any]:
        """What `manifest.json` holds."""
        return {"format": FORMAT, **asdict(self)}

    def sums(self, inside: str) -> dict[str, str]:
        """The recorded sha256 of the files in one folder of the view."""
        start = f"{inside}/"
        return {name: sum_ for name, sum_ in self.sha256.items() if name.startswith(start)}


def newest(home: Home) -> int | None:
    """The highest generation that has a view; None when there is none."""
    return max((int(name) for name in _names(home) if name.isdigit()), default=None)


def _names(home: Home) -> list[str]:
    """The names of what lies in the folder of the views."""
    return [entry.name for entry in home.views.iterdir()] if home.views.is_dir() else []


def lost(home: Home, connection: sqlite3.Connection) -> int | None:
    """The highest generation that has a view, or once had one, though the rows had not reached it;
    None when there is none.

    A view is built only of changes that are done, so such rows have lost some: an older
    library.sqlite was put back, or one was copied without its journal. The sign that
    `set_lost_aside` keeps stays, whatever generation the rows reach.
    """
    names = _names(home)
    # Read after the views: a writer may have come between.
    generation = database.generation(connection)
    beyond = [int(name) for name in names if name.isdigit() and int(name) > generation]
    signs = (name.removesuffix(_LOST) for name in names if name.endswith(_LOST))
    return max([*beyond, *(int(sign) for sign in signs if sign.isdigit())], default=None)


def set_lost_aside(home: Home, connection: sqlite3.Connection) -> None:
    """Where the rows have lost changes, keep a sign of it and remove every view: the rows will
    reach the same generations again with other changes. To be called under `lock`, before a change.

    Raises UnwrittenViewError when the views cannot be removed, or the sign cannot be kept.
    """
    found, reached = newest(home), database.generation(connection)
    if found is None or found <= reached:
        return
    try:
        (home.views / f"{found}{_LOST}").mkdir(exist_ok=True)
        drop(home)
    except OSError as error:
        raise UnwrittenViewError(
            f"the rows have lost changes, and the views of them cannot be set aside in "
            f"{home.views} ({error.strerror}): see 'waymark doctor'"
        ) from error


def load(home: Home, generation: int, of_format: int = FORMAT) -> Views:
    """Open a generation. of_format: `EARLIER` for one that answers until it is built anew.

    Raises DamagedViewError when it is missing, of another format, or a file's checksum differs.
    """
    folder = home.views / str(generation)
    manifest = _Manifest.load(folder, of_format)
    try:
        whole_folder.verify(folder, manifest.sha256)
        vectors, positions = segments.load(folder, manifest.segments)
        words = StemmedWords.load(folder / _WORDS)
        return Views(of_format, generation, vectors, words, positions)
    except (OSError, ValueError, RuntimeError, DamagedFolderError) as error:
        raise DamagedViewError(f"{folder}: {error}") from error


def build(home: Home, catalog: Catalog, dimension: int) -> int:
    """Build the view of the catalog's rows, switch to it and drop the oldest.

    Returns the generation of the rows it was built from. To be called under `lock`.
    Raises UnwrittenViewError when it cannot be written; the older ones stay.
    """
    with catalog.snapshot() as generation, _written(home, generation) as part:
        _publish(home, part, _whole(catalog, dimension, part, generation))
        return generation


def renew(home: Home, catalog: Catalog, dimension: int) -> int:
    """As `build`; but where rows were only added since the newest view, only these are written, and
    the rest is linked. Damage to that view is carried over, and found when the new one is loaded.
    """
    with catalog.snapshot() as generation, _written(home, generation) as part:
        before = _to_add_to(home, generation, database.rewritten(catalog.connection))
        if before is None:
            manifest = _whole(catalog, dimension, part, generation)
        else:
            manifest = _extended(home, catalog, dimension, before, part, generation)
        _publish(home, part, manifest)
        return generation


def _whole(catalog: Catalog, dimension: int, part: Path, generation: int) -> _Manifest:
    """Write all passages into an empty folder."""
    (part / _WORDS).mkdir()
    words = StemmedWords.build(catalog.all_texts(), part / _WORDS)
    numbers = catalog.numbers()
    made = segments.write(catalog, numbers, dimension, words.terms, part)
    last = int(numbers[-1]) if len(numbers) else 0
    return _Manifest(generation, last, made, whole_folder.checksums(part))


def _to_add_to(home: Home, generation: int, rewritten: int) -> _Manifest | None:
    """The newest view, where all that it lacks are passages added since and its words are whole;
    else None.

    rewritten: as `database.rewritten` returns it.
    """
    found = newest(home)
    if found is None or not rewritten <= found < generation:
        return None
    folder = home.views / str(found)
    try:
        manifest = _Manifest.load(folder)
        # The words are opened to add to them, the rest is only linked.
        whole = _checksums(folder, _WORDS) == manifest.sums(_WORDS)
    except (DamagedViewError, OSError):
        return None
    return manifest if whole else None


def _extended(
    home: Home, catalog: Catalog, dimension: int, before: _Manifest, part: Path, generation: int
) -> _Manifest:
    """Link an earlier view into an empty folder, and write the passages added since: into its
    words, and as new segments, which take in the smaller ones before them.
    """
    source = home.views / str(before.generation)
    whole_folder.link(source / _WORDS, part / _WORDS)
    words = StemmedWords.extend(catalog.all_texts(before.last + 1), part / _WORDS)
    sums = _checksums(part, _WORDS)
    added = catalog.numbers(before.last + 1)
    stay = segments.kept(before.segments, len(added))
    for segment in stay:
        whole_folder.link(source / segment.folder, part / segment.folder)
        sums |= before.sums(segment.folder)
    taken_in = before.segments[len(stay) :]
    numbers = catalog.numbers(taken_in[0].first) if taken_in else added
    made: tuple[Segment, ...] = ()
    if taken_in or len(added):
        made = segments.write(catalog, numbers, dimension, words.terms, part)
    for segment in made:
        sums |= _checksums(part, segment.folder)
    last = int(added[-1]) if len(added) else before.last
    return _Manifest(generation, last, (*stay, *made), sums)


def _checksums(folder: Path, inside: str) -> dict[str, str]:
    """The sha256 of the files in one folder of a view, by their path in the view."""
    found = whole_folder.checksums(folder / inside)
    return {f"{inside}/{name}": sum_ for name, sum_ in found.items()}


def carry(home: Home, before: int, after: int) -> None:
    """Make the view of a generation also that of a later one, after changes to nothing that a view
    holds.

    Files are linked, or copied where the disk has no links. Where there is no such view, or no
    room, the next reader builds one. To be called under `lock`.
    """
    source, part = home.views / str(before), home.views / f"{after}.part"
    try:
        manifest = replace(_Manifest.load(source), generation=after)
        shutil.rmtree(part, ignore_errors=True)
        whole_folder.link(source, part)
        _publish(home, part, manifest)
    except (OSError, DamagedViewError):
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _written(home: Home, generation: int) -> Iterator[Path]:
    """An empty folder in which to write a generation and publish it; it is removed when that fails.

    Raises UnwrittenViewError when something in it cannot be written.
    """
    part = home.views / f"{generation}.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
    except (OSError, ValueError, RuntimeError) as error:  # each engine has its own for a disk
        why = " ".join(str(error).split())[:200]
        shutil.rmtree(part, ignore_errors=True)
        raise UnwrittenViewError(
            f"the views could not be written to {home.views} ({why}): make room, "
            "then 'waymark rebuild'"
        ) from error


def _publish(home: Home, part: Path, manifest: _Manifest) -> None:
    whole_folder.publish(part, home.views / str(manifest.generation), manifest.as_dict())
    _drop_old(home)


def is_taken(home: Home) -> bool:
    """Whether something else than a folder lies where the views belong: a file, a broken link."""
    return os.path.lexists(home.views) and not home.views.is_dir()


def move_aside(home: Home) -> Path:
    """Rename what `is_taken` found to a name that is free; returns that. Raises OSError."""
    names = (home.path / f"views.aside{number or ''}" for number in itertools.count())
    aside = next(path for path in names if not os.path.lexists(path))
    return home.views.rename(aside)


def drop(home: Home) -> None:
    """Remove every view, finished or not; the sign of lost changes stays. To be called under
    `lock`.
    """
    for entry in home.views.iterdir():
        if not entry.name.endswith(_LOST):
            shutil.rmtree(entry)


def clear(home: Home) -> None:
    """Remove every view, and the sign of lost changes. To be called under `lock`."""
    for entry in home.views.iterdir():
        shutil.rmtree(entry)


@contextmanager
def lock(home: Home, *, wait_seconds: float | None) -> Iterator[None]:
    """The lock of the one thread that writes to this library; the system frees it with the process.

    The thread that holds it may take it again.

    wait_seconds: how long to wait for another thread or process; None for as long as it takes.
    Raises filelock.Timeout when another still holds it then; LibraryError when something else lies
    where the views belong.
    """
    if is_taken(home):
        raise LibraryError(
            f"{home.views} is no folder, so no view can be made: 'waymark doctor --repair' moves "
            "it aside"
        )
    home.views.mkdir(parents=True, exist_ok=True)
    seconds = -1.0 if wait_seconds is None else wait_seconds  # as filelock has it
    # One object for all, since each new one would keep its own thread out too.
    with FileLock(home.lock, is_singleton=True).acquire(seconds):
        yield


def _drop_old(home: Home) -> None:
    held = 0
    for entry in sorted(home.views.iterdir(), key=lambda e: e.name.zfill(20), reverse=True):
        if entry.name.isdigit() and held < _KEPT:
            held += 1
        elif entry.is_dir() and not entry.name.endswith(_LOST):
            shutil.rmtree(entry, ignore_errors=True)
