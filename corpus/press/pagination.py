"""From strips to pages: what stands on which page, where, and which footnotes under it.

A strip is a stretch of a document that is never cut: a line of text, a row of a table. Knows
neither Markdown nor PDF. All lengths are in points, y downwards from the top of the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from corpus.press.typography import GlyphRun

NOTE_RULE_GAP = 14.0
"""From the last line of text to the first footnote; the short rule stands in it."""
REGION_GAP = 12.0
"""Between what spans the page and columns under or over it."""
LEAST_COLUMN = 60.0
"""Columns less high are not begun at the foot of a page."""


class TooTallError(ValueError):
    """Something that may not be cut is taller than a page."""


@dataclass(frozen=True, slots=True)
class RuledLine:
    """A horizontal line. x, y: its left end from the origin of the strip."""

    x: float
    y: float
    width: float
    thickness: float
    colour: str


@dataclass(frozen=True, slots=True)
class Band:
    """A coloured ground. x: its left edge from the origin of the strip."""

    x: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch that is never cut.

    space_before, space_after: kept to its neighbours, the larger one wins; none at a column's head.
    keep: stays in one column with the strip after it.
    spans: goes over all columns.
    bands: behind its whole height; they join those of the strip above.
    notes: numbers of the footnotes it refers to.
    repeated: set again above it when it begins a column (the header of its table).
    level, title: entry of the outline; level 0 for none.
    """

    height: float
    runs: tuple[GlyphRun, ...] = ()
    rules: tuple[RuledLine, ...] = ()
    space_before: float = 0.0
    space_after: float = 0.0
    keep: bool = False
    spans: bool = False
    bands: tuple[Band, ...] = ()
    notes: tuple[int, ...] = ()
    repeated: tuple[Strip, ...] = ()
    level: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip and its top left corner on the page."""

    x: float
    y: float
    strip: Strip


@dataclass(frozen=True, slots=True)
class Frame:
    """The area of a page that takes text. bottom: y of its lower edge."""

    left: float
    top: float
    width: float
    bottom: float
    columns: int = 1
    gutter: float = 0.0

    @property
    def column_width(self) -> float:
        """Width of one column."""
        return (self.width - self.gutter * (self.columns - 1)) / self.columns


@dataclass(slots=True)
class _Page:
    placed: list[Placed] = field(default_factory=list)
    y: float = 0.0
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    """Chunks stacked from y = 0; `count` of those offered went in."""

    placed: tuple[tuple[float, Strip], ...]
    height: float
    count: int
    notes: tuple[int, ...]


def paginate(
    strips: Sequence[Strip], notes: Mapping[int, Strip], frame: Frame, note_rule: RuledLine
) -> tuple[tuple[Placed, ...], ...]:
    """Lay strips out on pages.

    notes: footnotes by number. Each stands at the foot of every page that refers to it; a frame
        with several columns takes none.
    note_rule: drawn above the footnotes of a page, from its own x; its y is disregarded.

    Raises TooTallError.
    """
    pages = [_Page(y=frame.top)]
    for columns, section in _sections(strips, frame.columns):
        chunks = _chunks(section)
        while chunks:
            chunks = chunks[_fill(pages[-1], chunks, columns, frame, notes) :]
            if chunks:
                if not pages[-1].placed:
                    raise TooTallError(f"more than a page high: '{_words(chunks[0])}'")
                pages.append(_Page(y=frame.top))
    for page in pages:
        _place_notes(page, notes, frame, note_rule)
    return tuple(tuple(page.placed) for page in pages)


def _sections(strips: Sequence[Strip], columns: int) -> list[tuple[int, list[Strip]]]:
    """Strips in runs that share a number of columns; a heading goes with the table under it."""
    spanning = [strip.spans or columns == 1 for strip in strips]
    for number in range(len(strips) - 2, -1, -1):
        if strips[number].keep and spanning[number + 1]:
            spanning[number] = True
    marked = zip(spanning, strips, strict=True)
    return [
        (1 if spans else columns, [strip for _, strip in group])
        for spans, group in groupby(marked, key=lambda pair: pair[0])
    ]


def _chunks(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips in runs that must stay together."""
    chunks: list[list[Strip]] = []
    keep = False
    for strip in strips:
        if keep:
            chunks[-1].append(strip)
        else:
            chunks.append([strip])
        keep = strip.keep
    return chunks


