"""`documents.csv`: what a curator knows of the files in a folder, beside the files.

A header names the columns, in any case of letters: `file`, and any of title, authors (parted by
semicolons), publisher, year, language, url, kind. Cells are parted by commas, semicolons or tabs,
as in the header. What it states replaces what the files say of themselves. A file whose row is
wrong waits, since the row of one that is in the library is not used.

Its own name may be in any case. A row's file is looked for under its name, letter by letter or in
the other form of accents (macOS parts "ü" into two characters), then in another case.
"""

from __future__ import annotations

import csv
import functools
import io
import os
import re
import stat
import time
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.signatures import not_text
from ingest.metadata.fields import (
    LINK,
    is_broken_cell,
    is_language,
    is_link,
    kind_from,
    metadata_from,
)
from ingest.metadata.kinds import KINDS
from ingest.prose.clean import tidy
from ingest.prose.text import decode
from ingest.records import Failure, Metadata, Reason

NAME = "documents.csv"
_SHOWN = 80
"""Characters of a wrong value that are repeated."""

COLUMNS = ("file", "title", "authors", "publisher", "year", "language", "url", "kind")

_SEPARATORS = ",;\t"
"""Spreadsheets write the semicolon where the comma is the decimal sign."""

_HINT = re.compile(r"sep=([^\r\n\"])\s*", re.IGNORECASE)
"""A first line by which some programs tell Excel what parts the cells."""

_SETTLED_NS = 2_000_000_000
"""No disk keeps the time of a folder's last change less exactly."""

_LOOK_NS = 50_000_000
"""A folder that was changed later than that is listed anew after so long."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows that hold, by file name, and a failure for each that does not."""

    stated: dict[str, Metadata]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its line, from 1, what it states of which file, and what is wrong with that."""

    line: int
    file: str
    stated: Metadata
    fault: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The rows of a file, or what is wrong with all of it."""

    path: Path
    rows: tuple[_Row, ...] = ()
    failures: tuple[Failure, ...] = ()
    by_name: dict[str, _Row] = field(default_factory=dict)
    by_folded: dict[str, list[str]] = field(default_factory=dict)


def load(folder: Path) -> Manifest:
    """The manifest of a folder; empty when there is none. Never raises for what it holds."""
    sheet = _sheet_of(folder)
    stated: dict[str, Metadata] = {}
    failures = list(sheet.failures)
    for row in sheet.rows:
        file = _file_of(row, folder)
        meant = _row_of(sheet, folder / file) if file else None
        if row.file and (not meant or meant.file != row.file):
            message = f"there is no file '{_shown(row.file)}' in this folder"
            failures.append(_wrong(sheet.path, row.line, message, "mend the row"))
        elif row.fault:
            failures.append(_wrong_row(sheet.path, row))
        else:
            stated[file] = row.stated
    return Manifest(stated, tuple(failures))


def stated_of(path: Path) -> Metadata:
    """What the manifest of a file's folder states of the file; empty where it says nothing.

    The other rows' files are not looked for: with 2,000 rows that took 50 ms a file.
    """
    row = _row_of(_sheet_of(path.parent), path)
    return Metadata() if row is None or row.fault else row.stated


def fault_of(path: Path) -> Failure | None:
    """What is wrong with what the manifest of a file's folder states of it, if anything is."""
    sheet = _sheet_of(path.parent)
    invalid = (failure for failure in sheet.failures if failure.reason is Reason.INVALID)
    row = _row_of(sheet, path)
    own = _wrong_row(sheet.path, row) if row is not None and row.fault else None
    return next(invalid, own)


def path_in(folder: Path) -> Path:
    """The manifest of a folder, whatever the case of its name; where it would be without one."""
    path = folder / NAME
    try:
        return path if path.exists() else folder / min(_names(folder).get(NAME, [NAME]))
    except OSError:
        return path


