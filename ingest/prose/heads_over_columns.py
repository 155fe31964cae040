"""Headings over all columns of a page that are no wider than one of them.

Pure. Such a heading stands at the left side, and only the white beside it tells that the columns
above it end there: each of them has its share of the text above and of that below.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.prose.layout import Chain, chain_of, overlap
from ingest.prose.lines import FLUSH, Line

# How many times as large as the text such a heading is.
_LARGER = 1.12
# The next constants are parts of the size of the text.
# Between the first baselines of two columns below it.
_LEVEL = 0.25
# Between the last baselines of the two columns above it.
_BALANCED = 8.0
# White in the column beside it at least, from baseline to baseline.
_WHITE = 2.5
# From a line of a heading to the next.
_STEP = 1.6
# Lines of a heading at most; and what ends a text above columns of smaller print, and no heading.
_MOST_LINES = 3
_TEXT_ENDS = (".", ":", ";")

_Columns = tuple[Line, Line]
"""The first lines of two columns."""


def heads_over_columns(lines: Sequence[Line], places: Sequence[Chain]) -> list[Chain]:
    """The headings of a page over all its columns, from the top, as wide as all of its lines.

    lines: of its text. places: of its tables and charts.
    """
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 for line in lines), default=0.0)
    least = min((line.size for line in lines), default=0.0)
    ranked = sorted(lines, key=_base)
    columns: dict[Line, _Columns] = {}
    found = []
    for line in reversed(ranked):
        may = line.size >= _LARGER * least and not line.text.endswith(_TEXT_ENDS)
        head = _whole(line, ranked) if may else []
        below = _columns_below(head, ranked, places, columns) if head else None
        if below:
            columns[head[0]] = below
            found.append(replace(chain_of(head), x0=left, x1=right))
    return found[::-1]


def bands_of(lines: Sequence[Line], heads: Sequence[Chain]) -> list[list[Line]]:
    """Lines between one heading and the next, without the headings; bands without lines go."""
    named = {line for head in heads for line in head.lines}
    bands: list[list[Line]] = [[] for _ in range(len(heads) + 1)]
    for line in lines:
        if line not in named:
            bands[sum(head.bottom <= line.base for head in heads)].append(line)
    return [band for band in bands if band]


def _whole(last: Line, ranked: Sequence[Line]) -> list[Line]:
    """The lines of a heading that ends with a line; empty if more follows, or it is a text."""
    near = 3 * _STEP * last.size
    alike = [
        one
        for one in _between(ranked, last.base - near, last.base + near)
        if abs(one.size - last.size) < 0.1 and one.bold == last.bold and _is_flush(one, last)
    ]
    if any(0 < one.base - last.base <= _STEP * last.size for one in alike):
        return []
    head = [last]
    for one in reversed(alike):
        if 0 < head[0].base - one.base <= _STEP * last.size:
            head.insert(0, one)
    return head if len(head) <= _MOST_LINES else []


def _columns_below(
    head: Sequence[Line],
    ranked: Sequence[Line],
    places: Sequence[Chain],
    known: Mapping[Line, _Columns],
) -> _Columns | None:
    """The first lines of two columns that begin at one height below a heading, if the text stands
    above it in both of them, with nothing beside it.

    known: those of the headings below, by their first lines; one may stand right below another.
    """
    first = _first_below(head[-1], ranked)
    if first is None:
        return None
    level = _LEVEL * first.size
    largest = max(line.size for line in ranked)
    near = _between(ranked, head[0].top - largest, first.base + largest)
    others: list[Line | Chain] = [*(one for one in near if one not in head), *places]
    if any(one.bottom > head[0].top and one.top < first.top - level for one in others):
        return None
    if first in known:
        pairs = [known[first]]
    else:
        pairs = [
            (first, one)
            for one in _between(ranked, first.base - level, first.base + level)
            if one.x0 > max(first.x1, head[-1].x1) and abs(one.size - first.size) < 0.1
        ]
    larger = (pair for pair in pairs if head[0].size >= _LARGER * pair[0].size)
    return next((pair for pair in larger if _ends_alike(head[0], *pair, ranked)), None)


def _first_below(last: Line, ranked: Sequence[Line]) -> Line | None:
    """The text's first line at the side of a heading; whatever stands far above it, stands beside
    the heading.
    """
    place = bisect_right(ranked, last.base, key=_base)
    if place == len(ranked):
        return None
    highest = ranked[place].base
    below = _between(ranked, highest, highest + last.size)
    return next((one for one in below if _is_flush(one, last)), None)


def _ends_alike(head: Line, first: Line, second: Line, ranked: Sequence[Line]) -> bool:
    """Whether two columns end at about one height above a heading.

    first, second: the lines with which they go on below it.
    """
    above = ranked[: bisect_right(ranked, head.base, key=_base)]
    ends = [
        next(
            (
                one.base
                for one in reversed(above)
                if one.bottom <= head.top and overlap(one, column) > 1.0
            ),
            None,
        )
        for column in (first, second)
    ]
    if ends[0] is None or ends[1] is None:
        return False
    white = second.base - ends[1] >= _WHITE * first.size
    return white and abs(ends[0] - ends[1]) <= _BALANCED * first.size


def _between(ranked: Sequence[Line], low: float, high: float) -> Sequence[Line]:
    """The lines with baselines from one height to another."""
    return ranked[bisect_left(ranked, low, key=_base) : bisect_right(ranked, high, key=_base)]


def _is_flush(one: Line, line: Line) -> bool:
    """Whether two lines begin at one side."""
    return abs(one.x0 - line.x0) < FLUSH * line.size


def _base(line: Line) -> float:
    return line.base
