"""A question into ranked passages: candidates from both legs, fused, with their quotes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from index.derived.filters import Filters, allowed
from index.derived.vectors import Numbers
from index.derived.views import Views
from index.languages.letters import unmarked
from index.library import Library
from index.rows.catalog import Catalog
from index.rows.closeness import closeness
from index.rows.records import FloatVector
from index.rows.saved import MOST_CHARACTERS
from ingest.prose.text import has_word
from ingest.records import BlockKind, Passage
from search.question.dates import names_date
from search.question.reading import Reading, read
from search.question.wanted import asks_what_was_said, asks_who, tells_wanted, wants_questions
from search.ranking.abstain import CONSIDERED, answered, size_factor
from search.ranking.asked_for import asked_for, with_asked_for
from search.ranking.bearing import (
    best_texts,
    quoting_amounts,
    quoting_wanted,
    quoting_whole_rows,
    with_asking,
    with_citing,
    with_nameless,
    with_quoted_sources_as_references,
)
from search.ranking.compare import Worth, compared, worth
from search.ranking.coverage import in_any_form, question_terms
from search.ranking.footnotes import behind_number
from search.ranking.fuse import ranked
from search.ranking.lists import led_in, without_next
from search.ranking.page import placed
from search.ranking.quoted import with_quoted
from search.ranking.rows import behind_kind
from search.ranking.source_notes import with_notes
from search.records import Answer, Candidate, Quote, Result

DEPTH = 100
"""Candidates each leg proposes."""

_RARE = 50
"""A name that at most so many passages hold is rare, and all of them are compared. For "what did
Milenkov say" the words leg left out 12 of the 26 with that name, as it counts "what did … say"
too."""

LONGEST_QUESTION = MOST_CHARACTERS
"""Characters of a question that are read; an officer's question has about a hundred."""


def find(library: Library, question: str, k: int = 10, filters: Filters | None = None) -> Answer:
    """The k passages that best answer a question, best first.

    An empty question has no results, and neither has a k below 1. Raises LibraryError when the
    library cannot be read, EncoderError when its encoder cannot be loaded.
    """
    with library.catalog() as catalog:
        return find_in(library, catalog, library.views_of(catalog), question, k, filters)


def find_in(
    library: Library,
    catalog: Catalog,
    views: Views,
    question: str,
    k: int = 10,
    filters: Filters | None = None,
) -> Answer:
    """`find` for a caller who has the rows and the views open. Raises what it raises."""
    started = time.perf_counter()
    text = plain(question)
    if not text or k < 1:
        return Answer(text, False, milliseconds_since(started), views.generation, ())
    encoder = library.encoder
    reading = read(views.words, text, encoder.count_tokens)
    vector = encoder.encode([reading.for_encoder])[0]
    answer = answer_of(catalog, views, reading, vector, k, filters or Filters())
    return replace(answer, took_ms=milliseconds_since(started))


def plain(question: str) -> str:
    """A question in plain characters; empty where it has no letter and no digit.

    Single blanks stand for all white space, a letter and its accent are one character, and vowel
    points and characters that nobody sees are left out (`index.languages.letters.unmarked`). What
    is beyond `LONGEST_QUESTION` characters is cut off.
    """
    text = " ".join(unmarked(question).split())[:LONGEST_QUESTION]
    return text if has_word(text) else ""


def milliseconds_since(started: float) -> float:
    """Milliseconds since a `time.perf_counter()`, to a tenth."""
    return round((time.perf_counter() - started) * 1000, 1)


def answer_of(
    catalog: Catalog,
    views: Views,
    reading: Reading,
    vector: FloatVector,
    k: int,
    filters: Filters,
) -> Answer:
    """The answer to a question whose vector is known, not timed.

    vector: float32 (dim,), unit length, of the question as read.
    """
    best = ranked(candidates(catalog, views, reading, vector, filters))
    first = [candidate for candidate, _ in best]
    return Answer(
        question=reading.question,
        answered=reading.content and (answered(first) or _dated(catalog, views, reading, first)),
        took_ms=None,
        generation=views.generation,
        results=placed(views.words, reading, results_of(catalog, best[:k])),
        read_as=reading.read_as,
        long_forms=reading.long_forms,
        absent=reading.absent,
        bare=reading.bare,
        shut_out=reading.shut_out,
        in_english=reading.in_english,
        language=reading.language,
    )


def _dated(catalog: Catalog, views: Views, reading: Reading, best: Sequence[Candidate]) -> bool:
    """Whether one of the first five names the date that is all the question asks about."""
    if not reading.date:
        return False
    numbers = [candidate.number for candidate in best[:CONSIDERED] if candidate.kind.substance]
    texts = catalog.texts(numbers).values()
    return any(names_date(views.words.terms(text), reading.date) for text in texts)


