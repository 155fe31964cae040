"""Questions to begin with: those of the library's own that lead somewhere, once a generation."""

from __future__ import annotations

import threading
from itertools import islice

from index.derived.filters import Filters
from index.library import Library
from search.ranking.strength import is_match
from web.context.answers import AnswerKeeper
from web.context.asked import FEWEST
from web.context.holdings import Holdings

MOST = 4
"""Questions offered."""


class OfferKeeper:
    """Keeps what is offered, while rows and views stay as they are. Safe to share between
    threads.
    """

    def __init__(self, library: Library, answers: AnswerKeeper) -> None:
        self._library = library
        self._answers = answers
        self._of = (-1, -1)
        self._kept: tuple[str, ...] = ()
        self._guard = threading.Lock()

    def offered(self, holdings: Holdings) -> tuple[str, ...]:
        """The first of its examples whose best passage is a match, four at most.

        Raises LibraryError or EncoderError, as asking does.
        """
        with self._guard:
            of = (holdings.columns.generation, self._library.views().generation)
            if of != self._of:
                self._kept = tuple(islice(filter(self._leads, holdings.examples), MOST))
                self._of = of
            return self._kept

    def _leads(self, question: str) -> bool:
        return is_match(self._answers.answer(question, FEWEST, Filters()))
