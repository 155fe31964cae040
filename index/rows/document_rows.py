"""A document's rows, written and removed; `index.rows.catalog` reads them."""

from __future__ import annotations

import json
import sqlite3

from index.rows import shelf
from index.rows.moment import stamp
from index.rows.records import EncodedDocument, EncodedPassage, document_id, passage_id
from index.rows.row_records import notes_as_stored
from index.rows.stored import (
    scores_as_stored,
    spans_as_stored,
    vector_as_stored,
    windows_as_stored,
)
from index.rows.tag_rows import write_tags
from ingest.prose.text import file_name


def write_document(connection: sqlite3.Connection, encoded: EncodedDocument) -> None:
    """Write a document whose content is not in the library, and take it off the shelf. Belongs
    inside a `database.change`.
    """
    document, meta = encoded.document, encoded.document.metadata
    name = document_id(document.content_sha256)
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            document.content_sha256,
            document.file_sha256,
            file_name(document.path),
            document.source_id,
            meta.title,
            json.dumps(meta.authors),
            meta.publisher,
            meta.year,
            meta.language,
            meta.url,
            meta.kind,
            stamp(),
        ),
    )
    connection.executemany(
        "INSERT INTO pages (document_id, number, label, health, printed) VALUES (?, ?, ?, ?, ?)",
        [
            (name, page.number, page.label, page.health.value, page.printed)
            for page in document.pages
        ],
    )
    for passage in encoded.passages:
        _write_passage(connection, name, passage)
    shelf.take(connection, name)


def _write_passage(connection: sqlite3.Connection, document: str, encoded: EncodedPassage) -> None:
    passage = encoded.passage
    cursor = connection.execute(
        "INSERT INTO passages (passage_id, document_id, position, text, section, kind,"
        " page_first, page_last, page_breaks, notes, vector, spans, windows, label_scores)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            passage_id(document, passage.position),
            document,
            passage.position,
            passage.text,
            json.dumps(passage.section, ensure_ascii=False),
            passage.kind.value,
            passage.page_first,
            passage.page_last,
            json.dumps(passage.page_breaks),
            notes_as_stored(passage.notes),
            vector_as_stored(encoded.vector),
            spans_as_stored(encoded.windows.spans),
            windows_as_stored(encoded.windows.vectors),
            scores_as_stored(encoded.windows.scores, encoded.windows.scorer),
        ),
    )
    write_tags(connection, int(cursor.lastrowid or 0), encoded.tags)


def finish_file(connection: sqlite3.Connection, sha256: str) -> None:
    """Note that a file was read to its end, and that all of it is in the library."""
    connection.execute("INSERT OR IGNORE INTO files VALUES (?, ?)", (sha256, stamp()))


def erase_document(connection: sqlite3.Connection, document: str) -> str:
    """Remove a document's rows. Belongs inside a `database.change`.

    Returns the digest of its original. Raises KeyError when there is no such document.
    """
    row = connection.execute(
        "SELECT file_sha256 FROM documents WHERE document_id = ?", (document,)
    ).fetchone()
    if row is None:
        raise KeyError(document)
    (sha256,) = row
    connection.execute("DELETE FROM documents WHERE document_id = ?", (document,))
    connection.execute("DELETE FROM files WHERE sha256 = ?", (sha256,))
    return str(sha256)
