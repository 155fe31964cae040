"""Names and numbers in a question: what somebody, some place or some year is called."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from index.derived.words import WordIndex
from ingest.prose.language import votes
from search.question.nations import nation

_WORD = re.compile(r"[^\W_]+")
_WHOLE = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_SHORTEST = 3
"""Letters or figures of a name."""

_PLACED = frozenset(("in", "from"))
"""Words behind which a place stands, whatever its letters."""


def named_terms(words: WordIndex, question: str) -> list[str]:
    """Terms of capitalised words but the first, of numbers, and of countries and their people,
    whatever their letters; of these alone where most words are capitalised.
    """
    asked = _WORD.findall(question)
    capital = [word for word in asked[1:] if word[0].isupper()]
    numbers = [word for word in asked if any(char.isdigit() for char in word)]
    if 2 * len(capital) > len(asked):
        capital = []
    called = " ".join(capital + numbers + [word for word in asked if nation(word)])
    return [term for term in words.terms(called) if len(term) >= _SHORTEST]


def absent(words: WordIndex, question: str, otherwise: Set[str]) -> tuple[str, ...]:
    """The names, acronyms and numbers of a question, as asked, that no passage or heading has;
    names side by side as one. A name has a capital, is a country's, or stands behind "in" or
    "from". In German, where all nouns have a capital, only acronyms and countries count.

    otherwise: terms of the question that are read otherwise, or name nothing.
    """
    asked = [*_WHOLE.finditer(question)]
    naming = _naming(question, [found[0] for found in asked])
    spans: list[tuple[int, int]] = []
    for found, named in zip(asked, naming, strict=True):
        start, end = found.span()
        goes_on = bool(spans) and _goes_on(question, spans[-1], start)
        if (named or goes_on) and _nowhere(words, found[0], otherwise):
            spans.append((spans.pop()[0] if goes_on else start, end))
    return tuple(dict.fromkeys(question[start:end] for start, end in spans))


def _goes_on(question: str, name: tuple[int, int], start: int) -> bool:
    """Whether the word at an offset is of the name before it, as "lumpur" of "kuala lumpur": side
    by side, both with a capital or both without. A number is of no name.
    """
    begin, end = name
    beside = start == end + 1 and question[end] in " -"
    letters = question[begin].isalpha() and question[start].isalpha()
    return beside and letters and question[begin].islower() == question[start].islower()


def _naming(question: str, asked: Sequence[str]) -> list[bool]:
    """Whether each word of a question, as it is written, may be a name or a number."""
    capitals = sum(word[0].isupper() for word in asked[1:])
    mostly = 2 * capitals > len(asked) and asked[0][0].isupper()
    shouted = len(asked) > 1 and question.isupper()
    found = votes(question)
    german = found["de"] > found["en"]  # whose nouns have capitals
    naming = []
    for before, word, after in zip(["", *asked], asked, [*asked[1:], ""], strict=False):
        first = not before and not after[:1].isupper()
        capital = word.isupper() if mostly or first or german else word[0].isupper()
        placed = (before.lower() in _PLACED and not german) or bool(nation(word))
        naming.append(word[-1].isdigit() or placed or (capital and not shouted))
    return naming


def _nowhere(words: WordIndex, word: str, otherwise: Set[str]) -> bool:
    """Whether a word is long enough for a name and no passage has it, whatever its ending; of a
    country, neither by another name of it or of its people.
    """
    terms = words.terms(word)
    asked = len(word) >= _SHORTEST and terms and otherwise.isdisjoint(terms)
    others = (words.terms(name) for name in nation(word))
    return bool(asked) and not any(len(words.holding(one, 1)) for one in (terms, *others))
