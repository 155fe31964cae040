"""A document as it was read and cut, in one blob: what the shelf keeps of it.

Passages and not the pages' blocks: what a curator was shown is what gets published, under the same
passage ids, whatever the rules for cutting are by then; and a published document, whose blocks
nobody keeps, goes back in as it was.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.rows.note_links import as_lists, from_lists
from ingest.records import BlockKind, Document, Health, Metadata, Page, Passage


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What was read. pages: with their health, without blocks."""

    content_sha256: str
    source_id: str
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]


def reading_of(document: Document, passages: tuple[Passage, ...]) -> DocumentReading:
    """A document with its passages, as it is kept."""
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
    """Zlib over JSON: a tenth to a third of the text."""
    record = {
        "content_sha256": reading.content_sha256,
        "source_id": reading.source_id,
        "pages": [
            [page.number, page.health.value, page.label, page.printed] for page in reading.pages
        ],
        "passages": [
            [p.text, p.section, p.kind.value, p.page_first, p.page_last, p.page_breaks]
            + ([as_lists(p.notes)] if p.notes else [])
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
    notes = from_lists(more[0]) if more else ()
    return Passage(position, text, tuple(section), BlockKind(kind), first, last, pages, notes)
