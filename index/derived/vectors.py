"""Nearest passages by vector: inner products over a flat FAISS index of eight-bit numbers.

The index proposes passages; how near they are is told by `index.rows.closeness`, from the vectors
of the rows. Over 4,890 passages of reports and public collections the ten nearest were among the
first hundred of the index for each of 300 vectors, and .983 of them among its first ten (float16:
.993).

This is the only module that knows FAISS. Callers get cosines, higher is nearer, and never what an
engine calls a distance.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, cast

import faiss
import numpy as np
import numpy.typing as npt

from index.rows.records import FloatVector

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

# One thread: on a busy machine four took 52 ms for a question over 10,000 passages, one .37 ms.
faiss.omp_set_num_threads(1)


_REACH = 6.0
"""The largest number of a unit vector that can be kept, in units of 1 / sqrt(dim), the root mean
square of its numbers; a larger one is kept as this. The largest of 4,890 passages was 5.7. It is
the same for all passages, so that a library that has grown finds what one built anew finds."""

_ROWS_AT_ONCE = 1_024
"""Vectors added to the index together. With 8,192, building one of 20,000 took 23 MB more and no
less time."""


class Vectors(Protocol):
    """What the library needs of a vector engine."""

    def nearest(
        self, vector: FloatVector, k: int, allowed: Numbers | None = None
    ) -> tuple[Numbers, Scores]:
        """The at most k passages nearest to a unit vector, best first.

        allowed: int64 (m,), the only numbers wanted; None for all.
        Returns numbers, int64 (n,), and cosines, float32 (n,), at most .005
        from the true ones in what was measured, with n <= k.
        """

    def numbers(self) -> Numbers:
        """The passages held, int64 (n,), in no particular order."""


class FlatVectors:
    """Search over all vectors, none left out.

    All dimensions share one range of numbers. With it the search is 1.6 times as fast as in float16
    (1.7 ms for 100,000 vectors in place of 2.7), in half the room; with a range for each dimension
    it would be no faster than float16.
    """

    def __init__(self, index: faiss.IndexIDMap) -> None:
        self._index = index

    @classmethod
    def build(cls, rows: Iterable[tuple[int, FloatVector]], dimension: int) -> FlatVectors:
        """An index over rows, each the number of a passage and its vector of unit length."""
        flat = faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_8bit_uniform, faiss.METRIC_INNER_PRODUCT
        )
        reach = np.full((1, dimension), min(1.0, _REACH / dimension**0.5), dtype=np.float32)
        flat.sq.rangestat, flat.sq.rangestat_arg = faiss.ScalarQuantizer.RS_minmax, 0.0
        flat.train(np.concatenate([-reach, reach]))
        index = faiss.IndexIDMap(flat)
        numbers: list[int] = []
        batch: list[FloatVector] = []
        for number, vector in rows:
            numbers.append(number)
            batch.append(vector)
            if len(batch) == _ROWS_AT_ONCE:
                _add(index, numbers, batch)
        _add(index, numbers, batch)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> FlatVectors:
        """An index that `save` wrote, mapped into memory. FAISS trusts what it reads: verify the
        checksum of the file first.
        """
        return cls(cast(faiss.IndexIDMap, faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)))

    def save(self, path: Path) -> None:
        """Write the index to one file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def numbers(self) -> Numbers:
        """See `Vectors.numbers`."""
        held: Numbers = faiss.vector_to_array(self._index.id_map)
        return held

    def nearest(
        self, vector: FloatVector, k: int, allowed: Numbers | None = None
    ) -> tuple[Numbers, Scores]:
        """See `Vectors.nearest`."""
        k = min(k, len(self))
        if k == 0 or (allowed is not None and not len(allowed)):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        question = np.ascontiguousarray(vector, dtype=np.float32)[None, :]
        if allowed is None:
            scores, numbers = self._index.search(question, k)
        else:
            selector = faiss.IDSelectorBatch(np.ascontiguousarray(allowed, dtype=np.int64))
            params = faiss.SearchParameters()
            params.sel = selector
            scores, numbers = self._index.search(question, k, params=params)
        found = numbers[0] >= 0
        return numbers[0][found], scores[0][found]


def _add(index: faiss.IndexIDMap, numbers: list[int], batch: list[FloatVector]) -> None:
    if batch:
        matrix = np.ascontiguousarray(np.stack(batch), dtype=np.float32)
        index.add_with_ids(matrix, np.array(numbers, dtype=np.int64))
        numbers.clear()
        batch.clear()
