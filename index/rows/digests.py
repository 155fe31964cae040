"""Digests of what answers depend on beside the documents' files and the encoder: passages as they
were read, tags, and what is known of documents. Libraries that agree in all three give the same
answers.

Passages are named by their ids, so that an imported library has the digests of its original.
"""

from __future__ import annotations

import hashlib
import sqlite3

_PASSAGES = (
    "SELECT passage_id, text, section, kind, page_first, page_last, page_breaks FROM passages"
    " ORDER BY document_id, position"
)
_PRINTED = (
    "SELECT document_id, number, printed FROM pages WHERE printed <> ''"
    " ORDER BY document_id, number"
)
_NOTES = "SELECT passage_id, notes FROM passages WHERE notes <> '[]' ORDER BY document_id, position"
_TAGS = (
    "SELECT passage_id, label, probability, verdict FROM shown_tags JOIN passages USING (number)"
    " ORDER BY document_id, position, label"
)
_DETAILS = (
    "SELECT document_id, file_name, source_id, title, authors, publisher, year, language, url, kind"
    " FROM documents ORDER BY document_id"
)


def of_passages(connection: sqlite3.Connection) -> str:
    """sha256 of every passage: id, text, headings, pages, the numbers printed on these, and notes.

    It may differ for the same files, since another version of Waymark or of OCRmyPDF may read them
    otherwise.
    """
    return _digest(connection, _PASSAGES, _PRINTED, _NOTES)


def of_tags(connection: sqlite3.Connection) -> str:
    """sha256 of every tag that is shown: passage, label, probability, and people's verdict."""
    return _digest(connection, _TAGS)


def of_details(connection: sqlite3.Connection) -> str:
    """sha256 of what the library knows of its documents, from title to kind."""
    return _digest(connection, _DETAILS)


def _digest(connection: sqlite3.Connection, *statements: str) -> str:
    found = hashlib.sha256()
    for statement in statements:
        for row in connection.execute(statement):
            found.update(repr(row).encode())
    return found.hexdigest()
