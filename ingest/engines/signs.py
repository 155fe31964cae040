"""Ticks and other small signs that are drawn into the cells of a table, not written.

Pure. Without them the cells are empty, and a column of ticks leaves no table at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.engines.sheets import Rule, Word

SIGN = "●"
"""What is written for a sign, which may be a tick or a light: that it is there is all we know."""

# Points: how far the sides of a cell may be from its sign.
_HIGHEST = 60.0
_WIDEST = 150.0
# Signs of a page at least, and shapes at most: more are a drawing.
_FEWEST = 3
_MOST = 400


class Shape(NamedTuple):
    """The sides of a small drawing, points from the upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


def with_signs(
    words: Sequence[Word], shapes: Sequence[Shape], rules: Sequence[Rule]
) -> tuple[Word, ...]:
    """The words, then one for each sign that stands alone in a ruled cell beside text.

    At least three on a page are wanted; more than 400 shapes are a drawing.
    """
    if not _FEWEST <= len(shapes) <= _MOST:
        return tuple(words)
    found = [sign for one in _apart(shapes) if (sign := _sign(one, words, rules)) is not None]
    return (*words, *found) if len(found) >= _FEWEST else tuple(words)


def _apart(shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes, those that overlap as one: a tick over its box."""
    done: list[Shape] = []
    for shape in sorted(shapes, key=lambda one: (one.y0, one.x0)):
        place = next((n for n, other in enumerate(done) if _overlap(shape, other)), None)
        if place is None:
            done.append(shape)
        else:
            other = done[place]
            done[place] = Shape(
                min(shape.x0, other.x0),
                min(shape.y0, other.y0),
                max(shape.x1, other.x1),
                max(shape.y1, other.y1),
            )
    return done


def _overlap(a: Shape, b: Shape) -> bool:
    return min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.y1, b.y1) > max(a.y0, b.y0)


def _sign(shape: Shape, words: Sequence[Word], rules: Sequence[Rule]) -> Word | None:
    """The sign as a word, if it is alone in its cell and a row of text stands left of it."""
    cell = _cell(shape, rules)
    if cell is None:
        return None
    beside = None
    for word in words:
        middle = word.base - 0.3 * word.size
        if not cell.y0 < middle < cell.y1:
            continue
        if word.x1 > cell.x0 and word.x0 < cell.x1:
            return None
        if word.x1 <= cell.x0:
            beside = word
    if beside is None:
        return None
    base = (shape.y0 + shape.y1) / 2 + 0.3 * beside.size
    return Word(SIGN, shape.x0, shape.x1, base, beside.size, False, False)


def _cell(shape: Shape, rules: Sequence[Rule]) -> Shape | None:
    """The cell around a shape, whose four sides are ruled."""
    x, y = (shape.x0 + shape.x1) / 2, (shape.y0 + shape.y1) / 2
    across = [rule.y0 for rule in rules if rule.horizontal and rule.x0 <= x <= rule.x1]
    down = [rule.x0 for rule in rules if not rule.horizontal and rule.y0 <= y <= rule.y1]
    above = max((at for at in across if y - _HIGHEST <= at <= shape.y0 + 1), default=None)
    below = min((at for at in across if shape.y1 - 1 <= at <= y + _HIGHEST), default=None)
    left = max((at for at in down if x - _WIDEST <= at <= shape.x0 + 1), default=None)
    right = min((at for at in down if shape.x1 - 1 <= at <= x + _WIDEST), default=None)
    if above is None or below is None or left is None or right is None:
        return None
    return Shape(left, above, right, below)
