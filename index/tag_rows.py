"""The rows that tagging reads and writes: texts with their windows, and the machine's tags."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.records import Spans, Tag, WindowMatrix
from index.stored import read_windows
from ingest.records import BlockKind


@dataclass(frozen=True, slots=True)
class Taggable:
    """What the tagger needs of a passage. Arrays as in `index.records.Windows`."""

    number: int
    text: str
    spans: Spans
    windows: WindowMatrix


def all_taggable(connection: sqlite3.Connection, dimension: int) -> Iterator[Taggable]:
    """Every passage, by number, read as it is asked for."""
    for number, text, spans, windows in connection.execute(
        "SELECT number, text, spans, windows FROM passages ORDER BY number"
    ):
        yield Taggable(
            number,
            text,
            np.frombuffer(spans, dtype="<i4").reshape(-1, 2),
            read_windows(windows, dimension),
        )


def numbers_without(connection: sqlite3.Connection, kinds: Collection[BlockKind]) -> list[int]:
    """Numbers of the passages that are of none of the kinds, ascending."""
    rows = connection.execute("SELECT number, kind FROM passages ORDER BY number")
    return [number for number, kind in rows if BlockKind(kind) not in kinds]


def write_tags(connection: sqlite3.Connection, number: int, tags: Sequence[Tag]) -> None:
    """Write the machine's tags of a passage that has none. Belongs inside a `database.change`."""
    connection.executemany(
        "INSERT INTO tags VALUES (?, ?, ?, ?, ?)",
        [(number, tag.label, tag.probability, tag.start, tag.end) for tag in tags],
    )


def replace_tags(connection: sqlite3.Connection, number: int, tags: Sequence[Tag]) -> None:
    """Put tags in place of the machine's tags of a passage. Belongs inside a `database.change`."""
    connection.execute("DELETE FROM tags WHERE number = ?", (number,))
    write_tags(connection, number, tags)
