"""Passages to vectors: each in its context, and each window of its sentences.

A passage is not encoded without its context: nothing reads that vector, and it was a fifth of
the encoder's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from index.encoding.context import context
from index.encoding.encoder import Encoder, FloatMatrix
from index.encoding.windows import window_spans
from index.rows.records import Windows
from index.rows.stored import halved, rounded
from ingest.records import BlockKind, Passage


def encode_windows(
    texts: Sequence[str], encoder: Encoder, kinds: Sequence[BlockKind] = ()
) -> list[Windows]:
    """The windows of each text, with vectors and label scores as they will be read back.

    kinds: of block, one a text; where left out, all are paragraphs.
    """
    known = kinds or [BlockKind.PARAGRAPH] * len(texts)
    spans = [window_spans(text, kind) for text, kind in zip(texts, known, strict=True)]
    windows = [
        [text[start:end] for start, end in rows.tolist()]
        for text, rows in zip(texts, spans, strict=True)
    ]
    row_of = _row_of(part for parts in windows for part in parts)
    found = encoder.read(list(row_of))
    own = [_rows(row_of, parts) for parts in windows]
    return [
        Windows(span, rounded(found.vectors[rows]), halved(found.scores[rows]), encoder.scorer)
        for span, rows in zip(spans, own, strict=True)
    ]


def encode_in_context(passages: Sequence[Passage], title: str, encoder: Encoder) -> FloatMatrix:
    """Vectors of a document's passages, each read behind its title and headings.

    Returns float32 (n, dim), rows of unit length, in the order given.
    """
    return encode_distinct(in_context(passages, title, encoder), encoder)


def in_context(passages: Sequence[Passage], title: str, encoder: Encoder) -> list[str]:
    """The texts of a document's passages behind their title and headings, as the encoder reads
    them.
    """
    sections = {passage.section for passage in passages}
    before = {section: context(title, section, encoder.count_tokens) for section in sections}
    return [f"{before[passage.section]} {passage.text}" for passage in passages]


def encode_distinct(texts: Sequence[str], encoder: Encoder) -> FloatMatrix:
    """Vectors of texts, float32 (n, dim) in the order given, each distinct one encoded once."""
    row_of = _row_of(texts)
    found: FloatMatrix = encoder.encode(list(row_of))[_rows(row_of, texts)]
    return found


def _row_of(texts: Iterable[str]) -> dict[str, int]:
    """Each distinct text with its place among them: table rows and footers recur."""
    return {text: row for row, text in enumerate(dict.fromkeys(texts))}


def _rows(row_of: dict[str, int], texts: Sequence[str]) -> npt.NDArray[np.intp]:
    return np.array([row_of[text] for text in texts], dtype=np.intp)
