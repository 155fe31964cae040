"""Many questions, one after the other, against one generation of the library."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice

from corpus.taxonomy import Taxonomy
from index.catalog import Catalog
from index.encoder import Encoder
from index.filters import Filters, stated
from index.library import Library
from index.views import Views
from search.find import LONGEST_QUESTION, answer_of, milliseconds_since, plain
from search.limits import limited
from search.questions import BadQuestion, Question
from search.reading import read
from search.records import Answer

GROUP = 8
"""Questions encoded together: as many as the encoder runs on its one thread for questions. That
took 2.4 ms each, one by one 3.1 to 3.6 ms (400 questions)."""

_WAIT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A library as it was at one moment: rows and views that no writer changes.

    stated: what its documents have, as `index.filters.stated` reads it.
    """

    taxonomy: Taxonomy
    encoder: Encoder
    views: Views
    catalog: Catalog
    stated: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A question that can be asked, with all that it is limited to."""

    question: Question
    text: str
    filters: Filters


@contextmanager
def hold(library: Library) -> Iterator[Snapshot]:
    """Hold the library at its present generation. For one thread.

    While a writer is at work the rows are ahead of the views. That is waited for, a second at most;
    then the last whole views answer, as they do a single question, and their generation is the one
    that is named.
    Raises LibraryError when it cannot be read, EncoderError when its encoder cannot be loaded.
    """
    until = time.monotonic() + _WAIT_SECONDS
    with library.catalog() as catalog:
        while True:
            views = library.views_of(catalog)
            with catalog.snapshot() as generation:
                if generation == views.generation or time.monotonic() > until:
                    there = stated(catalog.connection)
                    yield Snapshot(library.taxonomy, library.encoder, views, catalog, there)
                    return
            time.sleep(0.05)


def answers(
    held: Snapshot,
    questions: Iterable[Question | BadQuestion],
    k: int,
    filters: Filters,
    done: int = 0,
) -> Iterator[tuple[Question, Answer] | BadQuestion]:
    """Answers in the order of the questions; those that cannot be asked come out as they are.

    Questions are taken in groups of `GROUP`, so that a file of any length is never held whole.
    filters: for all questions; a question's own limits stand in their place, field by field.
    done: the first so many answers are not worked out again. Groups are the same all the same, and
    so are the vectors, with whichever encoder.
    """
    rest, left = iter(questions), done
    while group := list(islice(rest, GROUP)):
        ready = [_ready(held, item, filters) for item in group]
        good = [item for item in ready if isinstance(item, _Ready)]
        found = _asked(held, good, k, skipped=min(left, len(good)))
        for item in ready:
            if isinstance(item, BadQuestion):
                yield item
            elif left:
                left -= 1
            else:
                yield item.question, next(found)


def _asked(held: Snapshot, group: Sequence[_Ready], k: int, skipped: int) -> Iterator[Answer]:
    """Answers to a group without the first `skipped`, timed with their share of the encoding."""
    if skipped == len(group):
        return
    started = time.perf_counter()
    words, count_tokens = held.views.words, held.encoder.count_tokens
    readings = [read(words, item.text, count_tokens) for item in group]
    vectors = held.encoder.encode([reading.for_encoder for reading in readings])
    share = milliseconds_since(started) / len(group)
    ready = list(zip(group, readings, vectors, strict=True))
    for item, reading, vector in ready[skipped:]:
        started = time.perf_counter()
        answer = answer_of(held.catalog, held.views, reading, vector, k, item.filters)
        took_ms = round(share + milliseconds_since(started), 1)
        yield replace(answer, took_ms=took_ms, limits=item.question.limits)


def _ready(held: Snapshot, item: Question | BadQuestion, filters: Filters) -> _Ready | BadQuestion:
    if isinstance(item, BadQuestion):
        return item
    if len(item.text) > LONGEST_QUESTION:
        size = f"{len(item.text):,} characters"
        said = f"the question has {size}; at most {LONGEST_QUESTION:,}"
        return BadQuestion(item.line, said, item.id, item.text)
    try:
        own = limited(filters, item.limits, held.taxonomy, held.stated)
    except ValueError as error:
        return BadQuestion(item.line, str(error), item.id, item.text)
    return _Ready(item, plain(item.text), own)
