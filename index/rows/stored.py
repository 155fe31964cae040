"""Vectors as they are stored: a passage's in float16, its windows' in int8 with a scale each.

A window x is kept as a scale s and whole numbers c with s c ~ x, where s is max |x| / 127 in
float16, rounded up. A window that is read back and stored again gives the same bytes, because 127 s
is exact in float32. In place of float16 windows they changed nDCG@10 by at most .0005 on four sets;
`docs/performance.md` has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.rows.records import FloatVector, Spans, WindowMatrix

_HIGHEST = 127
"""The largest whole number of a window: int8 holds it with either sign."""
_SCORER = 8
"""Bytes of an attention's sha256 that are kept before its scores, to tell it from others."""


def vector_as_stored(vector: FloatVector) -> bytes:
    """float16 (dim,), little end first."""
    return vector.astype("<f2").tobytes()


def vector_bytes(dimension: int) -> int:
    """Bytes of a stored vector."""
    return 2 * dimension


def read_vectors(stored: Sequence[bytes], dimension: int) -> npt.NDArray[np.float32]:
    """float32 (n, dim), a row for each stored vector.

    Raises ValueError when one is not of this dimension.
    """
    held = np.frombuffer(b"".join(stored), dtype="<f2").reshape(len(stored), dimension)
    return held.astype(np.float32)


def windows_as_stored(windows: WindowMatrix) -> bytes:
    """A scale and int8 (dim,) for each row of float32 (n, dim), row after row."""
    scales, codes = parted(windows)
    rows = np.empty(len(windows), dtype=_row(windows.shape[1]))
    rows["scale"], rows["codes"] = scales, codes
    return rows.tobytes()


def window_bytes(dimension: int) -> int:
    """Bytes of a stored window."""
    return _row(dimension).itemsize


def read_windows(stored: bytes, dimension: int) -> WindowMatrix:
    """float32 (n, dim) of rows as `windows_as_stored` gives them, of one passage or of several
    laid end to end.

    Raises ValueError when they are not of this dimension.
    """
    rows = np.frombuffer(stored, dtype=_row(dimension))
    return joined(rows["scale"], rows["codes"])


def window_products(stored: bytes, vector: FloatVector) -> npt.NDArray[np.float32]:
    """The inner products of stored windows and a vector, float32 (n,). Scales are applied to the n
    products, which is less work than to n windows.

    Raises ValueError when they are not of this dimension.
    """
    rows = np.frombuffer(stored, dtype=_row(len(vector)))
    products: npt.NDArray[np.float32] = rows["codes"].astype(np.float32) @ vector
    return products * rows["scale"].astype(np.float32)


def spans_as_stored(spans: Spans) -> bytes:
    """int32 (n, 2), little end first, row after row."""
    return spans.astype("<i4").tobytes()


def read_spans(stored: bytes) -> Spans:
    """int32 (n, 2), of one passage or of several laid end to end."""
    return np.frombuffer(stored, dtype="<i4").reshape(-1, 2)


def scores_as_stored(scores: WindowMatrix, scorer: str) -> bytes:
    """The label scores of a passage's windows, float32 (n, labels), as bytes: first 8 that name the
    attention that gave them, then float16, row after row. Empty where there are no scores.

    scorer: sha256 of the attention; empty where there is none.
    """
    if not scorer or not scores.size:
        return b""
    return scored_by(scorer) + scores.astype("<f2").tobytes()


def read_scores(stored: bytes, scorer: str, windows: int) -> WindowMatrix | None:
    """The label scores that `scores_as_stored` made bytes of, float32 (windows, labels); None when
    there are none, or another attention gave them.
    """
    if not scorer or not windows or stored[:_SCORER] != scored_by(scorer):
        return None
    return np.frombuffer(stored[_SCORER:], dtype="<f2").reshape(windows, -1).astype(np.float32)


def scored_by(sha256: str) -> bytes:
    """The 8 bytes that name an attention before the scores that it gave."""
    return bytes.fromhex(sha256)[:_SCORER]


def named(stored: bytes) -> str:
    """The attention that gave stored label scores: the first 16 hex digits of its sha256."""
    return stored[:_SCORER].hex()


def halved(scores: WindowMatrix) -> WindowMatrix:
    """Label scores as they will be read back."""
    return scores.astype(np.float16).astype(np.float32)


def rounded(windows: WindowMatrix) -> WindowMatrix:
    """Windows as they will be read back."""
    return joined(*parted(windows))


def parted(windows: WindowMatrix) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.int8]]:
    """Scales, float16 (n,), and codes, int8 (n, dim), of float32 (n, dim) with |x| below 8e6."""
    highest = np.abs(windows).max(axis=1, initial=0.0) / _HIGHEST
    scales = highest.astype("<f2")
    low = scales.astype(np.float32) < highest
    scales[low] = np.nextafter(scales[low], np.float16(np.inf))
    divisors = np.where(scales > 0, scales.astype(np.float32), 1)[:, None]
    return scales, np.rint(windows / divisors).astype(np.int8)


def joined(scales: npt.NDArray[np.float16], codes: npt.NDArray[np.int8]) -> WindowMatrix:
    """float32 (n, dim) of what `parted` gives."""
    windows = codes.astype(np.float32)
    windows *= scales.astype(np.float32)[:, None]  # in place: 1.4 ms for 800 rows otherwise, not .1
    return windows


def _row(dimension: int) -> np.dtype[np.void]:
    return np.dtype([("scale", "<f2"), ("codes", "i1", (dimension,))])
