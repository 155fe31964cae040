"""The questions that are drawn for each curator who reviews tags, in memory alone."""

from __future__ import annotations

import threading
from collections import deque

from index.learning import decisions
from index.learning.queue import queue
from index.library import Library

_AHEAD = 40
"""Questions drawn at once: drawing looks at thousands of passages, which takes seconds."""

PassageLabel = tuple[str, str]
"""A passage's id and a label."""


class Decks:
    """For each curator the questions that were drawn, and those that were skipped. Safe to share
    between threads.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._drawing = threading.Lock()
        self._drawn: dict[str, deque[PassageLabel]] = {}
        self._skipped: dict[str, set[PassageLabel]] = {}

    def next(self, library: Library, who: str) -> PassageLabel | None:
        """The next question that nobody has answered meanwhile; None when there is none.

        Raises TaggerError without a tagger.
        """
        # Drawing takes seconds: one at a time, and whoever has questions left does not wait for it.
        found = self._first_open(library, who)
        if found is not None:
            return found
        with self._drawing:
            found = self._first_open(library, who)  # this curator's other page has drawn meanwhile
            return self._draw(library, who) if found is None else found

    def _draw(self, library: Library, who: str) -> PassageLabel | None:
        with self._guard:
            skipped = len(self._skipped.get(who, ()))
        drawn = [(q.stored.passage_id, q.label) for q in queue(library, _AHEAD + skipped)]
        with self._guard:
            left_out = self._skipped.get(who, set())
            deck = deque(asked for asked in drawn if asked not in left_out)
            self._drawn[who] = deck
            return deck[0] if deck else None

    def skip(self, who: str, asked: PassageLabel) -> None:
        """Do not ask this curator the question again while the server runs."""
        with self._guard:
            self._skipped.setdefault(who, set()).add(asked)
            deck = self._drawn.get(who, deque())
            if asked in deck:
                deck.remove(asked)

    def _first_open(self, library: Library, who: str) -> PassageLabel | None:
        """The first question of a deck that is not answered and whose passage is in the library;
        the questions before it are dropped.
        """
        with self._guard, library.catalog() as catalog:
            deck = self._drawn.get(who, deque())
            while deck:
                passage, label = deck[0]
                answered = {d.label for d in decisions.history(catalog.connection, passage)}
                try:
                    catalog.passage(passage)
                except KeyError:
                    deck.popleft()
                    continue
                if label not in answered:
                    return deck[0]
                deck.popleft()
        return None
