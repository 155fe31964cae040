"""A question into ranked passages: candidates from both legs, fused, with their quotes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.catalog import Catalog
from index.filters import Filters, allowed
from index.library import Library
from index.passage_kinds import of_kinds
from index.records import FloatVector
from index.views import Views
from search.abstain import THRESHOLD, confidence
from search.compare import compared
from search.coverage import Asked
from search.fuse import JUNK_KINDS, ranked
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
    text = plain(question)
    views = library.views()
    vector = library.encoder.encode([text])[0] if text and k > 0 else None
    with library.catalog() as catalog:
        answer = answer_of(catalog, views, text, vector, k, filters or Filters())
    return replace(answer, took_ms=milliseconds_since(started))


def plain(question: str) -> str:
    """A question as it is asked: white space as single blanks, cut to `LONGEST_QUESTION`."""
    return " ".join(question.split())[:LONGEST_QUESTION]


def milliseconds_since(started: float) -> float:
    """Milliseconds since a `time.perf_counter()`, to a tenth."""
    return round((time.perf_counter() - started) * 1000, 1)


def answer_of(
    catalog: Catalog,
    views: Views,
    question: str,
    vector: FloatVector | None,
    k: int,
    filters: Filters,
) -> Answer:
    """The answer to a plain question whose vector is known, not timed.

    vector: float32 (dim,), unit length; None for a question that has no results.
    """
    results: tuple[Result, ...] = ()
    best: list[tuple[Candidate, float]] = []
    if vector is not None:
        best = ranked(candidates(catalog, views, question, vector, filters))
        results = results_of(catalog, best[:k])
    return Answer(
        question=question,
        answered=confidence([candidate for candidate, _ in best]) >= THRESHOLD,
        took_ms=None,
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
    there = [number for number in numbers if number in vectors]
    asked = Asked(tuple(views.words.terms(question)), views.words.rarity(question))
    held = views.positions.held(tuple(asked.rarity), asked.pairs, np.array(there, dtype=np.int64))
    found = compared(there, [vectors[number] for number in there], held, vector, asked)
    junk = of_kinds(catalog.connection, there, JUNK_KINDS)
    return [replace(item, substance=False) if item.number in junk else item for item in found]


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
