"""Stretches of a question that no phrase runs beyond, and whether a phrase is whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.question.function_words import FUNCTION_TERMS

_STOP = re.compile(r"[.,;:!?…](?=\s|$)|[()\[\]\"“”„«»]|\s[-–—]+\s|\n")
"""What stands between two clauses. A point within a number is none."""

_COMPOUND = re.compile(r"(?<!\S)[^\W\d_]+(?:-[^\W\d_]+)+")
"""Words joined by hyphens, as "in-kind"."""

_GOVERNING = frozenset("at by for from in into of on the to under with within without".split())
"""Prepositions and the article: a phrase that begins with one is a noun phrase, and may be the
beginning of a longer one."""

_NO_NOUN = frozenset(
    (
        "abroad after afterward again ahead all alon alreadi anoth back befor beforehand between"
        " both dure each either elsewher even everi everywher first here home insid instead last"
        " late later more most near next now off onc onli other outsid per rather regularli same"
        " sinc soon still through throughout today togeth toward twice until when whether while"
        " within without yet"
    ).split()
)
"""Terms that are no function words, and yet no noun phrase goes on with them."""


def clauses(text: str) -> list[str]:
    """The stretches of a question between its stops, and behind them each compound with hyphens by
    itself: "in-kind" is whole whatever noun follows.
    """
    return [*_STOP.split(text), *_COMPOUND.findall(text)]


def goes_on(phrase: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a phrase is only the beginning of a noun phrase, as "on time" in "on time limits": it
    begins with a preposition or "the", ends with a word that is no function word, and one that may
    be the noun follows.

    phrase: as terms. after: the terms behind it in the same clause.
    """
    return (
        bool(after)
        and phrase[0] in _GOVERNING
        and phrase[-1] not in FUNCTION_TERMS
        and after[0].isalpha()
        and after[0] not in FUNCTION_TERMS
        and after[0] not in _NO_NOUN
    )
