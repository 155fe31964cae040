"""In which direction text runs.

Pure.
"""

from __future__ import annotations

import math

SLANTED = 4
"""The turn of large text that runs neither along nor across: "DRAFT" from corner to corner."""
# The size of such text, points, and the quarter turns that it is off the upright, at least. Labels
# of an axis are slanted too, but small; the title on a cover is hardly slanted.
_STAMP_SIZE = 20.0
_UPRIGHT = 0.25


def turn_of(a: float, b: float, size: float) -> int:
    """Quarter turns anticlockwise, 0 to 3, or `SLANTED`.

    a, b: the first two numbers of the text's matrix. size: of the text, points.
    """
    turns = math.atan2(b, a) / (math.pi / 2)
    upright = abs(turns - round(turns)) <= _UPRIGHT
    return round(turns) % 4 if upright or size < _STAMP_SIZE else SLANTED
