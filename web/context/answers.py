"""Answers kept in memory for whoever asks the same question next, until the library changes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import replace

from index.derived.filters import Filters
from index.library import Library
from index.rows import database
from search.find import find_in, milliseconds_since, plain
from search.records import Answer

MOST_KEPT = 5_120
"""Results that are kept, over all answers: 512 answers of ten results take some 20 MB."""

TOGETHER = 2
"""Questions worked on at once: a third only waits for Python's lock, and makes the others wait."""

_Asked = tuple[str, int, Filters]


class AnswerKeeper:
    """Answers questions, from memory where the same was asked before. Safe to share between
    threads.

    Only answers of the newest generation of rows and views are kept; with the next generation they
    are thrown away. Nothing is written to disk: what people ask can be sensitive.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._generations = (-1, -1)
        self._kept: OrderedDict[_Asked, Answer] = OrderedDict()
        self._results = 0
        self._guard = threading.Lock()
        self._together = threading.Semaphore(TOGETHER)

    def answer(self, question: str, k: int = 10, filters: Filters | None = None) -> Answer:
        """The answer that `search.find.find` gives. Raises as it does."""
        started = time.perf_counter()
        asked = (plain(question), k, filters or Filters())
        with self._library.reading() as catalog:
            # Rows before views: if the rows change in between, the answer is kept for a generation
            # that has passed, and nobody is given it.
            rows = database.generation(catalog.connection)
            views = self._library.views_of(catalog)
            generations = (rows, views.generation)
            known = self._known(generations, asked)
            if known is not None:
                return replace(known, took_ms=milliseconds_since(started))
            with self._together:
                found = find_in(self._library, catalog, views, *asked)
        self._keep(generations, asked, found)
        return found

    def _known(self, generations: tuple[int, int], asked: _Asked) -> Answer | None:
        with self._guard:
            if generations != self._generations or asked not in self._kept:
                return None
            self._kept.move_to_end(asked)
            return self._kept[asked]

    def _keep(self, generations: tuple[int, int], asked: _Asked, found: Answer) -> None:
        with self._guard:
            if generations != self._generations:
                if generations < self._generations:  # found before the others, and slower
                    return
                self._kept.clear()
                self._results = 0
                self._generations = generations
            before = self._kept.pop(asked, None)
            self._kept[asked] = found
            self._results += _weight(found) - (_weight(before) if before else 0)
            while self._results > MOST_KEPT:
                _, oldest = self._kept.popitem(last=False)
                self._results -= _weight(oldest)


def _weight(answer: Answer) -> int:
    """As how many results an answer counts; one without results takes room too."""
    return max(1, len(answer.results))
