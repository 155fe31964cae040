"""Words that mean nearly the same as a question's: "price" and "cost", "phone" and "telephone".

A passage that lacks a word of the question and has one near it counts as having a share of it, as
in soft TF-IDF (Cohen, Ravikumar, Fienberg: A comparison of string distance metrics for
name-matching tasks, IIWeb 2003); here they are alike in meaning, not in letters. Which words are
near is settled once, see `search.learn_near_words`: the rule asks no encoder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.words import WordIndex

SHIPPED = Path(__file__).with_name("near_words.npz")

_STEPS = 255
"""Steps in which shares are kept."""

Near = Mapping[str, Mapping[str, float]]
"""Terms, each with those near it and the share of the term that they count for."""


def near_words(words: WordIndex, terms: Iterable[str]) -> Near:
    """Terms of a question, each with what the library holds that means nearly the same, and the
    share of the term that it counts for, (0, 1]; terms without such are left out.

    A term more common than the one asked for counts for less, by the ratio of their rarities.
    """
    table = _shipped()
    found: dict[str, dict[str, float]] = {}
    for term in terms:
        rarity = words.rarity_of(term)
        near = {
            other: share * min(1.0, words.rarity_of(other) / rarity)
            for other, share in table.near(term)
            if words.frequency(other)
        }
        if near:
            found[term] = near
    return found


@dataclass(frozen=True, slots=True)
class NearTable:
    """Terms and those near them, as numbers of terms.

    bounds: where the near ones of each term begin and end, n + 1. others: uint16 (m,).
    shares: uint8 (m,), in steps.
    """

    terms: tuple[str, ...]
    rows: Mapping[str, int]
    bounds: tuple[int, ...]
    others: npt.NDArray[np.uint16]
    shares: npt.NDArray[np.uint8]

    def near(self, term: str) -> Iterator[tuple[str, float]]:
        """The terms near one, the nearest first, with their shares; none of one not in here."""
        row = self.rows.get(term)
        if row is not None:
            part = slice(self.bounds[row], self.bounds[row + 1])
            steps = self.shares[part].tolist()
            for other, step in zip(self.others[part].tolist(), steps, strict=True):
                yield self.terms[other], step / _STEPS


@cache
def _shipped() -> NearTable:
    return load(SHIPPED)


def load(path: Path) -> NearTable:
    """A table as saved."""
    with np.load(path, allow_pickle=False) as held:
        terms = tuple(held["terms"].tobytes().decode().split("\n"))
        rows = {term: row for row, term in enumerate(terms)}
        bounds = tuple(held["bounds"].tolist())
        return NearTable(terms, rows, bounds, held["others"], held["shares"])


def save(near: Near, path: Path) -> None:
    """Keep terms with those near them and their shares, at most 65,536, the same bytes each time.

    All that are near are terms of it themselves.
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
    )
