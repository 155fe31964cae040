"""The rows that tagging reads and writes: texts with their windows, and the machine's tags."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.rows.records import Tag, Windows
from index.rows.stored import read_scores, read_spans, read_windows
from ingest.records import BlockKind


@dataclass(frozen=True, slots=True)
class Taggable:
    """What the tagger needs of a passage."""

    number: int
    text: str
    windows: Windows


def all_taggable(connection: sqlite3.Connection, dimension: int, scorer: str) -> Iterator[Taggable]:
    """Every passage, by number; a row is read when it is asked for.

    scorer: sha256 of the attention whose label scores are wanted; those of others are left out.
    """
    for number, text, *stored in connection.execute(
        "SELECT number, text, spans, windows, label_scores FROM passages ORDER BY number"
    ):
        yield Taggable(number, text, _windows(stored, dimension, scorer))


def taggable(
    connection: sqlite3.Connection, numbers: Sequence[int], dimension: int, scorer: str
) -> Iterator[Taggable]:
    """As `all_taggable`, for these passages alone."""
    for number, text, *stored in connection.execute(
        "SELECT number, text, spans, windows, label_scores FROM passages"
        " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number",
        (json.dumps(numbers),),
    ):
        yield Taggable(number, text, _windows(stored, dimension, scorer))


def windows_of(connection: sqlite3.Connection, number: int, dimension: int, scorer: str) -> Windows:
    """The windows of one passage; scorer as for `all_taggable`. Raises KeyError when there is no
    passage of this number.
    """
    row = connection.execute(
        "SELECT spans, windows, label_scores FROM passages WHERE number = ?", (number,)
    ).fetchone()
    if row is None:
        raise KeyError(number)
    return _windows(row, dimension, scorer)


def _windows(row: Sequence[bytes], dimension: int, scorer: str) -> Windows:
    spans, stored, scores = row
    vectors = read_windows(stored, dimension)
    places = read_spans(spans)
    found = read_scores(scores, scorer, len(vectors))
    if found is None:
        return Windows(places, vectors, np.zeros((0, 0), dtype=np.float32))
    return Windows(places, vectors, found, scorer)


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
