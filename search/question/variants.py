"""Words and numbers that can be written in more than one way: "case load" and "caseload"; acronyms
and their long forms among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.derived.words import WordIndex
from index.languages.stemming import as_written
from search.question.function_words import FUNCTION_TERMS

_WORD = re.compile(r"[^\W_]+")

_LONGEST_FORM = 8
"""Terms of the longest long form of an acronym that is looked for in a question."""

_PARTICLES = frozenset(("out", "over", "under", "up"))
"""Function words that other words begin or end with: "overstay", "handover". All others are no part
of a word, for "as set out" does not mean "asset"."""

_FEWEST = 3
"""Letters that a part of a word needs; a particle may have two."""


@dataclass(frozen=True, slots=True)
class Form:
    """Terms of a question, and terms that stand for all of them."""

    asked: tuple[str, ...]
    other: tuple[str, ...]


def acronyms(words: WordIndex, text: str) -> tuple[Form, ...]:
    """Acronyms in a text with their long forms, and long forms with their acronyms.

    A word in small letters is an acronym only where the whole text is in small letters.
    """
    terms = words.terms(text)
    capital = frozenset(words.terms(" ".join(w for w in _WORD.findall(text) if w != w.lower())))
    found: dict[Form, None] = {}
    for start in range(len(terms)):
        for end in range(start + 1, min(start + _LONGEST_FORM, len(terms)) + 1):
            asked = tuple(terms[start:end])
            other = words.forms.get(asked)
            alone = len(asked) == 1 and (
                asked[0] in FUNCTION_TERMS or (bool(capital) and asked[0] not in capital)
            )
            if other and not alone:
                found[Form(asked, other)] = None
    return tuple(found)


def joined(words: WordIndex, text: str) -> Iterator[Form]:
    """Two neighbouring words of a text, with the one word that the library writes for both."""
    asked = [
        (word, term, _may_be_part(word, is_function_word=term in FUNCTION_TERMS))
        for word, term in zip(as_written(text), words.terms(text), strict=True)
    ]
    for (first, first_term, begins), (second, second_term, ends) in pairwise(asked):
        one = tuple(words.terms(first + second)) if begins and ends else ()
        # The stem of "underlying" is "under": every text with "under" would hold both words.
        another = {first_term, second_term, *FUNCTION_TERMS}.isdisjoint(one)
        if another and any(map(words.frequency, one)):
            yield Form((first_term, second_term), one)


def cut_in_two(words: WordIndex, word: str) -> str:
    """The two words that a word which the library does not hold may be cut into, with a blank
    between them; empty where there are none.

    Of several ways to cut it, the one whose words most passages have side by side.
    """
    written = "".join(as_written(word))
    found: dict[str, int] = {}
    for at in range(2, len(written) - 1):
        first, second = written[:at], written[at:]
        parts = all(
            _may_be_part(one, is_function_word=not FUNCTION_TERMS.isdisjoint(words.terms(one)))
            for one in (first, second)
        )
        if parts and first in words.written(first[0], len(first)):
            both = f"{first} {second}"
            found[both] = len(words.holding(words.terms(both), _ENOUGH))
    best = max(found, key=lambda both: found[both], default="")
    return best if found.get(best) else ""


_ENOUGH = 100
"""Of the passages that have two words side by side, so many are counted."""


def _may_be_part(word: str, *, is_function_word: bool) -> bool:
    """Whether a longer word may begin or end with this one."""
    return word in _PARTICLES or (not is_function_word and word.isalpha() and len(word) >= _FEWEST)


_NUMBER = re.compile(
    r"(?<![\w.,])[1-9](?:\d{0,2}(?:[,. '’]\d{3})+|\d*(?:\.\d+)?(?:k|m|bn)|\d*)(?![.,]?\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = {"k": ",000", "m": " million", "bn": " billion"}


def numbers(words: WordIndex, text: str) -> Iterator[Form]:
    """Numbers of a text, each with the way in which the library writes it: "42609" for "42,609" and
    the other way round, "350 million" for "350m".
    """
    for number in _NUMBER.findall(text):
        other = tuple(words.terms(_otherwise(number)))
        if len(words.holding(other, 1)):
            yield Form(tuple(words.terms(number)), other)


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


def spelt(words: WordIndex, text: str) -> Iterator[Form]:
    """Words of a text, each with its British or American spelling ("labour", "labor"), where the
    library has that and its stem is another.
    """
    for word, term in zip(as_written(text), words.terms(text), strict=True):
        # Only one word in eight has such letters; without this test it took twice as long.
        other = _abroad(words, word) if _EITHER.search(word) else ()
        for (variant,) in map(words.terms, other):
            if term not in FUNCTION_TERMS and variant != term and words.frequency(variant):
                yield Form((term,), (variant,))


def _abroad(words: WordIndex, word: str) -> Iterator[str]:
    """The other spelling of a word, where the library writes that with any of the endings that may
    follow. That it has the stem would tell nothing, since that of "authorize" is "author".
    """
    for here, there, endings in _BOTH_WAYS:
        if found := here.fullmatch(word):
            root = found[1] + there
            if any(
                root + ending in words.written(root[0], len(root + ending)) for ending in endings
            ):
                yield root + found[2]
