"""Questions to begin with: those examples of the library whose answer is a match. They are chosen
anew when the library changes.
"""

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
    """Keeps the questions that are offered until rows or views change. Safe to share between
    threads.
    """

    def __init__(self, library: Library, answers: AnswerKeeper) -> None:
        self._library = library
        self._answers = answers
        self._generations = (-1, -1)
        self._kept: tuple[str, ...] = ()
        self._guard = threading.Lock()

    def offered(self, holdings: Holdings) -> tuple[str, ...]:
        """The first four examples whose best passage is a match, or fewer.

        Raises LibraryError or EncoderError, as asking does.
        """
        with self._guard:
            generations = (holdings.columns.generation, self._library.views().generation)
            if generations != self._generations:
                matches = filter(self._is_answered, holdings.examples)
                self._kept = tuple(islice(matches, MOST))
                self._generations = generations
            return self._kept

    def _is_answered(self, question: str) -> bool:
        return is_match(self._answers.answer(question, FEWEST, Filters()))
