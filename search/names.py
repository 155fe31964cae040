"""Names and numbers in a question: what somebody, some place or some year is called."""

from __future__ import annotations

import re
from collections.abc import Set

from index.words import WordIndex

_WORD = re.compile(r"[^\W_]+")
_WHOLE = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_SHORTEST = 3
"""Letters or figures of a name."""


def named_terms(words: WordIndex, question: str) -> list[str]:
    """Terms of capitalised words but the first, and of numbers; none where most are capitalised."""
    asked = _WORD.findall(question)
    capital = [word for word in asked[1:] if word[0].isupper()]
    numbers = [word for word in asked if any(char.isdigit() for char in word)]
    if 2 * len(capital) > len(asked):
        capital = []
    return [term for term in words.terms(" ".join(capital + numbers)) if len(term) >= _SHORTEST]


def absent(words: WordIndex, question: str, otherwise: Set[str]) -> tuple[str, ...]:
    """The names, acronyms and numbers of a question, as asked, that no passage or heading has.

    otherwise: terms of the question that are read otherwise, or name nothing.
    """
    asked = _WHOLE.findall(question)
    mostly = 2 * sum(word[0].isupper() for word in asked[1:]) > len(asked)
    shouted = len(asked) > 1 and question.isupper()
    found: dict[str, None] = {}
    for place, word in enumerate(asked):
        capital = word.isupper() if mostly or place == 0 else word[0].isupper()
        if len(word) >= _SHORTEST and (word[-1].isdigit() or (capital and not shouted)):
            terms = words.terms(word)
            if terms and otherwise.isdisjoint(terms) and not len(words.holding(terms, 1)):
                found[word] = None
    return tuple(found)
