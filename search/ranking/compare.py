"""Candidates held against the question, all of them at once.

One product over the windows of all candidates (`index.rows.closeness`), one table of which of them
hold which term: 200 candidates take 2 ms where they took 11 to 20 one after the other, their texts
cut anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from index.derived.positions import TermIncidence
from index.derived.vectors import Numbers
from index.rows.closeness import Closeness
from index.rows.records import Spans
from search.ranking import fuse
from search.ranking.coverage import (
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


@dataclass(frozen=True, slots=True)
class Worth:
    """What the w windows of n passages are worth as quotes, passage after passage.

    spans: int32 (w, 2), offsets in the passage's text. bounds: int64 (n + 1,); passage i has the
    windows from [i] to before [i + 1]. shares: float64 (w,), of the question's words, [0, 1].
    values: float64 (w,), closeness and shares, weighed as in the score.
    """

    spans: Spans
    bounds: Numbers
    shares: Shares
    values: Shares


def worth(near: Closeness, held: TermIncidence, asked: QuestionTerms) -> Worth:
    """What each window is worth as a quote.

    near, held: of the same passages, `held` of the terms of `asked`, in any form.
    """
    shares = coverage(asked, held.windows)
    values = fuse.WINDOW * near.windows.astype(np.float64) + fuse.WINDOW_COVERAGE * shares
    return Worth(near.spans, held.window_bounds, shares, values)


def compared(
    near: Closeness,
    held: TermIncidence,
    asked: QuestionTerms,
    bm25: Mapping[int, float],
    windows: Worth,
) -> list[Candidate]:
    """The passages with all their parts, in the order given.

    near, held, asked: as for `worth`, which gave `windows`.
    bm25: of those that the words leg proposed, by number.
    """
    if not near.numbers:
        return []
    starts = windows.bounds[:-1]
    best = _best(windows)
    closest = np.maximum.reduceat(near.windows.astype(np.float64), starts)
    columns: dict[str, Sequence[Any]] = {
        "number": near.numbers,
        "closeness": near.whole.tolist(),
        "window_closeness": closest.tolist(),
        "coverage": coverage(asked, held.terms).tolist(),
        "window_coverage": np.maximum.reduceat(windows.shares, starts).tolist(),
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


def _best(windows: Worth) -> list[int]:
    """Each passage's window to quote, the one worth most; of equal ones the first."""
    bounds = pairwise(windows.bounds.tolist())
    return [start + int(windows.values[start:end].argmax()) for start, end in bounds]
