"""Whether the library seems to hold an answer at all.

A logistic rule over the best candidates, learned by `tests/bench/abstain.py` from questions asked
of the library they were written for, of that library without the document that answers, and of
others. `search/measured.md` has its rates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from search.ranking.fuse import score_without_phrases
from search.records import Candidate

NAMES = 0.1
"""What the share of the question's names that are held weighs beside the score. From 0.15 on,
questions are lost whose names the report spells otherwise ("US", "German")."""

CONSIDERED = 5
"""Best candidates among which an answer is looked for."""

SMALL = 300
"""Passages of a library below which its BM25 is raised. In three passages the rarest word has a
fifth of the weight of the rarest in thousands, and tells as much."""

FAR = 0.45
"""The least that the cosine of the nearest passage is taken for. Where it is lower the question is
about something else, however much lower. Without this, such questions are recognised less often, by
3 to 9 in 100 of those asked of the public reports."""

_SCORE, _BM25, _Z_SCORE, _NEAREST, _BIAS = 13.47, 0.738, 0.331, -7.57, -6.44
"""What each of `features` weighs, and the constant term, as `tests/bench/abstain.py` learned
them."""

THRESHOLD = 0.27
"""Confidence from which a question counts as answered. Of the questions with an answer 10 %
(starter library, hard on purpose) and 16 % (officers' questions) fall below it; of those without
one, 50 and 62 to 63 % (`search/measured.md`)."""

_WHOLE = 1 - 1e-6
"""Share of the question's words from which a window has all of them, rounding apart."""


def answered(best: Sequence[Candidate]) -> bool:
    """Whether one of the ranked candidates seems to answer.

    So it does where the confidence is high enough, and where one of the first five has every word
    of the question in one window: a question of few words ("62 percent") scores low even then.
    Contents pages and imprints answer nothing. Of 784 questions over three libraries 32 had such a
    window; all of them have an answer, and counted as answered before.
    """
    return confidence(best) >= THRESHOLD or any(
        candidate.window_coverage >= _WHOLE and candidate.kind.substance
        for candidate in best[:CONSIDERED]
    )


def confidence(best: Sequence[Candidate]) -> float:
    """How surely one of the ranked candidates answers, 0 to 1; 0 when there are none.

    The logistic function of the weighted sum of `features`.
    """
    if not best:
        return 0.0
    score, bm25, z_score, nearest = features(best)
    sure = _SCORE * score + _BM25 * bm25 + _Z_SCORE * z_score + _NEAREST * nearest + _BIAS
    return 1 / (1 + math.exp(-sure))


def features(best: Sequence[Candidate]) -> tuple[float, float, float, float]:
    """What the rule weighs, of candidates of which there is one at least:

    - the highest score of the first five, to which `NAMES` of the share of names held is added;
    - the square root of the highest BM25 of all;
    - the highest z-score of the first five;
    - the highest cosine of all, `FAR` at least. It speaks against an answer: of a question about
      the library's own subject some of the library is near, whether or not it answers.
    """
    first = best[:CONSIDERED]
    return (
        max(score_without_phrases(one) + NAMES * one.names for one in first),
        math.sqrt(max(candidate.bm25 for candidate in best)),
        max(candidate.z_score for candidate in first),
        max(FAR, *(candidate.closeness for candidate in best)),
    )


def size_factor(passages: int) -> float:
    """What the BM25 of a small library is multiplied by, to be like that of `SMALL` passages.

    It is the ratio of the inverse document frequencies, in the two libraries, of a word that one
    passage holds; 1 for a library that is not small.
    """
    return max(1.0, _rarest(SMALL) / _rarest(max(1, passages)))


def _rarest(passages: int) -> float:
    """The inverse document frequency of a word that one passage holds, as `index.derived.words` has
    it: ln(1 + (N - n + 0.5) / (n + 0.5)) with n = 1.
    """
    return math.log1p((passages - 0.5) / 1.5)
