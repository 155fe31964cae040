"""Passages to vectors: each text whole, and by windows of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.context import context
from index.encoder import Encoder
from index.records import PassageVectors
from index.windows import window_spans
from ingest.records import Passage


def encode_texts(texts: Sequence[str], encoder: Encoder) -> list[PassageVectors]:
    """Vectors of texts and of their windows, in order."""
    spans = [window_spans(text) for text in texts]
    windows = [
        [text[start:end] for start, end in rows.tolist()]
        for text, rows in zip(texts, spans, strict=True)
    ]
    vectors = _Distinct([*texts, *(part for parts in windows for part in parts)], encoder)
    return [
        PassageVectors(vectors.of([text])[0], span, vectors.of(parts).astype(np.float16))
        for text, span, parts in zip(texts, spans, windows, strict=True)
    ]


def encode_in_context(
    passages: Sequence[Passage], plain: Sequence[PassageVectors], title: str, encoder: Encoder
) -> list[PassageVectors]:
    """The same with the vector of each passage read behind its title and headings.

    plain: what `encode_texts` made of the passages' texts.
    """
    before = [context(title, passage.section, encoder.count_tokens) for passage in passages]
    texts = [f"{where} {passage.text}" for where, passage in zip(before, passages, strict=True)]
    vectors = _Distinct(texts, encoder).of(texts)
    return [replace(item, vector=row) for item, row in zip(plain, vectors, strict=True)]


class _Distinct:
    """Vectors of texts, each distinct one encoded once: a passage of one sentence is its own
    window, and table rows recur.
    """

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        self._row = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        self._vectors = encoder.encode(list(self._row))

    def of(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """float32 (n, dim), in the order given."""
        rows: np.ndarray[tuple[int, int], np.dtype[np.float32]] = self._vectors[
            np.array([self._row[text] for text in texts], dtype=np.intp)
        ]
        return rows
