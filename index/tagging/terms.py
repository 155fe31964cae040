"""A text as a bag of words and pairs of words, weighted as the tagger was taught to.

Words are stems, as the word index has them: see the package's measured.md for what that is worth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.languages.gloss import english
from index.languages.stemming import stems
from index.rows.records import FloatVector

Rows = npt.NDArray[np.int64]
"""int64 (n,), places in a vocabulary."""

_WORD = re.compile(r"[^\W\d_]+|\d+")


def terms(text: str) -> list[str]:
    """The stems of the words, then each with the one after it, in order.

    Pairs are worth two points of macro-F1 over words alone, stems another two.
    """
    words = stems(english(text))
    return words + [f"{one} {other}" for one, other in pairwise(words)]


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def weigh(
    text: str, vocabulary: Mapping[str, int], rarity: FloatVector
) -> tuple[Rows, FloatVector]:
    """The terms of a text that the vocabulary has: their rows in it, int64 (n,), and their weights
    before they are scaled to unit length, float32 (n,).

    weight(t) = (1 + ln(count of t in the text)) * rarity(t)

    rarity: float32 (terms,), the inverse document frequency of each term.
    """
    counts = Counter(term for term in terms(text) if term in vocabulary)
    rows = np.fromiter((vocabulary[term] for term in counts), dtype=np.int64, count=len(counts))
    tally = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
    weights: FloatVector = (1 + np.log(tally)) * rarity[rows]
    return rows, weights
