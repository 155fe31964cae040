"""Rows of examples in files, by keys of 32 bytes: what the encoder makes of each.

Those of the shipped examples come with the heads: encoding 7,100 of them is 420 s of CPU on a slow
processor, all that training does besides is 10. Those of other examples are kept beside the library
once they were encoded. Both are derived, and never needed: what is missing, damaged or made by
another encoder is encoded anew.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from index.files import arrays
from index.files.arrays import DamagedArraysError
from index.rows.records import FloatVector
from index.rows.stored import joined, parted

_FILE = "examples.npz"
_KEY = 32


def ship(rows: Mapping[bytes, FloatVector], dimension: int, folder: Path) -> None:
    """Write rows beside the heads, float32 (dimension + labels,): the mean of the windows in int8
    with a scale, label scores in float16. Raises OSError when they cannot be written.

    Heads learned from float32 rows and from these differ in one decision of 13,220 on the passages
    kept apart (macro-F1 of goals .771 and .769, of activities .786 and .786).
    """
    ordered = sorted(rows.items())
    whole = np.array([row for _, row in ordered], dtype=np.float32)
    scales, codes = parted(whole[:, :dimension])
    np.savez_compressed(
        folder / _FILE,
        keys=np.frombuffer(b"".join(key for key, _ in ordered), np.uint8).reshape(-1, _KEY),
        scales=scales,
        codes=codes,
        scores=whole[:, dimension:].astype(np.float16),
    )


def shipped(folder: Path) -> dict[bytes, FloatVector]:
    """The rows that `ship` wrote; none where the file is missing or damaged."""
    try:
        keys, scales, codes, scores = arrays.read(
            folder / _FILE, "keys", "scales", "codes", "scores"
        )
        rows = np.concatenate([joined(scales, codes), scores.astype(np.float32)], axis=1)
        return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}
    except (OSError, ValueError, IndexError):
        return {}


def keep(rows: Mapping[bytes, FloatVector], file: Path) -> None:
    """Write rows, float32 (dimension + labels,), to a file in place of all that it held.

    Raises OSError when they cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    keys = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), _KEY)
    try:
        with part.open("wb") as out:
            np.savez(out, keys=keys, rows=np.array([*rows.values()], dtype=np.float32))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def kept(file: Path) -> dict[bytes, FloatVector]:
    """The rows that `keep` wrote; none where the file is missing or damaged."""
    try:
        keys, rows = arrays.read(file, "keys", "rows")
    except (OSError, DamagedArraysError):
        return {}
    if keys.dtype != np.uint8 or keys.ndim != 2 or rows.dtype != np.float32:
        return {}
    if rows.ndim != 2 or len(rows) != len(keys):
        return {}
    return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}
