"""The numbers along the axes of a chart: they count in equal steps, at equal distances.

Pure.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from ingest.engines.sheets import Rule
from ingest.prose.lines import Line

NUMBER = re.compile(
    r"(?P<sign>[-–−(]?)\s?[$£€]?\s?(?P<figure>\d[\d.,' ]*)\s?(?:%|k|m|bn|million|Mio\.?|€|£|\$)?\)?"
)
"""A number with its sign and unit, matched whole."""
YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?")
"""A year or two ("2017", "2017/18"), matched whole: a label rather than a number."""
# Numbers on an axis.
_FEWEST = 4
# Points by which sides of what belongs together differ.
_FLUSH = 1.0
# Parts of the largest step by which distances and values differ.
_EVEN = 0.15
_EQUAL = 0.01
# Part of the letter size: what stands in one row.
_LEVEL = 0.35
# Part of the words that stand above an axis along the foot.
_ABOVE = 0.34


def scales_down(
    figures: Sequence[Line], words: Sequence[Line], rules: Sequence[Rule]
) -> list[list[Line]]:
    """Numbers under each other that count down in equal steps: axes, each from the top.

    They are flush right or left. Numbers with words beside most of them, or with rules between
    them, are the column of a table.
    """
    found: list[list[Line]] = []
    for sides in ([line.x1 for line in figures], [line.x0 for line in figures]):
        for group in _flush(figures, sides):
            axis = sorted(group, key=lambda line: line.base)
            known = {line for scale in found for line in scale}
            counts = _count_in_steps([-_value(line) for line in axis])
            even = _are_even([line.base for line in axis])
            if known.isdisjoint(axis) and counts and even and not _is_column(axis, words, rules):
                found.append(axis)
    return found


def scales_along(
    figures: Sequence[Line], words: Sequence[Line], rules: Sequence[Rule]
) -> list[list[Line]]:
    """Numbers in a row that count up in equal steps at the foot of a chart: axes, from the left.

    Below an axis there are words only, and above it at least a third of all words. Numbers with
    words on their left, or with rules between them, are the row of a table.
    """
    return [
        axis
        for axis in rows_of_ticks(figures)
        if not any(line.base > axis[-1].base + _FLUSH for line in figures)
        and sum(line.base < axis[0].base for line in words) >= _ABOVE * len(words)
        and not _is_row(axis, words, rules)
    ]


def rows_of_ticks(figures: Sequence[Line]) -> list[list[Line]]:
    """Numbers side by side that count up in equal steps, each row from the left."""
    rows = [
        sorted(group, key=lambda line: line.x0)
        for group in _flush(figures, [line.base for line in figures])
    ]
    return [
        row
        for row in rows
        if _count_in_steps([_value(line) for line in row])
        and _are_even([(line.x0 + line.x1) / 2 for line in row])
    ]


def _flush(lines: Sequence[Line], sides: Sequence[float]) -> Iterable[list[Line]]:
    """Groups of lines whose sides are the same, four lines at least. sides: one of each line."""
    ranked = sorted(zip(sides, lines, strict=True), key=lambda pair: pair[0])
    group: list[Line] = []
    last = 0.0
    for side, line in ranked:
        if group and side - last > _FLUSH:
            if len(group) >= _FEWEST:
                yield group
            group = []
        group.append(line)
        last = side
    if len(group) >= _FEWEST:
        yield group


def _value(line: Line) -> float:
    """The number that a line says, whatever parts its thousands; 0 where it says none."""
    found = NUMBER.fullmatch(line.text)
    figure = found["figure"] if found else "0"
    whole = re.sub(r"[ '](?=\d)|[,.](?=\d{3}\b)", "", figure.strip())
    sign = -1.0 if found and found["sign"] and found["sign"] != "(" else 1.0
    try:
        return sign * float(whole.replace(",", "."))
    except ValueError:
        return 0.0


def _count_in_steps(values: Sequence[float]) -> bool:
    """Whether each value is greater than the one before, by equal steps."""
    steps = [after - before for before, after in itertools.pairwise(values)]
    return min(steps) > 0 and max(steps) - min(steps) < _EQUAL * max(steps)


def _are_even(places: Sequence[float]) -> bool:
    """Whether places follow each other at about equal distances."""
    steps = [after - before for before, after in itertools.pairwise(places)]
    return min(steps) > 0 and max(steps) - min(steps) <= _EVEN * max(steps)


def _is_column(group: Sequence[Line], words: Sequence[Line], rules: Sequence[Rule]) -> bool:
    """Whether rules run between the numbers, or words begin beside most of them."""
    beside = sum(
        any(abs(word.base - line.base) <= _LEVEL * line.size for word in words) for line in group
    )
    parted = any(
        rule.horizontal
        and rule.x0 <= line.x0
        and rule.x1 >= line.x1
        and above.base < rule.y0 < line.base - 0.7 * line.size
        for above, line in itertools.pairwise(group)
        for rule in rules
    )
    return parted or 2 * beside > len(group)


def _is_row(group: Sequence[Line], words: Sequence[Line], rules: Sequence[Rule]) -> bool:
    """Whether rules run between the numbers, or words stand on their left."""
    first = group[0]
    beside = any(
        word.x1 <= first.x0 and abs(word.base - first.base) <= _LEVEL * first.size for word in words
    )
    return beside or any(
        not rule.horizontal
        and rule.y0 <= line.top
        and rule.y1 >= line.base
        and before.x1 < rule.x0 < line.x0
        for before, line in itertools.pairwise(group)
        for rule in rules
    )
