"""Vectors of labelled passages, kept beside the library: encoding 3,045 of them takes 30 s of CPU,
all that training does besides takes 10.

Derived, and never needed: what is missing, damaged or was cut into other windows is encoded anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from index import arrays
from index.arrays import DamagedArraysError
from index.encode import encode_windows
from index.encoder import Encoder, FloatMatrix
from index.records import FloatVector
from index.tagger import window_mean
from index.windows import window_spans

_AT_ONCE = 256
"""Texts encoded between two words of progress: three seconds."""


def window_means(
    texts: Sequence[str],
    encoder: Encoder,
    file: Path,
    advance: Callable[[float], None] = lambda _: None,
) -> FloatMatrix:
    """The mean of each text's windows, float32 (n, dim), read from a file as far as it has them.

    The file holds these texts' vectors afterwards, and no others. advance: told how far it is, 0 to
    1; what it raises ends the work.
    """
    dimension = encoder.identity.dimension
    keys = [_key(text, encoder.identity.sha256) for text in texts]
    known = _read(file, dimension)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    new = list(missing)
    for start in range(0, len(new), _AT_ONCE):
        advance(start / len(new))
        part = new[start : start + _AT_ONCE]
        windows = encode_windows([missing[key] for key in part], encoder)
        known.update(zip(part, (window_mean(item.windows) for item in windows), strict=True))
    means = np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), dimension)
    if new:
        with suppress(OSError):  # a full disk: they are encoded again the next time
            _write(file, keys, means)
    return means


def _key(text: str, encoder: str) -> bytes:
    """What a vector depends on: the text, its windows, the encoder; 32 bytes."""
    digest = hashlib.sha256(f"{encoder}\x1f{text}\x1f".encode())
    digest.update(window_spans(text).astype("<i4").tobytes())
    return digest.digest()


def _read(file: Path, dimension: int) -> dict[bytes, FloatVector]:
    try:
        keys, means = arrays.read(file, "keys", "means")
    except (OSError, DamagedArraysError):
        return {}
    if keys.dtype != np.uint8 or keys.ndim != 2 or means.dtype != np.float32:
        return {}
    if means.shape != (len(keys), dimension):
        return {}
    return {row.tobytes(): mean for row, mean in zip(keys, means, strict=True)}


def _write(file: Path, keys: Sequence[bytes], means: FloatMatrix) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    rows = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), -1)
    try:
        with part.open("wb") as out:
            np.savez(out, keys=rows, means=means)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
