"""Candidates held against the question, all of them at once.

There is one product over the windows of all candidates (`index.rows.closeness`), and one table of
which candidate holds which term (`index.derived.positions`). So 200 candidates take 2 ms. Taken one
after the other, with their texts cut into terms anew, they took 11 to 20.
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
from search.ranking.coverage import QuestionTerms, Shares, coverage, names_held, pair_coverage
from search.ranking.rows import Span
from search.records import Candidate

ORDINARY, USUAL, SPREAD = 20, 0.2, 0.085
"""Passages that are imagined beside the candidates, and the mean and standard deviation of the
cosines of their best windows. Three candidates alone would not tell what is usual. Among the
candidates of the question sets the means are .09 to .32."""


@dataclass(frozen=True, slots=True)
class PassageWindows:
    """The windows of one passage, in order.

    spans: offsets in its text. shares: of the question's words that each holds, [0, 1]. values:
    what each is worth as a quote, as in `Worth`.
    """

    spans: Sequence[Span]
    shares: Sequence[float]
    values: Sequence[float]


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

    def of(self, place: int) -> PassageWindows:
        """The windows of the passage at a place, counted from 0."""
        own = slice(self.bounds[place], self.bounds[place + 1])
        spans = [(start, end) for start, end in self.spans[own].tolist()]
        return PassageWindows(spans, self.shares[own].tolist(), self.values[own].tolist())


def worth(cosines: Closeness, held: TermIncidence, asked: QuestionTerms) -> Worth:
    """What each window of the passages is worth as a quote.

    cosines, held: of the same passages in the same order; `held` as
        `search.ranking.coverage.in_any_form` returns it for the terms of `asked`.
    """
    shares = coverage(asked, held.windows)
    values = fuse.WINDOW * cosines.windows.astype(np.float64) + fuse.WINDOW_COVERAGE * shares
    return Worth(cosines.spans, held.window_bounds, shares, values)


def compared(
    cosines: Closeness,
    held: TermIncidence,
    asked: QuestionTerms,
    bm25: Mapping[int, float],
    windows: Worth,
) -> list[Candidate]:
    """A candidate for each passage, in the order given, with what is known from vectors and words.

    cosines, held, asked: as for `worth`, which returned `windows`.
    bm25: of the passages that the words leg proposed, by number.
    """
    if not cosines.numbers:
        return []
    starts = windows.bounds[:-1]
    best = _best(windows)
    closest = np.maximum.reduceat(cosines.windows.astype(np.float64), starts)
    columns: dict[str, Sequence[Any]] = {
        "number": cosines.numbers,
        "closeness": cosines.whole.tolist(),
        "window_closeness": closest.tolist(),
        "coverage": coverage(asked, held.terms).tolist(),
        "window_coverage": np.maximum.reduceat(windows.shares, starts).tolist(),
        "pair_coverage": pair_coverage(asked, held.pairs).tolist(),
        "start": cosines.spans[best, 0].tolist(),
        "end": cosines.spans[best, 1].tolist(),
        "bm25": [bm25.get(number, 0.0) for number in cosines.numbers],
        "names": names_held(asked, held.terms).tolist(),
        "z_score": z_scores(closest).tolist(),
        "kind": cosines.kinds,
    }
    rows = zip(*columns.values(), strict=True)
    return [Candidate(**dict(zip(columns, row, strict=True))) for row in rows]


def z_scores(closest: Shares) -> Shares:
    """How far the best window of each candidate stands out: by how many standard deviations its
    cosine lies above the mean, which `ORDINARY` imagined passages are counted into.

    When a question is about the library's own subject, all of the library is near to it, and what
    holds the answer is nearer than the rest.

    closest: float64 (n,), cosines of the best windows. Returns float64 (n,).
    """
    total = len(closest) + ORDINARY
    mean = (closest.sum() + ORDINARY * USUAL) / total
    spread = ((closest - mean) ** 2).sum() + ORDINARY * (SPREAD**2 + (USUAL - mean) ** 2)
    return np.asarray((closest - mean) / np.sqrt(spread / total))


def _best(windows: Worth) -> list[int]:
    """Which window of each passage is worth most, the first of equal ones."""
    bounds = pairwise(windows.bounds.tolist())
    return [start + int(windows.values[start:end].argmax()) for start, end in bounds]
