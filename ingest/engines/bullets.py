"""Bullets that are drawn, not written: browsers print list marks as small filled shapes.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.engines.sheets import Word

# Points from a bullet to its text.
_FARTHEST = 22.0
# Dots of a page; more are a chart.
_MOST = 150


class Dot(NamedTuple):
    """A small drawn shape: its sides and its middle height, points from the upper left corner."""

    x0: float
    x1: float
    y: float


def with_bullets(words: Sequence[Word], dots: Sequence[Dot]) -> tuple[Word, ...]:
    """The words with a "•" before each that begins a line right of a dot.

    More than 150 dots on a page are a chart.
    """
    if not dots or len(dots) > _MOST:
        return tuple(words)
    before: dict[int, Word] = {}
    for dot in dots:
        row = [
            (word.x0, index)
            for index, word in enumerate(words)
            if abs(word.base - 0.3 * word.size - dot.y) <= 0.3 * word.size
            and dot.x0 - _FARTHEST < word.x1
            and word.x0 < dot.x1 + _FARTHEST
        ]
        if not row or min(row)[0] < dot.x1:
            continue  # nothing to its right, or text to its left
        index = min(row)[1]
        word = words[index]
        before[index] = word._replace(text="•", x0=dot.x0, x1=dot.x1, glued=False)
    merged: list[Word] = []
    for index, word in enumerate(words):
        if index in before:
            merged.append(before[index])
        merged.append(word)
    return tuple(merged)
