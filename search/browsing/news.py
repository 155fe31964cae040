"""What came into the library since, and answers a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from index.curating.duplicates import beginning_alike
from index.derived.words import WordIndex
from index.library import Library
from index.rows.catalog import Catalog
from index.rows.likeness import running
from index.rows.replaced import earlier
from search.find import find
from search.ranking.abstain import answered
from search.ranking.distinct import distinct
from search.records import Answer, Result

LOOKED_AT = 10
"""Results of a question that are looked at: what an officer would have seen, had she asked."""

_NEAREST = 10
"""Passages looked at that the word index finds for a text."""


@dataclass(frozen=True, slots=True)
class News:
    """A question with the results that are new to it, best first; there may be none."""

    question: str
    generation: int
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Then:
    """What the library held when `last_number` was its last passage (`index.rows.saved`).

    words: of the views that answer now.
    """

    catalog: Catalog
    words: WordIndex
    last_number: int
    _versions: dict[str, str] = field(default_factory=dict)

    def held(self, result: Result) -> bool:
        """Whether a result's text stood in a passage, or in an older version, replaced since, of
        the passage's document.
        """
        if result.stored.number <= self.last_number:
            return True
        text = result.stored.passage.text
        near = beginning_alike(self.words, text, _NEAREST)
        texts = self.catalog.texts(near[near <= self.last_number].tolist()).values()
        said = running(text)
        return said in self._older(result.document.document_id) or any(
            said in running(other) for other in texts
        )

    def _older(self, document: str) -> str:
        """The words of a document's older versions; kept, since several results of one document are
        often looked at.
        """
        if document not in self._versions:
            versions = earlier(self.catalog.connection, document, self.last_number)
            texts = (passage.text for version in versions for passage in version.passages)
            self._versions[document] = running("\n".join(texts))
        return self._versions[document]


def new_in(answer: Answer, then: Then) -> News:
    """What is new to a question, of its answer with `LOOKED_AT` results.

    A result is new if its text was not in the library then, and it would count as an answer if it
    were the only one. Passages without substance are left out, and the same text comes once.
    """
    new = [
        result
        for result in answer.results
        if result.stored.passage.kind.substance
        and answered([result.candidate])
        and not then.held(result)
    ]
    return News(answer.question, answer.generation, tuple(first for first, *_ in distinct(new)))


def all_news(library: Library, questions: Iterable[str], last_number: int) -> Iterator[News]:
    """The news of several questions, each asked when its turn comes. Raises as `find` does."""
    with library.catalog() as catalog:
        then = Then(catalog, library.views_of(catalog).words, last_number)
        for question in questions:
            yield new_in(find(library, question, LOOKED_AT), then)
