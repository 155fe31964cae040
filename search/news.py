"""What came into the library since, and answers a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.library import Library
from search.abstain import answered
from search.find import find
from search.records import Answer, Result

LOOKED_AT = 10
"""Results of a question that are looked at: what an officer would have seen, had she asked."""


@dataclass(frozen=True, slots=True)
class News:
    """A question and what is new to it, best first; none is news too."""

    question: str
    generation: int
    results: tuple[Result, ...]


def new_in(answer: Answer, last_number: int) -> News:
    """The passages of an answer of `LOOKED_AT` results that were not in the library then, and would
    be called an answer if they were all that it held.

    last_number: of the last passage that was there (`index.saved.last_number_at`).
    """
    new = tuple(
        result
        for result in answer.results
        if result.stored.number > last_number and answered([result.candidate])
    )
    return News(answer.question, answer.generation, new)


def all_news(library: Library, questions: Iterable[str], last_number: int) -> Iterator[News]:
    """The news of several questions, each asked as it is its turn. Raises as `find` does."""
    for question in questions:
        yield new_in(find(library, question, LOOKED_AT), last_number)
