"""How good a match a result is, in words; by its score, its place and its lead.

The score alone says little, since a question that shares many words with one report lifts all of
its passages: of all results above .55 one in three is right, and of those among them that are not
in the first place one in eight. What comes first with a lead is right far more often. This was
counted over the tuning halves of both question sets (`tests/bench/bands.py`). Right is a known
answer there, so the shares are a lower bound.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.question.nations import countries_of
from search.ranking.distinct import distinct
from search.records import Answer

_CLEAR, _LEAD = 0.45, 0.06
"""Score, and lead over the second, from which the first is a strong match. It was right in 54 of 57
cases (starter library 25 of 27, public reports 29 of 30), and in 13 of 18 of the halves set aside.
With a lead of .03 it was right in 64 of 85, three in four, but chance could take that away."""

_POSSIBLE = 0.4
"""Score from which the first, without that lead, is a possible match: right in 57 of 144."""

RELATED = 0.35
"""Score from which any other result counts as related: right in 1 of 13, below it in 1 of 26. A
first result of this score with that lead is a possible match: right in 12 of 17, of the halves set
aside in 7 of 11."""

WORDS = ("strong match", "possible match", "related", "loosely related")


def strengths(scores: Sequence[float]) -> list[str]:
    """A word for each result of a question, from `WORDS`.

    scores: of the results in the order shown, 0 to 1, highest first.
    """
    strong, possible, related, loose = WORDS
    words = [related if score >= RELATED else loose for score in scores]
    leads = bool(scores) and scores[0] - max(scores[1:], default=0.0) >= _LEAD
    if scores and scores[0] >= (RELATED if leads else _POSSIBLE):
        words[0] = possible
    if leads and scores[0] >= _CLEAR:
        words[0] = strong
    return words


_FAINT = 0.32
"""Score of the first below which it is said that none stands out. That is said of 7 of the 174
officers' questions that have an answer and count as answered (5 of them have it first), and of 7 of
40 that have none. From .35, where "related" begins, it would be said of 18 and of 8, and of the
demonstration's own question."""

NONE_STANDS_OUT = "No passage stands out; one of those below may still answer the question."


def strengths_of(answer: Answer) -> list[str]:
    """A word for the first result of each group of `search.ranking.distinct`, so that a copy takes
    away no lead. None is called a match where nothing seems to answer, or where the question names
    a country that no passage does.
    """
    _, _, related, loose = WORDS
    words = strengths([result.score for result, *_ in distinct(answer.results)])
    if answer.answered and not _names_absent_country(answer):
        return words
    return [word if word == loose else related for word in words]


def _names_absent_country(answer: Answer) -> bool:
    """Whether a question names a country, or its people, that no passage of the library does."""
    return bool(answer.absent and countries_of(answer.question, answer.absent))


def is_match(answer: Answer) -> bool:
    """Whether the first result of a question is at least a possible match."""
    return any(word in WORDS[:2] for word in strengths_of(answer)[:1])


def none_stands_out(answer: Answer) -> bool:
    """Whether a question counts as answered by passages of which none scores `_FAINT`."""
    scores = [result.score for result in answer.results]
    return answer.answered and 0 < max(scores, default=0.0) < _FAINT
