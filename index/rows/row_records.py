"""Rows of documents and passages as records, column by column."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from index.rows.note_links import read_notes
from index.rows.records import StoredDocument
from ingest.records import BlockKind, Metadata, Passage


def document_of(row: Sequence[Any]) -> StoredDocument:
    """A document of the columns that `Catalog` asks for."""
    name, sha256, file_name, source_id, title, authors, publisher, year, language = row[:9]
    url, kind, added_at, page_count, passage_count, unread_pages = row[9:]
    return StoredDocument(
        document_id=name,
        file_sha256=sha256,
        file_name=file_name,
        source_id=source_id,
        metadata=Metadata(title, tuple(json.loads(authors)), publisher, year, language, url, kind),
        added_at=added_at,
        page_count=page_count,
        passage_count=passage_count,
        unread_pages=unread_pages,
    )


def passage_of(row: Sequence[Any]) -> Passage:
    """A passage of its columns from position to notes."""
    position, text, section, kind, page_first, page_last, breaks, notes = row
    return Passage(
        position,
        text,
        tuple(json.loads(section)),
        BlockKind(kind),
        page_first,
        page_last,
        tuple((offset, page) for offset, page in json.loads(breaks)),
        read_notes(notes),
    )
