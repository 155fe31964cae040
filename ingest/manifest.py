"""`documents.csv`: what a curator knows of the files in a folder, beside the files.

A header names the columns, in any case of letters: `file`, and any of title, authors (parted by
semicolons), publisher, year, language, url, kind. Cells are parted by commas, semicolons or tabs,
as in the header. What it states replaces what the files say of themselves. A file whose row is
wrong waits, since the row of one that is in is not read again.
"""

from __future__ import annotations

import csv
import functools
import io
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from ingest.clean import tidy
from ingest.fields import is_language, metadata_from
from ingest.kinds import KINDS
from ingest.records import Failure, Metadata, Reason
from ingest.text import decode

NAME = "documents.csv"
_SHOWN = 80
"""Characters of a wrong value that are repeated."""

COLUMNS = ("file", "title", "authors", "publisher", "year", "language", "url", "kind")

_SEPARATORS = ",;\t"
"""Spreadsheets write the semicolon where the comma is the decimal sign."""


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

    rows: tuple[_Row, ...] = ()
    failures: tuple[Failure, ...] = ()
    by_name: dict[str, Metadata] = field(default_factory=dict)
    faults: dict[str, Failure] = field(default_factory=dict)


def load(folder: Path) -> Manifest:
    """The manifest of a folder; empty when there is none. Never raises for what it holds."""
    path = folder / NAME
    sheet = _sheet_at(path)
    stated: dict[str, Metadata] = {}
    failures = list(sheet.failures)
    for row in sheet.rows:
        if message := _missing(row.file, folder):
            failures.append(_wrong(path, row.line, message, "mend the row"))
        elif row.fault:
            failures.append(_wrong_row(path, row))
        else:
            stated[row.file] = row.stated
    return Manifest(stated, tuple(failures))


def stated_of(path: Path) -> Metadata:
    """What the manifest of a file's folder states of the file; empty where it says nothing.

    The other rows' files are not looked for: with 2,000 rows that took 50 ms a file.
    """
    return _sheet_at(path.parent / NAME).by_name.get(path.name, Metadata())


def fault_of(path: Path) -> Failure | None:
    """What is wrong with what the manifest of a file's folder states of it, if anything is."""
    sheet = _sheet_at(path.parent / NAME)
    invalid = (failure for failure in sheet.failures if failure.reason is Reason.INVALID)
    return next(invalid, None) or sheet.faults.get(path.name)


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


def _sheet_at(path: Path) -> _Sheet:
    if failure := not_plain(path):
        return _Sheet(failures=(failure,))
    try:
        found = path.stat()
        return _sheet(path, (found.st_mtime_ns, found.st_size, found.st_ino))
    except OSError:
        return _Sheet()


@functools.lru_cache(maxsize=8)
def _sheet(path: Path, _version: tuple[int, int, int]) -> _Sheet:
    """The rows of a file as it was last written. Raises OSError where it cannot be opened."""
    # Not `splitlines`, which cuts at U+2028 too, and takes line ends out of quoted cells.
    lines = io.StringIO(decode(path.read_bytes()), newline="")
    try:
        separator = _separator(lines.readline())
        lines.seek(0)
        return _read(path, csv.DictReader(lines, delimiter=separator))
    except csv.Error as error:
        mend = "save it as CSV again; the files beside it wait for that"
        failure = Failure(path, Reason.INVALID, f"not valid CSV: {error}", "", mend)
        return _Sheet(failures=(failure,))


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
    written = list(reader.fieldnames or ())
    reader.fieldnames = [_plain(name) for name in written]
    unknown = [name for name in written if name.strip() and _plain(name) not in COLUMNS]
    if "file" not in reader.fieldnames or unknown:
        wrong = f"unknown column '{_shown(unknown[0])}'" if unknown else "no column 'file'"
        mend = f"columns are: {', '.join(COLUMNS)}; the files beside it wait for that"
        return _Sheet(failures=(_wrong(path, 1, wrong, mend),))
    rows = []
    for row in reader:
        fields = {key: value.strip() for key, value in row.items() if key and value}
        authors = [name.strip() for name in fields.get("authors", "").split(";")]
        stated = metadata_from({**fields, "authors": authors})
        rows.append(_Row(reader.line_num, fields.get("file", ""), stated, _fault(fields)))
    by_name = {row.file: row.stated for row in rows if not row.fault}
    faults = {row.file: _wrong_row(path, row) for row in rows if row.fault and row.file}
    return _Sheet(tuple(rows), by_name=by_name, faults=faults)


def _fault(fields: dict[str, str]) -> str:
    """What is wrong with a row by itself; empty when nothing is."""
    if not fields.get("file"):
        return "no file is named"
    if "year" in fields and metadata_from(fields).year is None:
        return f"'{_shown(fields['year'])}' is no year"
    if "kind" in fields and fields["kind"] not in KINDS:
        return f"'{_shown(fields['kind'])}' is no kind; there are: {', '.join(KINDS)}"
    if not is_language(re.split("[-_]", fields.get("language", "en"))[0]):  # "en-GB" is English
        return f"'{_shown(fields['language'])}' is no language: two letters, such as en or es"
    return ""


def _missing(name: str, folder: Path) -> str:
    if name and (Path(name).name != name or not _is_file(folder / name)):
        return f"there is no file '{_shown(name)}' in this folder"
    return ""


def _shown(value: str) -> str:
    """A wrong value as one line repeats it: a quoted cell may have line ends."""
    return tidy(value[:_SHOWN])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the disk has room for
        return False
