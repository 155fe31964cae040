"""What an engine takes from one page of a PDF, before anything is made of it.

Coordinates are in points from the upper left corner of the page, y growing downwards, after
turning the page so that most of its text runs from left to right. Nothing here knows an engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

PageBox = tuple[float, float, float, float]
"""Left, bottom, right, top in PDF coordinates: points, y growing upwards."""

LETTER_PAPER = 612.0, 792.0
"""Width and height of a page of US Letter, points: of pages whose size is not known."""

MOST_BOOKMARKS = 5000
"""Entries of an outline that are read; a broken one may go in a circle."""


class Word(NamedTuple):
    """Characters without a gap, set in one style on one baseline, in content order.

    A tuple and not a dataclass: making 600 of them a page took .3 ms against 1.2 ms.

    base: y of the baseline. size: of the font, in points, as it appears on the page.
    glued: no space stands between this word and the one before it in content order.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    glued: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line or the edge of a drawn rectangle.

    x0 <= x1 and y0 <= y1; a horizontal rule has y1 - y0 near 0, a vertical one x1 - x0.
    drawn: a line that shows; otherwise the edge of a filled area. white: of one filled white, as
    there often is behind text from elsewhere. rounded: of one with rounded corners.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    drawn: bool = True
    white: bool = False
    rounded: bool = False

    @property
    def horizontal(self) -> bool:
        """Whether it runs across the page rather than down."""
        return self.x1 - self.x0 > self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as an engine reads it.

    number: 1-based. width, height: points.
    words: in content order. aside: words that run in another direction than the rest.
    image_share: part of the page that pictures cover, in [0, 1].
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    aside: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    image_share: float = 0.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the PDF outline: its text, depth from 1, and page (1-based; 0 unknown)."""

    text: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What an engine says of the file as a whole.

    info: the document information dictionary, keys without the slash ("Title", "Author").
    """

    engine: str
    info: dict[str, str]
    outline: tuple[Bookmark, ...] = ()
