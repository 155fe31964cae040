"""Frames and shaded panels with text in them: read as one, apart from the text around them.

Pure. Two columns above a box with two columns of its own would else be read down through it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.engines.sheets import Rule
from ingest.prose.heads_over_columns import bands_of, heads_over_columns
from ingest.prose.layout import Chain, chains_of
from ingest.prose.lines import Line
from ingest.prose.reading_order import in_reading_order
from ingest.tabular.merged_rules import SNAP, merged_down

# Points: smaller boxes hold a label or a cell.
_LEAST_WIDTH = 100.0
_LEAST_HEIGHT = 40.0
# Points: the sides of a box's rest, or start, on another page are at least so long.
_SHORTEST = 8.0
# Part of the size of the next page's text; notes are smaller.
_AS_TEXT = 0.95
# A box with nearly all lines of a page is its frame, if other pages have one too.
_FRAME = 0.9
# More lines are those of a drawing, and to try all pairs takes long.
_MOST_SIDES = 200
# Part of its width that text fills in a box with rounded corners; labels of a diagram do not.
_FILLED = 0.75


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points. rounded: its corners are."""

    x0: float
    top: float
    x1: float
    bottom: float
    rounded: bool = False

    def holds(self, part: Line | Chain) -> bool:
        """Whether the middle of a line, or of other text, lies in it."""
        across, down = (part.x0 + part.x1) / 2, (part.top + part.bottom) / 2
        return self.x0 <= across <= self.x1 and self.top <= down <= self.bottom

    def around(self, other: Box) -> bool:
        """Whether it encloses the other."""
        return (
            self.x0 - SNAP <= other.x0
            and other.x1 <= self.x1 + SNAP
            and self.top - SNAP <= other.top
            and other.bottom <= self.bottom + SNAP
        )


def boxes_of(rules: Sequence[Rule], lines: Sequence[Line]) -> list[Box]:
    """The outermost boxes that hold two and more of a page's lines, those with rounded corners
    only if they hold text.
    """
    wanted = [
        box
        for box in _rectangles(rules)
        if _inside(box, lines) >= 2 and (not box.rounded or _is_filled(box, lines))
    ]
    outermost: list[Box] = []
    for box in sorted(wanted, key=lambda box: (box.x0 - box.x1) * (box.bottom - box.top)):
        if not any(other.around(box) for other in outermost):
            outermost.append(box)
    return outermost


def ending(boxes: Sequence[Box], lines: Sequence[Line]) -> Box | None:
    """The box that ends its page: below it stands nothing but smaller print, as in notes."""
    last = max(boxes, key=lambda box: box.bottom, default=None)
    if last is None:
        return None
    size = max((line.base, line.size) for line in lines if last.holds(line))[1]
    below = any(line.top > last.bottom and line.size >= size for line in lines)
    return None if below else last


def rest_of(before: Box | None, rules: Sequence[Rule], lines: Sequence[Line]) -> list[Box]:
    """The rest of a box that ended the page before: a low frame, as wide as that box, around the
    first line of the page.

    Elsewhere so low a frame is that of a label or a cell. before: the box, if there is one.
    """
    first = min(lines, key=lambda line: line.base, default=None)
    if before is None or first is None:
        return []
    return [box for box in _low_frames(first, rules) if _is_as_wide(box, before)][:1]


def start_of(
    next_rules: Sequence[Rule],
    next_lines: Sequence[Line],
    rules: Sequence[Rule],
    lines: Sequence[Line],
) -> list[Box]:
    """The start of a box that goes on at the top of the next page: a low frame, as wide as the box
    there, around the last line of this page's text.

    Smaller print than that of the next page, as in notes, is not counted as text.
    """
    first = min(next_lines, key=lambda line: line.base, default=None)
    text = [line for line in lines if first is not None and line.size >= _AS_TEXT * first.size]
    last = max(text, key=lambda line: line.base, default=None)
    low = _low_frames(last, rules) if last is not None else []
    if not low or first is None:
        return []
    after = [box for box in boxes_of(next_rules, next_lines) if box.holds(first)]
    return [box for box in low if any(_is_as_wide(box, other) for other in after)][:1]


