"""Asking from Python: one class for notebooks, whose results are rows of a table.

>>> from search.notebook import Searcher
>>> searcher = Searcher(home)
>>> rows = searcher.search("How does a mentor help a new agency?", k=3)
>>> [row["rank"] for row in rows]
[1, 2, 3]
>>> rows[0]["quote"] in rows[0]["text"]
True

Every row has the same keys with values of the same types, so that `pandas.DataFrame(rows)` and
`polars.DataFrame(rows)` take them as they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from numbers import Integral
from typing import TypedDict

from corpus.taxonomy import Taxonomy
from index.derived.filters import Filters
from index.files.home import locate
from index.library import Library
from index.tagging.tag_dicts import tags_as_dicts
from search.batches.batch import answers, hold
from search.batches.limits import limited
from search.batches.questions import BadQuestion, Question, from_entry
from search.ranking.source_notes import in_quote, in_words
from search.records import Answer, Result

Years = str | int | tuple[int, int] | None
Labels = str | Sequence[str]
"""One value or several."""


class Row(TypedDict):
    """A passage that answers.

    answered: whether the library seems to hold an answer at all. score: 0 to 1, higher is better.
    page: of the quote's middle; it, page_first and page_last are 1-based, as the viewer counts.
    printed_page: the number printed on that page; empty where that is the same, or not known.
    notes: those that the quote points to, in words.
    goals, activities: label ids, the most probable first; goal_probabilities and
    activity_probabilities: 0 to 1, in the same order. year: None where it is not known. language:
    of the document, ISO 639-1; empty where it is not known.
    """

    question_id: str
    question: str
    answered: bool
    rank: int
    score: float
    title: str
    year: int | None
    publisher: str
    kind: str
    language: str
    page: int
    page_first: int
    page_last: int
    section: str
    quote: str
    text: str
    goals: list[str]
    goal_probabilities: list[float]
    activities: list[str]
    activity_probabilities: list[float]
    url: str
    file: str
    source_id: str
    passage_id: str
    document_id: str
    generation: int
    printed_page: str
    notes: list[str]


class Searcher:
    """A library that answers questions with rows. Safe to share between threads.

    home: the library's folder; without it WAYMARK_HOME, else the user's data folder.
    Raises LibraryError when there is no library, or it cannot be read.
    """

    def __init__(self, home: str | os.PathLike[str] | None = None) -> None:
        self._library = Library.open(locate(os.fspath(home) if home is not None else None))

    @property
    def goals(self) -> tuple[str, ...]:
        """Ids of the goals that a search may be limited to."""
        return self._library.taxonomy.goals.label_ids

    @property
    def activities(self) -> tuple[str, ...]:
        """Ids of the activities that a search may be limited to."""
        return self._library.taxonomy.activities.label_ids

    def search(  # noqa: PLR0913 # a keyword a filter, which notebooks complete
        self,
        question: str,
        k: int = 10,
        *,
        goals: Labels = (),
        activities: Labels = (),
        years: Years = None,
        kinds: Labels = (),
        publishers: Labels = (),
        languages: Labels = (),
        documents: Labels = (),
    ) -> list[Row]:
        """The k passages that best answer a question, best first; none for an empty question.

        Values of one filter are alternatives, different filters must all agree. k: 1 or more.
        years: a year, a range as text ("2010..2018", "2010..") or the first and the last year.
        documents: their ids. publishers and languages: as the documents state them.
        Raises ValueError for a label, kind or year that is none, for a document, publisher or
        language that the library does not have, for a k below 1 and for a question that is no text,
        has no letter and no digit, half a character or more than 2,000 characters; LibraryError
        when the library cannot be read.
        """
        return self.search_all(
            [question],
            k,
            goals=goals,
            activities=activities,
            years=years,
            kinds=kinds,
            publishers=publishers,
            languages=languages,
            documents=documents,
        )

    def search_all(  # noqa: PLR0913 # as above
        self,
        questions: Iterable[str],
        k: int = 10,
        *,
        goals: Labels = (),
        activities: Labels = (),
        years: Years = None,
        kinds: Labels = (),
        publishers: Labels = (),
        languages: Labels = (),
        documents: Labels = (),
    ) -> list[Row]:
        """The passages that best answer each of many questions, all from one generation of the
        library.

        Their ids are q1, q2, … in the order given. Raises what `search` does, and TypeError for a
        question that stands alone, of which each letter would be asked, and for a mapping, of which
        the keys would be.
        """
        if isinstance(questions, str | Mapping):
            raise TypeError("search_all takes a list of questions; search takes one")
        if not isinstance(k, Integral) or k < 1:
            raise ValueError(f"k is {k!r}; it is 1 or more, a whole number")
        limits = _limits(
            goal=goals,
            activity=activities,
            kind=kinds,
            year=_as_typed(years),
            publisher=publishers,
            language=languages,
            document=documents,
        )
        asked = _asked(questions)
        rows: list[Row] = []
        with hold(self._library) as held:
            filters = limited(Filters(), limits, held.taxonomy, held.stated)
            for item in answers(held, asked, int(k), filters):
                if isinstance(item, BadQuestion):
                    raise ValueError(f"question {item.line}: {item.message}")
                question, answer = item
                rows += [
                    _row(question.id, answer, result, held.taxonomy) for result in answer.results
                ]
        return rows


def _asked(questions: Iterable[str]) -> Iterator[Question | BadQuestion]:
    for number, text in enumerate(questions, start=1):
        if not isinstance(text, str):  # NaN, in a column of a data frame
            yield BadQuestion(number, f"{text!r} is not a text")
        elif text.strip():
            yield from_entry({"question": text}, number)


def _limits(**given: Labels | None) -> dict[str, tuple[str, ...]]:
    """The filters that have values, with these."""
    listed = {name: _several(name, values) for name, values in given.items()}
    return {name: values for name, values in listed.items() if values}


def _several(name: str, values: Labels | None) -> tuple[str, ...]:
    """The values of a filter. They may come as an array or a column of a data frame, of which it
    cannot be asked whether they are empty.
    """
    listed = (values,) if isinstance(values, str) or not isinstance(values, Iterable) else values
    found = tuple(value for value in listed if value is not None)
    if wrong := [value for value in found if not isinstance(value, str)]:
        raise ValueError(f"{wrong[0]!r} is no {name}: it is a text")
    return found


def _as_typed(years: Years) -> tuple[str, ...]:
    if years is None:
        return ()
    return (f"{years[0]}..{years[1]}" if isinstance(years, tuple) else str(years),)


def _row(question_id: str, answer: Answer, result: Result, taxonomy: Taxonomy) -> Row:
    passage, document = result.stored.passage, result.document
    goals = tags_as_dicts(result.stored.tags, taxonomy.goals)
    activities = tags_as_dicts(result.stored.tags, taxonomy.activities)
    return Row(
        question_id=question_id,
        question=answer.question,
        answered=answer.answered,
        rank=result.rank,
        score=result.score,
        title=document.metadata.title,
        year=document.metadata.year,
        publisher=document.metadata.publisher,
        kind=document.metadata.kind,
        language=document.metadata.language,
        page=result.quote.page,
        page_first=passage.page_first,
        page_last=passage.page_last,
        section=passage.section_path,
        quote=result.quote.words(passage),
        text=passage.text,
        goals=[tag["label"] for tag in goals],
        goal_probabilities=[tag["probability"] for tag in goals],
        activities=[tag["label"] for tag in activities],
        activity_probabilities=[tag["probability"] for tag in activities],
        url=document.metadata.url,
        file=document.file_name,
        source_id=document.source_id,
        passage_id=result.stored.passage_id,
        document_id=document.document_id,
        generation=answer.generation,
        printed_page=result.stored.printed_on(result.quote.page) or "",
        notes=[in_words(note, document) for note in in_quote(result.notes, result.quote)],
    )
