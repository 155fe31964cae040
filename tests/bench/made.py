"""A library of any size without reading or encoding: seeded text, random unit vectors.

Words are drawn as in running text, the n-th most frequent with a chance of 1 in n (Zipf), so that
a question's frequent words stand in most passages, which is what makes a search dear.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.encoding.windows import window_spans
from index.library import Library
from index.rows.records import EncodedDocument, EncodedPassage, Tag, Windows
from ingest.records import BlockKind, Document, Health, Metadata, Page, Passage

WORDS = 50_000
_LABELS = 10
PASSAGES_A_DOCUMENT = 100


class Texts:
    """Passages of 40 to 160 words in sentences of 8 to 30, and questions of 6 to 12 words."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        letters = np.array([a + b for a in "bdfghklmnprstvz" for b in "aeiou"])
        self._words = np.array(
            ["".join(self.rng.choice(letters, 1 + min(4, rank.bit_length() // 4)))
             for rank in range(1, WORDS + 1)]
        )  # fmt: skip
        chances = 1 / np.arange(1, WORDS + 1)
        self._below = np.cumsum(chances / chances.sum())

    def _drawn(self, count: int) -> list[str]:
        ranks = np.searchsorted(self._below, self.rng.random(count)).clip(max=WORDS - 1)
        drawn: list[str] = self._words[ranks].tolist()
        return drawn

    def passage(self) -> str:
        """Sentences, separated by blanks."""
        words = self._drawn(int(self.rng.integers(40, 161)))
        sentences = []
        while words:
            length = int(self.rng.integers(8, 31))
            sentences.append(" ".join(words[:length]).capitalize() + ".")
            words = words[length:]
        return " ".join(sentences)

    def question(self) -> str:
        """Words as in passages, so that every question finds some."""
        return " ".join(self._drawn(int(self.rng.integers(6, 13)))) + "?"

    def vectors(self, count: int, dimension: int) -> np.ndarray:
        """Float32 (count, dimension), rows of unit length in random directions."""
        rows = self.rng.standard_normal((count, dimension), dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def documents(texts: Texts, passages: int, dimension: int) -> Iterator[EncodedDocument]:
    """Documents of a hundred passages, ready to be written."""
    for number in range(-(-passages // PASSAGES_A_DOCUMENT)):
        count = min(PASSAGES_A_DOCUMENT, passages - number * PASSAGES_A_DOCUMENT)
        vectors = texts.vectors(count, dimension)
        encoded = tuple(_encoded(texts, position, vectors[position]) for position in range(count))
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        meta = Metadata(title=f"Report {number}", year=2000 + number % 25, kind="report")
        pages = (Page(1, Health.TEXT),)
        yield EncodedDocument(Document(Path(f"{number}.pdf"), digest, digest, meta, pages), encoded)


def _encoded(texts: Texts, position: int, vector: np.ndarray) -> EncodedPassage:
    text = texts.passage()
    spans = window_spans(text)
    vectors = texts.vectors(len(spans), len(vector)).astype(np.float16)
    # as many as the shipped attention gives, and nobody's
    scores = np.zeros((len(spans), _LABELS), dtype=np.float32)
    windows = Windows(spans, vectors, scores, "0" * 64)
    tags = (Tag("mentoring", 0.9, *spans[0].tolist()),) if position % 3 == 0 else ()
    section = (f"Chapter {position // 10}",)
    passage = Passage(position, text, section, BlockKind.PARAGRAPH, 1, 1, ())
    return EncodedPassage(passage, vector, windows, tags)


def fill(library: Library, passages: int, seed: int = 5) -> None:
    """Write that many made passages into an empty library, without building its views."""
    texts = Texts(seed)
    with library.catalog() as catalog:
        batch: list[EncodedDocument] = []
        for document in documents(texts, passages, library.identity.dimension):
            batch.append(document)
            if len(batch) == 20:
                catalog.add(batch)
                batch = []
        catalog.add(batch)
