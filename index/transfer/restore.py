"""A library made from its backup, of which every byte is checked before the first is written."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from index.derived import views
from index.files import durable
from index.files.home import Home
from index.health import check_rows
from index.rows import database
from index.rows.database import LibraryError
from index.transfer.backup import DATABASE, FORMAT, MANIFEST, Member

_NAME = re.compile(
    r"library\.sqlite|(?:files|incoming)/[0-9a-f]{64}|tagger/[A-Za-z0-9_][A-Za-z0-9_.-]*"
)
"""The names that may be in a backup. On no system does one of them lead out of the folder."""

_LONGEST_MANIFEST = 256 << 20
"""Bytes. A file takes about 150 in it, so there is room for a million and a half files."""

_BLOCK = 1 << 20

_WITH_CURATORS = 3
"""The first schema that has a table of curators."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A library that was restored.

    originals: how many there are. curators: names of those who may sign in, also of those removed
    since the backup was made. keys: how many keys their programs have.
    """

    generation: int
    originals: int
    curators: tuple[str, ...]
    keys: int


class BackupError(LibraryError):
    """A backup that is damaged, of a later version, or none at all."""


def restore(source: Path, home: Home) -> Restored:
    """Make the library that a backup holds; its views are built at the first question.

    The size and sha256 of each file are checked first, and nothing is written when one differs. The
    database gets its name last, by one rename. So a restore that was stopped leaves no library, and
    the same call finishes the work.
    Raises LibraryError when there is a library already, BackupError when the backup cannot be
    used, OSError when it cannot be read or the library cannot be written.
    """
    if home.database.exists():
        raise LibraryError(f"there is a library already in {home.path}: name another --home")
    with _opened(source) as tar:
        manifest, members = _manifest(source, tar)
        _check(source, tar, members)
        with _new_until_refused(home), views.lock(home, wait_seconds=None):
            if home.database.exists():
                raise LibraryError(f"there is a library already in {home.path}")
            with _part(source, tar, DATABASE, members.pop(DATABASE), home.database) as rows:
                curators, keys = _checked(source, rows)
                home.files.mkdir(exist_ok=True)
                for name, member in members.items():
                    with _part(source, tar, name, member, home.path / name) as part:
                        durable.put(part, home.path / name)
                # Before the rows get their name: no view of other rows may lie beside them.
                views.clear(home)
                durable.put(rows, home.database)
    originals = sum(name.startswith("files/") for name in members)
    return Restored(int(manifest["generation"]), originals, curators, keys)


@contextmanager
def _new_until_refused(home: Home) -> Iterator[None]:
    """Remove a home that was made for a backup that is then refused, unless files of the backup are
    in it.
    """
    is_new = not home.path.exists()
    try:
        yield
    except BackupError:
        if is_new and {path.name for path in home.path.iterdir()} <= {"views", home.lock.name}:
            with suppress(OSError):
                home.views.rmdir()
                home.lock.unlink(missing_ok=True)
                home.path.rmdir()
        raise


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{source} is no whole backup: {error}") from None


def _manifest(source: Path, tar: tarfile.TarFile) -> tuple[dict[str, Any], dict[str, Member]]:
    first = tar.next()
    if first is None or first.name != MANIFEST or first.size > _LONGEST_MANIFEST:
        raise BackupError(f"{source} is no backup of a Waymark library")
    try:
        manifest = json.loads(_stream(source, tar, first).read())
        format_, schema = int(manifest["format"]), int(manifest["schema"])
        int(manifest["generation"])
        members = {
            name: Member(str(about["sha256"]), int(about["size"]))
            for name, about in manifest["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{source}: its manifest cannot be read ({error!r})") from None
    if format_ > FORMAT or schema > database.VERSION:
        raise BackupError(
            f"{source} was made by a later Waymark (format {format_}, schema {schema}): upgrade"
        )
    for name in members:
        if not _NAME.fullmatch(name):
            raise BackupError(f"{source} holds '{name[:100]}', which is no part of a library")
    if DATABASE not in members:
        raise BackupError(f"{source} holds no {DATABASE}")
    return manifest, members


def _check(source: Path, tar: tarfile.TarFile, members: dict[str, Member]) -> None:
    """Refuse a backup whose files are not exactly those of the manifest, once each."""
    left = dict(members)
    for header in iter(tar.next, None):
        member = left.pop(header.name, None)
        if member is None:
            raise BackupError(f"{source} holds '{header.name[:100]}', not named in its manifest")
        _copy(source, _stream(source, tar, header), header.name, member, None)
    if left:
        raise BackupError(f"{source} is cut short: {min(left)} is missing")


def _checked(source: Path, rows: Path) -> tuple[tuple[str, ...], int]:
    """The curators in a database, and the number of their keys. Raises BackupError for a database
    that cannot be read, or whose rows name files as no library does.
    """
    try:
        # Immutable: nothing is written beside it.
        address = f"{rows.absolute().as_uri()}?immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            if wrong := check_rows.misnamed(connection):
                raise BackupError(f"{source} is no backup of a library: {wrong}")
            if connection.execute("PRAGMA user_version").fetchone()[0] < _WITH_CURATORS:
                return (), 0
            names = connection.execute("SELECT name FROM curators ORDER BY name")
            curators = tuple(str(name) for (name,) in names)
            (keys,) = connection.execute("SELECT count(*) FROM keys").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{source}: its {DATABASE} cannot be read ({error})") from None
    return curators, keys


@contextmanager
def _part(
    source: Path, tar: tarfile.TarFile, name: str, member: Member, final: Path
) -> Iterator[Path]:
    """A file of the backup, written beside the place where it belongs. After the block it is gone
    from there.
    """
    final.parent.mkdir(parents=True, exist_ok=True)
    part = final.with_name(f"{final.name}.part")
    try:
        with part.open("wb") as file:
            _copy(source, _stream(source, tar, tar.getmember(name)), name, member, file)
        yield part
    except OSError as error:
        error.filename = error.filename or str(final)  # as of a full disk, which names none
        raise
    finally:
        part.unlink(missing_ok=True)


def _stream(source: Path, tar: tarfile.TarFile, header: tarfile.TarInfo) -> IO[bytes]:
    stream = tar.extractfile(header) if header.isreg() else None
    if stream is None:
        raise BackupError(f"{source}: '{header.name[:100]}' is no plain file")
    return stream


def _copy(
    source: Path, stream: IO[bytes], name: str, member: Member, target: IO[bytes] | None
) -> None:
    """Read a file to its end, into `target` when there is one. Raises BackupError when it is not
    what the manifest says.
    """
    digest, size = hashlib.sha256(), 0
    while block := stream.read(_BLOCK):
        digest.update(block)
        size += len(block)
        if target is not None:
            target.write(block)
    if (digest.hexdigest(), size) != (member.sha256, member.size):
        raise BackupError(f"{source} is damaged: {name} is not what was backed up")
