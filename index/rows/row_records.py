"""Rows of documents and passages as records, column by column, and notes as they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from index.rows.records import StoredDocument
from ingest.records import BlockKind, Metadata, NoteLink, Passage


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
    """A passage of its columns from position to notes. Most have no notes."""
    position, text, section, kind, page_first, page_last, breaks, notes = row
    return Passage(
        position,
        text,
        tuple(json.loads(section)),
        BlockKind(kind),
        page_first,
        page_last,
        tuple((offset, page) for offset, page in json.loads(breaks)),
        () if notes == "[]" else notes_from_lists(json.loads(notes)),
    )


def notes_as_stored(notes: Iterable[NoteLink]) -> str:
    """The notes that a passage points to, as a column of `passages` has them."""
    return json.dumps(notes_as_lists(notes), ensure_ascii=False)


def notes_as_lists(notes: Iterable[NoteLink]) -> list[list[int | str]]:
    """Each note as [offset, label, position, start, end], see `ingest.records.NoteLink`."""
    return [[note.offset, note.label, note.position, note.start, note.end] for note in notes]


def notes_from_lists(lists: Iterable[Sequence[Any]]) -> tuple[NoteLink, ...]:
    """The notes that `notes_as_lists` made lists of."""
    return tuple(NoteLink(*values) for values in lists)
