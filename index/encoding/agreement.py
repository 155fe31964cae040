"""How well two encoders agree: measured over a fixed set of texts before the faster one is trusted.

The texts in `agreement.toml` are our own: questions, sentences, paragraphs, headings, table rows,
numbers, acronyms, several scripts, and oddities such as a lone full stop.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encoding.encoder import FloatMatrix

LOWEST_COSINE = 0.9995
"""bf16 gave 0.99997 on passages, dynamic int8 0.98 and changed one result in seven."""
LOWEST_OVERLAP = 0.98
"""The share of the first ten that stays; bf16 gave 0.993 on a set full of near-ties."""

_TEXTS = Path(__file__).with_name("agreement.toml")
_TOP = 10


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of a candidate's vectors with the reference's.

    lowest_cosine: in [-1, 1], of the text on which they differ most.
    top_ten_overlap: in [0, 1], mean over the texts as questions to all others.
    """

    texts: int
    lowest_cosine: float
    top_ten_overlap: float

    @property
    def refusal(self) -> str:
        """Why the candidate may not stand in for the reference; empty when it may."""
        # Written so that NaN is refused.
        if not self.lowest_cosine >= LOWEST_COSINE:
            return f"lowest cosine {self.lowest_cosine:.5f}, at least {LOWEST_COSINE} is needed"
        if not self.top_ten_overlap >= LOWEST_OVERLAP:
            return (
                f"top-ten overlap {self.top_ten_overlap:.3f}, at least {LOWEST_OVERLAP} is needed"
            )
        return ""


def texts() -> list[str]:
    """The texts that are compared, and two longer than most models read: the paragraphs in one."""
    data = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))
    paragraphs = data["paragraphs"]
    return [*data["short"], *paragraphs, " ".join(paragraphs), " ".join(reversed(paragraphs))]


def measure(reference: FloatMatrix, candidate: FloatMatrix) -> Agreement:
    """Agreement of two encoders' vectors of the same texts, float32 (n, dim), rows of unit length.

    Raises ValueError when the shapes differ, or there are too few texts to have a top ten.
    """
    if reference.shape != candidate.shape:
        raise ValueError(f"vectors of shape {reference.shape} against {candidate.shape}")
    if len(reference) <= _TOP:
        raise ValueError(f"{len(reference)} texts, more than {_TOP} are needed")
    cosines = np.einsum("ij,ij->i", reference, candidate, dtype=np.float64)
    first, second = _top_ten(reference), _top_ten(candidate)
    shared = [len(set(a) & set(b)) / _TOP for a, b in zip(first, second, strict=True)]
    return Agreement(len(reference), float(cosines.min()), float(np.mean(shared)))


def _top_ten(vectors: FloatMatrix) -> list[list[int]]:
    """The ten nearest other rows of each row."""
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -np.inf)
    nearest: list[list[int]] = np.argsort(-scores, axis=1, kind="stable")[:, :_TOP].tolist()
    return nearest
