"""Headings over all columns of a page that are no wider than one of them.

Pure. Such a heading stands at the left side, and only the white beside it tells that the columns
above it end there: each of them has its share of the text above and of that below.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def heads_over_columns(lines: Sequence[Line], places: Sequence[Chain]) -> list[Chain]:
    """The headings of a page over all its columns, from the top, as wide as all of its lines.

    lines: of its text. places: of its tables and charts.
    """
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 for line in lines), default=0.0)
    found = []
    for line in sorted(lines, key=lambda one: one.base):
        head = _whole(line, lines)
        if head and _parts_columns(head, lines, places):
            found.append(replace(chain_of(head), x0=left, x1=right))
    return found


def bands_of(lines: Sequence[Line], heads: Sequence[Chain]) -> list[list[Line]]:
    """Lines between one heading and the next, without the headings; bands without lines go."""
    named = {line for head in heads for line in head.lines}
    bands: list[list[Line]] = [[] for _ in range(len(heads) + 1)]
    for line in lines:
        if line not in named:
            bands[sum(head.bottom <= line.base for head in heads)].append(line)
    return [band for band in bands if band]


def _whole(last: Line, lines: Sequence[Line]) -> list[Line]:
    """The lines of a heading that ends with a line; empty if more of it follows."""
    alike = [
        one
        for one in lines
        if abs(one.size - last.size) < 0.1
        and one.bold == last.bold
        and abs(one.x0 - last.x0) < FLUSH * last.size
        and abs(one.base - last.base) <= 3 * _STEP * last.size
    ]
    if any(0 < one.base - last.base <= _STEP * last.size for one in alike):
        return []
    head = [last]
    for one in sorted(alike, key=lambda other: -other.base):
        if 0 < head[0].base - one.base <= _STEP * last.size:
            head.insert(0, one)
    return head


def _parts_columns(head: Sequence[Line], lines: Sequence[Line], places: Sequence[Chain]) -> bool:
    """Whether the text goes on below a heading in two columns that begin at one height, and stands
    above it in both of them, with nothing beside it.
    """
    first = min(
        (one for one in lines if one.base > head[-1].base and _is_flush(one, head[-1])),
        key=lambda one: one.base,
        default=None,
    )
    if first is None or head[0].size < _LARGER * first.size:
        return False
    beside = [
        one
        for one in lines
        if one.x0 > max(first.x1, head[-1].x1)
        and abs(one.base - first.base) <= _LEVEL * first.size
        and abs(one.size - first.size) < 0.1
    ]
    others: list[Line | Chain] = [*(one for one in lines if one not in head), *places]
    alone = not any(
        one.bottom > head[0].top and one.top < first.top - _LEVEL * first.size for one in others
    )
    return alone and any(_ends_alike(head[0], first, second, lines) for second in beside)


def _ends_alike(head: Line, first: Line, second: Line, lines: Sequence[Line]) -> bool:
    """Whether two columns end at about one height above a heading.

    first, second: the lines with which they go on below it.
    """
    above = [one for one in lines if one.bottom <= head.top]
    ends = [
        max((one.base for one in above if overlap(one, column) > 1.0), default=None)
        for column in (first, second)
    ]
    if ends[0] is None or ends[1] is None:
        return False
    white = second.base - ends[1] >= _WHITE * first.size
    return white and abs(ends[0] - ends[1]) <= _BALANCED * first.size


def _is_flush(one: Line, line: Line) -> bool:
    """Whether two lines begin at one side."""
    return abs(one.x0 - line.x0) < FLUSH * line.size
