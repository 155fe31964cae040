"""How near stored passages and their windows are to a question.

All rows are read with one statement, kinds included: when kinds had a statement of their own, every
page of the file was read twice. No record is made of a passage, which would take longer.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.rows.records import FloatVector, Spans
from index.rows.stored import read_spans, read_vectors, window_bytes, window_products
from ingest.records import BlockKind

Cosines = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Closeness:
    """n passages with w windows; a passage without windows is its own window.

    numbers: of the passages, ascending. kinds: of their blocks.
    whole: float32 (n,), cosine of each passage and the question, [-1, 1].
    windows: float32 (w,), the same of each window, passage after passage.
    spans: int32 (w, 2), the windows as offsets in the passage's text.
    """

    numbers: tuple[int, ...]
    kinds: tuple[BlockKind, ...]
    whole: Cosines
    windows: Cosines
    spans: Spans


def closeness(
    connection: sqlite3.Connection, numbers: Sequence[int], question: FloatVector
) -> Closeness:
    """Compare passages with a question; numbers that are not there are left out.

    numbers: of the passages, ascending, none twice. question: float32 (dim,), unit length.
    """
    rows = connection.execute(
        "SELECT number, kind, vector, spans, windows FROM passages"
        " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number",
        (json.dumps(numbers),),
    ).fetchall()
    dimension = len(question)
    whole = _cosines(read_vectors([row[2] for row in rows], dimension) @ question)
    windows = _cosines(window_products(b"".join(row[4] for row in rows), question))
    spans = read_spans(b"".join(row[3] for row in rows))
    counts = np.array([len(row[4]) for row in rows], dtype=np.int64) // window_bytes(dimension)
    without = np.flatnonzero(counts == 0)
    at = np.cumsum(counts)[without]  # where the windows of such a passage would stand
    return Closeness(
        tuple(row[0] for row in rows),
        tuple(BlockKind(row[1]) for row in rows),
        whole,
        np.insert(windows, at, whole[without]),
        np.insert(spans, at, 0, axis=0),
    )


def _cosines(products: Cosines) -> Cosines:
    """Inner products as cosines, from -1 to 1. Rounded for storage, a vector may be a little longer
    than 1: a passage asked for by its own text came to 1.0002.
    """
    return np.clip(products, -1.0, 1.0)
