"""Many questions, answered by one generation of the library."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice

from corpus.taxonomy import Taxonomy
from index.derived.filters import Filters, stated
from index.derived.views import Views
from index.encoding.encoder import Encoder, FloatMatrix
from index.library import Library
from index.rows.catalog import Catalog
from search.batches.limits import limited
from search.batches.questions import BadQuestion, Question
from search.find import LONGEST_QUESTION, answer_of, milliseconds_since, plain
from search.question.reading import Reading, read
from search.records import Answer

GROUP = 8
"""Questions encoded together: as many as the encoder takes on its one thread for questions. That
took 2.4 ms each, and 3.1 to 3.6 ms one by one (400 questions)."""

_WAIT_SECONDS = 1.0
"""For a writer at work to finish, before the last whole views answer."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A library as it was at one moment: rows and views that no writer changes.

    stated: the values that its documents have, by name of the limit, as
        `index.derived.filters.stated` reads them.
    """

    taxonomy: Taxonomy
    encoder: Encoder
    views: Views
    catalog: Catalog
    stated: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A question that can be asked. text: as `search.find.plain` writes it. filters: all that it is
    limited to.
    """

    question: Question
    text: str
    filters: Filters


@dataclass(frozen=True, slots=True)
class _Encoded:
    """Questions as they are read. vectors: float32 (n, dim). ms_each: milliseconds that reading and
    encoding took, for each of them.
    """

    readings: Sequence[Reading]
    vectors: FloatMatrix
    ms_each: float


@dataclass(frozen=True, slots=True)
class _Group:
    """Questions that are encoded together.

    items: all of them, in their order. good: those that can be asked. skipped: so many of the good
    ones, the first, are answered already. encoded: the good ones; None where all are skipped.
    """

    items: Sequence[_Ready | BadQuestion]
    good: Sequence[_Ready]
    skipped: int
    encoded: Future[_Encoded] | None


@contextmanager
def hold(library: Library) -> Iterator[Snapshot]:
    """Hold the library at its present generation. For one thread.

    While a writer is at work the rows may be ahead of the views. Then it is waited for, a second at
    most, before the last whole views answer as they do a single question; the generation of the
    answers is that of the views.
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
    ahead: bool = False,
) -> Iterator[tuple[Question, Answer] | BadQuestion]:
    """Answers in the order of the questions; those that cannot be asked come out as they are.

    Questions are taken in groups of `GROUP`, so that a file of any length is never held whole.

    filters: for all questions; a question's own limits replace them, field by field.
    done: so many good questions are answered already, and left out. The groups stay as they would
        be without, so the vectors are the same with any encoder.
    ahead: whether the next group is taken, and encoded on another core, while one is answered. Not
        for a program that waits for the answers to the questions it has sent.
    """
    with ThreadPoolExecutor(1) as aside:
        groups = _groups(held, questions, filters, done, aside)
        for group in _one_ahead(groups) if ahead else groups:
            left, found = group.skipped, _asked(held, group, k)
            for item in group.items:
                if isinstance(item, BadQuestion):
                    yield item
                elif left:
                    left -= 1
                else:
                    yield item.question, next(found)


def _groups(
    held: Snapshot,
    questions: Iterable[Question | BadQuestion],
    filters: Filters,
    done: int,
    aside: Executor,
) -> Iterator[_Group]:
    rest, left = iter(questions), done
    while taken := list(islice(rest, GROUP)):
        items = [_ready(held, item, filters) for item in taken]
        good = [item for item in items if isinstance(item, _Ready)]
        skipped = min(left, len(good))
        left -= skipped
        encoded = aside.submit(_encoded, held, good) if skipped < len(good) else None
        yield _Group(items, good, skipped, encoded)


def _one_ahead(groups: Iterator[_Group]) -> Iterator[_Group]:
    following = next(groups, None)
    while group := following:
        following = next(groups, None)
        yield group


def _encoded(held: Snapshot, group: Sequence[_Ready]) -> _Encoded:
    started = time.perf_counter()
    words, count_tokens = held.views.words, held.encoder.count_tokens
    readings = [read(words, item.text, count_tokens) for item in group]
    vectors = held.encoder.encode([reading.for_encoder for reading in readings])
    return _Encoded(readings, vectors, milliseconds_since(started) / len(group))


def _asked(held: Snapshot, group: _Group, k: int) -> Iterator[Answer]:
    """Answers to the good questions of a group but the skipped ones; the time of each includes its
    part of the encoding.
    """
    if group.encoded is None:
        return
    encoded = group.encoded.result()
    ready = list(zip(group.good, encoded.readings, encoded.vectors, strict=True))
    for item, reading, vector in ready[group.skipped :]:
        started = time.perf_counter()
        answer = answer_of(held.catalog, held.views, reading, vector, k, item.filters)
        took_ms = round(encoded.ms_each + milliseconds_since(started), 1)
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