def _names(folder: Path) -> dict[str, list[str]]:
    """The names in a folder by their letters, whatever their case. Raises OSError.

    Every file of a folder may ask for them: with 2,000 listing it for each took 13 s.
    """
    changed, now = folder.stat().st_mtime_ns, time.time_ns()
    return _listed(folder, changed, 0 if now - changed > _SETTLED_NS else now // _LOOK_NS)


@functools.lru_cache(maxsize=8)
def _listed(folder: Path, _changed: int, _look: int) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name in os.listdir(folder):
        names.setdefault(_folded(name), []).append(name)
    return names


def _row_of(sheet: _Sheet, path: Path) -> _Row | None:
    """The row that means a file, if one does."""
    if row := sheet.by_name.get(path.name):
        return row
    names = _nearest(path.name, sheet.by_folded.get(_folded(path.name), []))
    alone = len(names) == 1 and _alike(names[0], path.parent) == [path.name]
    return sheet.by_name[names[0]] if alone else None


def _file_of(row: _Row, folder: Path) -> str:
    """The name of the file of a folder that a row means; empty where there is none, or where
    several are unlike it in case alone.
    """
    if Path(row.file).name != row.file:
        return ""
    if _is_file(folder / row.file):
        return row.file
    names = _alike(row.file, folder)
    return names[0] if len(names) == 1 and _is_file(folder / names[0]) else ""


def _alike(name: str, folder: Path) -> list[str]:
    """The names in a folder that are nearest to one."""
    try:
        return _nearest(name, _names(folder).get(_folded(name), []))
    except OSError:
        return []


def _nearest(name: str, names: list[str]) -> list[str]:
    """Of names that differ only in case and in the form of accents: the name itself if it is one of
    them, else those in its case, else all.

    A folder may hold two that read the same, one from a Mac and one from elsewhere.
    """
    same = [found for found in names if _composed(found) == _composed(name)]
    return [name] if name in names else same or names


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    return _composed(name).casefold()


def _wrong(path: Path, line: int, message: str, mend: str) -> Failure:
    return Failure(path, Reason.INVALID, message, f"line {line}", mend)


def _wrong_row(path: Path, row: _Row) -> Failure:
    mend = "mend the row; its file waits for that" if row.file else "mend the row"
    return _wrong(path, row.line, row.fault, mend)


def not_plain(path: Path) -> Failure | None:
    """What is wrong with a pipe, a socket or a device: opening one may wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError:  # reading it says why
        return None
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return Failure(path, Reason.UNSUPPORTED, "no plain file but a pipe, a socket or a device")


def _sheet_of(folder: Path) -> _Sheet:
    """The rows of the manifest of a folder; none where there is no manifest."""
    path = path_in(folder)
    if failure := not_plain(path):
        return _Sheet(path, failures=(failure,))
    try:
        found = path.stat()
        return _sheet(path, (found.st_mtime_ns, found.st_size, found.st_ino))
    except OSError:
        return _Sheet(path)


@functools.lru_cache(maxsize=8)
def _sheet(path: Path, _version: tuple[int, int, int]) -> _Sheet:
    """The rows of a file as it was last written. Raises OSError where it cannot be opened."""
    data = path.read_bytes()
    if found := not_text(data):
        what, mend = found
        mend = f"{mend}; the files beside it wait for that"
        return _Sheet(path, failures=(Failure(path, Reason.INVALID, what, "", mend),))
    # Not `splitlines`, which cuts at U+2028 too, and takes line ends out of quoted cells.
    lines = io.StringIO(decode(data), newline="")
    try:
        first = lines.readline()
        hint = _HINT.fullmatch(first)
        lines.seek(0)
        # Strict, since a quote that is never closed takes all rows below it into one cell.
        reader = csv.DictReader(
            lines, delimiter=hint[1] if hint else _separator(first), strict=True
        )
        if hint:
            next(reader.reader)  # it counts the lines
        return _read(path, reader)
    except csv.Error as error:
        mend = "close every quote, or save it as CSV again; the files beside it wait for that"
        failure = Failure(path, Reason.INVALID, f"not valid CSV: {error}", "", mend)
        return _Sheet(path, failures=(failure,))


def _separator(header: str) -> str:
    """What parts the cells of a file with this header: what makes most columns of it."""

    def columns(separator: str) -> int:
        return sum(
            _plain(name) in COLUMNS for name in next(csv.reader([header], delimiter=separator))
        )

    return max(_SEPARATORS, key=columns)


def _plain(name: str) -> str:
    return name.strip().casefold()


def _read(path: Path, reader: csv.DictReader[str]) -> _Sheet:
    """The rows, checked one by one, or what is wrong with the header. Raises csv.Error."""
    line = reader.reader.line_num + 1
    written = list(reader.fieldnames or ())
    reader.fieldnames = [_plain(name) for name in written]
    unknown = [name for name in written if name.strip() and _plain(name) not in COLUMNS]
    if "file" not in reader.fieldnames or unknown:
        wrong = f"unknown column '{_shown(unknown[0])}'" if unknown else "no column 'file'"
        mend = f"columns are: {', '.join(COLUMNS)}; the files beside it wait for that"
        return _Sheet(path, failures=(_wrong(path, line, wrong, mend),))
    sheet = _Sheet(path)
    rows = []
    for cells in reader:
        fields = {key: value.strip() for key, value in cells.items() if key and _filled(value)}
        if not fields:  # spreadsheets save rows of separators below a table
            continue
        authors = [name.strip() for name in fields.get("authors", "").split(";")]
        stated = metadata_from({**fields, "authors": authors})
        name = fields.get("file", "")
        before = sheet.by_name.get(name) if name else None
        again = f"'{_shown(name)}' has a row already (line {before.line})" if before else ""
        row = _Row(reader.line_num, name, stated, again or _fault(fields))
        rows.append(row)
        if name and not before:
            sheet.by_folded.setdefault(_folded(name), []).append(name)
        if name and (not before or row.fault):
            sheet.by_name[name] = row
    return replace(sheet, rows=tuple(rows))


def _filled(value: str | list[str] | None) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _fault(fields: dict[str, str]) -> str:
    """What is wrong with a row by itself; empty when nothing is."""
    if not fields.get("file"):
        return "no file is named"
    if "year" in fields and metadata_from(fields).year is None:
        return f"'{_shown(fields['year'])}' is no year"
    if "kind" in fields and not kind_from(fields["kind"]):
        return f"'{_shown(fields['kind'])}' is no kind; there are: {', '.join(KINDS)}"
    if not is_language(re.split("[-_]", fields.get("language", "en"))[0]):  # "en-GB" is English
        return f"'{_shown(fields['language'])}' is no language: two letters, such as en or es"
    if "url" in fields and not is_link(fields["url"]):
        return f"'{_shown(fields['url'])}' is no link: {LINK}"
    return _broken(fields)


def _broken(fields: dict[str, str]) -> str:
    """What is wrong with the columns that take any text; empty when nothing is."""
    for column in ("title", "authors", "publisher"):
        for part in fields.get(column, "").split(";"):
            if is_broken_cell(part):
                return f"'{part.strip()}' under '{column}' is an error of the spreadsheet"
    return ""


def _shown(value: str) -> str:
    """A wrong value as one line repeats it: a quoted cell may have line ends."""
    return tidy(value[:_SHOWN])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the disk has room for
        return False
