"""A library in one file: taken while it is in use, checked before anything of it is written back.

The file is an uncompressed tar, `manifest.json` first, then `library.sqlite`, the originals under
`files/`, drafts' and withdrawn ones' included, what waits to be read under `incoming/`, and the
library's own tagger under `tagger/`. The manifest gives size and sha256 of each,
so any tool can unpack and check it. Views and the converted encoder are derived and left out.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from index.curating import erase, sweeping
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
    """What went into a backup.

    lost: originals that documents name and the library no longer has, by sha256, and `tagger`
    where its own is gone; the backup lacks them too.
    """

    documents: int
    generation: int
    size: int
    lost: tuple[str, ...]


class _RemovedMeanwhileError(Exception):
    """An original went with its document after the rows were copied, or a tagger for a new one."""


def backup(home: Home, target: Path) -> BackedUp:
    """Copy the library into one file, whole or not at all, while it may be read and written.

    The rows are one generation's: SQLite copies them in one read transaction. Originals are
    written before their rows and removed after them, so those of the copied rows are there
    afterwards; when a document was removed in between, or the tagger trained, the copy is taken
    anew.
    Raises LibraryError when there is no library, when `target` is there already, or when
    documents keep being removed; OSError when it cannot be written.
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
    """Leave nothing of a removal that is not finished where the rows were copied from."""
    if database.read_setting(copy, erase.REMOVING):
        copy.execute("VACUUM")
        database.write_setting(copy, erase.REMOVING, [])
        copy.commit()


def _write(home: Home, copy: Path, part: Path) -> BackedUp:
    with closing(sqlite3.connect(copy)) as rows:
        (documents,) = rows.execute("SELECT count(*) FROM documents").fetchone()
        originals = "SELECT file_sha256 FROM documents UNION SELECT file_sha256 FROM shelf"
        wanted = {sha256 for (sha256,) in rows.execute(originals)}
        waiting = sorted(sweeping.needed_files(rows))
        generation = database.generation(rows)
        (schema,) = rows.execute("PRAGMA user_version").fetchone()
        tagger = own_tagger.in_use(home, rows)
        heads = own_tagger.files(tagger)
        if heads:
            rows.execute("DELETE FROM library WHERE key = ?", (own_tagger.SETTING,))
            rows.commit()
    lost = tuple(sorted(name for name in wanted if not home.original(name).is_file()))
    _refuse_removed(home, lost)
    sources = {DATABASE: copy}
    sources |= {f"files/{name}": home.original(name) for name in sorted(wanted - set(lost))}
    sources |= _uploads(home, waiting)
    sources |= {f"tagger/{path.name}": path for path in heads}
    if tagger and not heads:
        lost = (*lost, own_tagger.SETTING)
    try:
        members = {name: _member(path) for name, path in sources.items()}
        manifest = {
            "format": FORMAT,
            "schema": schema,
            "generation": generation,
            "made_at": stamp(),
            "lost": lost,
            "files": {name: asdict(member) for name, member in members.items()},
        }
        _write_tar(part, manifest, sources, members)
    except FileNotFoundError as error:
        raise _RemovedMeanwhileError from error
    _refuse_another_tagger(home, tagger)
    return BackedUp(documents, generation, part.stat().st_size, lost)


def _refuse_removed(home: Home, lost: tuple[str, ...]) -> None:
    """Tell an original that went with its document from one that is lost."""
    with closing(database.connect(home.database)) as connection:
        if not all(Catalog(connection).needs_original(sha256) for sha256 in lost):
            raise _RemovedMeanwhileError


def _refuse_another_tagger(home: Home, tagger: Path | None) -> None:
    """Tell a tagger that a training has removed meanwhile from one that is lost."""
    with closing(database.connect(home.database)) as connection:
        if own_tagger.in_use(home, connection) != tagger:
            raise _RemovedMeanwhileError


def _uploads(home: Home, names: list[str]) -> dict[str, Path]:
    """The uploads that wait, by their name in the backup; read meanwhile, they are originals now.

    One that was lost is left out, and the job in the copy says so when it is tried. One that was
    cancelled since the rows were copied makes the copy an old one.
    """
    found: dict[str, Path] = {}
    for name in names:
        there = [path for path in (home.waiting(name), home.original(name)) if path.is_file()]
        if there:
            found[f"incoming/{name}"] = there[0]
    with closing(database.connect(home.database)) as connection:
        needed = sweeping.needed_files(connection)
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
