"""Figures that the font itself raises: a number of a note in the size of the text.

Pure. OpenType fonts have small figures that stand high (the feature "sups"). Size and baseline are
those of the text, so that only the boxes of the glyphs tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Behind a letter or a mark, alone, or before a letter, as a note begins.
_PLACE = re.compile(
    r"(?<=[^\W\d_])\d{1,3}(?=[.,;:]?$)|(?<=[.,;:!?”’)])\d{1,3}$|^\d{1,3}(?=[^\W\d_]|$)"
)
# Parts of the font size. Figures of the line stand on the baseline or hang below it.
_RAISED = 0.2
SIZE = 0.65
"""Of the figures, in parts of the size of their font."""


def place_of(text: str) -> tuple[int, int] | None:
    """Where in a word figures of a note may stand: the first place and that behind the last."""
    found = _PLACE.search(text)
    return found.span() if found else None


def height_of(bottoms: Sequence[float], base: float, size: float) -> float:
    """How far figures stand above the baseline, points; 0 where they are not raised.

    bottoms: of their boxes, upwards. size: of the font.
    """
    height = min(bottoms) - base
    return height if height > _RAISED * size else 0.0
