"""A word that the library does not hold, read as the nearest that it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.derived.words import WordIndex
from index.languages.stemming import as_written

Spelt = Callable[[str, int], Sequence[str]]
"""Words by first letter and length."""

FEWEST_LETTERS = 5
TWO_EDITS_FROM = 9
"""Letters a word needs for one edit, and for two."""

_LONGEST_ENDING = 8
"""Letters that a stem may lack of its word: seven of "operational". With eight, each of the stems
of two libraries that are their own (4,012 and 6,927) has a word."""


_PLAIN = frozenset(("", "d", "e", "ed", "er", "ers", "es", "ing", "ings", "r", "rs", "s"))
"""Endings that any verb or noun may have. A word that the library has with another of them is right
as it is: "lends" where it writes "lending"."""

_AS_FREQUENT = 0.5
"""Passages that a word meant has for each of the one whose stem a misspelling shares."""


def nearest(words: WordIndex, word: str, edits: int = 2) -> str:
    """The word of the library that most passages hold of those one edit away, else of those two
    edits away; words as they are written first, then stems, for "boorders" where there is "border".
    Of a stem the written word nearest to the one asked is said: "partak" is no word.

    An edit is a letter left out, put in, exchanged or swapped with its neighbour. The first letter
    is never one; of words two edits away the second is none either. Two edits only where `edits`
    allows them and the word without its ending has `TWO_EDITS_FROM` letters: with endings counted,
    "shadowing" was read as "showing".
    Returns a word in lower case, without accents; empty when the word is short, no word, or none
    is near.
    """
    if near := nearest_written(words, word, edits):
        return near
    stem = _stem(words, word)
    if not stem:
        return ""
    most = _most(stem, edits)
    stems = [other for other in _near(words.spelt, stem, most) if words.terms(other) == [other]]
    best = min(stems, key=lambda other: (-words.frequency(other), other), default="")
    return _in_writing(words, best, as_written(word)[0]) if best else ""


def nearest_written(words: WordIndex, word: str, edits: int = 2) -> str:
    """The word that `nearest` gives when it compares written words only, no stems."""
    stem = _stem(words, word)
    near = _near(words.written, as_written(word)[0], _most(stem, edits)) if stem else []
    return _usual(words, near)


def has_stem_by_chance(words: WordIndex, word: str) -> bool:
    """Whether a word shares its stem with another by chance, as "extention" with "extent": the
    library writes neither it nor its singular, and it is not that stem with an ending any word may
    have.
    """
    stem = _stem(words, word)
    if not stem:
        return False
    asked = as_written(word)[0]
    plain = asked.startswith(stem[:-1]) and asked[len(stem) :] in _PLAIN
    forms = {asked, asked.removesuffix("s")}
    return not plain and not any(form in words.written(form[0], len(form)) for form in forms)


def nearest_other(words: WordIndex, word: str) -> str:
    """The word as it is written that most passages hold of those one edit away whose stem is not
    the word's own; empty where that stem is held twice as often.
    """
    stem, asked = _stem(words, word), as_written(word)[0]
    near = [other for other in _within(words.written, asked, 1) if words.terms(other) != [stem]]
    best = _usual(words, near)
    enough = _AS_FREQUENT * words.frequency(stem)
    return best if best and _frequency(words, best) >= enough else ""


def _stem(words: WordIndex, word: str) -> str:
    """The stem of a word; empty when it is short or no word."""
    terms = words.terms(word)
    whole = len(terms) == 1 and word.isalpha() and len(word) >= FEWEST_LETTERS
    return terms[0] if whole else ""


def _most(stem: str, edits: int) -> int:
    return edits if len(stem) >= TWO_EDITS_FROM else 1


def _usual(words: WordIndex, written: Sequence[str]) -> str:
    """The word that most passages hold; empty where there is none."""
    return min(written, key=lambda other: (-_frequency(words, other), other), default="")


def _in_writing(words: WordIndex, stem: str, asked: str) -> str:
    """The word with that stem, as the library writes it, that is nearest to the one asked; empty
    where no word of its letters has it, as "dying" for "die".
    """
    forms = (
        other
        for length in range(len(stem), len(stem) + _LONGEST_ENDING + 1)
        for other in words.written(stem[0], length)
        # Cheaper than its stem, and so looked at first; the last letter as in "policy", "polici".
        if other.startswith(stem[:-1]) and words.terms(other) == [stem]
    )
    return min(forms, key=lambda other: (OSA.distance(asked, other), other), default="")


def _frequency(words: WordIndex, written: str) -> int:
    """How many passages hold a word, whatever its ending."""
    return max(map(words.frequency, words.terms(written)), default=0)


def _near(among: Spelt, asked: str, edits: int) -> list[str]:
    near = _within(among, asked, 1)
    if near or edits < 2:
        return near
    return [other for other in _within(among, asked, 2) if other[1] == asked[1]]


def _within(among: Spelt, asked: str, edits: int) -> list[str]:
    """The words with the same first letter that are at most so many edits away.

    Held against all words of about its length: .03 to .1 ms at 100,000 passages, where looking up
    each of 500 to 1,300 ways to spell it took .25 to 1.3.
    """
    return [
        other
        for length in range(len(asked) - edits, len(asked) + edits + 1)
        for other, _, _ in process.extract(
            asked, among(asked[0], length), scorer=OSA.distance, score_cutoff=edits, limit=None
        )
    ]
