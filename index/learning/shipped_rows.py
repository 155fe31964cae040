"""What the bundled encoder makes of the shipped examples, shipped beside the heads: encoding 7,100
of them is 420 s of CPU on a slow processor, all that training does besides is 10.

Derived, and never needed: what is missing, damaged or made by another encoder is encoded anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from index.files import arrays
from index.rows.records import FloatVector
from index.rows.stored import joined, parted

_FILE = "examples.npz"
_KEY = 32


def save(rows: Mapping[bytes, FloatVector], dimension: int, folder: Path) -> None:
    """Write rows, float32 (dimension + labels,), under their keys of 32 bytes: the mean of the
    windows in int8 with a scale, label scores in float16. Raises OSError.

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


def load(folder: Path) -> dict[bytes, FloatVector]:
    """The rows of a folder by their keys; none where the file is missing or damaged."""
    try:
        keys, scales, codes, scores = arrays.read(
            folder / _FILE, "keys", "scales", "codes", "scores"
        )
        rows = np.concatenate([joined(scales, codes), scores.astype(np.float32)], axis=1)
        return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}
    except (OSError, ValueError, IndexError):
        return {}
