"""What the encoder makes of labelled passages: read from files as far as they have it
(`index.learning.example_rows`), else encoded.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.taxonomy import Taxonomy
from index.encoding import attention
from index.encoding.encode import encode_windows
from index.encoding.encoder import Encoder, FloatMatrix
from index.encoding.windows import window_spans
from index.languages.gloss import telling
from index.learning import example_rows, left_out
from index.learning.examples import Examples
from index.rows.records import FloatVector, Windows
from index.rows.stored import spans_as_stored
from index.tagging.tagger import highest_scores, window_mean

_AT_ONCE = 256
"""Texts encoded between two reports of progress: three seconds."""


def with_vectors(
    examples: Examples,
    taxonomy: Taxonomy,
    encoder: Encoder,
    file: Path,
    advance: Callable[[float], None] = lambda _: None,
) -> Examples:
    """Examples with the means of their windows and their label scores.

    They get label scores only where the encoder's attention is for this taxonomy. The scores of
    passages that it learned from are by another attention, which did not (`left_out`).
    file, advance: as for `window_rows`. Raises TaggerError when the shipped scores are damaged.
    """
    rows = window_rows(examples.texts, encoder, file, advance)
    means = rows[:, : encoder.identity.dimension]
    scorer = scorer_for(encoder, taxonomy)
    if not scorer:
        return replace(examples, means=means)
    scores = rows[:, encoder.identity.dimension :]
    scores = left_out.put_in_place(examples.texts, scores, scorer, attention.SHIPPED)
    return replace(examples, means=means, scores=scores, scorer=scorer)


def scorer_for(encoder: Encoder, taxonomy: Taxonomy) -> str:
    """The attention whose label scores are for this taxonomy; empty when the encoder has none."""
    if not encoder.scorer:
        return ""
    return encoder.scorer if attention.shipped().fits(taxonomy) else ""


def window_rows(
    texts: Sequence[str],
    encoder: Encoder,
    file: Path,
    advance: Callable[[float], None] = lambda _: None,
) -> FloatMatrix:
    """A row for each text: the mean of its windows, and behind it their highest label scores,
    float32 (n, dim + labels). Rows that are neither shipped nor in the file are encoded.

    If any had to be encoded, the file holds afterwards the rows of these texts that were not
    shipped, and no others. advance: told how far it is, 0 to 1; what it raises ends the work.
    """
    keys = [_key(text, encoder) for text in texts]
    shipped = example_rows.shipped(attention.SHIPPED)
    known = shipped | example_rows.kept(file)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    new = list(missing)
    for start in range(0, len(new), _AT_ONCE):
        advance(start / len(new))
        part = new[start : start + _AT_ONCE]
        windows = encode_windows([missing[key] for key in part], encoder)
        known.update(zip(part, map(_row, windows), strict=True))
    rows = np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), -1)
    if new:
        own = {key: known[key] for key in keys if key not in shipped}
        with suppress(OSError):  # a full disk: they are encoded again the next time
            example_rows.keep(own, file)
    return rows


def ship(texts: Sequence[str], encoder: Encoder, folder: Path) -> None:
    """Write the rows of texts beside the heads. What was shipped before is not encoded again.

    Raises OSError when they cannot be written.
    """
    with tempfile.TemporaryDirectory() as scratch:
        rows = window_rows(texts, encoder, Path(scratch) / "examples.npz")
    known = {_key(text, encoder): row for text, row in zip(texts, rows, strict=True)}
    example_rows.ship(known, encoder.identity.dimension, folder)


def _row(windows: Windows) -> FloatVector:
    # A text without windows has scores of nothing: 0, as far from yes as from no.
    scores = np.nan_to_num(highest_scores(windows, windows.scores.shape[1]))
    row: FloatVector = np.concatenate([window_mean(windows.vectors), scores])
    return row


def _key(text: str, encoder: Encoder) -> bytes:
    """What a row depends on: the text as it is read, its windows, the encoder, its attention; 32
    bytes.
    """
    made_by = f"{encoder.identity.sha256}\x1f{encoder.scorer}"
    read = telling(text) if encoder.identity.glossed else text
    digest = hashlib.sha256(f"{made_by}\x1f{read}\x1f".encode())
    digest.update(spans_as_stored(window_spans(text)))
    return digest.digest()
