"""Whether the library seems to hold an answer at all.

A logistic rule over how close the best five candidates come, learned from 2,000 pairs of a
question and a library: questions asked of the library they were written for, and of others. With
the threshold below, on questions set aside: called unanswered were 4 % of those with an answer in
13 public reports, 11 % in the starter library and 1 % in two public collections; of those without,
97 % (encyclopedia questions to policy reports), 82 % (questions on benefit rules to the starter
library) and 29 % (questions on the library's own subject whose answer it lacks: these remain open).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from search.records import Candidate

_CLOSENESS, _WINDOW, _COVERAGE, _BIAS = 6.48, 3.19, 3.20, -5.41
_CONSIDERED = 5
THRESHOLD = 0.3
"""Confidence from which a question counts as answered: 3 % of the questions learned from that have
an answer in the starter library fall below it, 2 % of those on public reports."""


def confidence(best: Sequence[Candidate]) -> float:
    """How surely one of the ranked candidates answers, 0 to 1; 0 when there are none.

    The logistic function of 6.48 c + 3.19 w + 3.20 s - 5.41, with c and w the highest cosine of a
    passage and of a window, and s the highest coverage, among the first five.
    """
    first = best[:_CONSIDERED]
    if not first:
        return 0.0
    logit = (
        _CLOSENESS * max(candidate.closeness for candidate in first)
        + _WINDOW * max(candidate.window_closeness for candidate in first)
        + _COVERAGE * max(candidate.coverage for candidate in first)
        + _BIAS
    )
    return 1 / (1 + math.exp(-logit))
