"""The part of a page between two sides that ruling lines have in common, where a table may be.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.engines.sheets import Rule
from ingest.prose.lines import Line
from ingest.tabular.tables import middle_of
from ingest.tabular.white_columns import WHITE, Reach

SAME_REACH = 8.0
"""Points by which the sides of rules of one table differ."""
SAME_LEVEL = 2.0
"""Points by which the heights of pieces of one rule differ."""
LOWEST_BAND = 7.0
"""Points: rules nearer to each other part no rows."""


@dataclass(frozen=True, slots=True)
class RuledStrip:
    """Two sides in points, and all lines and rules of the page."""

    x0: float
    x1: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]

    @property
    def reach(self) -> Reach:
        """Both sides."""
        return self.x0, self.x1

    def band(self, top: float, bottom: float) -> list[Line]:
        """The lines that begin between the sides, and stand between two heights."""
        return band_of(self.lines, self.reach, top, bottom)

    def fills(self, line: Line, part: float) -> bool:
        """Whether a line is longer than this part of the width."""
        return line.x1 - line.x0 > part * (self.x1 - self.x0)

    def soft_heights(self) -> set[float]:
        """Heights within the sides at which shade ends and no line is drawn."""
        within = [rule for rule in self.rules if rule.x0 < self.x1 and self.x0 < rule.x1]
        drawn = {round(rule.y0) for rule in within if rule.drawn}
        return {rule.y0 for rule in within if round(rule.y0) not in drawn}


def band_of(lines: Sequence[Line], reach: Reach, top: float, bottom: float) -> list[Line]:
    """The lines that begin between two sides, and stand between two heights."""
    left, right = reach
    return [
        line
        for line in lines
        if left - WHITE <= line.x0 <= right and top <= middle_of(line) < bottom
    ]
