"""Whether the library seems to hold an answer at all.

A logistic rule over the first five candidates, learned by `tests/bench/abstain.py` from questions
asked of the library they were written for, of that library without the document that answers, and
of others. `search/README.md` has its rates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from search.fuse import weighed
from search.records import Candidate

NAMES = 0.1
"""What the names of the question weigh beside the score. From 0.15 on, questions are lost whose
names the report spells otherwise ("US", "German")."""

CONSIDERED = 5
_CLOSE, _EVIDENCE, _BIAS = 8.82, 0.099, -5.56
THRESHOLD = 0.2
"""Confidence from which a question counts as answered: of the questions learned from that have an
answer, 6 % (starter library), 4 % (public reports) and 1 % (public collections) fall below it."""


def confidence(best: Sequence[Candidate]) -> float:
    """How surely one of the ranked candidates answers, 0 to 1; 0 when there are none.

    The logistic function of 8.82 s + 0.099 e - 5.56, see `features`.
    """
    if not best:
        return 0.0
    close, evidence = features(best)
    return 1 / (1 + math.exp(-(_CLOSE * close + _EVIDENCE * evidence + _BIAS)))


def features(best: Sequence[Candidate]) -> tuple[float, float]:
    """What the rule weighs: the highest score, with a tenth of the share of names held added to
    it, and the most evidence (in nats), of the first five.
    """
    first = best[:CONSIDERED]
    close = max(weighed(candidate) + NAMES * candidate.names for candidate in first)
    return close, max(candidate.evidence for candidate in first)
