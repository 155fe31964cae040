"""Candidates held against the question, all of them at once.

One product over the windows of all candidates (`index.closeness`), one table of which of them hold
which term: 200 candidates take 2 ms where they took 11 to 20 one after the other, their texts cut
anew.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from index.closeness import Closeness
from index.positions import Held
from search import fuse
from search.coverage import Asked, coverage, evidence, in_any_form, names_held, pair_coverage
from search.records import Candidate


def compared(near: Closeness, held: Held, asked: Asked) -> list[Candidate]:
    """The passages with all their parts, in the order given.

    near, held: of the same passages, `held` of the terms that `asked` looks up.
    """
    if not near.numbers:
        return []
    held = in_any_form(asked, held)
    cosines = near.windows.astype(np.float64)
    shares = coverage(asked, held.windows)
    starts = held.window_bounds[:-1]
    best = _best(fuse.WINDOW * cosines + fuse.WINDOW_COVERAGE * shares, held)
    columns = (
        near.whole,
        np.maximum.reduceat(cosines, starts),
        coverage(asked, held.terms),
        np.maximum.reduceat(shares, starts),
        pair_coverage(asked, held.pairs),
        near.spans[best, 0],
        near.spans[best, 1],
        evidence(asked, held.terms),
        names_held(asked, held.terms),
    )
    substance = [kind not in fuse.JUNK_KINDS for kind in near.kinds]
    rows = zip(near.numbers, *(column.tolist() for column in columns), substance, strict=True)
    return [Candidate(*row) for row in rows]


def _best(sums: np.ndarray[tuple[int], np.dtype[np.float64]], held: Held) -> list[int]:
    """Each passage's window to quote: by closeness and shared words, weighed as in the score; of
    equal ones the first.
    """
    bounds = held.window_bounds.tolist()
    return [start + int(sums[start:end].argmax()) for start, end in pairwise(bounds)]
