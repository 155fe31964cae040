"""From a table to strips: column widths, rows of wrapped cells, rules, the repeated header.

All lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from corpus.press.manuscript import Span, Spans, TableBlock
from corpus.press.pagination import RuledLine, Strip
from corpus.press.typography import (
    HAIRLINE,
    Face,
    GlyphRun,
    Measure,
    SetLine,
    Style,
    measured_words,
    set_lines,
)

CAPTION = Style(Face.SANS_BOLD, 9.4, 12.6)
HEADER = Style(Face.SANS_BOLD, 8.8, 11.4)
CELL = Style(Face.SANS, 8.8, 11.6)
PADDING_X = 5.0
PADDING_Y = 3.0

WIDEST_SHARE = 0.6
"""The largest share of the table that a column counts for when the width is handed out: one long
cell would starve the others."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left edges and widths of the columns, padding included."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    alignments: tuple[str, ...]


def set_table(
    table: TableBlock, lead: str, accent: str, width: float, measure: Measure
) -> list[Strip]:
    """Caption, header and rows of a table over the full width.

    lead: opens the caption ("Table 1. ").
    """
    columns = _columns(table, width, measure)
    caption = set_lines(
        (Span(lead), *table.caption), replace(CAPTION, colour=accent), width, measure
    )
    strips = [_caption_strip(line) for line in caption]
    strips[0] = replace(strips[0], space_before=11.0)
    strips[-1] = replace(strips[-1], space_after=3.0)
    header = _row(table.header, HEADER, columns, measure)
    header = replace(
        header,
        rules=(
            RuledLine(0, 0, width, 0.9, accent),
            RuledLine(0, header.height, width, 0.5, accent),
        ),
        keep=True,
        spans=True,
    )
    strips.append(header)
    for number, cells in enumerate(table.rows):
        row = _row(cells, CELL, columns, measure)
        last = number == len(table.rows) - 1
        rule = RuledLine(0, row.height, width, 0.9 if last else 0.3, accent if last else HAIRLINE)
        # The last two rows stay together: no row is left alone under a repeated header.
        keep = number == len(table.rows) - 2
        strips.append(replace(row, rules=(rule,), spans=True, keep=keep, repeated=(header,)))
    strips[-1] = replace(strips[-1], space_after=13.0)
    return strips


def _caption_strip(line: SetLine) -> Strip:
    runs = tuple(replace(run, y=run.y + CAPTION.baseline) for run in line.runs)
    return Strip(CAPTION.leading, runs=runs, notes=line.notes, keep=True, spans=True)


def _columns(table: TableBlock, width: float, measure: Measure) -> _Columns:
    """Give each column its longest word, then share the rest by the length of its cells."""
    by_column = list(zip(table.header, *table.rows, strict=True))
    least, natural = [], []
    for cells in by_column:
        words = [word.width for cell in cells for word in measured_words(cell, HEADER, measure)]
        least.append(max(words, default=0.0) + 2 * PADDING_X)
        natural.append(max(_natural(cell, measure) for cell in cells) + 2 * PADDING_X)
    wanted = [
        max(low, min(wide, WIDEST_SHARE * width)) for low, wide in zip(least, natural, strict=True)
    ]
    widths = _shared(least, wanted, width)
    lefts = tuple(accumulate(widths[:-1], initial=0.0))
    return _Columns(lefts, tuple(widths), table.alignments)


def _shared(least: Sequence[float], wanted: Sequence[float], width: float) -> list[float]:
    spare = width - sum(least)
    if spare < 0:
        return [low * width / sum(least) for low in least]
    if sum(wanted) <= width:
        return [want * width / sum(wanted) for want in wanted]
    asked = [want - low for low, want in zip(least, wanted, strict=True)]
    return [low + spare * ask / sum(asked) for low, ask in zip(least, asked, strict=True)]


def _natural(cell: Spans, measure: Measure) -> float:
    words = measured_words(cell, HEADER, measure)
    space = measure(" ", HEADER.face, HEADER.size)
    return sum(word.width + space for word in words)


def _row(cells: Sequence[Spans], style: Style, columns: _Columns, measure: Measure) -> Strip:
    runs: list[GlyphRun] = []
    notes: list[int] = []
    lines_most = 1
    for cell, left, width, side in zip(
        cells, columns.lefts, columns.widths, columns.alignments, strict=True
    ):
        inner = width - 2 * PADDING_X
        lines = set_lines(cell, style, inner, measure)
        lines_most = max(lines_most, len(lines))
        for number, line in enumerate(lines):
            free = {"left": 0.0, "center": 0.5, "right": 1.0}[side] * (inner - line.width)
            baseline = PADDING_Y + number * style.leading + style.baseline
            runs += [
                replace(run, x=run.x + left + PADDING_X + free, y=run.y + baseline)
                for run in line.runs
            ]
            notes += line.notes
    height = lines_most * style.leading + 2 * PADDING_Y
    return Strip(height, runs=tuple(runs), notes=tuple(notes))
