"""Key figures: numbers in large print side by side, each above what it counts.

Pure. As text the numbers are a line without words and what they count is another, so that neither
answers. They become rows like those of a table: "120 families housed; 46 mentors trained".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest.figures.chart_scales import NUMBER, YEAR
from ingest.figures.charts import LARGER, Chart
from ingest.prose.layout import chain_of
from ingest.prose.lines import Line

# Side by side.
_FEWEST = 2
# Of a number and what it counts; characters of the latter.
_MOST_LINES = 5
_LONGEST = 160
# Points by which sides or middles differ of what stands under each other, and levels.
_FLUSH = 3.0
# Parts of the letter size by which the lines step.
_STEP = 1.9

_Named = list[Line]
"""A number and the lines below it that say what it counts."""


def key_figures_in(lines: Sequence[Line]) -> tuple[list[Chart], list[Line]]:
    """The key figures of a page, a row of them as one chart, and the lines left."""
    rows: list[list[_Named]] = []
    ranked = sorted(lines, key=lambda line: line.base)
    for line in sorted(lines, key=lambda line: (round(line.base), line.x0)):
        named = _named(line, ranked) if _is_large(line, ranked) else []
        if not named:
            continue
        if rows and _side_by_side(rows[-1][-1][0], line):
            rows[-1].append(named)
        else:
            rows.append([named])
    found = [_chart(row) for row in rows if len(row) >= _FEWEST]
    taken = {line for chart in found for line in chart.place.lines}
    return found, [line for line in lines if line not in taken]


def _is_large(line: Line, ranked: Sequence[Line]) -> bool:
    """Whether a line is a number, and larger than any words at its height.

    ranked: the lines of the page by their baselines.
    """
    if not NUMBER.fullmatch(line.text) or YEAR.fullmatch(line.text):
        return False
    return not any(
        line.size < LARGER * other.size and any(map(str.isalpha, other.text))
        for other in _between(ranked, line.base - _FLUSH, line.base + _FLUSH)
    )


def _between(ranked: Sequence[Line], high: float, low: float) -> Sequence[Line]:
    """The lines with a baseline from `high` down to `low`."""
    first = bisect_left(ranked, high, key=_base)
    return ranked[first : bisect_right(ranked, low, key=_base)]


def _base(line: Line) -> float:
    return line.base


def _named(number: Line, ranked: Sequence[Line]) -> _Named:
    """A number and the smaller lines right below it, with its middle or its left side; empty
    where there are none, or more than say what it counts.

    ranked: the lines of the page by their baselines.
    """
    named = [number]
    lowest = number.base + _MOST_LINES * _STEP * number.size
    for line in _between(ranked, number.base + 1.0, lowest):
        last = named[-1]
        if line.base <= last.base + 1.0 or not _stands_under(number, line):
            continue
        if line.base - last.base > _STEP * max(line.size, last.size if last is number else 0.0):
            break
        if number.size < LARGER * line.size or NUMBER.fullmatch(line.text):
            break
        named.append(line)
    letters = sum(len(line.text) for line in named[1:])
    return named if 1 < len(named) <= _MOST_LINES and letters <= _LONGEST else []


def _stands_under(number: Line, line: Line) -> bool:
    middles = abs(number.x0 + number.x1 - line.x0 - line.x1) / 2
    return middles <= _FLUSH or abs(number.x0 - line.x0) <= _FLUSH


def _side_by_side(left: Line, right: Line) -> bool:
    level = abs(left.base - right.base) <= _FLUSH and abs(left.size - right.size) < 0.5
    return level and right.x0 > left.x1


def _chart(row: Sequence[_Named]) -> Chart:
    """Key figures side by side as one chart, a label each."""
    labels = tuple(" ".join(line.text for line in named) for named in row)
    return Chart(chain_of([line for named in row for line in named]), labels, ())
