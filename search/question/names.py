"""Names and numbers in a question: what somebody, some place or some year is called."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from index.derived.words import WordIndex
from ingest.prose.language import votes
from search.question.nations import nation

_WORD = re.compile(r"[^\W_]+")
_WORD_OR_NUMBER = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
"""As `_WORD`, but "42,609" is one."""

_SHORTEST = 3
"""Letters or figures of the shortest name."""

_PLACED = frozenset(("in", "from"))
"""Words behind which a place stands, whatever its letters."""


def named_terms(words: WordIndex, question: str) -> list[str]:
    """Terms of a question that name somebody, some place or some number: those of capitalised words
    but the first, of numbers, and of countries and their people, with a capital or without. Where
    most words have a capital, that tells no name.
    """
    asked = _WORD.findall(question)
    capital = [word for word in asked[1:] if word[0].isupper()]
    numbers = [word for word in asked if any(char.isdigit() for char in word)]
    if 2 * len(capital) > len(asked):
        capital = []
    called = " ".join(capital + numbers + [word for word in asked if nation(word)])
    return [term for term in words.terms(called) if len(term) >= _SHORTEST]


def absent(words: WordIndex, question: str, otherwise: Set[str]) -> tuple[str, ...]:
    """The names, acronyms and numbers of a question, as asked, that no passage or heading has.
    Names side by side are one.

    A name is a word that has a capital, is a country's, or stands behind "in" or "from". In German,
    where all nouns have a capital, only acronyms and countries count.

    otherwise: terms of the question that are read as something else, or name nothing.
    """
    asked = [*_WORD_OR_NUMBER.finditer(question)]
    naming = _naming(question, [found[0] for found in asked])
    spans: list[tuple[int, int]] = []
    for found, named in zip(asked, naming, strict=True):
        start, end = found.span()
        goes_on = bool(spans) and _goes_on(question, spans[-1], start)
        if (named or goes_on) and _nowhere(words, found[0], otherwise):
            spans.append((spans.pop()[0] if goes_on else start, end))
    return tuple(dict.fromkeys(question[start:end] for start, end in spans))


def _goes_on(question: str, name: tuple[int, int], start: int) -> bool:
    """Whether the word at an offset goes on with the name before it, as "lumpur" in "kuala lumpur":
    it stands right behind, and both have a capital or neither has. A number never does.

    name: where the name begins and ends.
    """
    begin, end = name
    beside = start == end + 1 and question[end] in " -"
    letters = question[begin].isalpha() and question[start].isalpha()
    return beside and letters and question[begin].islower() == question[start].islower()


def _naming(question: str, asked: Sequence[str]) -> list[bool]:
    """Whether each word of a question may be a name or a number.

    asked: the words as they are written, in order.
    """
    capitals = sum(word[0].isupper() for word in asked[1:])
    mostly_capitals = 2 * capitals > len(asked) and asked[0][0].isupper()
    shouted = len(asked) > 1 and question.isupper()
    small_words = votes(question)
    german = small_words["de"] > small_words["en"]  # whose nouns have capitals
    naming = []
    for before, word, after in zip(["", *asked], asked, [*asked[1:], ""], strict=False):
        first = not before and not after[:1].isupper()
        only_acronyms = mostly_capitals or first or german
        capital = word.isupper() if only_acronyms else word[0].isupper()
        placed = (before.lower() in _PLACED and not german) or bool(nation(word))
        naming.append(word[-1].isdigit() or placed or (capital and not shouted))
    return naming


def _nowhere(words: WordIndex, word: str, otherwise: Set[str]) -> bool:
    """Whether a word is long enough for a name and no passage has it, with whatever ending. Of a
    country, no passage must have another name of it or of its people either.
    """
    terms = words.terms(word)
    if len(word) < _SHORTEST or not terms or not otherwise.isdisjoint(terms):
        return False
    others = (words.terms(name) for name in nation(word))
    return not any(len(words.holding(one, 1)) for one in (terms, *others))
