"""Label scores of passages that have none yet: of libraries made before there were any, or with
another attention.
"""

from __future__ import annotations

import sqlite3

from index import revise
from index.encode import encode_windows
from index.encoder import Encoder
from index.stored import scored_by

_TEXT = "SELECT text FROM passages WHERE number = ?"
_AT_ONCE = 128
"""Passages read between two writes."""


def fill_in(connection: sqlite3.Connection, encoder: Encoder, scorer: str) -> int:
    """Read the windows of passages that lack the scores of an attention; returns how many did.

    scorer: sha256 of the encoder's attention; with none nothing is done. Belongs inside a
    `database.change`.
    """
    if not scorer:
        return 0
    # IS NOT: of an empty blob substr makes NULL.
    lacking = connection.execute(
        "SELECT number FROM passages"
        " WHERE length(spans) > 0 AND substr(label_scores, 1, ?) IS NOT ? ORDER BY number",
        (len(scored_by(scorer)), scored_by(scorer)),
    ).fetchall()
    for start in range(0, len(lacking), _AT_ONCE):
        numbers = [number for (number,) in lacking[start : start + _AT_ONCE]]
        texts = [text for number in numbers for (text,) in connection.execute(_TEXT, (number,))]
        revise.replace_scores(connection, zip(numbers, encode_windows(texts, encoder), strict=True))
    return len(lacking)
