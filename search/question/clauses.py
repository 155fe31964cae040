"""Stretches of a question within which a phrase stands, and where a phrase ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.question.function_words import FUNCTION_TERMS

_STOP = re.compile(r"[.,;:!?…](?=\s|$)|[()\[\]\"“”„«»]|\s[-–—]+\s|\n")
"""What stands between two clauses: no phrase runs over it. A point within a number is none."""

_COMPOUND = re.compile(r"(?<!\S)[^\W\d_]+(?:-[^\W\d_]+)+")

_GOVERNING = frozenset("at by for from in into of on the to under with within without".split())
"""Prepositions, and the article, with what stands behind which a phrase is a group of a noun."""

_NO_NOUN = frozenset(
    (
        "abroad after afterward again ahead all alon alreadi anoth back befor beforehand between"
        " both dure each either elsewher even everi everywher first here home insid instead last"
        " late later more most near next now off onc onli other outsid per rather regularli same"
        " sinc soon still through throughout today togeth toward twice until when whether while"
        " within without yet"
    ).split()
)
"""Terms with a meaning of their own that a group of a noun does not go on with."""


def clauses(text: str) -> list[str]:
    """What stands between the stops of a question, and its compounds with hyphens, each once
    more: "in-kind" is whole by itself, whatever noun it stands before.
    """
    return [*_STOP.split(text), *_COMPOUND.findall(text)]


def goes_on(phrase: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a phrase is the beginning of a longer group of a noun, as "on time" of "on time
    limits": it begins with a preposition or "the", ends with a word that has a meaning of its own,
    and such a word follows that may be the noun.

    phrase, after: terms, and those behind them in the same clause.
    """
    return (
        bool(after)
        and phrase[0] in _GOVERNING
        and phrase[-1] not in FUNCTION_TERMS
        and after[0].isalpha()
        and after[0] not in FUNCTION_TERMS
        and after[0] not in _NO_NOUN
    )
