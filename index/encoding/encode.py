"""Passages to vectors: each in its context, and each window of its sentences.

A passage is not encoded without its context: nothing reads that vector, and it was a fifth of
the encoder's work.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.encoding.context import context
from index.encoding.encoder import Encoder, FloatMatrix
from index.encoding.windows import window_spans
from index.rows.records import Windows
from index.rows.stored import halved, rounded
from ingest.records import BlockKind, Passage


def encode_windows(
    texts: Sequence[str], encoder: Encoder, kinds: Sequence[BlockKind] = ()
) -> list[Windows]:
    """The windows of texts, in order, with their vectors as they will be read back.

    kinds: of block, one a text; where left out, all are paragraphs.
    """
    known = kinds or [BlockKind.PARAGRAPH] * len(texts)
    spans = [window_spans(text, kind) for text, kind in zip(texts, known, strict=True)]
    windows = [
        [text[start:end] for start, end in rows.tolist()]
        for text, rows in zip(texts, spans, strict=True)
    ]
    distinct = dict.fromkeys(part for parts in windows for part in parts)
    row_of = {text: row for row, text in enumerate(distinct)}
    found = encoder.read(list(distinct))
    rows = [np.array([row_of[part] for part in parts], dtype=np.intp) for parts in windows]
    return [
        Windows(span, rounded(found.vectors[own]), halved(found.scores[own]), encoder.scorer)
        for span, own in zip(spans, rows, strict=True)
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
    # Table rows and footers recur.
    row_of = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    vectors = encoder.encode(list(row_of))
    found: FloatMatrix = vectors[np.array([row_of[text] for text in texts], dtype=np.intp)]
    return found
