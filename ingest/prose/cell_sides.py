"""Where the sides of cells are that no line shows: a program that rules each cell apart draws the
rule below a row in pieces, which meet there.

Pure.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ingest.engines.sheets import Rule, Word

# Points: the ends of pieces that meet are no further apart, nor their heights in one column.
_MEET = 1.5
# Heights, one below the other, at which pieces meet where a side is.
_FEWEST_LEVELS = 3
# Sides that the names of columns above the first rule have between them.
_FEWEST_SIDES = 2
# Part of the size: within a cell a blank is narrower.
_BLANK = 0.55
# Part of the size: words on one baseline, and from it up to the middle of small letters.
_LEVEL = 0.2
_MIDDLE = 0.3
# Points: so high a row is at most, and the line of names above the first rule.
_HIGHEST = 120.0
_ONE_LINE = 14.0


class Side(NamedTuple):
    """A side of a cell, in points."""

    x: float
    top: float
    bottom: float


class _Joint(NamedTuple):
    """Where two pieces of a rule meet."""

    x: float
    level: float


def cell_sides(rules: Sequence[Rule], words: Sequence[Word]) -> list[Side]:
    """The sides of the cells of each row that stands on a rule in pieces, in no order.

    Where a wall is drawn in one row, a row without one is a single cell: there are no such sides.
    Nor do they go through a cell that is as wide as several columns: the rule below it is whole,
    or what stands in it runs on across them. They go on through the line above the first rule
    where the names of the columns stand there, a word in each. words: of the page.
    """
    drawn = [rule for rule in rules if rule.drawn]
    walls = [rule for rule in drawn if not rule.horizontal]
    by_height = sorted(words, key=_middle)
    sides: list[Side] = []
    firsts: dict[int, list[_Joint]] = defaultdict(list)
    for column in _columns(_joints(rules)):
        if len(column) >= _FEWEST_LEVELS and not _is_walled(column, walls):
            firsts[round(column[0].level)].append(column[0])
            rows = [_side(a, b, drawn) for a, b in itertools.pairwise(column)]
            sides += [side for side in rows if not _runs_across(side, by_height)]
    for joints in firsts.values():
        names = [Side(one.x, one.level - _ONE_LINE, one.level) for one in joints]
        if len(names) >= _FEWEST_SIDES and _are_names(by_height, names):
            sides += names
    return sides


def _is_walled(column: Sequence[_Joint], walls: Sequence[Rule]) -> bool:
    """Whether a wall is drawn along a part of a column of joints, which begins at the top."""
    return any(
        abs(wall.x0 - column[0].x) <= 2 * _MEET
        and wall.y1 > column[0].level + _MEET
        and wall.y0 < column[-1].level - _MEET
        for wall in walls
    )


def _side(above: _Joint, below: _Joint, drawn: Sequence[Rule]) -> Side:
    """The side of the row that stands on the lower joint; it ends at a rule that is whole there."""
    whole = [
        rule.y0
        for rule in drawn
        if rule.horizontal
        and above.level + _MEET < rule.y0 < below.level - _MEET
        and rule.x0 + _MEET < below.x < rule.x1 - _MEET
    ]
    return Side(above.x, max([above.level, *whole]), below.level)


def _middle(word: Word) -> float:
    """About the middle of a word's small letters, points from the top."""
    return word.base - _MIDDLE * word.size


def _beside(side: Side, by_height: Sequence[Word]) -> Sequence[Word]:
    """The words at the height of a side, of words from the top."""
    start = bisect_left(by_height, side.top, key=_middle)
    return by_height[start : bisect_right(by_height, side.bottom, key=_middle)]


def _runs_across(side: Side, by_height: Sequence[Word]) -> bool:
    """Whether a word stands across a side, or two words on it with a mere blank between them."""
    row = _beside(side, by_height)
    left = [word for word in row if word.x1 <= side.x + _MEET]
    right = [word for word in row if word.x0 >= side.x - _MEET]
    return len(left) + len(right) < len(row) or any(
        abs(one.base - other.base) <= _LEVEL * one.size
        and one.x0 < other.x0 < one.x1 + _BLANK * one.size
        for one, other in itertools.product(left, right)
    )


def _are_names(by_height: Sequence[Word], sides: Sequence[Side]) -> bool:
    """Whether the words above a table's first rule stand in cells with these sides, from the left.

    The caption of a table that is ruled above its header does not.
    """
    row = _beside(sides[0], by_height)
    ends = [*(side.x for side in sides[1:]), math.inf]
    filled = (
        any(side.x - _MEET <= word.x0 < end for word in row)
        for side, end in zip(sides, ends, strict=True)
    )
    return all(filled) and not any(_runs_across(side, by_height) for side in sides)


def _joints(rules: Sequence[Rule]) -> list[_Joint]:
    """Where pieces of drawn rules meet, from the left."""
    levels: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.drawn and rule.horizontal:
            levels[round(rule.y0)].append(rule)
    return sorted(
        _Joint((left.x1 + right.x0) / 2, left.y0)
        for level in levels.values()
        for left, right in itertools.pairwise(sorted(level, key=lambda rule: rule.x0))
        if abs(right.x0 - left.x1) <= _MEET and left.x0 + _MEET < right.x0
    )


def _columns(joints: Sequence[_Joint]) -> list[list[_Joint]]:
    """The joints that stand below each other, row by row, each column from the top."""
    groups: list[list[_Joint]] = []
    for joint in joints:
        if groups and joint.x - groups[-1][0].x <= _MEET:
            groups[-1].append(joint)
        else:
            groups.append([joint])
    columns: list[list[_Joint]] = []
    for group in groups:
        group.sort(key=lambda joint: joint.level)
        columns.append(group[:1])
        for above, below in itertools.pairwise(group):
            if below.level - above.level > _HIGHEST:
                columns.append([])
            columns[-1].append(below)
    return columns
