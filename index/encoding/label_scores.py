"""Label scores of passages that have none yet: of libraries made before there were any, or with
another attention.
"""

from __future__ import annotations

import sqlite3

import numpy as np

from index.encoding.encoder import Encoder
from index.rows import revise
from index.rows.stored import read_spans, scored_by

_AT_ONCE = 128
"""Passages read between two writes."""


def fill_in(connection: sqlite3.Connection, encoder: Encoder, scorer: str) -> int:
    """Write the label scores of the passages that lack those of an attention; returns how many did.

    scorer: sha256 of the encoder's attention; where it is empty nothing is done. Belongs inside a
    `database.change`.
    """
    if not scorer:
        return 0
    # IS NOT, since substr makes NULL of an empty blob.
    lacking = connection.execute(
        "SELECT number FROM passages"
        " WHERE length(spans) > 0 AND substr(label_scores, 1, ?) IS NOT ? ORDER BY number",
        (len(scored_by(scorer)), scored_by(scorer)),
    ).fetchall()
    for start in range(0, len(lacking), _AT_ONCE):
        numbers = [number for (number,) in lacking[start : start + _AT_ONCE]]
        parts = [_windows(connection, number) for number in numbers]
        read = encoder.read([text for windows in parts for text in windows])
        ends = np.cumsum([len(windows) for windows in parts])[:-1]
        rows = zip(numbers, np.split(read.scores, ends), strict=True)
        revise.replace_scores(connection, rows, scorer)
    return len(lacking)


def _windows(connection: sqlite3.Connection, number: int) -> list[str]:
    """The texts of a passage's windows as they were cut, which may have been by other rules."""
    text, spans = connection.execute(
        "SELECT text, spans FROM passages WHERE number = ?", (number,)
    ).fetchone()
    places = read_spans(spans)
    return [text[start:end] for start, end in places.tolist()]
