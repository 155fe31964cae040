"""A word that the library does not hold, read as the nearest that it does."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from index.words import Words

FEWEST_LETTERS = 5
TWO_EDITS_FROM = 9
"""Letters a word needs for one edit, and for two."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def nearest(words: Words, word: str, edits: int = 2) -> str:
    """The term that most passages hold of those one edit away, else of those two edits away.

    An edit is a letter left out, put in, exchanged or swapped with its neighbour. The first letter
    is never one; of terms two edits away the second is none either. Two edits only where `edits`
    allows them and the term has `TWO_EDITS_FROM` letters.
    Returns a term, as indexed; empty when the word is short, no word, or none is near.
    """
    terms = words.terms(word)
    if len(terms) != 1 or not word.isalpha() or len(word) < FEWEST_LETTERS:
        return ""
    term = terms[0]
    near = [(-count, other) for other in _one_edit(term) if (count := words.frequency(other))]
    if not near and edits > 1 and len(term) >= TWO_EDITS_FROM:
        near = [
            (-count, other)
            for other, count in words.beginning(term[:2])
            if abs(len(other) - len(term)) <= 2 and OSA.distance(term, other, score_cutoff=2) <= 2
        ]
    stems = [(count, other) for count, other in near if words.terms(other) == [other]]
    return min(stems)[1] if stems else ""


def _one_edit(term: str) -> Iterator[str]:
    for at in range(1, len(term) + 1):
        head, tail = term[:at], term[at:]
        yield from (head + letter + tail for letter in _LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
