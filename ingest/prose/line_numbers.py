"""Numbers of the lines in the margin, as drafts of laws and of resolutions have them.

Pure. They count the lines of running text, each of them or every fifth; read as text, each of
them cuts a sentence.
"""

from __future__ import annotations

import itertools
from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.prose.lines import Line

# Numbers that a page must have to count as numbered, and that all such pages must have together.
_FEWEST = 5
_FEWEST_IN_ALL = 10
# By how much a number is more than the one above it, and for what part of the numbers.
_STEPS = (1, 5, 10)
_EVEN = 0.8
# Rows of text for each line counted at most: numbers of paragraphs have more.
_MOST_ROWS = 1.5
# Part of the page's rows that stand between the first number and the last.
_COUNTED = 0.6
# Part of the lines of prose that begin in small letters; of lists and contents hardly one does.
_FLOWING = 0.3
# Part of the lines of prose that stand alone in their row; those of a table do not.
_ALONE = 0.8
# Points by which the right ends of the numbers differ.
_ALIGNED = 3.0
# Part of the size by which the baselines of one row differ.
_SAME_ROW = 0.35


def without_line_numbers(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page less the numbers that count them."""
    found = [_numbers(lines) for lines in pages]
    counted = [
        numbers for numbers, lines in zip(found, pages, strict=True) if _count(numbers, lines)
    ]
    if sum(map(len, counted)) < _FEWEST_IN_ALL:
        return [list(lines) for lines in pages]
    ends = {line.x1 for numbers in counted for line in numbers}
    return [_less(lines, set(_in_margin(lines, ends))) for lines in pages]


def _less(lines: Sequence[Line], gone: set[Line]) -> list[Line]:
    """The lines less those gone, counted anew: a number may have parted the words of a row."""
    if not gone:
        return list(lines)
    kept = (line for line in lines if line not in gone)
    return [replace(line, order=place) for place, line in enumerate(kept)]


def _in_margin(lines: Sequence[Line], ends: Collection[float]) -> list[Line]:
    """Figures beside the text that end where the numbers of lines do.

    In a document that numbers its lines those of tables, of contents and of a short last page go
    too, though they tell nothing by themselves. A column of amounts stays.
    """
    text = _worded(lines)
    left = min((line.x0 for line in text), default=0.0)
    right = max((line.x1 for line in text), default=0.0)
    found = [
        line
        for line in lines
        if _is_figure(line)
        and (line.x1 < left or line.x0 > right)
        and any(abs(line.x1 - end) <= _ALIGNED for end in ends)
    ]
    step, _ = _usual_step(sorted(found, key=lambda line: line.base))
    return found if len(found) < _FEWEST or step in _STEPS else []


def _numbers(lines: Sequence[Line]) -> list[Line]:
    """The figures in the margin of a page of prose that stand beside a line, from the top."""
    figures = [line for line in lines if _is_figure(line)]
    text = sorted(_worded(lines), key=lambda line: line.base)
    if not figures or not _is_prose(text):
        return []
    left, right = min(line.x0 for line in text), max(line.x1 for line in text)
    aside = [line for line in figures if line.x1 < left or line.x0 > right]
    return sorted(_beside(aside, text), key=lambda line: line.base)


def _is_figure(line: Line) -> bool:
    return line.text.isdecimal() and len(line.text) <= 5


def _worded(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if any(map(str.isalpha, line.text))]


def _is_prose(text: Sequence[Line]) -> bool:
    """Whether lines run on as prose does, and not as a list, a table or contents."""
    low = sum(line.text[0].islower() for line in text)
    rows = Counter(round(line.base) for line in text)
    alone = sum(rows[round(line.base)] == 1 for line in text)
    return bool(text) and low >= _FLOWING * len(text) and alone >= _ALONE * len(text)


def _beside(numbers: Sequence[Line], text: Sequence[Line]) -> list[Line]:
    """The numbers in a row with a line of text, which comes from the top."""
    bases = [line.base for line in text]
    reach = _SAME_ROW * max(line.size for line in text)
    found = []
    for number in numbers:
        first, last = bisect_left(bases, number.base - reach), bisect(bases, number.base + reach)
        if any(_in_row(number, line) for line in text[first:last]):
            found.append(number)
    return found


def _in_row(number: Line, line: Line) -> bool:
    return abs(number.base - line.base) <= _SAME_ROW * line.size


def _usual_step(numbers: Sequence[Line]) -> tuple[int, int]:
    """The commonest step from one figure to the next, and how often it is taken; 0, 0 for a single
    figure.
    """
    steps = Counter(int(b.text) - int(a.text) for a, b in itertools.pairwise(numbers))
    return [*steps.most_common(1), (0, 0)][0]


def _count(numbers: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether figures, from the top, count on in even steps and count the rows of their page."""
    step, often = _usual_step(numbers)
    steps_down = len(numbers) - 1
    if len(numbers) < _FEWEST or step not in _STEPS or often < _EVEN * steps_down:
        return False
    rows = {round(line.base) for line in _worded(lines)}
    within = {row for row in rows if numbers[0].base - 1 <= row <= numbers[-1].base + 1}
    every = len(within) <= _MOST_ROWS * (step * steps_down + 1)
    # A list among other text may hang its numbers in the margin too.
    return every and len(within) >= _COUNTED * len(rows)
