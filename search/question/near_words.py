"""Words that mean nearly the same as those of a question ("price" for "cost"), and what stands for
its phrases ("failure" for "went wrong").

A passage that lacks a word of the question but has a near one counts as having a share of it, as in
soft TF-IDF (Cohen, Ravikumar, Fienberg: A comparison of string distance metrics for name-matching
tasks, IIWeb 2003). There the words are alike in letters, here in meaning. Which words are near is
kept in a table that `search.question.learn_near_words` made, so that no encoder is asked at a
question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.derived.words import WordIndex
from index.files import arrays
from search.question.clauses import clauses, goes_on
from search.question.function_words import FUNCTION_TERMS, is_english

SHIPPED = Path(__file__).parent.parent / "near_words.npz"

_STEPS = 255
"""What a share of 1 is kept as: shares are kept in one byte."""

Terms = tuple[str, ...]
"""Terms that stand for something together."""

Near = Mapping[str, Mapping[Terms, float]]
"""Terms of a question, each with what means nearly the same, of one term or several, and for which
share of the term that counts."""

Shares = Mapping[str, Mapping[str, float]]
"""Terms of the table, each with the single terms near it and for which share of it they count."""

Phrases = Mapping[Terms, tuple[Terms, ...]]
"""Phrases as terms in order, each with what may stand for it."""

SAME = 0.72
"""Share that words count for which the thesaurus has as nearly the same, and what stands for a
phrase (`search/measured.md`)."""

_LONGEST_PHRASE = 4
"""Terms of the longest phrase that is looked for in a question."""


def near_words_of(words: WordIndex, text: str) -> Near:
    """The terms of a text, its words mended, each with what the library holds that means nearly the
    same. Empty for a text in another language than English: "die" is near "death" in English only.
    """
    if not is_english(text):
        return {}
    return near_words(words, [words.terms(clause) for clause in clauses(text)])


def near_words(words: WordIndex, stretches: Sequence[Sequence[str]]) -> Near:
    """Terms of a question, each with what the library holds that means nearly the same, and for
    which share of the term that counts, in (0, 1].

    A word that is more common than the term asked for counts for less, by the ratio of their
    rarities; where several terms stand for it together, by the rarest of them. Function words, and
    terms that nothing in the library is near to, are left out.

    stretches: the terms of each clause of the question, beyond which no phrase runs
        (`search.question.clauses`).
    """
    own = {term for terms in stretches for term in terms} - FUNCTION_TERMS
    rarities = {term: words.rarity_of(term) for term in own}
    found: dict[str, dict[Terms, float]] = {}
    for term, other, share in _stand_ins(_shipped(), stretches):
        if term in rarities and all(map(words.frequency, other)):
            ratio = max(map(words.rarity_of, other)) / rarities[term]
            near = found.setdefault(term, {})
            near[other] = max(share * min(1.0, ratio), near.get(other, 0.0))
    return found


def _stand_ins(
    table: NearTable, stretches: Sequence[Sequence[str]]
) -> Iterator[tuple[str, Terms, float]]:
    """Each term with what stands for it, or for a phrase that it is part of, and the share that
    this counts for.
    """
    for term in dict.fromkeys(term for terms in stretches for term in terms):
        yield from ((term, (other,), share) for other, share in table.near(term))
    for terms in stretches:
        for start in range(len(terms)):
            for end in range(start + 2, min(start + _LONGEST_PHRASE, len(terms)) + 1):
                phrase = tuple(terms[start:end])
                others = table.phrases.get(phrase, ())
                for other in () if others and goes_on(phrase, terms[end:]) else others:
                    yield from ((term, other, SAME) for term in phrase if term not in other)


@dataclass(frozen=True, slots=True)
class NearTable:
    """The n terms of the table, each with those near it, and phrases with what stands for them.

    terms: in the order in which the arrays have them. rows: the place of each term in it.
    bounds: n + 1; the near ones of term i lie from [i] to before [i + 1] in the arrays.
    others: uint16 (m,), the places of the near terms. shares: uint8 (m,), theirs times `_STEPS`.
    phrases: each with what may stand for it.
    """

    terms: tuple[str, ...]
    rows: Mapping[str, int]
    bounds: tuple[int, ...]
    others: npt.NDArray[np.uint16]
    shares: npt.NDArray[np.uint8]
    phrases: Phrases

    def near(self, term: str) -> Iterator[tuple[str, float]]:
        """The terms near one, the nearest first, with their shares; none where it is not here."""
        row = self.rows.get(term)
        if row is not None:
            part = slice(self.bounds[row], self.bounds[row + 1])
            steps = self.shares[part].tolist()
            for other, step in zip(self.others[part].tolist(), steps, strict=True):
                yield self.terms[other], step / _STEPS


@cache
def _shipped() -> NearTable:
    return load(SHIPPED)


_ARRAYS = ("terms", "bounds", "phrases", "others", "shares")


def load(path: Path) -> NearTable:
    """The table that `save` kept in a file. Raises as `index.files.arrays.read` does."""
    names, bounds, listed, others, shares = arrays.read(path, *_ARRAYS)
    terms = tuple(names.tobytes().decode().split("\n"))
    rows = {term: row for row, term in enumerate(terms)}
    lines = listed.tobytes().decode().splitlines()
    cut = ([tuple(cell.split()) for cell in line.split("\t")] for line in lines)
    phrases = {phrase: tuple(stand_ins) for phrase, *stand_ins in cut}
    return NearTable(terms, rows, tuple(bounds.tolist()), others, shares, phrases)


def save(near: Shares, phrases: Phrases, path: Path) -> None:
    """Write a table to a file, the same bytes for the same table.

    near: 65,536 terms at most; each near term must be one of them.
    """
    rows = {term: row for row, term in enumerate(near)}
    np.savez_compressed(
        path,
        terms=np.frombuffer("\n".join(near).encode(), dtype=np.uint8),
        bounds=np.array([0, *accumulate(map(len, near.values()))], dtype=np.uint32),
        others=np.array([rows[other] for one in near.values() for other in one], dtype=np.uint16),
        shares=np.array(
            [round(_STEPS * share) for one in near.values() for share in one.values()],
            dtype=np.uint8,
        ),
        phrases=np.frombuffer("\n".join(map(_line, phrases.items())).encode(), dtype=np.uint8),
    )


def _line(phrase: tuple[Terms, tuple[Terms, ...]]) -> str:
    return "\t".join(" ".join(terms) for terms in (phrase[0], *phrase[1]))
