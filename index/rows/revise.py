"""Changes to rows: vectors, windows, tags, and what is known of a document.

Every function belongs inside a `database.change`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from index.rows.records import FloatVector, Tag, WindowMatrix, Windows
from index.rows.stored import (
    scores_as_stored,
    spans_as_stored,
    vector_as_stored,
    windows_as_stored,
)
from index.rows.tag_rows import replace_tags
from ingest.records import Metadata


def replace_encoding(
    connection: sqlite3.Connection,
    number: int,
    vector: FloatVector,
    windows: Windows,
    tags: Sequence[Tag],
) -> None:
    """Give a passage another encoder's vector and windows, and the tags that follow from them."""
    connection.execute(
        "UPDATE passages SET vector = ?, spans = ?, windows = ?, label_scores = ? WHERE number = ?",
        (
            vector_as_stored(vector),
            spans_as_stored(windows.spans),
            windows_as_stored(windows.vectors),
            scores_as_stored(windows.scores, windows.scorer),
            number,
        ),
    )
    replace_tags(connection, number, tags)


def replace_scores(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, WindowMatrix]], scorer: str
) -> None:
    """Give passages other label scores.

    rows: the number of a passage, and float32 (n, labels) for its n windows. scorer: sha256 of the
    attention that gave them.
    """
    connection.executemany(
        "UPDATE passages SET label_scores = ? WHERE number = ?",
        [(scores_as_stored(scores, scorer), number) for number, scores in rows],
    )


def replace_vectors(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, FloatVector]]
) -> None:
    """Give passages other vectors: rows of a number and float32 (dim,) of unit length."""
    connection.executemany(
        "UPDATE passages SET vector = ? WHERE number = ?",
        [(vector_as_stored(vector), number) for number, vector in rows],
    )


def write_metadata(connection: sqlite3.Connection, document: str, meta: Metadata) -> None:
    """Replace all that is known of a document."""
    connection.execute(
        "UPDATE documents SET title = ?, authors = ?, publisher = ?, year = ?, language = ?,"
        " url = ?, kind = ? WHERE document_id = ?",
        (
            meta.title,
            json.dumps(meta.authors),
            meta.publisher,
            meta.year,
            meta.language,
            meta.url,
            meta.kind,
            document,
        ),
    )
