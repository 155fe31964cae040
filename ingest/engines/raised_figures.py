"""Figures that the font itself raises: a number of a note in the size of the text.

Pure. OpenType fonts have small figures that stand high (the feature "sups"). Size and baseline are
those of the text, so that only the boxes of the glyphs tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Behind a letter or a mark, alone, or before a letter, as a note begins.
_PLACE = re.compile(
    r"(?<=[^\W\d_])\d{1,3}(?=[.,;:]?$)|(?<=[.,;:!?”’“»«)])\d{1,3}$|"
    r"^\d{1,3}(?=[“„‘«»¡¿(]?[^\W\d_]|$)"
)
# Parts of the font size. Figures of the line stand on the baseline or hang below it.
_RAISED = 0.2
_FLAT = 0.25
SIZE = 0.65
"""Of the figures, in parts of the size of their font."""


def place_of(text: str) -> tuple[int, int] | None:
    """Where in a word figures of a note may stand: the first place and that behind the last."""
    found = _PLACE.search(text)
    return found.span() if found else None


def height_of(boxes: Sequence[tuple[float, float]], base: float, size: float) -> float:
    """How far figures stand above the baseline, points; 0 where they are not raised.

    boxes: bottom and top of each, upwards. size: of the font. What is flat is a minus sign that
    its font calls a figure.
    """
    height = min(bottom for bottom, _ in boxes) - base
    flat = max(top - bottom for bottom, top in boxes) < _FLAT * size
    return height if height > _RAISED * size and not flat else 0.0