def candidates(
    catalog: Catalog, views: Views, reading: Reading, vector: FloatVector, filters: Filters
) -> list[Candidate]:
    """The passages that may answer, with all that their scores are made of and the window to quote,
    in the order of the library.
    """
    wanted = allowed(catalog.connection, filters)
    by_name = asked_for(catalog, views.words, reading, wanted, DEPTH)
    proposed, bm25 = _proposed(views, reading, vector, wanted, by_name)
    cosines = closeness(catalog.connection, proposed, vector)
    asked = question_terms(views.words, reading)
    numbers = np.array(cosines.numbers, dtype=np.int64)
    held = in_any_form(
        asked, views.positions.held(asked.looked_up, asked.pairs, numbers, asked.further)
    )
    windows = worth(cosines, held, asked)
    found = with_citing(catalog, compared(cosines, held, asked, bm25, windows))
    if asks_what_was_said(reading.text):
        found = with_quoted_sources_as_references(catalog, found)
    found = with_asked_for(by_name, asked, found)
    found = with_quoted(catalog, views.words, reading.phrases, found)
    return _with_what_is_wanted(catalog, reading, found, windows)


def _with_what_is_wanted(
    catalog: Catalog, reading: Reading, found: list[Candidate], windows: Worth
) -> list[Candidate]:
    """The candidates with what to quote of them, for the kind of thing that is asked for."""
    if reading.amount:
        found = quoting_amounts(catalog, found, windows)
    elif tells := tells_wanted(reading.text):
        found = quoting_wanted(catalog, found, windows, tells)
    if asks_who(reading.text):
        found = with_nameless(catalog, found)
    texts = best_texts(catalog, found)
    found = quoting_whole_rows(texts, found, windows)
    return found if wants_questions(reading.text) else with_asking(texts, found)


def _proposed(
    views: Views,
    reading: Reading,
    vector: FloatVector,
    wanted: Numbers | None,
    by_name: Iterable[int],
) -> tuple[list[int], dict[int, float]]:
    """The passages to compare, and the BM25 of those among them that the words leg proposes.

    They are what either leg proposes, what holds a quoted phrase or a rare name, and what the
    question asks for by name, in ascending order. The BM25 is raised in a small library
    (`search.ranking.abstain.size_factor`).

    by_name: the passages that `search.ranking.asked_for` found.
    """
    near, _ = views.vectors.nearest(vector, DEPTH, wanted)
    other = (term for form in reading.forms for term in form.other)
    matched, scores = views.words.match(" ".join((reading.text, *other)), DEPTH, wanted)
    phrases = (
        views.words.holding(views.words.terms(phrase), DEPTH, wanted) for phrase in reading.phrases
    )
    names = (
        views.words.holding((name,), _RARE, wanted)
        for name in sorted(reading.names)
        if views.words.frequency(name) <= _RARE
    )
    legs = (found.tolist() for found in (near, matched, *phrases, *names))
    proposed = sorted({number for found in (by_name, *legs) for number in found})
    sized = scores.astype(np.float64) * size_factor(len(views.words))
    return proposed, dict(zip(matched.tolist(), sized.tolist(), strict=True))


def results_of(catalog: Catalog, best: Sequence[tuple[Candidate, float]]) -> tuple[Result, ...]:
    """Results with their passages and documents; a passage removed meanwhile is left out."""
    stored = catalog.passages([candidate.number for candidate, _ in best])
    documents = catalog.documents_by_id({item.document_id for item in stored.values()})
    results: list[Result] = []
    for candidate, score in best:
        passage = stored.get(candidate.number)
        if passage is not None and passage.document_id in documents:
            results.append(
                Result(
                    rank=len(results) + 1,
                    score=round(score, 4),
                    stored=passage,
                    document=documents[passage.document_id],
                    quote=_quote(passage.passage, candidate),
                    candidate=candidate,
                )
            )
    return with_notes(catalog, results)


def _quote(passage: Passage, item: Candidate) -> Quote:
    """What is quoted of a candidate: its window, with the list that it opens or is part of. The
    title of the next item is left out, and so are the number of a footnote and the name of a first
    column that only names the others.
    """
    text = passage.text
    start, end = led_in(text, item.start, item.end)
    end = without_next(text, start, end)
    if passage.kind is BlockKind.FOOTNOTE:
        start = behind_number(text, start)
    if passage.kind is BlockKind.TABLE:
        start = behind_kind(text, start, end)
    return Quote.of(passage, start, end)
