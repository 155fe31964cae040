"""Checks of the rows: SQLite's pages, digests and ids, whole documents, vectors of the encoder."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from index.encoding import encoder
from index.encoding.encoder import EncoderError, EncoderIdentity
from index.health.findings import Finding, Severity
from index.languages.stemming import STEMMERS
from index.plurals import counted
from index.rows.stored import (
    named,
    read_scores,
    read_spans,
    read_vectors,
    read_windows,
    vector_bytes,
    window_bytes,
)

_SHA256, _DOCUMENT = "[0-9a-f]{64}", "[0-9a-f]{16}"
_NAMES = (
    ("documents", "content_sha256", _SHA256),
    ("documents", "file_sha256", _SHA256),
    ("documents", "document_id", _DOCUMENT),
    ("pages", "document_id", _DOCUMENT),
    ("passages", "document_id", _DOCUMENT),
    ("passages", "passage_id", _DOCUMENT + r"-\d+"),
    ("files", "sha256", _SHA256),
    ("shelf", "file_sha256", _SHA256),
    ("shelf", "document_id", _DOCUMENT),
    ("jobs", "subject", f"|{_DOCUMENT}|{_SHA256}"),
)
"""Columns of digests and ids, and the pattern of each. Files and folders are named after them."""

_LISTS: dict[str, Callable[[Any], bool]] = {
    "section": lambda heading: isinstance(heading, str),
    "page_breaks": lambda pair: _is_row(pair, int, int),
    "notes": lambda note: _is_row(note, int, str, int, int, int),
}
"""Columns of passages that hold a list as JSON, and whether something may be an item of it."""

RESTORE = "waymark restore FILE, into another folder, from the newest backup"

_SHOWN = 3
_ALL_OF_THEM = "; 'waymark doctor --json' names all"
_NORM_ERROR = 1e-3
"""Rounding each number to float16 moves the length by less than 2 ** -11, about 5e-4."""
_WINDOW_NORM_ERROR = 1e-2
"""Rounding to one of 127 steps moved the length by less than .0013 for 500 random rows of 384."""


def integrity(connection: sqlite3.Connection) -> Iterator[Finding]:
    """SQLite finds its pages, indexes and foreign keys in order; what `misnamed` and `misshapen`
    look at is so too.
    """
    lines = [line for (line,) in connection.execute("PRAGMA integrity_check(10)")]
    if lines != ["ok"]:
        yield _error("database", f"SQLite finds damage: {'; '.join(lines[:_SHOWN])}", RESTORE)
    lost = connection.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        tables = ", ".join(sorted({row[0] for row in lost}))
        yield _error("database", f"{len(lost)} rows of {tables} hang on rows not there", RESTORE)
    if wrong := misnamed(connection) or misshapen(connection):
        yield _error("database", wrong, RESTORE)


def misnamed(connection: sqlite3.Connection) -> str:
    """What is wrong with the first digest or id that does not look like one; empty when all do.

    Tables that the library's version does not have are passed over.
    """
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for table, column, right in _NAMES:
        if table not in there:
            continue
        for (found,) in connection.execute(f"SELECT {column} FROM {table}"):  # noqa: S608 - own text
            if not re.fullmatch(right, str(found)):
                return f"{column} of {table} cannot be {str(found)[:100]!r}"
    return ""


def misshapen(connection: sqlite3.Connection) -> str:
    """What is wrong with the first passage whose headings, page breaks or notes are not a list of
    these; empty when all are.
    """
    columns = ", ".join(_LISTS)
    statement = f"SELECT passage_id, {columns} FROM passages"  # noqa: S608 - own text
    for name, *values in connection.execute(statement):
        for (column, is_one), stored in zip(_LISTS.items(), values, strict=True):
            if stored != "[]" and not _is_list_of(is_one, stored):
                return f"{column} of passage {name} cannot be {str(stored)[:100]}"
    return ""


def _is_row(item: object, *kinds: type) -> bool:
    return isinstance(item, list) and [type(value) for value in item] == [*kinds]


def _is_list_of(is_one: Callable[[Any], bool], stored: str) -> bool:
    try:
        items = json.loads(stored)
    except (TypeError, ValueError):
        return False
    return isinstance(items, list) and all(map(is_one, items))


def whole_documents(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Each document has pages, and its passages count from 0 without a gap."""
    broken = connection.execute(
        "SELECT document_id FROM documents d"
        " WHERE NOT EXISTS (SELECT 1 FROM pages p WHERE p.document_id = d.document_id)"
        " OR (SELECT coalesce(max(position) + 1, 0) <> count(*) FROM passages p"
        "     WHERE p.document_id = d.document_id) ORDER BY document_id"
    ).fetchall()
    for (document,) in broken:
        mend = f"waymark remove {document}, then add its file again"
        yield _error("documents", f"document {document} is not whole", mend)