def _fill(
    page: _Page,
    chunks: Sequence[Sequence[Strip]],
    columns: int,
    frame: Frame,
    notes: Mapping[int, Strip],
) -> int:
    """Put as many chunks as go in on what is left of a page; returns how many."""
    gap = REGION_GAP if page.placed else 0.0
    room = frame.bottom - page.y - gap
    if columns == 1:
        packed = [_pack(chunks, room, notes, page.notes)]
    elif page.placed and room < LEAST_COLUMN:
        return 0
    else:
        packed = _balanced(chunks, room, columns)
    for number, column in enumerate(packed):
        x = frame.left + number * (frame.column_width + frame.gutter)
        page.placed += [Placed(x, page.y + gap + y, strip) for y, strip in column.placed]
        page.notes += column.notes
    page.y += gap + max(column.height for column in packed)
    return sum(column.count for column in packed)


def _pack(
    chunks: Sequence[Sequence[Strip]],
    room: float,
    notes: Mapping[int, Strip],
    on_page: tuple[int, ...] = (),
) -> _Column:
    placed: list[tuple[float, Strip]] = []
    y, count, referred = 0.0, 0, on_page
    for chunk in chunks:
        strips = [*chunk[0].repeated, *chunk] if not placed else chunk
        stacked = _stack(strips, y, placed[-1][1] if placed else None)
        new = tuple(
            dict.fromkeys(n for s in strips for n in s.notes if n in notes and n not in referred)
        )
        end = stacked[-1][0] + stacked[-1][1].height
        if end + _notes_height(referred + new, notes) > room + 1e-6:
            break
        placed += stacked
        y, count, referred = end, count + 1, referred + new
    return _Column(tuple(placed), y, count, referred[len(on_page) :])


def _stack(strips: Sequence[Strip], y: float, above: Strip | None) -> list[tuple[float, Strip]]:
    stacked = []
    for strip in strips:
        if above is not None:
            y += max(above.space_after, strip.space_before)
        stacked.append((y, strip))
        y += strip.height
        above = strip
    return stacked


def _balanced(chunks: Sequence[Sequence[Strip]], room: float, columns: int) -> list[_Column]:
    """Columns of `room`, or as low as they can be when all chunks go in."""
    full = _columns(chunks, room, columns)
    if sum(column.count for column in full) < len(chunks):
        return full
    low, high = 0.0, room
    while high - low > 1:
        middle = (low + high) / 2
        if sum(column.count for column in _columns(chunks, middle, columns)) < len(chunks):
            low = middle
        else:
            high = middle
    return _columns(chunks, high, columns)


def _columns(chunks: Sequence[Sequence[Strip]], room: float, columns: int) -> list[_Column]:
    packed = []
    for _ in range(columns):
        packed.append(_pack(chunks, room, {}))
        chunks = chunks[packed[-1].count :]
    return packed


def _notes_height(numbers: Sequence[int], notes: Mapping[int, Strip]) -> float:
    return sum(notes[n].height for n in numbers) + NOTE_RULE_GAP if numbers else 0.0


def _place_notes(page: _Page, notes: Mapping[int, Strip], frame: Frame, rule: RuledLine) -> None:
    if not page.notes:
        return
    y = frame.bottom - _notes_height(page.notes, notes) + NOTE_RULE_GAP
    ruled = Strip(0.0, rules=(rule,))
    page.placed.append(Placed(frame.left, y - NOTE_RULE_GAP / 2, ruled))
    for number in sorted(page.notes):
        page.placed.append(Placed(frame.left, y, notes[number]))
        y += notes[number].height


def _words(chunk: Sequence[Strip]) -> str:
    text = "".join(run.text for strip in chunk for run in strip.runs)
    return text[:60]
