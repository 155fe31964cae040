"""A note as it stands in an address: quotes that a reader picked, in order, and a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

MOST = 40
"""Quotes of a note: their address then has some 1,500 characters, which mail programs still take,
and every link of the search page carries it."""

LONGEST_HEADING = 200
"""Characters."""

_PICK = re.compile(r"([0-9a-f]{1,64}-[0-9]{1,9})(?::([0-9]{1,9})-([0-9]{1,9})(?::([0-9]{1,9}))?)?")


@dataclass(frozen=True, slots=True)
class Pick:
    """A quote that was picked: a passage and offsets in its text, both 0 for the whole passage.

    page: the page at which it opens, where it stands on several; 0 for the one on which its middle
    stands. The same words are the same quote, whatever page they open at.
    """

    passage_id: str
    start: int = 0
    end: int = 0
    page: int = field(default=0, compare=False)

    def __str__(self) -> str:
        if not self.end:
            return self.passage_id
        page = f":{self.page}" if self.page else ""
        return f"{self.passage_id}:{self.start}-{self.end}{page}"


@dataclass(frozen=True, slots=True)
class Note:
    """The quotes that are gathered, none of them twice, under a heading. left_out: how many quotes
    of its address could not be read, or came after the fortieth.
    """

    picks: tuple[Pick, ...] = ()
    heading: str = ""
    left_out: int = 0

    @property
    def full(self) -> bool:
        """Whether it takes no more quotes."""
        return len(self.picks) >= MOST

    def query(self) -> dict[str, list[str]]:
        """The parameters of the note's address; none where no quote is in it, heading or not."""
        if not self.picks:
            return {}
        heading = {"heading": [self.heading]} if self.heading else {}
        return {"p": [str(pick) for pick in self.picks]} | heading

    def toggled(self, pick: Pick) -> Note:
        """The note with a quote at its end, or without it if it was in."""
        others = tuple(one for one in self.picks if one != pick)
        return replace(self, picks=others if pick in self.picks else (*others, pick))

    def moved(self, pick: Pick, by: int) -> Note:
        """The note with a quote so many places further down; a negative number moves it up."""
        place = self.picks.index(pick) + by
        others = [one for one in self.picks if one != pick]
        return replace(self, picks=(*others[:place], pick, *others[place:]))


NONE_YET = Note()


def read(picks: Sequence[str], heading: str) -> Note:
    """The note of an address. What is no quote, and what comes after the fortieth, is left out:
    mail programs cut long addresses. Raises ValueError where picks are given and none is a quote.
    """
    found = [_pick(given) for given in picks]
    chosen = tuple(dict.fromkeys(pick for pick in found if pick))
    if picks and not chosen:
        raise ValueError(f"'{picks[0][:50]}' names no quote of a passage")
    left_out = found.count(None) + max(0, len(chosen) - MOST)
    return Note(chosen[:MOST], " ".join(heading.split())[:LONGEST_HEADING], left_out)


def _pick(given: str) -> Pick | None:
    match = _PICK.fullmatch(given)
    if not match:
        return None
    passage, start, end = match[1], int(match[2] or 0), int(match[3] or 0)
    return Pick(passage, start, end, int(match[4] or 0)) if start < end else Pick(passage)
