"""Passages to vectors: each text whole, and by windows of its sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.encoder import Encoder
from index.records import PassageVectors
from index.windows import window_spans


def encode_texts(passages: Sequence[str], encoder: Encoder) -> list[PassageVectors]:
    """Vectors of texts and of their windows, in order.

    All go to the encoder in one call, each distinct text once: a passage of one sentence is its
    own window, and headings and table rows recur.
    """
    spans = [window_spans(text) for text in passages]
    windows = [
        [text[start:end] for start, end in rows.tolist()]
        for text, rows in zip(passages, spans, strict=True)
    ]
    distinct = dict.fromkeys(passages)
    for parts in windows:
        distinct.update(dict.fromkeys(parts))
    vectors = encoder.encode(list(distinct))
    row = {text: index for index, text in enumerate(distinct)}
    return [
        PassageVectors(
            vectors[row[text]], span, vectors[[row[part] for part in parts]].astype(np.float16)
        )
        for text, span, parts in zip(passages, spans, windows, strict=True)
    ]
