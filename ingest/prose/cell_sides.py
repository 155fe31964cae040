"""Where the sides of cells are that no line shows: a program that rules each cell apart draws the
rule below a row in pieces, which meet there.

Pure.
"""

from __future__ import annotations

import itertools
import math
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
    They go on through the line above the first rule where the names of the columns stand there:
    a word in each, and none across a side. words: of the page.
    """
    walls = [rule for rule in rules if rule.drawn and not rule.horizontal]
    sides: list[Side] = []
    firsts: dict[int, list[_Joint]] = defaultdict(list)
    for column in _columns(_joints(rules)):
        if len(column) >= _FEWEST_LEVELS and not _is_walled(column, walls):
            firsts[round(column[0].level)].append(column[0])
            sides += [Side(a.x, a.level, b.level) for a, b in itertools.pairwise(column)]
    for joints in firsts.values():
        names = [Side(one.x, one.level - _ONE_LINE, one.level) for one in joints]
        if len(names) >= _FEWEST_SIDES and _are_names(words, names):
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


def _are_names(words: Sequence[Word], sides: Sequence[Side]) -> bool:
    """Whether the words above a table's first rule stand in cells with these sides, from the left.

    The caption of a table that is ruled above its header does not.
    """
    row = [word for word in words if sides[0].top <= word.base <= sides[0].bottom]
    crossed = any(
        word.x0 + _MEET < side.x < word.x1 - _MEET for word, side in itertools.product(row, sides)
    )
    ends = [*(side.x for side in sides[1:]), math.inf]
    filled = (
        any(side.x - _MEET <= word.x0 < end for word in row)
        for side, end in zip(sides, ends, strict=True)
    )
    return not crossed and all(filled)


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
