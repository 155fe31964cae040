"""The parts in which the passages of a long document are shown: a page with all 658 passages of a
report of 114 pages is as long as two hundred screens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.rows.records import StoredPassage

USUAL = 50
"""Passages of a part, about: all parts of a document have as many, or one more."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a document. number: 1-based. shown: its passages, in the document's order."""

    number: int
    shown: Sequence[StoredPassage]

    @property
    def first(self) -> int:
        """The number of its first passage in the document, 1-based."""
        return self.shown[0].passage.position + 1

    @property
    def last(self) -> int:
        """The number of its last passage in the document, 1-based."""
        return self.shown[-1].passage.position + 1

    @property
    def pages(self) -> tuple[int, int]:
        """The first and the last page on which one of its passages begins."""
        begin = [stored.passage.page_first for stored in self.shown]
        return min(begin), max(begin)


def count(passages: int) -> int:
    """How many parts a document of so many passages has, at least one."""
    return max(1, round(passages / USUAL))


def part_of(position: int, passages: int) -> int:
    """The part, 1-based, in which a passage stands. position: of the passage, 0-based."""
    return position * count(passages) // passages + 1


def parts(passages: Sequence[StoredPassage]) -> list[Portion]:
    """The parts of a document by its passages in their order, none longer than another by more than
    one; none of a document without any.
    """
    if not passages:
        return []
    many = count(len(passages))
    bounds = [-(-len(passages) * number // many) for number in range(many + 1)]
    cut = enumerate(pairwise(bounds), start=1)
    return [Portion(number, passages[first:last]) for number, (first, last) in cut]
