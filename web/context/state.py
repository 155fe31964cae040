"""What an application keeps from one request to the next, in one typed record."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from index.library import Library
from web.context.answers import AnswerKeeper
from web.context.decks import Decks
from web.context.holdings import HoldingsKeeper
from web.context.offered import OfferKeeper
from web.context.readiness import Readiness
from web.context.throttle import Throttle

_KEY = "waymark"


@dataclass(frozen=True, slots=True)
class Access:
    """How a library is served.

    secret: what cookies are signed with; where it is empty, nobody can sign in and only reading is
    possible. private: whether reading needs a sign-in, or a key, too.
    """

    secret: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class AppState:
    """The library that is served, and what is kept in memory beside it until the server ends."""

    library: Library
    access: Access
    answers: AnswerKeeper
    holdings: HoldingsKeeper
    offered: OfferKeeper
    decks: Decks
    readiness: Readiness
    throttle: Throttle

    @classmethod
    def of(cls, library: Library, access: Access) -> AppState:
        """The state that a new application starts with."""
        answers = AnswerKeeper(library)
        return cls(
            library,
            access,
            answers,
            HoldingsKeeper(library),
            OfferKeeper(library, answers),
            Decks(),
            Readiness(library),
            Throttle(),
        )


def keep(app: Flask, state: AppState) -> None:
    """Attach the state to the application."""
    app.extensions[_KEY] = state


def state_of(app: Flask) -> AppState:
    """The state that `keep` attached to the application. Raises KeyError where there is none."""
    found: AppState = app.extensions[_KEY]
    return found
