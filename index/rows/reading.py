"""A document as it was read and cut, in one blob: what the shelf keeps of it.

It holds passages and not the pages' blocks. So what is published is what a curator was shown, under
the same passage ids, even where the rules for cutting have changed since. A document that leaves
the library, where its blocks are not kept, comes back as it was.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.rows.row_records import notes_as_lists, notes_from_lists
from ingest.records import BlockKind, Document, Health, Metadata, Page, Passage


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What was read of a document. pages: with their health, without blocks."""

    content_sha256: str
    source_id: str
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]


def reading_of(document: Document, passages: tuple[Passage, ...]) -> DocumentReading:
    """What is kept of a document and its passages."""
    pages = tuple(replace(page, blocks=()) for page in document.pages)
    return DocumentReading(document.content_sha256, document.source_id, pages, passages)


def document_of(
    reading: DocumentReading, file_sha256: str, file_name: str, metadata: Metadata
) -> Document:
    """The document of a reading, as it is written to the library."""
    return Document(
        Path(file_name),
        file_sha256,
        reading.content_sha256,
        metadata,
        reading.pages,
        reading.source_id,
    )


def packed(reading: DocumentReading) -> bytes:
    """The blob: JSON packed by zlib, with a tenth to a third of the text's size."""
    record = {
        "content_sha256": reading.content_sha256,
        "source_id": reading.source_id,
        "pages": [
            [page.number, page.health.value, page.label, page.printed] for page in reading.pages
        ],
        "passages": [
            [p.text, p.section, p.kind.value, p.page_first, p.page_last, p.page_breaks]
            + ([notes_as_lists(p.notes)] if p.notes else [])
            for p in reading.passages
        ],
    }
    return zlib.compress(json.dumps(record, ensure_ascii=False).encode("utf-8"))


def unpacked(blob: bytes) -> DocumentReading:
    """The reading that `packed` made a blob of."""
    record = json.loads(zlib.decompress(blob))
    return DocumentReading(
        record["content_sha256"],
        record["source_id"],
        tuple(
            # Earlier readings do not say what is printed.
            Page(number, Health(health), (), *said)
            for number, health, *said in record["pages"]
        ),
        tuple(_passage(position, row) for position, row in enumerate(record["passages"])),
    )


def _passage(position: int, row: list[Any]) -> Passage:
    text, section, kind, first, last, breaks, *more = row
    pages = tuple((offset, page) for offset, page in breaks)
    # Earlier readings have no notes, and most passages point to none.
    notes = notes_from_lists(more[0]) if more else ()
    return Passage(position, text, tuple(section), BlockKind(kind), first, last, pages, notes)
