"""Words and numbers that can be written in more than one way: "case load" and "caseload"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.derived.words import WordIndex
from index.languages.stemming import as_written
from search.question.function_words import FUNCTION_TERMS

Variant = tuple[tuple[str, ...], tuple[str, ...]]
"""Terms of a question, and the terms of another way to write them."""

_PARTICLES = frozenset(("out", "over", "under", "up"))
"""Words without a meaning of their own that others begin or end with: "overstay", "handover". No
other such word is part of one, for "as set out" is no "asset"."""

_FEWEST = 3
"""Letters of a part; two of "up"."""


def joined(words: WordIndex, text: str) -> Iterator[Variant]:
    """Two neighbouring words of a text, with the one word that the library writes for both."""
    asked = [
        (word, term, _part(word, term in FUNCTION_TERMS))
        for word, term in zip(as_written(text), words.terms(text), strict=True)
    ]
    for (first, head, begins), (second, tail, ends) in pairwise(asked):
        one = tuple(words.terms(first + second)) if begins and ends else ()
        # Of "underlying" the stem is "under": every text with that word would hold both.
        another = {head, tail, *FUNCTION_TERMS}.isdisjoint(one)
        if another and any(map(words.frequency, one)):
            yield (head, tail), one


def apart(words: WordIndex, word: str) -> str:
    """The two words that stand for one that the library does not hold, with a blank between them:
    side by side in it, the first as it is written there, those that most passages have. Empty where
    there are none.
    """
    written = "".join(as_written(word))
    found = {
        f"{first} {second}": len(words.holding(words.terms(f"{first} {second}"), _ENOUGH))
        for first, second in ((written[:at], written[at:]) for at in range(2, len(written) - 1))
        if _part(first, not FUNCTION_TERMS.isdisjoint(words.terms(first)))
        and _part(second, not FUNCTION_TERMS.isdisjoint(words.terms(second)))
        and first in words.written(first[0], len(first))
    }
    best = max(found, key=lambda both: found[both], default="")
    return best if found.get(best) else ""


_ENOUGH = 100
"""Passages counted of those that have two words side by side."""


def _part(word: str, function: bool) -> bool:
    """Whether a word may be part of another; function: whether it has no meaning of its own."""
    return word in _PARTICLES or (not function and word.isalpha() and len(word) >= _FEWEST)


_NUMBER = re.compile(
    r"(?<![\w.,])[1-9](?:\d{0,2}(?:[,. '’]\d{3})+|\d*(?:\.\d+)?(?:k|m|bn)|\d*)(?![.,]?\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = {"k": ",000", "m": " million", "bn": " billion"}


def numbers(words: WordIndex, text: str) -> Iterator[Variant]:
    """Numbers of a text, each with the way in which the library writes it: "42609" for "42,609" and
    the other way round, "350 million" for "350m".
    """
    for number in _NUMBER.findall(text):
        other = tuple(words.terms(_otherwise(number)))
        if len(words.holding(other, 1)):
            yield tuple(words.terms(number)), other


def _otherwise(number: str) -> str:
    """The same number with groups of three figures or without, or with its unit in full; empty for
    a year and whatever has three figures.
    """
    figures = number.rstrip("kKmMbBnN")
    if unit := number[len(figures) :]:
        return figures + _UNITS[unit.lower()]
    if not number.isdecimal():
        return "".join(filter(str.isdecimal, number))
    return f"{int(number):,}" if len(number) > 3 and not _YEAR.fullmatch(number) else ""


_SPELT = (
    ("our", "or", ("", "s", "ed", "ing", "al", "able", "er", "ers", "hood", "hoods")),
    ("is", "iz", ("e", "es", "ed", "ing", "er", "ers", "ation", "ations", "ational")),
    ("ys", "yz", ("e", "es", "ed", "ing")),
    ("ntre", "nter", ("", "s")),
    ("gramme", "gram", ("", "s")),
    ("enc", "ens", ("e", "es", "ed", "ing")),
)
"""What is spelt otherwise in Britain and in America, and what may follow it."""

_EITHER = re.compile("|".join(f"{one}|{other}" for one, other, _ in _SPELT))
_BOTH_WAYS = [
    # Two letters before it at least: "four" is no "for", "enter" no "entre".
    (re.compile(rf"([a-z]{{2,}}){here}({'|'.join(endings)})"), there, endings)
    for british, american, endings in _SPELT
    for here, there in ((british, american), (american, british))
]


def spelt(words: WordIndex, text: str) -> Iterator[Variant]:
    """Words of a text with their British or American spelling, where the library has that as
    another word: "labour" and "labor".
    """
    for word, term in zip(as_written(text), words.terms(text), strict=True):
        # One word in eight has such letters; all looked through, it took twice as long.
        other = _abroad(words, word) if _EITHER.search(word) else ()
        for (variant,) in map(words.terms, other):
            if term not in FUNCTION_TERMS and variant != term and words.frequency(variant):
                yield (term,), (variant,)


def _abroad(words: WordIndex, word: str) -> Iterator[str]:
    """The other spelling of a word, where the library writes it with one of its endings: its stem
    alone tells nothing, since that of "authorize" is "author".
    """
    for here, there, endings in _BOTH_WAYS:
        if found := here.fullmatch(word):
            root = found[1] + there
            if any(
                root + ending in words.written(root[0], len(root + ending)) for ending in endings
            ):
                yield root + found[2]
