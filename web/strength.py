"""How good a match a result is, in words; by its score, its place and its lead.

Over the tuning halves of both question sets (`tests/bench/bands.py`; right is a known answer, so
the shares are a lower bound) the score alone says little: of all results above .55 one in three
is right, of those not in the first place one in eight, since a question that shares many words
with one report lifts all of its passages. What comes first with a lead is another matter.
"""

from __future__ import annotations

from collections.abc import Sequence

CLEAR, LEAD = 0.45, 0.06
"""Score and lead over the second from which the first is a strong match: right in 48 of 53
cases (starter library 24 of 27, public reports 24 of 26), of the halves set aside in 11 of 17. With
a lead of .03 it is 64 of 85: three in four, but within what chance could take away."""

POSSIBLE = 0.4
"""Score from which the first, without that lead, is a possible match: right in 46 of 115."""

RELATED = 0.35
"""Score from which any other result counts as related: right in 1 of 13, below it in 1 of 23."""

WORDS = ("strong match", "possible match", "related", "loosely related")


def strengths(scores: Sequence[float]) -> list[str]:
    """A word for each result of a question, from `WORDS`.

    scores: of the results in the order shown, 0 to 1, highest first.
    """
    strong, possible, related, loose = WORDS
    words = [related if score >= RELATED else loose for score in scores]
    if scores and scores[0] >= POSSIBLE:
        words[0] = possible
    if scores and scores[0] >= CLEAR and scores[0] - max(scores[1:], default=0.0) >= LEAD:
        words[0] = strong
    return words
