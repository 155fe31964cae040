"""Where in a document its tags stand: for each label a strip as long as the document, on which its
passages are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.taxonomy import Label, Taxonomy
from index.rows.records import StoredPassage

_SEEN = 0.0005
"""Gaps smaller than this share of a strip are not seen, which is a thousand points wide."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage on a strip. start, width: shares of the document's characters, 0 to 1."""

    page: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class StripPiece:
    """Marks that touch each other, as one piece of a strip. first, last: pages of the first and
    the last of them. start, width: as of a mark.
    """

    first: int
    last: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class TagStrip:
    """A label and the passages that carry it, in the order of the document.

    facet: the id of the label's facet.
    """

    facet: str
    label: Label
    marks: tuple[Mark, ...]

    @property
    def pieces(self) -> tuple[StripPiece, ...]:
        """The marks as they are drawn: passages in a row are one piece."""
        drawn: list[StripPiece] = []
        for mark in self.marks:
            before = drawn[-1] if drawn else None
            if before and mark.start - (before.start + before.width) < _SEEN:
                width = mark.start + mark.width - before.start
                drawn[-1] = StripPiece(before.first, mark.page, before.start, width)
            else:
                drawn.append(StripPiece(mark.page, mark.page, mark.start, mark.width))
        return tuple(drawn)


def strips(passages: Sequence[StoredPassage], taxonomy: Taxonomy) -> tuple[TagStrip, ...]:
    """Strips of the labels that at least one passage carries, in the taxonomy's order."""
    total = max(1, sum(len(stored.passage.text) for stored in passages))
    marks: dict[str, list[Mark]] = {}
    before = 0
    for stored in passages:
        length = len(stored.passage.text)
        mark = Mark(stored.passage.page_first, before / total, length / total)
        for tag in stored.tags:
            marks.setdefault(tag.label, []).append(mark)
        before += length
    return tuple(
        TagStrip(facet.id, label, tuple(marks[label.id]))
        for facet in taxonomy.facets
        for label in facet.labels
        if label.id in marks
    )
