"""Charts with their numbers as text: found on the page, each value with its label.

Pure. Read as text the labels of a chart are a jumble. So labels alone, in a frame or around lines
that begin at an axis, are read as a chart where the numbers say that they are one: they count down
an axis in equal steps, count along its foot, or stand at different heights above names in a row. A
number whose label is certain is said with it ("2017: 2"), all others are put apart. Numbers in
larger print than their labels are key figures, which stay text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.engines.sheets import Rule
from ingest.figures.boxes import Box, boxes_of
from ingest.figures.chart_scales import NUMBER, YEAR, rows_of_ticks, scales_along, scales_down
from ingest.figures.chart_values import (
    ChartLabel,
    beside_categories,
    label_of,
    labels_of,
    over_categories,
)
from ingest.prose.layout import Chain, chain_of
from ingest.prose.lines import Line
from ingest.tabular.turned_names import place_of_turned

_SENTENCE = re.compile(r"[.!?;:](?<!\.\.\.)[\"”’»)\]]*$")
# Characters of a label, and of one outside the box that its axes span.
_LONGEST = 70
_LONGEST_OUTSIDE = 40
# Points by which the heights of values differ, at least; those of a row do by less.
_LEAST_RISE = 2.0
# On a page: values of three categories, at least.
_FEWEST_FIGURES = 3
LARGER = 1.25
"""A number in print so much larger than the labels is a key figure."""
# Parts of the letter size: from an axis to the lines that begin at it, and to what belongs to it.
_AT_AXIS = 2.0
_NEAR = 1.6


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart on a page.

    place: all its lines, and what it fills. labels: from the top, those with a value as "label:
    value". loose: its other numbers.
    """

    place: Chain
    labels: tuple[str, ...]
    loose: tuple[str, ...]


def charts_in(lines: Sequence[Line], rules: Sequence[Rule]) -> tuple[list[Chart], list[Line]]:
    """The charts of a page, and the lines left."""
    found: list[Chart] = []
    rest = list(lines)
    if sum(map(_is_figure, lines)) < _FEWEST_FIGURES:
        return found, rest
    for box in boxes_of(rules, lines):
        inside = [line for line in rest if box.holds(line)]
        chart = _chart(inside, box, rules) if all(map(_may_be_label, inside)) else None
        if chart is not None:
            found.append(chart)
            rest = [line for line in rest if not box.holds(line)]
    taken: set[Line] = set()
    for box, inside in _around_axes(rest, rules):
        chart = _chart(inside, box, rules) if taken.isdisjoint(inside) else None
        if chart is not None:
            found.append(chart)
            taken.update(inside)
    return found, [line for line in rest if line not in taken]


def with_turned(
    charts: Sequence[Chart], aside: Sequence[Line], width: float, height: float
) -> tuple[list[Chart], list[Line]]:
    """The charts, each with the titles of axes that run up or down in it, and the lines left.

    aside: lines in other directions, as `place_of_turned` takes them. width, height: of the page,
    points.
    """
    done = list(charts)
    rest = []
    for line in aside:
        places = [place_of_turned(line, width, height, down=down) for down in (False, True)]
        home = next((n for n, chart in enumerate(done) if _holds(chart, line, places)), None)
        if home is None or not _may_be_label(line):
            rest.append(line)
        elif NUMBER.fullmatch(line.text):
            done[home] = replace(done[home], loose=(*done[home].loose, line.text))
        else:
            done[home] = replace(done[home], labels=(line.text, *done[home].labels))
    return done, rest


def _holds(chart: Chart, line: Line, places: Sequence[tuple[float, float]]) -> bool:
    """Whether a chart holds one of the places at which a turned line may stand."""
    return any(
        chart.place.x0 - line.size <= x <= chart.place.x1 + line.size
        and chart.place.top <= y <= chart.place.bottom
        for x, y in places
    )


def _is_figure(line: Line) -> bool:
    """Whether a line is a number and no year, which is a label."""
    return bool(NUMBER.fullmatch(line.text)) and not YEAR.fullmatch(line.text)


def _may_be_label(line: Line) -> bool:
    """Whether a line is short and ends no sentence."""
    return len(line.text) <= _LONGEST and not _SENTENCE.search(line.text)