def _low_frames(line: Line, rules: Sequence[Rule]) -> list[Box]:
    """Frames around a line that are too low for boxes of their own."""
    # To try all rules took as long as the rest of reading 16 pages of tables.
    high, low = line.base - _LEAST_HEIGHT, line.base + _LEAST_HEIGHT
    near = [rule for rule in rules if rule.y1 >= high and rule.y0 <= low]
    frames = _rectangles(near, _SHORTEST)
    return [box for box in frames if box.holds(line) and box.bottom - box.top < _LEAST_HEIGHT]


def _is_as_wide(box: Box, other: Box) -> bool:
    return max(abs(box.x0 - other.x0), abs(box.x1 - other.x1)) <= SNAP


def is_frame(box: Box, lines: Sequence[Line]) -> bool:
    """Whether a box holds nearly all lines of its page."""
    return _inside(box, lines) > _FRAME * len(lines)


def _inside(box: Box, lines: Sequence[Line]) -> int:
    return sum(box.holds(line) for line in lines)


def _is_filled(box: Box, lines: Sequence[Line]) -> bool:
    """Whether text fills most of a box's width somewhere, if in columns; labels do not."""
    widths: defaultdict[int, float] = defaultdict(float)
    for line in lines:
        if box.holds(line):
            widths[round(line.base)] += line.x1 - line.x0
    return max(widths.values(), default=0) > _FILLED * (box.x1 - box.x0)


def _rectangles(rules: Sequence[Rule], height: float = _LEAST_HEIGHT) -> Iterable[Box]:
    """Rectangles whose four sides are among the rules. height: of the lowest, in points."""
    across = [r for r in rules if r.horizontal and r.x1 - r.x0 >= _LEAST_WIDTH]
    # Word shades and frames a paragraph line by line.
    whole = merged_down([rule for rule in rules if not rule.white])
    down = [r for r in (*rules, *whole) if not r.horizontal and r.y1 - r.y0 >= height]
    if len(across) > _MOST_SIDES or len(down) > _MOST_SIDES:
        return
    for high, low in itertools.combinations(sorted(across, key=lambda rule: rule.y0), 2):
        box = Box(high.x0, high.y0, high.x1, low.y0, high.rounded)
        same = abs(high.x0 - low.x0) <= SNAP and abs(high.x1 - low.x1) <= SNAP
        if same and all(any(_is_side(box, x, rule) for rule in down) for x in (box.x0, box.x1)):
            yield box


def _is_side(box: Box, x: float, rule: Rule) -> bool:
    """Whether an upright rule is the side of a box at x."""
    return (
        abs(rule.x0 - x) <= SNAP
        and abs(rule.y0 - box.top) <= SNAP
        and abs(rule.y1 - box.bottom) <= SNAP
    )


def by_box(lines: Sequence[Line], boxes: Sequence[Box]) -> list[list[Line]]:
    """The lines outside all boxes, then those of each box."""
    parts: list[list[Line]] = [[] for _ in range(len(boxes) + 1)]
    for line in lines:
        parts[next((n for n, box in enumerate(boxes, 1) if box.holds(line)), 0)].append(line)
    return parts


def in_columns(text: Sequence[Line], boxes: Sequence[Box], places: Sequence[Chain]) -> list[Chain]:
    """The columns of a text and the headings over them; those of a box are its own."""
    outside, *inside = by_box(text, boxes)
    found = heads_over_columns(text, places)
    heads = [head for head in found if not any(box.holds(head.lines[0]) for box in boxes)]
    bands = bands_of(outside, heads)
    for part in inside:
        own = heads_over_columns(part, places)
        heads, bands = heads + own, bands + bands_of(part, own)
    return heads + [chain for band in bands for chain in chains_of(band)]


def in_order(chains: Sequence[Chain], boxes: Sequence[Box]) -> list[tuple[Chain, bool]]:
    """The chains as a reader takes them, each box as one; and whether each stands in a box."""
    within: dict[Chain, list[Chain]] = {}
    outside = list(chains)
    for box in boxes:
        inside = [chain for chain in outside if box.holds(chain)]
        if inside:
            outside = [chain for chain in outside if chain not in inside]
            whole = tuple(line for chain in inside for line in chain.lines)
            within[Chain(whole, box.x0, box.x1, box.top, box.bottom)] = inside
    ordered: list[tuple[Chain, bool]] = []
    for unit in in_reading_order([*outside, *within]):
        if unit in within:
            ordered += [(chain, True) for chain in in_reading_order(within[unit])]
        else:
            ordered.append((unit, False))
    return ordered
