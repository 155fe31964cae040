"""Lines of a page into columns of text.

Pure. Lines are chained where each is the other's only neighbour; what a heading or a table
over the full width parts stays parted. `reading_order` puts the chains in sequence.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from ingest.engines.sheets import Rule
from ingest.prose.lines import Line
from ingest.prose.list_marks import BULLET_SIGNS

MOST_CHAINS = 150
"""More on a page are a picture, not a text."""
SAME_MIDDLE = 4.0
"""Points between the middles of texts under each other."""

# The next constants are parts of the font size.
# How far below a line its neighbour may stand.
_FARTHEST = 3.5
# How wide a gap within a printed line may be.
_INNER_GAP = 2.5
# How much farther left than the line below it a line over two columns begins.
_OVERHANG = 1.0
# White this wide between pieces this long lies between columns.
_GUTTER = 1.25
_LONG = 12.0
# How far a bullet or number may stand from its text, and a number that the content has elsewhere.
_LABEL_GAP = 7.0
_NEAR_LABEL = 3.0
# From a line of a title to the next.
_TITLE_STEP = 1.6
# By how much the sizes of the text and of a note beside it differ.
_OTHER_PRINT = 0.15
# How much wider the widest gap of a line spread over its column is than the narrowest.
_ALIKE = 1.3
_LABEL = re.compile(
    rf"[{BULLET_SIGNS}❖✓✔*o\-–—§\uf0b7\uf0a7\uf0d8]|"
    r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,5})[.)\]]|"
    r"\d{1,3}|[A-Z]?\d{0,2}(?:\.\d{1,3})+\.?"
)
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
# Part of the size by which baselines of one line differ.
_SAME_HEIGHT = 0.2
# White to the left of a figure 1 in its place, points.
_BEARING = 0.7


@dataclass(frozen=True, slots=True)
class Chain:
    """Lines one below the other, from the top, and the box they fill."""

    lines: tuple[Line, ...]
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def order(self) -> int:
        """Where it begins in the content."""
        return min(line.order for line in self.lines)


def chain_of(lines: Sequence[Line]) -> Chain:
    """The chain of some lines in the order given."""
    return Chain(
        tuple(lines),
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        min(line.top for line in lines),
        max(line.bottom for line in lines),
    )


def column_starts(lines: Sequence[Line]) -> set[int]:
    """Where columns begin: places, in whole points, at which four and more lines do."""
    starts = Counter(round(line.x0) for line in lines)
    return {x for x, count in starts.items() if count >= 4}


def whole_lines(lines: Sequence[Line], columns: Container[int] = ()) -> list[Line]:
    """Lines parted by a gap joined again: a bullet or number and its text, spaced-out prose.

    columns: what begins there is not joined to what stands before it. Keeps the order.
    """
    return _with_labels(printed_lines(lines, columns))


def printed_lines(lines: Sequence[Line], columns: Container[int] = ()) -> list[Line]:
    """What `whole_lines` makes of lines, with numbers that the content has elsewhere left alone."""
    done: list[Line] = []
    last: Line | None = None
    cell = False
    for line in lines:
        label = last is not None and not cell and bool(_LABEL.fullmatch(last.text))
        apart = last is not None and not label and _starts_column(line, columns)
        # "61" right of another cell and left of the next is no number of an item; "61." is one.
        cell = last is not None and _is_beside(last, line) and bool(_AMOUNT.fullmatch(line.text))
        if last is not None and not apart and _same_line(last, line):
            done[-1] = _merged(done[-1], line)
        else:
            done.append(line)
        last = line
    return done


def _starts_column(line: Line, columns: Container[int]) -> bool:
    """Whether a line begins where a column does, give or take the white beside a figure 1."""
    return any(round(line.x0 + shift) in columns for shift in (-_BEARING, 0.0, _BEARING))


def _is_beside(left: Line, right: Line) -> bool:
    """Whether a line is written right after another, at its height and right of it."""
    level = abs(left.base - right.base) <= _SAME_HEIGHT * right.size
    return level and right.order == left.order + 1 and left.x1 < right.x0


def justified(lines: Sequence[Line]) -> list[Line]:
    """Lines of a few words spread over the column joined again: all their gaps are alike.

    lines: in content order, without those of tables.
    """
    runs: list[list[Line]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and line.order == last.order + 1
            and abs(line.base - last.base) <= 0.2 * line.size
            and line.x0 > last.x1
        ):
            runs[-1].append(line)
        else:
            runs.append([line])
    done: list[Line] = []
    for run in runs:
        gaps = [right.x0 - left.x1 for left, right in itertools.pairwise(run)]
        if len(gaps) >= 2 and max(gaps) <= _ALIKE * min(gaps):
            done.append(functools.reduce(_merged, run))
        else:
            done += run
    return done


def _with_labels(lines: Sequence[Line]) -> list[Line]:
    """Numbers of notes that the content has elsewhere joined to the text on their right."""
    labels = [line for line in lines if line.text.isdigit()]
    joined: dict[Line, Line] = {}
    gone: set[Line] = set()
    for label in labels if len(labels) < MOST_CHAINS else ():
        beside = [
            line
            for line in lines
            if line is not label
            and -0.2 * line.size <= line.base - label.base <= 0.7 * line.size
            and label.x0 - _NEAR_LABEL * line.size <= line.x1
            and line.x0 <= label.x1 + _NEAR_LABEL * line.size
            and line not in gone
        ]
        if len(beside) == 1 and beside[0].x0 >= label.x1 - 1.0 and beside[0] not in joined:
            joined[beside[0]] = _merged(label, beside[0])
            gone.add(label)
    return [joined.get(line, line) for line in lines if line not in gone]


def _same_line(left: Line, right: Line) -> bool:
    """Whether two lines are printed as one: a label and its text, or words with a wide gap."""
    size = max(left.size, right.size)
    if abs(left.base - right.base) > 0.35 * size or right.x0 < left.x1 - 0.3 * size:
        return False
    gap = right.x0 - left.x1
    if _LABEL.fullmatch(left.text):
        return gap <= _LABEL_GAP * size
    margin = abs(left.size - right.size) > _OTHER_PRINT * size  # a note beside the text
    shorter = min(left.x1 - left.x0, right.x1 - right.x0)
    if margin or (gap > _GUTTER * size and shorter > _LONG * size):
        return False
    return gap <= _INNER_GAP * size and right.order == left.order + 1


def _merged(left: Line, right: Line) -> Line:
    """Two lines as one, set as the longer one; a label is set as its text."""
    label = bool(_LABEL.fullmatch(left.text))
    bigger = left if len(left.text) > len(right.text) and not label else right
    return replace(
        bigger,
        text=f"{left.text} {right.text}",
        x0=left.x0,
        x1=right.x1,
        bold=right.bold if label else left.bold and right.bold,
        order=left.order,
        note=left.note,
    )


def overlap(a: Line | Chain, b: Line | Chain) -> float:
    """Width that both share, in points; below 0 the white between them."""
    return min(a.x1, b.x1) - max(a.x0, b.x0)


def chains_of(lines: Sequence[Line]) -> list[Chain]:
    """Lines chained to their only neighbour below; the chains are in no order."""
    ranked = sorted(lines, key=lambda line: (line.base, line.x0))
    below = [_neighbours_below(ranked, index) for index in range(len(ranked))]
    above_count = [0] * len(ranked)
    for neighbours in below:
        for neighbour in neighbours:
            above_count[neighbour] += 1
    follows: dict[int, int] = {}
    for index, neighbours in enumerate(below):
        rest = [n for n in neighbours if _is_rest_of_title(ranked[index], ranked[n])]
        only = rest if len(rest) == 1 else neighbours
        lower = only[0] if len(only) == 1 else index
        alone = len(only) == 1 and above_count[lower] == 1
        if alone and not _over_columns(ranked[index], ranked[lower], ranked):
            follows[index] = lower
    starts = set(range(len(ranked))) - set(follows.values())
    chains = []
    for start in sorted(starts):
        members = [start]
        while members[-1] in follows:
            members.append(follows[members[-1]])
        chains.append(chain_of([ranked[index] for index in members]))
    return chains


def _is_rest_of_title(above: Line, below: Line) -> bool:
    """Whether a line is the rest of a title: shorter, right below it, with its middle and size."""
    return (
        abs(above.x0 + above.x1 - below.x0 - below.x1) <= 2 * SAME_MIDDLE
        and abs(above.size - below.size) < 0.1
        and below.base - above.base < _TITLE_STEP * above.size
        and below.x0 > above.x0 + above.size
    )


def _over_columns(above: Line, below: Line, lines: Sequence[Line]) -> bool:
    """Whether a line stands over two columns, though it shares no width with the left one.

    So does a centred caption above a short heading: it begins left of the line below it, beside
    which another column begins. Lines with one middle belong together.
    """
    middles = abs(above.x0 + above.x1 - below.x0 - below.x1)
    if above.x0 > below.x0 - _OVERHANG * below.size or middles <= 2 * SAME_MIDDLE:
        return False
    return any(
        other.x1 <= above.x0
        and above.base < other.base
        and abs(other.base - below.base) < 1.5 * below.size
        and _opens_under(above, other, [one for one in lines if overlap(one, below) <= 1.0])
        for other in lines
    )


def _opens_under(above: Line, line: Line, lines: Sequence[Line]) -> bool:
    """Whether `line` is the first of a column that runs on below the line above it."""
    far = _FARTHEST * line.size
    column = [other for other in lines if other is not line and overlap(line, other) > 1.0]
    return not any(above.base - far < other.base < line.base for other in column) and any(
        line.base < other.base <= line.base + far and overlap(above, other) > 1.0
        for other in column
    )


def _neighbours_below(ranked: list[Line], index: int) -> list[int]:
    """Lines below that share some width with this one and that no other line hides."""
    line = ranked[index]
    found: list[int] = []
    for other_index in range(index + 1, len(ranked)):
        other = ranked[other_index]
        if other.base - line.base > _FARTHEST * max(line.size, other.size):
            break
        if overlap(line, other) <= 1.0 or other.base - line.base < 0.3 * line.size:
            continue
        hidden = any(
            overlap(ranked[near], other) > 1.0 and other.base - ranked[near].base > 0.3 * line.size
            for near in found
        )
        if not hidden:
            found.append(other_index)
    return found


def parted_by_rules(chain: Chain, rules: Sequence[Rule]) -> list[Chain]:
    """The chain, parted where a rule as wide as itself runs between two of its lines.

    A rule that touches the upper line underlines it.
    """
    heights = [
        rule.y0
        for rule in rules
        if rule.horizontal and rule.drawn and rule.x0 <= chain.x0 + 6 and rule.x1 >= chain.x1 - 6
    ]
    if not heights:
        return [chain]
    parts = [[chain.lines[0]]]
    for above, below in itertools.pairwise(chain.lines):
        if any(above.base + 0.25 * above.size < y < below.base - 0.5 * below.size for y in heights):
            parts.append([])
        parts[-1].append(below)
    return [replace(chain_of(part), x0=chain.x0, x1=chain.x1) for part in parts]
