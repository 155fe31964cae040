"""Whether the library seems to hold an answer at all.

A logistic rule over the best candidates, learned by `tests/bench/abstain.py` from questions asked
of the library they were written for, of that library without the document that answers, and of
others. `search/measured.md` has its rates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from search.ranking.fuse import weighed
from search.records import Candidate

NAMES = 0.1
"""What the names of the question weigh beside the score. From 0.15 on, questions are lost whose
names the report spells otherwise ("US", "German")."""

CONSIDERED = 5

SMALL = 300
"""Passages of a library below which its BM25 is raised. The rarest word of three passages counts
a fifth of the rarest of thousands, and says as much."""

FAR = 0.45
"""Cosine of the nearest passage below which all questions are about something else: it being lower
still speaks for no answer. Without it such questions are recognised less often, by 3 to 9 in 100 of
those asked of the public reports."""

_CLOSE, _BM25, _Z_SCORE, _NEAREST, _BIAS = 13.47, 0.738, 0.331, -7.57, -6.44
THRESHOLD = 0.27
"""Confidence from which a question counts as answered. Of those with an answer 10 % (starter
library, hard on purpose) and 16 % (officers' questions) fall below it; of those without one 50 and
62 to 63 % (`search/measured.md`)."""


_WHOLE = 1 - 1e-6
"""Share of the question's words that are all of them, rounding apart."""


def answered(best: Sequence[Candidate]) -> bool:
    """Whether one of the ranked candidates seems to answer: surely enough, or one of the first five
    has every word of the question in one window; one with substance, for a contents page or an
    imprint answers nothing.

    Few words ("62 percent") score low where a passage has all of them. Of 784 questions over three
    libraries 32 had such a window; all have an answer, and counted as answered before.
    """
    return confidence(best) >= THRESHOLD or any(
        candidate.window_coverage >= _WHOLE and candidate.kind.substance
        for candidate in best[:CONSIDERED]
    )


def confidence(best: Sequence[Candidate]) -> float:
    """How surely one of the ranked candidates answers, 0 to 1; 0 when there are none.

    The logistic function of 13.47 s + 0.738 b + 0.331 z - 7.57 n - 6.44, see `features`.
    """
    if not best:
        return 0.0
    close, bm25, z_score, nearest = features(best)
    sure = _CLOSE * close + _BM25 * bm25 + _Z_SCORE * z_score + _NEAREST * nearest + _BIAS
    return 1 / (1 + math.exp(-sure))


def features(best: Sequence[Candidate]) -> tuple[float, float, float, float]:
    """What the rule weighs: the highest score of the first five, with a tenth of the share of
    names held added to it; the square root of the highest BM25 of all; the highest z-score of
    the first five; the highest cosine of all, at least `FAR`, which speaks against an answer:
    whatever is asked about a library's own subject, some of it is near.
    """
    first = best[:CONSIDERED]
    return (
        max(weighed(candidate) + NAMES * candidate.names for candidate in first),
        math.sqrt(max(candidate.bm25 for candidate in best)),
        max(candidate.z_score for candidate in first),
        max(FAR, *(candidate.closeness for candidate in best)),
    )


def in_size(passages: int) -> float:
    """Factor that makes the BM25 of a small library like that of one of `SMALL` passages: the
    ratio of the inverse document frequencies of a word that one passage holds. 1 from there on.
    """
    return max(1.0, _rarest(SMALL) / _rarest(max(1, passages)))


def _rarest(passages: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)) for n = 1, as `index.derived.words` has it."""
    return math.log1p((passages - 0.5) / 1.5)
