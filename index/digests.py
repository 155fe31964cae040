"""Digests of what people and taggers change while every text stays: tags, and what is known of
documents. Two libraries with the same of both give answers that carry the same.

Passages are named by their ids, so that an imported copy has the digests of its original.
"""

from __future__ import annotations

import hashlib
import sqlite3

_TAGS = (
    "SELECT passage_id, label, probability, verdict FROM shown_tags JOIN passages USING (number)"
    " ORDER BY document_id, position, label"
)
_DETAILS = (
    "SELECT document_id, file_name, source_id, title, authors, publisher, year, language, url, kind"
    " FROM documents ORDER BY document_id"
)


def of_tags(connection: sqlite3.Connection) -> str:
    """sha256 of every tag that counts: passage, label, probability, and the verdict on it."""
    return _digest(connection, _TAGS)


def of_details(connection: sqlite3.Connection) -> str:
    """sha256 of what the library knows of its documents, from title to kind."""
    return _digest(connection, _DETAILS)


def _digest(connection: sqlite3.Connection, statement: str) -> str:
    found = hashlib.sha256()
    for row in connection.execute(statement):
        found.update(repr(row).encode())
    return found.hexdigest()
