"""What came into the library since, and answers a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.filters import Filters
from index.library import Library
from search.abstain import THRESHOLD, confidence
from search.find import find
from search.records import Result

_LOOKED_AT = 10
"""Results of a question that are looked at: what an officer would have seen, had she asked."""


@dataclass(frozen=True, slots=True)
class News:
    """A question and what is new to it, best first; none is news too."""

    question: str
    generation: int
    results: tuple[Result, ...]


def news(library: Library, question: str, last_number: int, filters: Filters | None = None) -> News:
    """The passages among a question's first ten that were not in the library then, and would be
    called an answer if they were all that it held.

    last_number: of the last passage that was there (`index.saved.last_number_at`).
    """
    answer = find(library, question, _LOOKED_AT, filters)
    new = tuple(
        result
        for result in answer.results
        if result.stored.number > last_number and confidence([result.candidate]) >= THRESHOLD
    )
    return News(question, answer.generation, new)


def all_news(library: Library, questions: Iterable[str], last_number: int) -> Iterator[News]:
    """The news of several questions."""
    for question in questions:
        yield news(library, question, last_number)
