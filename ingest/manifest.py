"""`documents.csv`: what a curator knows of the files in a folder, beside the files.

A header names the columns: `file`, and any of title, authors (parted by semicolons), publisher,
year, language, url, kind. What it states replaces what the files say of themselves.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from ingest.fields import metadata_from
from ingest.kinds import KINDS
from ingest.records import Failure, Metadata, Reason
from ingest.text import decode

NAME = "documents.csv"
_SHOWN = 80
"""Characters of a wrong value that are repeated."""

COLUMNS = ("file", "title", "authors", "publisher", "year", "language", "url", "kind")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows that hold, by file name, and a failure for each that does not."""

    stated: dict[str, Metadata]
    failures: tuple[Failure, ...]


def load(folder: Path) -> Manifest:
    """The manifest of a folder; empty when there is none. Never raises for what it holds."""
    path = folder / NAME
    try:
        # Not `splitlines`, which cuts at U+2028 too, and takes line ends out of quoted cells.
        lines = io.StringIO(decode(path.read_bytes()), newline="")
    except OSError:
        return Manifest({}, ())
    try:
        return _read(path, csv.DictReader(lines))
    except csv.Error as error:
        mend = "save it as CSV again"
        return Manifest({}, (Failure(path, Reason.INVALID, f"not valid CSV: {error}", "", mend),))


def _read(path: Path, reader: csv.DictReader[str]) -> Manifest:
    unknown = [name for name in reader.fieldnames or () if name not in COLUMNS]
    if "file" not in (reader.fieldnames or ()) or unknown:
        wrong = f"unknown column '{unknown[0]}'" if unknown else "no column 'file'"
        mend = f"columns are: {', '.join(COLUMNS)}"
        return Manifest({}, (Failure(path, Reason.INVALID, wrong, "line 1", mend),))
    stated: dict[str, Metadata] = {}
    failures: list[Failure] = []
    for row in reader:
        fields = {key: value.strip() for key, value in row.items() if key and value}
        message = _fault(fields, path.parent)
        if message:
            place = f"line {reader.line_num}"
            failures.append(Failure(path, Reason.INVALID, message, place, "mend the row"))
        else:
            authors = [name.strip() for name in fields.get("authors", "").split(";")]
            stated[fields["file"]] = metadata_from({**fields, "authors": authors})
    return Manifest(stated, tuple(failures))


def _fault(fields: dict[str, str], folder: Path) -> str:
    """What is wrong with a row; empty when nothing is."""
    name = fields.get("file", "")
    if not name:
        return "no file is named"
    if Path(name).name != name or not _is_file(folder / name):
        return f"there is no file '{name[:_SHOWN]}' in this folder"
    if "year" in fields and metadata_from(fields).year is None:
        return f"'{fields['year'][:_SHOWN]}' is no year"
    if "kind" in fields and fields["kind"] not in KINDS:
        return f"'{fields['kind'][:_SHOWN]}' is no kind; there are: {', '.join(KINDS)}"
    return ""


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the disk has room for
        return False
