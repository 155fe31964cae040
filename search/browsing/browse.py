"""Passages without a question: those that pass the filters, the surest tags first."""

from __future__ import annotations

import time

import numpy as np

from index.derived.columns import Columns
from index.derived.filters import Filters
from index.library import Library
from index.rows.records import StoredPassage, Tag
from search.browsing.facets import passing
from search.find import milliseconds_since
from search.ranking.source_notes import with_notes
from search.records import Answer, Candidate, Quote, Result


def browse(library: Library, columns: Columns, filters: Filters, k: int = 10) -> Answer:
    """The k passages that carry the chosen labels most surely.

    A passage's score is the lowest of the probabilities by which it passes: for each facet that
    is limited, its most probable chosen label. Without chosen labels the score is 1 and the order
    is the library's. The quote is the sentence that earned the deciding tag.
    """
    started = time.perf_counter()
    numbers = _surest(columns, filters, k)
    with library.catalog() as catalog:
        stored = catalog.passages(numbers)
        weighed = [
            (stored[number], _decisive(stored[number], filters))
            for number in numbers
            if number in stored
        ]
        documents = catalog.documents_by_id({item.document_id for item, _ in weighed})
        results = tuple(
            Result(
                rank=rank,
                score=round(tag.probability, 4),
                stored=item,
                document=documents[item.document_id],
                quote=Quote.of(item.passage, tag.start, tag.end),
                candidate=_unasked(item.number, tag),
            )
            for rank, (item, tag) in enumerate(weighed, start=1)
            if item.document_id in documents
        )
        results = with_notes(catalog, results)
    took_ms = milliseconds_since(started)
    return Answer("", bool(results), took_ms, columns.generation, results)


def _surest(columns: Columns, filters: Filters, k: int) -> list[int]:
    """Numbers of the first k passages, the surest first, then the library's order."""
    places = np.flatnonzero(passing(columns, filters))
    scores = np.ones(len(places), dtype=np.float32)
    for chosen in (filters.goals, filters.activities):
        if chosen:
            which = [columns.labels.index(label) for label in chosen]
            best = columns.probabilities[places][:, which].max(axis=1)
            scores = np.minimum(scores, best)
    first = places[np.argsort(-scores, kind="stable")[:k]]
    numbers: list[int] = columns.numbers[first].tolist()
    return numbers


def _decisive(stored: StoredPassage, filters: Filters) -> Tag:
    """The tag whose probability is the passage's score; one of no text when no label is chosen."""
    best = [
        max((tag for tag in stored.tags if tag.label in chosen), key=lambda tag: tag.probability)
        for chosen in (filters.goals, filters.activities)
        if any(tag.label in chosen for tag in stored.tags)
    ]
    return min(best, key=lambda tag: tag.probability, default=Tag("", 1.0, 0, 0))


def _unasked(number: int, tag: Tag) -> Candidate:
    """A candidate that was held against no question."""
    return Candidate(
        number=number,
        closeness=0.0,
        window_closeness=0.0,
        coverage=0.0,
        window_coverage=0.0,
        pair_coverage=0.0,
        start=tag.start,
        end=tag.end,
    )
