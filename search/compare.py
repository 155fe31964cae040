"""Candidates held against the question, all of them at once.

One product over the windows of all candidates, one table of which of them hold which term: 200
candidates take 2 ms where they took 11 to 20 one after the other, their texts cut anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.positions import Held
from index.records import FloatVector, PassageVectors
from search import fuse
from search.coverage import Asked, coverage, evidence, in_any_form, names_held, pair_coverage
from search.records import Candidate


def compared(
    numbers: Sequence[int],
    vectors: Sequence[PassageVectors],
    held: Held,
    question: FloatVector,
    asked: Asked,
) -> list[Candidate]:
    """The passages with all their parts, in the order given.

    vectors, held: of the passages numbered; a passage without windows is its own.
    question: float32 (dim,), unit length. asked: its terms; `held` speaks of those looked up.
    """
    if not numbers:
        return []
    held = in_any_form(asked, held)
    closeness = np.stack([item.vector for item in vectors]) @ question
    laid = [item.windows if len(item.windows) else item.vector[None] for item in vectors]
    cosines = (np.concatenate(laid).astype(np.float32) @ question).astype(np.float64)
    shares = coverage(asked, held.windows)
    starts = held.window_bounds[:-1]
    best = _best(fuse.WINDOW * cosines + fuse.WINDOW_COVERAGE * shares, held)
    spans = np.concatenate([item.spans if len(item.spans) else _NOWHERE for item in vectors])
    columns = (
        closeness,
        np.maximum.reduceat(cosines, starts),
        coverage(asked, held.terms),
        np.maximum.reduceat(shares, starts),
        pair_coverage(asked, held.pairs),
        spans[best, 0],
        spans[best, 1],
        evidence(asked, held.terms),
        names_held(asked, held.terms),
    )
    rows = zip(numbers, *(column.tolist() for column in columns), strict=True)
    return [Candidate(*row) for row in rows]


_NOWHERE = np.zeros((1, 2), dtype=np.int32)


def _best(sums: np.ndarray[tuple[int], np.dtype[np.float64]], held: Held) -> list[int]:
    """Each passage's window to quote: by closeness and shared words, weighed as in the score; of
    equal ones the first.
    """
    bounds = held.window_bounds.tolist()
    return [start + int(sums[start:end].argmax()) for start, end in pairwise(bounds)]
