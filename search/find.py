"""A question into ranked passages: candidates from both legs, fused, with their quotes."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from index.catalog import Catalog
from index.filters import Filters, allowed
from index.library import Library
from index.records import FloatVector, PassageVectors
from index.views import Views
from search.fuse import fused, ranked
from search.records import Answer, Candidate, Quote, Result

DEPTH = 100
"""Candidates each leg proposes."""

LONGEST_QUESTION = 2_000
"""Characters of a question that count; an officer's question has about a hundred."""


def find(library: Library, question: str, k: int = 10, filters: Filters | None = None) -> Answer:
    """The k passages that best answer a question, best first.

    An empty question has no results. Raises LibraryError when the library cannot be read.
    """
    started = time.perf_counter()
    question = " ".join(question.split())[:LONGEST_QUESTION]
    views = library.views()
    results: tuple[Result, ...] = ()
    if question and k > 0:
        vector = library.encoder.encode([question])[0]
        with library.catalog() as catalog:
            found = candidates(catalog, views, question, vector, filters or Filters())
            best = ranked(found, fused(found))[:k]
            results = _results(catalog, best)
    return Answer(
        question=question,
        answered=bool(results),
        took_ms=round((time.perf_counter() - started) * 1000, 1),
        generation=views.generation,
        results=results,
    )


def candidates(
    catalog: Catalog, views: Views, question: str, vector: FloatVector, filters: Filters
) -> list[Candidate]:
    """The passages that either leg proposes, in the order of the library, scored by both."""
    wanted = allowed(catalog.connection, filters)
    near, _ = views.vectors.nearest(vector, DEPTH, wanted)
    matched, scores = views.words.match(question, DEPTH, wanted)
    words = dict(zip(matched.tolist(), scores.tolist(), strict=True))
    numbers = sorted({*near.tolist(), *words})
    vectors = catalog.vectors(numbers, len(vector))
    return [
        _candidate(number, vector, vectors[number], words.get(number, 0.0))
        for number in numbers
        if number in vectors
    ]


def _candidate(
    number: int, question: FloatVector, passage: PassageVectors, words: float
) -> Candidate:
    closeness = float(passage.vector @ question)
    if not len(passage.windows):
        return Candidate(number, closeness, closeness, words, 0, 0)
    windows = passage.windows.astype(np.float32) @ question
    best = int(np.argmax(windows))
    start, end = passage.spans[best].tolist()
    return Candidate(number, closeness, float(windows[best]), words, start, end)


def _results(catalog: Catalog, best: Sequence[tuple[Candidate, float]]) -> tuple[Result, ...]:
    """Results with their passages and documents; a passage removed meanwhile is left out."""
    stored = catalog.passages([candidate.number for candidate, _ in best])
    documents = catalog.documents_by_id({item.document_id for item in stored.values()})
    results: list[Result] = []
    for candidate, score in best:
        passage = stored.get(candidate.number)
        if passage is not None and passage.document_id in documents:
            page = passage.passage.page_at(candidate.start)
            results.append(
                Result(
                    rank=len(results) + 1,
                    score=round(score, 4),
                    stored=passage,
                    document=documents[passage.document_id],
                    quote=Quote(candidate.start, candidate.end, page),
                    candidate=candidate,
                )
            )
    return tuple(results)
