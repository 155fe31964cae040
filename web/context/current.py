"""The library that the application of this request serves, and what is kept of it in memory."""

from __future__ import annotations

from flask import current_app

from corpus.initiatives import Alignment, known_alignment
from index.derived.filters import Filters
from index.library import Library
from search.records import Answer
from web.context.holdings import Holdings
from web.context.state import AppState, state_of


def state() -> AppState:
    """What the application keeps between requests."""
    return state_of(current_app)


def library() -> Library:
    """The library being served."""
    return state().library


def holdings() -> Holdings:
    """What the library holds."""
    return state().holdings.holdings()


def answer(question: str, k: int, filters: Filters) -> Answer:
    """The library's answer to a question, taken from memory where the same was asked before and
    the library has not changed since.
    """
    return state().answers.answer(question, k, filters)


def offered() -> tuple[str, ...]:
    """Questions to begin with. Raises LibraryError or EncoderError, as asking does."""
    return state().offered.offered(holdings())


def alignment() -> Alignment | None:
    """Which activities are known to serve which goal; None for a library with other tags than the
    starter's, since nothing is known of those.
    """
    return known_alignment(library().taxonomy)
