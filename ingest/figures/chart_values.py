"""The labels of a chart, and which of its numbers is the value of which label.

Pure. A value said with the wrong label would be false, so a label has a value only where a single
one stands at its place.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.figures.chart_scales import YEAR
from ingest.prose.layout import chain_of
from ingest.prose.lines import Line

_BULLET = re.compile(r"^[•▪■□●○◦‣⁃∙·►▶➢➤]\s*")
_FEWEST_CATEGORIES = 3
# Points by which middles of lines of one label differ; part of the letter size by which they step.
_SAME_MIDDLE = 1.5
_STEP = 1.45


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """Words of a chart that belong together, or one of its numbers; lengths in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Across and down."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def label_of(lines: Sequence[Line]) -> ChartLabel:
    """The lines as one label, without the sign of a legend."""
    text = ""
    for line in lines:
        glue = "" if not text or re.search(r"\w-$", text) else " "
        text += glue + _BULLET.sub("", line.text)
    whole = chain_of(lines)
    return ChartLabel(text, whole.x0, whole.x1, whole.top, whole.bottom)


def labels_of(words: Sequence[Line]) -> list[ChartLabel]:
    """The labels among the words of a chart: lines right below each other with one middle are one
    label.
    """
    groups: list[list[Line]] = []
    # Of a table that turns out to be no chart there are hundreds: those far above are passed over.
    step = _STEP * max((line.size for line in words), default=0.0)
    near: list[list[Line]] = []
    for line in sorted(words, key=lambda line: (line.base, line.x0)):
        near = [group for group in near if line.base - group[-1].base <= step]
        home = next((group for group in near if _goes_under(group[-1], line)), None)
        if home is None:
            groups.append([line])
            near.append(groups[-1])
        else:
            home.append(line)
    return [label_of(group) for group in groups]


def _goes_under(above: Line, line: Line) -> bool:
    """Whether a line is the next of the same label."""
    middles = abs(above.x0 + above.x1 - line.x0 - line.x1) / 2
    alike = abs(above.size - line.size) < 0.1 and not YEAR.fullmatch(above.text)
    return (
        alike
        and middles <= _SAME_MIDDLE
        and 0.5 * line.size < line.base - above.base <= _STEP * line.size
    )


def over_categories(labels: Sequence[ChartLabel], values: Sequence[ChartLabel]) -> dict[int, int]:
    """Labels in a row, each with the single value above its middle, as place of label: of value.

    Empty where a label of the row has no value or several, as in groups of bars: then it is open
    which label a value belongs to.
    """
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for n, label in enumerate(labels):
        rows[round(label.top)].append(n)
    for _, row in sorted(rows.items(), reverse=True):
        if len(row) < _FEWEST_CATEGORIES:
            continue
        middles = sorted(labels[n].middle[0] for n in row)
        reach = min(after - before for before, after in itertools.pairwise(middles)) / 4
        found: dict[int, int] = {}
        for n in row:
            over = _over(labels[n], values, reach)
            if len(over) != 1:
                break
            found[n] = over[0]
        if len(found) == len(row):
            return found
    return {}


def _over(label: ChartLabel, values: Sequence[ChartLabel], reach: float) -> list[int]:
    """Places of the values above a label, at most so far beside its middle."""
    across = label.middle[0]
    return [
        v
        for v, value in enumerate(values)
        if abs(value.middle[0] - across) <= reach and value.bottom < label.top
    ]


def beside_categories(
    labels: Sequence[ChartLabel], values: Sequence[ChartLabel], taken: Mapping[int, int]
) -> dict[int, int]:
    """Labels under each other, each with the single value on its right at its height, as place of
    label: of value.

    taken: pairs that belong together already. A single further pair may be chance, and is none.
    """
    found: dict[int, int] = {}
    left = [v for v in range(len(values)) if v not in taken.values()]
    for n, label in enumerate(labels):
        level = [v for v in left if _share_height(label, values[v]) and values[v].x0 > label.x1]
        row = [other for other, name in enumerate(labels) if _share_height(label, name)]
        if n not in taken and len(level) == 1 and row == [n]:
            found[n] = level[0]
    sides = [{round(labels[n].x0) for n in found}, {round(labels[n].x1) for n in found}]
    return found if len(found) > 1 and min(map(len, sides)) == 1 else {}


def _share_height(label: ChartLabel, other: ChartLabel) -> bool:
    return label.top < other.middle[1] < label.bottom
