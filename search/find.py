"""A question into ranked passages: candidates from both legs, fused, with their quotes."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from index.catalog import Catalog
from index.filters import Filters, allowed
from index.library import Library
from index.records import FloatVector, PassageVectors, StoredPassage
from index.views import Views
from index.words import Words
from search import fuse
from search.abstain import THRESHOLD, confidence
from search.coverage import Asked, coverage, pair_coverage
from search.fuse import ranked
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
    best: list[tuple[Candidate, float]] = []
    if question and k > 0:
        vector = library.encoder.encode([question])[0]
        with library.catalog() as catalog:
            found = candidates(catalog, views, question, vector, filters or Filters())
            best = ranked(found)
            results = results_of(catalog, best[:k])
    return Answer(
        question=question,
        answered=confidence([candidate for candidate, _ in best]) >= THRESHOLD,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
        generation=views.generation,
        results=results,
    )


def candidates(
    catalog: Catalog, views: Views, question: str, vector: FloatVector, filters: Filters
) -> list[Candidate]:
    """The passages that either leg proposes, in the order of the library, with all their parts."""
    wanted = allowed(catalog.connection, filters)
    near, _ = views.vectors.nearest(vector, DEPTH, wanted)
    matched, _ = views.words.match(question, DEPTH, wanted)
    numbers = sorted({*near.tolist(), *matched.tolist()})
    vectors = catalog.vectors(numbers, len(vector))
    stored = catalog.passages(numbers)
    titles = catalog.titles({item.document_id for item in stored.values()})
    asked = Asked(tuple(views.words.terms(question)), views.words.rarity(question))
    return [
        _candidate(stored[n], titles[stored[n].document_id], vector, vectors[n], asked, views.words)
        for n in numbers
        if n in vectors and n in stored
    ]


def _candidate(
    stored: StoredPassage,
    title: str,
    question: FloatVector,
    vectors: PassageVectors,
    asked: Asked,
    words: Words,
) -> Candidate:
    text = stored.passage.text
    terms = words.terms(text)
    held = {*terms, *words.terms(" ".join([title, *stored.passage.section]))}
    spans = vectors.spans.tolist() or [[0, len(text)]]
    shares = [coverage(asked, set(words.terms(text[start:end]))) for start, end in spans]
    closeness = float(vectors.vector @ question)
    cosines = (vectors.windows.astype(np.float32) @ question).tolist() or [closeness]
    start, end = spans[_best_window(cosines, shares)]
    return Candidate(
        number=stored.number,
        closeness=closeness,
        window_closeness=max(cosines),
        coverage=coverage(asked, held),
        window_coverage=max(shares),
        pair_coverage=pair_coverage(asked, terms),
        start=start,
        end=end,
    )


def _best_window(cosines: Sequence[float], shares: Sequence[float]) -> int:
    """The window to quote: by closeness and shared words, weighed as in the score."""
    sums = [
        fuse.WINDOW * cosine + fuse.WINDOW_COVERAGE * share
        for cosine, share in zip(cosines, shares, strict=True)
    ]
    return sums.index(max(sums))


def results_of(catalog: Catalog, best: Sequence[tuple[Candidate, float]]) -> tuple[Result, ...]:
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
