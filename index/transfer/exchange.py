"""A library as plain files, for analysis elsewhere, and the same library made of them again.

manifest.json     format, settings, what is lost, and the sha256 of every other file; written last
documents.jsonl, pages.jsonl, passages.jsonl, tags.jsonl, decisions.jsonl,
                      files.jsonl, generations.jsonl, saved_questions.jsonl, collections.jsonl,
                      collected.jsonl, replacements.jsonl
vectors.npy       float16 (n, dim), unit length, a row for each line of passages.jsonl
windows.npy       int8 (m, dim), a row for each span, passage by passage
scales.npy        float16 (m,); each times its row of windows.npy has unit length
ids.txt           the passage id of each row of vectors.npy
files/<sha256>    the originals
tagger/           the library's own heads, where it has some

Drafts and the bin are left out. `replacements` holds only ids: a citation of a replaced document
still leads to the one that took its place, but its text is not there.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap

from index.curating.incoming import plain_name
from index.files import arrays, copied, whole_folder
from index.files.home import Home
from index.health import check_rows
from index.library import Library
from index.rows import database
from index.rows.database import LibraryError
from index.rows.stored import (
    joined,
    parted,
    read_spans,
    read_vectors,
    read_windows,
    spans_as_stored,
    vector_as_stored,
    window_bytes,
    windows_as_stored,
)
from index.tagging import own_tagger
from ingest.digest import sha256_of

FORMAT = 3
"""Raised when an earlier Waymark could not read what is written."""

_LACKS: dict[int, frozenset[str]] = {2: frozenset({"replacements"}), FORMAT: frozenset()}
"""The formats that can be read, each with the tables of which it had no file. Those stay empty."""

_SCHEMAS = (6, 7, database.VERSION)
"""The schemas whose exports can be read."""

_SINCE: dict[str, dict[str, Any]] = {"pages": {"printed": ""}, "passages": {"notes": []}}
"""Columns that exports of the earlier of these schemas lack, and what is written into them then."""

_MANIFEST = "manifest.json"
_TABLES = (
    "documents",
    "files",
    "pages",
    "passages",
    "tags",
    "decisions",
    "generations",
    "saved_questions",
    "collections",
    "collected",
    "replacements",
)
"""In an order in which each row finds what it refers to."""

_IN_JSON = frozenset({"authors", "section", "page_breaks", "notes"})
"""Columns that hold JSON, which stands in the lines as JSON and not as a string."""

_IN_HEX = frozenset({"label_scores"})
"""Columns of a few bytes, which are written as hex digits; see `index.rows.stored`."""

_IN_ARRAYS = frozenset({"vector", "spans", "windows"})
_ARRAYS = ("vectors.npy", "windows.npy", "scales.npy")
_CARRIED = re.compile(r"files/[0-9a-f]{64}|tagger/[a-z]+\.[a-z]+")


def write(library: Library, folder: Path) -> tuple[str, ...]:
    """Write what is in the library, as it is at one moment, to an empty or a new folder.

    Returns what the library has lost, see `index.transfer.backup.BackedUp`: the export lacks it
    too, and a library made of it reports that. Raises LibraryError when the folder is not empty, or
    when a document was removed or the tagger trained meanwhile; OSError when something cannot be
    read or written. After either nothing is left in the folder.
    """
    if why := whole_folder.in_the_way(folder):
        raise LibraryError(why)
    with whole_folder.filling(folder) as part:
        return _write(library, part)


def _write(library: Library, folder: Path) -> tuple[str, ...]:
    with library.catalog() as catalog, catalog.snapshot():
        connection = catalog.connection
        settings = {"generation": 0} | database.settings(connection)
        own = own_tagger.in_use(library.home, connection)
        heads = own_tagger.files(own)
        if heads:
            settings.pop(own_tagger.SETTING, None)
        for table in _TABLES:
            _write_lines(folder / f"{table}.jsonl", _rows(connection, table))
        _write_arrays(connection, folder, library.identity.dimension)
        originals = [
            name for (name,) in connection.execute("SELECT DISTINCT file_sha256 FROM documents")
        ]
    carried = {f"files/{name}": library.home.original(name) for name in originals}
    carried |= {f"tagger/{path.name}": path for path in heads}
    there = {name for name, path in carried.items() if _copied(path, folder / name)}
    lost = tuple(sorted(name for name in originals if f"files/{name}" not in there))
    _refuse_changed(library, own, lost)
    if own and not heads:
        lost = (*lost, own_tagger.SETTING)
    _write_manifest(folder, settings, lost)
    return lost


def _copied(path: Path, target: Path) -> bool:
    """Copy a file; False when there is none."""
    target.parent.mkdir(exist_ok=True)
    try:
        shutil.copyfile(path, target)
    except FileNotFoundError:
        return False
    return True


def _refuse_changed(library: Library, own: Path | None, lost: Iterable[str]) -> None:
    """Raise LibraryError where an original that is not there went with its document, or a training
    put another tagger in place, since the rows were read.
    """
    with library.catalog() as catalog:
        trained = own_tagger.in_use(library.home, catalog.connection) != own
        if trained or not all(catalog.needs_original(sha256) for sha256 in lost):
            what = "the tagger was trained" if trained else "a document was removed"
            raise LibraryError(f"{what} while the library was exported: export it again")


def read(folder: Path, home: Home) -> Library:
    """Make the library of an exported folder; no encoder runs. Whole or not at all.

    Raises LibraryError when there is a library at `home` already, and when the folder is no
    export, was changed since, or is of a version that is not read.
    """
    manifest = _manifest(folder)
    # What is there before is never taken away again when this fails.
    for path in (home.database, home.files, home.views, home.tagger):
        if path.exists() and not _is_empty(path):
            raise LibraryError(f"there is a library already, or a part of one: {path}")
    try:
        with closing(database.create(home.database)) as connection:
            home.files.mkdir(exist_ok=True)
            for name in manifest["sha256"]:
                if _CARRIED.fullmatch(name):
                    (home.path / name).parent.mkdir(exist_ok=True)
                    copied.copy(folder / name, home.path / name)
            with database.addition(connection):
                _fill(connection, folder, manifest)
                if wrong := check_rows.misnamed(connection) or check_rows.misshapen(connection):
                    raise LibraryError(f"{folder} is no export of a library: {wrong}")
        library = Library.open(home)
        library.views()
    except BaseException as error:
        _unmake(home)
        if isinstance(error, KeyError | TypeError | ValueError | sqlite3.Error):
            raise LibraryError(f"{folder} cannot be read as an export: {error!r}") from error
        raise
    return library


def _fill(connection: sqlite3.Connection, folder: Path, manifest: dict[str, Any]) -> None:
    settings = manifest["settings"]
    for key, value in settings.items():
        database.write_setting(connection, key, value)
    # The change that this is part of counts one up.
    database.write_setting(connection, "generation", int(settings["generation"]) - 1)
    for table in _held(manifest):
        lines = (_SINCE.get(table, {}) | row for row in _read_lines(folder / f"{table}.jsonl"))
        rows = _with_arrays(lines, folder) if table == "passages" else lines
        columns = _columns(connection, table)
        marks = ", ".join("?" * len(columns))
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
            ([_as_stored(name, row[name]) for name in columns] for row in rows),
        )


def _held(manifest: dict[str, Any]) -> list[str]:
    """The tables that an export of this format has a file of, in the order of `_TABLES`."""
    return [table for table in _TABLES if table not in _LACKS[manifest["format"]]]


def _columns(connection: sqlite3.Connection, table: str) -> Sequence[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _write_manifest(folder: Path, settings: dict[str, Any], lost: tuple[str, ...]) -> None:
    """Write the manifest, with the sha256 of each file that is there now."""
    manifest = {
        "format": FORMAT,
        "schema": database.VERSION,
        "settings": settings,
        "lost": lost,
        "sha256": {
            path.relative_to(folder).as_posix(): sha256_of(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / _MANIFEST).write_text(text + "\n", encoding="utf-8")


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    """Rows without their arrays; spans as lists, and tags with the id of their passage."""
    own = [name for name in _columns(connection, table) if name not in _IN_ARRAYS]
    added = {"tags": ["passage_id"], "passages": ["spans"]}.get(table, [])
    names = [*own, *added]
    chosen = ", ".join([*(f"{table}.{name}" for name in own), *added])
    source = "tags JOIN passages USING (number)" if table == "tags" else table
    for row in connection.execute(f"SELECT {chosen} FROM {source} ORDER BY 1, 2"):
        found = dict(zip(names, row, strict=True))
        for name in _IN_JSON & found.keys():
            found[name] = json.loads(found[name])
        for name in _IN_HEX & found.keys():
            found[name] = found[name].hex()
        if table == "passages":
            found["spans"] = read_spans(found["spans"]).tolist()
        yield found


def _write_arrays(connection: sqlite3.Connection, folder: Path, dimension: int) -> None:
    passages, size = connection.execute(
        "SELECT count(*), coalesce(sum(length(windows)), 0) FROM passages"
    ).fetchone()
    vectors = open_memmap(
        folder / "vectors.npy", mode="w+", dtype="<f2", shape=(passages, dimension)
    )
    count = size // window_bytes(dimension)
    windows = open_memmap(folder / "windows.npy", mode="w+", dtype="i1", shape=(count, dimension))
    scales = open_memmap(folder / "scales.npy", mode="w+", dtype="<f2", shape=(count,))
    done = 0
    rows = connection.execute(
        "SELECT passage_id, vector, windows FROM passages ORDER BY number, passage_id"
    )
    with (folder / "ids.txt").open("w", encoding="utf-8") as ids:
        for index, (name, vector, held) in enumerate(rows):
            vectors[index] = read_vectors([vector], dimension)[0]
            own = read_windows(held, dimension)
            rows_of = slice(done, done + len(own))
            scales[rows_of], windows[rows_of] = parted(own)
            done += len(own)
            ids.write(f"{name}\n")
    for array in (vectors, windows, scales):
        array.flush()


def _with_arrays(lines: Iterable[dict[str, Any]], folder: Path) -> Iterator[dict[str, Any]]:
    vectors, windows, scales = (arrays.mapped(folder / name) for name in _ARRAYS)
    done = index = 0
    for index, row in enumerate(lines, start=1):
        spans = np.array(row["spans"], dtype=np.int32).reshape(-1, 2)
        own = slice(done, done + len(spans))
        done += len(spans)
        row["vector"] = vector_as_stored(vectors[index - 1].astype(np.float32))
        row["windows"] = windows_as_stored(joined(scales[own], windows[own]))
        row["spans"] = spans_as_stored(spans)
        yield row
    if (index, done, done) != (len(vectors), len(windows), len(scales)):
        raise ValueError("passages.jsonl and the arrays are not of the same length")


def _as_stored(name: str, value: Any) -> Any:
    if name in _IN_HEX:
        return bytes.fromhex(value)
    if name == "file_name" and isinstance(value, str):
        return plain_name(value)
    return json.dumps(value, ensure_ascii=False) if name in _IN_JSON else value


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line)


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an export. Raises LibraryError unless all its files are there as they were
    written, and of a format and schema that can be read.
    """
    path = folder / _MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        found = {key: manifest[key] for key in ("format", "schema", "settings", "sha256")}
        recorded = dict(found["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        raise LibraryError(f"{path} is missing or damaged: 'waymark export' writes it") from None
    if found["format"] not in list(_LACKS) or found["schema"] not in _SCHEMAS:
        raise LibraryError(
            f"{folder} was written by another version of Waymark"
            f" (format {found['format']}, schema {found['schema']}; this one: {FORMAT},"
            f" {database.VERSION}): open its library with this one and export that, or upgrade"
        )
    needed = {f"{table}.jsonl" for table in _held(found)} | set(_ARRAYS)
    for name in sorted(needed | recorded.keys()):
        inside = folder / name
        known = name in needed or name == "ids.txt" or _CARRIED.fullmatch(name)
        if not (known and inside.is_file() and sha256_of(inside) == recorded.get(name)):
            raise LibraryError(f"{inside} is missing or was changed: export the library again")
    return found


def _is_empty(path: Path) -> bool:
    """Whether it is an empty folder, such as a restore leaves that was refused."""
    return path.is_dir() and not any(path.iterdir())


def _unmake(home: Home) -> None:
    """Remove all of a library that an import has begun: nothing of it was there before."""
    for path in home.path.glob("library.sqlite*"):
        path.unlink(missing_ok=True)
    for folder in (home.files, home.views, home.tagger):
        shutil.rmtree(folder, ignore_errors=True)
