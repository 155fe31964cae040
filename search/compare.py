"""Candidates held against the question, all of them at once.

One product over the windows of all candidates (`index.closeness`), one table of which of them hold
which term: 200 candidates take 2 ms where they took 11 to 20 one after the other, their texts cut
anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from index.closeness import Closeness
from index.positions import TermIncidence
from search import fuse
from search.coverage import (
    QuestionTerms,
    Shares,
    coverage,
    names_held,
    pair_coverage,
)
from search.records import Candidate

ORDINARY, USUAL, SPREAD = 20, 0.2, 0.085
"""Passages that are taken to stand beside the candidates, and the mean and standard deviation of
their best windows' closeness: as among the candidates of the question sets, where the means are
.09 to .32. Three candidates say nothing about what is usual."""


def compared(
    near: Closeness, held: TermIncidence, asked: QuestionTerms, bm25: Mapping[int, float]
) -> list[Candidate]:
    """The passages with all their parts, in the order given.

    near, held: of the same passages, `held` of the terms of `asked`, in any form.
    bm25: of those that the words leg proposed, by number.
    """
    if not near.numbers:
        return []
    shares = coverage(asked, held.windows)
    starts = held.window_bounds[:-1]
    best = _best(_values(near, shares), held)
    closest = np.maximum.reduceat(near.windows.astype(np.float64), starts)
    columns: dict[str, Sequence[Any]] = {
        "number": near.numbers,
        "closeness": near.whole.tolist(),
        "window_closeness": closest.tolist(),
        "coverage": coverage(asked, held.terms).tolist(),
        "window_coverage": np.maximum.reduceat(shares, starts).tolist(),
        "pair_coverage": pair_coverage(asked, held.pairs).tolist(),
        "start": near.spans[best, 0].tolist(),
        "end": near.spans[best, 1].tolist(),
        "bm25": [bm25.get(number, 0.0) for number in near.numbers],
        "names": names_held(asked, held.terms).tolist(),
        "z_score": z_scores(closest).tolist(),
        "kind": near.kinds,
    }
    rows = zip(*columns.values(), strict=True)
    return [Candidate(**dict(zip(columns, row, strict=True))) for row in rows]


def window_values(near: Closeness, held: TermIncidence, asked: QuestionTerms) -> Shares:
    """What each window is worth as a quote, float64 (w,): closeness and shared words, weighed as in
    the score. near, held, asked: as for `compared`.
    """
    return _values(near, coverage(asked, held.windows))


def _values(near: Closeness, shares: Shares) -> Shares:
    return fuse.WINDOW * near.windows.astype(np.float64) + fuse.WINDOW_COVERAGE * shares


def z_scores(closest: Shares) -> Shares:
    """How far each candidate's best window stands out: standard deviations above their mean, with
    `ORDINARY` passages beside them.

    closest: float64 (n,), cosines of the best windows. Returns float64 (n,).

    Whatever is asked about a library's own subject, all of it is near; what holds the answer is
    nearer than the rest.
    """
    total = len(closest) + ORDINARY
    mean = (closest.sum() + ORDINARY * USUAL) / total
    spread = ((closest - mean) ** 2).sum() + ORDINARY * (SPREAD**2 + (USUAL - mean) ** 2)
    return np.asarray((closest - mean) / np.sqrt(spread / total))


def _best(values: Shares, held: TermIncidence) -> list[int]:
    """Each passage's window to quote, the one worth most; of equal ones the first."""
    bounds = held.window_bounds.tolist()
    return [start + int(values[start:end].argmax()) for start, end in pairwise(bounds)]