def _chart(lines: Sequence[Line], box: Box, rules: Sequence[Rule]) -> Chart | None:
    """The lines as a chart, if their numbers say that they are one."""
    figures = [line for line in lines if _is_figure(line)]
    words = [line for line in lines if not _is_figure(line)]
    if not figures or not words or _are_key_figures(figures, words):
        return None
    down, along = scales_down(figures, words, rules), scales_along(figures, words, rules)
    ticks = {line for scale in down + along for line in scale}
    values = [label_of([line]) for line in figures if line not in ticks]
    labels = labels_of(words)
    pairs = over_categories(labels, values)
    if not ticks and not _rise([values[n] for n in pairs.values()]):
        return None
    if not down:
        pairs |= beside_categories(labels, values, pairs)
    loose = [value for n, value in enumerate(values) if n not in pairs.values()]
    loose += [label_of([line]) for line in figures if line in ticks]
    loose.sort(key=lambda one: (round(one.bottom), one.x0))
    return Chart(
        replace(chain_of(lines), x0=box.x0, x1=box.x1, top=box.top, bottom=box.bottom),
        _said(labels, values, pairs),
        tuple(one.text for one in loose),
    )


def _rise(values: Sequence[ChartLabel]) -> bool:
    """Whether values stand at different heights, as they do over bars."""
    heights = [value.bottom for value in values]
    return max(heights, default=0.0) - min(heights, default=0.0) >= _LEAST_RISE


def _said(
    labels: Sequence[ChartLabel], values: Sequence[ChartLabel], pairs: Mapping[int, int]
) -> tuple[str, ...]:
    """The labels from the top, those with a value as "label: value". pairs: their places."""
    texts = [
        f"{label.text}: {values[pairs[n]].text}" if n in pairs else label.text
        for n, label in enumerate(labels)
    ]
    ordered = sorted(range(len(labels)), key=lambda n: (round(labels[n].top), labels[n].x0))
    return tuple(texts[n] for n in ordered)


def _are_key_figures(figures: Sequence[Line], words: Sequence[Line]) -> bool:
    usual = sorted(line.size for line in words)[len(words) // 2]
    return max(line.size for line in figures) > LARGER * usual


def _around_axes(lines: Sequence[Line], rules: Sequence[Rule]) -> Iterator[tuple[Box, list[Line]]]:
    """What axes without a frame span with the lines drawn from them, and the labels around it."""
    labels = [line for line in lines if _may_be_label(line)]
    figures = [line for line in labels if _is_figure(line)]
    boxes = [_plot_beside(axis, rules) for axis in scales_down(figures, (), rules)]
    boxes += [_plot_above(axis, rules) for axis in rows_of_ticks(figures)]
    for box, size in (box for box in boxes if box is not None):
        grown = _grown(box, labels, size)
        inside = [line for line in lines if grown.holds(line)]
        if all(map(_may_be_label, inside)):
            yield grown, inside


def _plot_beside(axis: Sequence[Line], rules: Sequence[Rule]) -> tuple[Box, float] | None:
    """An upright axis with the lines that begin at it, and its letter size."""
    whole, size = chain_of(axis), axis[0].size
    reach = _AT_AXIS * size
    ends = [
        rule.x1
        for rule in rules
        if rule.horizontal
        and whole.x1 - 1 <= rule.x0 <= whole.x1 + reach
        and whole.top - reach <= rule.y0 <= whole.bottom + reach
    ]
    return (Box(whole.x0, whole.top, max(ends), whole.bottom), size) if ends else None


def _plot_above(axis: Sequence[Line], rules: Sequence[Rule]) -> tuple[Box, float] | None:
    """An axis along the foot with the lines that rise from it, and its letter size."""
    whole, size = chain_of(axis), axis[0].size
    reach = _AT_AXIS * size
    tops = [
        rule.y0
        for rule in rules
        if not rule.horizontal
        and whole.x0 - reach <= rule.x0 <= whole.x1 + reach
        and whole.top - reach <= rule.y1 <= whole.top + size
        and rule.y1 - rule.y0 >= reach
    ]
    return (Box(whole.x0, min(tops), whole.x1, whole.bottom), size) if tops else None


def _grown(box: Box, labels: Sequence[Line], size: float) -> Box:
    """The box with all labels near it, and near these in turn."""
    left = [line for line in labels if _is_small(line, size)]
    while near := {line for line in left if _is_near(box, line, size)}:
        box = functools.reduce(_with, near, box)
        left = [line for line in left if line not in near]
    return box


def _is_near(box: Box, line: Line, size: float) -> bool:
    """Whether a line stands in a box or near it; above it only right above, where a heading may."""
    near = _NEAR * size
    return (
        line.x0 < box.x1 + near
        and line.x1 > box.x0 - near
        and line.top < box.bottom + near
        and line.bottom > box.top - size / 2
    )


def _with(box: Box, line: Line) -> Box:
    """The smallest box around a box and a line."""
    return Box(
        min(box.x0, line.x0),
        min(box.top, line.top),
        max(box.x1, line.x1),
        max(box.bottom, line.bottom),
    )


def _is_small(line: Line, size: float) -> bool:
    return len(line.text) <= _LONGEST_OUTSIDE and line.size <= 1.1 * size and not line.bold
