"""A library in one file, which is written while the library is in use.

The file is an uncompressed tar: first `manifest.json`, then `library.sqlite`, the originals under
`files/` with those of drafts and of the bin, what waits to be read under `incoming/`, and the
library's own tagger under `tagger/`. The manifest gives size and sha256 of each, so any tool can
unpack and check them. Views and the converted encoder are derived, and left out.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tarfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from index.curating import erase, jobs
from index.files import durable
from index.files.home import Home
from index.rows import database
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.moment import stamp
from index.tagging import own_tagger

FORMAT = 1
"""Raised when a backup can no longer be read by what read those before."""

MANIFEST = "manifest.json"
DATABASE = "library.sqlite"

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the backup. size: bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made. size: bytes.

    lost: what the library has lost, so that the backup lacks it too: originals that documents name,
    by sha256, and `tagger` where its own tagger is gone.
    """

    documents: int
    generation: int
    size: int
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the copied rows say of the library.

    originals: digests of the files that documents were read from. uploads: of those in incoming/
    that a job needs. tagger: folder of the library's own tagger, None where it has none. heads: the
    files in it.
    """

    documents: int
    generation: int
    schema: int
    originals: tuple[str, ...]
    uploads: tuple[str, ...]
    tagger: Path | None
    heads: tuple[Path, ...]


class _RemovedMeanwhileError(Exception):
    """After the rows were copied an original was removed with its document, or the tagger that they
    name when a new one was learned.
    """


def backup(home: Home, target: Path) -> BackedUp:
    """Copy the library into one file, whole or not at all, while it may be read and written.

    The rows are of one generation, as SQLite copies them in one read transaction. Originals are
    written before their rows and removed after them, so those of the copied rows are there
    afterwards. Where a document was removed in between, or the tagger trained, all is copied again.
    Raises LibraryError when there is no library, when `target` is there already, or when documents
    are removed each time; OSError when it cannot be written.
    """
    if target.exists():
        raise LibraryError(f"{target} is there already: name another file")
    if not target.parent.is_dir():
        raise LibraryError(f"{target}: its folder is not there: make it, or name another file")
    copy, part = (target.with_name(f"{target.name}.{end}") for end in ("sqlite.part", "part"))
    try:
        part.touch()  # SQLite does not say why a file cannot be written
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None
    try:
        for _ in range(_ATTEMPTS):
            copy.unlink(missing_ok=True)
            _copy_rows(home, copy)
            try:
                done = _write(home, copy, part)
            except _RemovedMeanwhileError:
                continue
            durable.put(part, target)
            return done
    finally:
        copy.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    raise LibraryError(
        "documents were removed, or the tagger trained, while they were copied: try again later"
    )


def _copy_rows(home: Home, copy: Path) -> None:
    with closing(database.connect(home.database)) as source:
        try:
            with closing(sqlite3.connect(copy)) as target:
                source.backup(target)
                # One file, without the journal beside it that a WAL database wants.
                target.execute("PRAGMA journal_mode = DELETE")
                _finish_removal(target)
        except sqlite3.DatabaseError as error:
            raise LibraryError(f"the rows could not be copied to {copy}: {error}") from None


def _finish_removal(copy: sqlite3.Connection) -> None:
    """Finish a removal in the copy that is not finished in the library: nothing of the document may
    be left in it.
    """
    if database.read_setting(copy, erase.REMOVING):
        copy.execute("VACUUM")
        database.write_setting(copy, erase.REMOVING, [])
        copy.commit()


def _read_rows(home: Home, copy: Path) -> _Rows:
    """What the copied rows say. They name no tagger any longer where its files are there: in the
    backup these lie under tagger/, where a library that names none has its own.
    """
    with closing(sqlite3.connect(copy)) as connection:
        catalog = Catalog(connection)
        tagger = own_tagger.in_use(home, connection)
        heads = own_tagger.files(tagger)
        if heads:
            database.remove_setting(connection, own_tagger.SETTING)
            connection.commit()
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        return _Rows(
            len(catalog.document_ids()),
            database.generation(connection),
            schema,
            tuple(sorted(catalog.originals())),
            tuple(sorted(jobs.needed_uploads(connection))),
            tagger,
            tuple(heads),
        )


def _write(home: Home, copy: Path, part: Path) -> BackedUp:
    rows = _read_rows(home, copy)
    originals = {name: home.original(name) for name in rows.originals}
    lost = tuple(name for name, path in originals.items() if not path.is_file())
    _refuse_removed(home, lost)
    sources = {DATABASE: copy}
    sources |= {f"files/{name}": path for name, path in originals.items() if name not in lost}
    sources |= _uploads(home, rows.uploads)
    sources |= {f"tagger/{path.name}": path for path in rows.heads}
    if rows.tagger and not rows.heads:
        lost = (*lost, own_tagger.SETTING)
    try:
        members = {name: _member(path) for name, path in sources.items()}
        manifest = {
            "format": FORMAT,
            "schema": rows.schema,
            "generation": rows.generation,
            "made_at": stamp(),
            "lost": lost,
            "files": {name: asdict(member) for name, member in members.items()},
        }
        _write_tar(part, manifest, sources, members)
    except FileNotFoundError as error:
        raise _RemovedMeanwhileError from error
    _refuse_another_tagger(home, rows.tagger)
    return BackedUp(rows.documents, rows.generation, part.stat().st_size, lost)


def _refuse_removed(home: Home, lost: Sequence[str]) -> None:
    """Raise _RemovedMeanwhileError where an original that is not there went with its document."""
    with closing(database.connect(home.database)) as connection:
        if not all(Catalog(connection).needs_original(sha256) for sha256 in lost):
            raise _RemovedMeanwhileError


def _refuse_another_tagger(home: Home, tagger: Path | None) -> None:
    """Raise _RemovedMeanwhileError where a training put another tagger in place meanwhile."""
    with closing(database.connect(home.database)) as connection:
        if own_tagger.in_use(home, connection) != tagger:
            raise _RemovedMeanwhileError


def _uploads(home: Home, names: Sequence[str]) -> dict[str, Path]:
    """The uploads that wait, by their name in the backup. One that was read meanwhile is an
    original now.

    One that is lost is left out: the job in the copy says so when it is tried. Raises
    _RemovedMeanwhileError where one is missing because its job was cancelled after the rows were
    copied.
    """
    found: dict[str, Path] = {}
    for name in names:
        there = [path for path in (home.waiting(name), home.original(name)) if path.is_file()]
        if there:
            found[f"incoming/{name}"] = there[0]
    with closing(database.connect(home.database)) as connection:
        needed = jobs.needed_uploads(connection)
    if any(name not in needed and f"incoming/{name}" not in found for name in names):
        raise _RemovedMeanwhileError
    return found


def _member(path: Path) -> Member:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Member(digest, file.tell())


def _write_tar(
    part: Path, manifest: dict[str, object], sources: dict[str, Path], members: dict[str, Member]
) -> None:
    text = json.dumps(manifest, indent=1).encode("utf-8")
    with tarfile.open(part, mode="w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(_header(MANIFEST, len(text)), io.BytesIO(text))
        for name, path in sources.items():
            with path.open("rb") as source:
                tar.addfile(_header(name, members[name].size), source)


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header
