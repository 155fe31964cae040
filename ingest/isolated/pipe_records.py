"""Pages and metadata as they go over the pipe from a child to its parent, as JSON takes them.

Each record has its two directions side by side. Pure.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.records import Block, BlockKind, Health, Metadata, Page


def metadata_record(metadata: Metadata) -> dict[str, Any]:
    """Metadata for the pipe."""
    return {
        "title": metadata.title,
        "authors": list(metadata.authors),
        "publisher": metadata.publisher,
        "year": metadata.year,
        "language": metadata.language,
    }


def metadata_of_record(record: dict[str, Any]) -> Metadata:
    """Metadata from the pipe. Raises KeyError, TypeError, ValueError or OverflowError for what is
    none.
    """
    return Metadata(
        title=str(record["title"]),
        authors=tuple(str(name) for name in record["authors"]),
        publisher=str(record["publisher"]),
        year=None if record["year"] is None else int(record["year"]),
        language=str(record["language"]),
    )


def page_record(page: Page) -> dict[str, Any]:
    """A page for the pipe."""
    return {
        "number": page.number,
        "health": page.health.value,
        "label": page.label,
        "printed": page.printed,
        "blocks": [_block_record(block) for block in page.blocks],
    }


def page_of_record(record: dict[str, Any]) -> Page:
    """A page from the pipe. Raises KeyError, TypeError or ValueError for what is none."""
    blocks = tuple(_block(values) for values in record["blocks"])
    health = Health(record["health"])
    return Page(record["number"], health, blocks, record["label"], record["printed"])


def _block_record(block: Block) -> list[Any]:
    """The values of a block, without their names: a file has thousands of blocks."""
    breaks, marks = list(block.page_breaks), list(block.marks)
    set_as = [block.boxed, block.leads, block.beside, block.ends]
    return [
        block.kind.value,
        block.text,
        block.page,
        block.level,
        breaks,
        *set_as,
        marks,
        block.note,
    ]


def _block(values: list[Any]) -> Block:
    kind, text, page, level, breaks, *set_as, marks, note = values
    block = Block(BlockKind(kind), text, page, level, _pairs(breaks), *set_as)
    return replace(block, marks=_pairs(marks), note=note)


def _pairs(places: list[list[Any]]) -> tuple[tuple[int, Any], ...]:
    """Offsets, each with what stands there."""
    return tuple((offset, what) for offset, what in places)
