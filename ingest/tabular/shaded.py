"""Rows told apart by shade alone: every second one lies on a band of colour.

Pure. The edges of such bands part the rows as lines would.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from ingest.engines.sheets import Rule
from ingest.tabular.ruled_strips import LOWEST_BAND, SAME_LEVEL, SAME_REACH

# Bands that touch: a header of two rows and the row below it. More are strips behind single lines.
_MOST_TOUCHING = 3


class _Box(NamedTuple):
    """A shaded rectangle, in points."""

    top: float
    bottom: float
    left: float
    right: float


_Band = list[_Box]
"""Boxes side by side that begin at one height."""


def edges_of_bands(rules: Sequence[Rule]) -> list[Rule]:
    """The level edges of shaded bands that alternate with white ones below each other."""
    bands = _without_strips(_bands(rules))
    return [
        Rule(box.left, level, box.right, level, drawn=False)
        for band in bands
        if _alternates(band, bands)
        for box in band
        for level in (box.top, box.bottom)
    ]


def _alternates(band: _Band, bands: Sequence[_Band]) -> bool:
    """Whether white parts a band from another of its reach."""
    right = _right_side(band)
    peers = [one for one in bands if abs(_right_side(one) - right) <= SAME_REACH]
    return any(
        below[0].top - max(box.bottom for box in above) >= LOWEST_BAND
        for above, below in itertools.pairwise(peers)
    )


def _right_side(band: _Band) -> float:
    """The right side of a band: a label on the left may have a shade of its own."""
    return max(box.right for box in band)


def _bands(rules: Sequence[Rule]) -> list[_Band]:
    """The shaded bands from the top. The two edges of a box follow each other among the rules."""
    boxes = {
        _Box(above.y0, below.y0, above.x0, above.x1)
        for above, below in itertools.pairwise(rules)
        if not above.drawn
        and not above.white
        and above.horizontal
        and below.horizontal
        and (above.x0, above.x1) == (below.x0, below.x1)
        and above.y0 < below.y0
    }
    bands: list[_Band] = []
    for box in sorted(boxes):
        if bands and box.top - bands[-1][0].top <= SAME_LEVEL:
            bands[-1].append(box)
        else:
            bands.append([box])
    return bands


def _without_strips(bands: Sequence[_Band]) -> list[_Band]:
    """The bands, many that touch each other made one: strips of shade behind single lines."""
    runs: list[list[_Band]] = []
    for band in bands:
        if runs and abs(band[0].top - max(b.bottom for b in runs[-1][-1])) <= SAME_LEVEL:
            runs[-1].append(band)
        else:
            runs.append([band])
    done: list[_Band] = []
    for run in runs:
        if len(run) > _MOST_TOUCHING:
            last = max(box.bottom for box in run[-1])
            done.append([box._replace(bottom=last) for box in run[0]])
        else:
            done += run
    return done