def installed_encoder(identity: EncoderIdentity) -> Iterator[Finding]:
    """The encoder that made the vectors is on this machine, and is the same."""
    try:
        sha256 = encoder.load(identity.name).sha256
    except EncoderError as error:
        yield _error("encoder", str(error), "install it, or waymark rebuild --model FOLDER")
        return
    if sha256 != identity.sha256:
        yield _error(
            "encoder",
            f"the vectors were made with {identity.name} {identity.sha256[:12]}, "
            f"{sha256[:12]} is installed",
            f"waymark rebuild --model {identity.name}",
        )


def other_languages(connection: sqlite3.Connection, identity: EncoderIdentity) -> Iterator[Finding]:
    """No document is in another language, where the library was made before other languages were
    read in English.
    """
    if identity.name != encoder.BUNDLED or identity.glossed:
        return
    languages = connection.execute("SELECT language FROM documents").fetchall()
    found = sum(language in STEMMERS for (language,) in languages)
    if found:
        yield Finding(
            "encoder",
            Severity.NOTE,
            f"{counted(found, 'document')} in other languages than English; this library was made "
            "before they were read in English too, so questions in English find little of them",
            f"waymark rebuild --model {identity.name}",
        )


def vectors(connection: sqlite3.Connection, identity: EncoderIdentity) -> Iterator[Finding]:
    """Each passage's vector and windows fit the encoder, are of unit length, and its windows lie
    inside its text.
    """
    faults: list[str] = []
    for name, length, vector, spans, windows, scores in connection.execute(
        "SELECT passage_id, length(text), vector, spans, windows, label_scores FROM passages"
        " ORDER BY number"
    ):
        why = fault(length, vector, spans, windows, identity.dimension)
        why = why or scores_fault(scores, len(spans) // 8)
        if why:
            faults.append(f"{name}: {why}")
    if faults:
        yield _error(
            "vectors",
            f"{len(faults)} passages have vectors that cannot be right ("
            f"{'; '.join(faults[:_SHOWN])})",
            f"waymark rebuild --model {identity.name}",
        )


def same_texts(connection: sqlite3.Connection) -> Iterator[Finding]:
    """No document has the same text as another, to the letter. Lines of JSONL are not looked at."""
    names = connection.execute(
        "SELECT document_id FROM documents WHERE source_id = '' ORDER BY added_at, document_id"
    ).fetchall()
    first: dict[bytes, str] = {}
    copies: dict[str, str] = {}
    for (name,) in names:
        texts = connection.execute(
            "SELECT text FROM passages WHERE document_id = ? ORDER BY position", (name,)
        )
        whole = "\f".join(text for (text,) in texts)
        digest = hashlib.blake2b(whole.encode("utf-8")).digest()
        if whole and first.setdefault(digest, name) != name:
            copies[name] = first[digest]
    if copies:
        shown = [f"{name} that of {other}" for name, other in copies.items()][:_SHOWN]
        message = f"{counted(len(copies), 'document')} with the text of another one ("
        message += "; ".join(shown) + (_ALL_OF_THEM if len(copies) > _SHOWN else "") + ")"
        mend = "waymark remove ID, if it is not wanted"
        yield Finding("copies", Severity.NOTE, message, mend, tuple(copies))


def fault(length: int, vector: bytes, spans: bytes, windows: bytes, dimension: int) -> str:
    """What is wrong with a passage's vectors as stored; empty when nothing is.

    length: of its text, in characters. The rest: as in `index.rows.stored`, spans as in
    `schema.sql`.
    """
    if len(vector) != vector_bytes(dimension):
        return (
            f"a vector of {len(vector)} bytes, {dimension} numbers take {vector_bytes(dimension)}"
        )
    if len(spans) % 8 or len(windows) != len(spans) // 8 * window_bytes(dimension):
        return f"{len(windows)} bytes of windows for {len(spans)} bytes of spans"
    norm = float(np.linalg.norm(read_vectors([vector], dimension)))
    if not abs(norm - 1) <= _NORM_ERROR:  # written so that NaN is a fault
        return f"a vector of length {norm:.3f}"
    places = read_spans(spans)
    if (places < 0).any() or (places > length).any() or (places[:, 0] >= places[:, 1]).any():
        return f"a window outside its {length} characters"
    norms = np.linalg.norm(read_windows(windows, dimension), axis=1)
    if not (np.abs(norms - 1) <= _WINDOW_NORM_ERROR).all():
        return "a window whose vector is not of length 1"
    return ""


def scores_fault(stored: bytes, windows: int) -> str:
    """What is wrong with the label scores of a passage of so many windows; empty when nothing is.

    stored: as in `index.rows.stored`; none at all is no fault.
    """
    if not stored:
        return ""
    try:
        scores = read_scores(stored, named(stored), windows)
    except ValueError:
        scores = None
    if scores is None or not scores.size or not np.isfinite(scores).all():
        return f"{len(stored)} bytes of label scores for {windows} windows"
    return ""


def _error(name: str, message: str, mend: str) -> Finding:
    return Finding(name, Severity.ERROR, message, mend)
