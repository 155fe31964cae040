"""Label scores of the labelled passages by attentions that did not learn from them.

The shipped attention has learned from these passages and says of them what it was told; heads that
learned from that would trust it too much. So each passage gets the scores of an attention that saw
no passage of its topic. They are shipped beside the attention, for `waymark train`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoding.encoder import FloatMatrix
from index.files import arrays
from index.tagging.tagger import TaggerError

_FILE = "left_out.npz"
_KEY = 16
"""Bytes of a text's digest that tell it from others."""


def save(texts: Sequence[str], scores: FloatMatrix, scorer: str, folder: Path) -> None:
    """Write the scores, float32 (n, labels), of texts beside the attention of this sha256."""
    np.savez_compressed(
        folder / _FILE,
        scorer=np.frombuffer(bytes.fromhex(scorer), dtype=np.uint8),
        keys=np.frombuffer(b"".join(map(_key, texts)), dtype=np.uint8).reshape(len(texts), _KEY),
        scores=scores.astype(np.float16),
    )


def put_in_place(
    texts: Sequence[str], scores: FloatMatrix, scorer: str, folder: Path
) -> FloatMatrix:
    """Replace the score of each text that the attention learned from by the one of an attention
    that did not.

    Raises TaggerError when the file is missing, damaged or of another attention.
    """
    try:
        made_by, keys, kept = arrays.read(folder / _FILE, "scorer", "keys", "scores")
        if made_by.tobytes().hex() != scorer:
            raise ValueError("it belongs to another attention")
        known = dict(zip(map(bytes, keys), kept.astype(np.float32), strict=True))
        rows = [known.get(_key(text), own) for text, own in zip(texts, scores, strict=True)]
        return np.array(rows, dtype=np.float32).reshape(scores.shape)
    except (OSError, ValueError) as error:
        raise TaggerError(f"{folder / _FILE} cannot be read: {error}; reinstall Waymark") from error


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:_KEY]
