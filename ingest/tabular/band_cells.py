"""Rules within a table that has no walls: which rows share a cell, and where its columns meet.

Pure. A rule that leaves out the first columns parts rows that share a label. Browsers and Word
draw the rule below a row cell by cell: where its pieces meet, there is a wall.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.engines.sheets import Rule
from ingest.prose.lines import Line
from ingest.tabular.ruled_strips import LOWEST_BAND, SAME_LEVEL, SAME_REACH
from ingest.tabular.tables import Cell, in_cell_order, middle_of
from ingest.tabular.white_columns import Reach, in_column

# Points: the ends of pieces that meet are no further apart.
_MEET = 2.5
# Points: a shorter piece is a dot, or the corner of two borders; and one that is no cell's border.
_DOT = 3.0
_NARROWEST = 9.0
# Parts of the font size: a rule so near below a line of its width underlines it.
_UNDERLINE = 0.45
# Part of the font size: lines at one height.
_SAME_LINE = 0.5
# Heights at which pieces meet where a wall is.
_FEWEST_LEVELS = 2
# Part of the font size: lines of the rest of a row stand no further apart.
_CLOSE = 2.0
# Points by which the size of their letters and that of the rows differ.
_SAME_SIZE = 0.3


@dataclass(frozen=True, slots=True)
class Level:
    """A height at which rules run, and their pieces from the left: (start, end), in points."""

    at: float
    pieces: tuple[tuple[float, float], ...]
    drawn: bool = True

    @property
    def joints(self) -> list[float]:
        """Where two pieces meet."""
        pairs = itertools.pairwise(self.pieces)
        return [(a[1] + b[0]) / 2 for a, b in pairs if abs(b[0] - a[1]) <= _MEET]

    def covers(self, x: float) -> bool:
        """Whether a rule runs over or under a place."""
        return any(start <= x <= end for start, end in self.pieces)


def levels_within(rules: Sequence[Rule], lines: Sequence[Line], reach: Reach) -> list[Level]:
    """The heights of all rules within a reach that underline no text, from the top."""
    left, right = reach
    inside = [
        rule
        for rule in rules
        if rule.horizontal
        and left - SAME_REACH <= rule.x0
        and rule.x1 <= right + SAME_REACH
        and rule.x1 - rule.x0 > _DOT
    ]
    inside.sort(key=lambda rule: rule.y0)
    heights: list[list[Rule]] = []
    for rule in inside:
        if heights and rule.y0 - heights[-1][0].y0 <= SAME_LEVEL:
            heights[-1].append(rule)
        else:
            heights.append([rule])
    return [_level(group) for group in heights if not _underlines(group, lines)]


def _level(rules: Sequence[Rule]) -> Level:
    """Rules at one height as one level: those that overlap made one, and all of them where some
    are too short for the border of a cell.
    """
    pieces = sorted({(rule.x0, rule.x1) for rule in rules})
    kept: list[tuple[float, float]] = []
    for start, end in pieces:
        if kept and start < kept[-1][1] - _MEET:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        elif kept and end <= kept[-1][1] + _MEET:
            continue
        else:
            kept.append((start, end))
    whole = all(end - start >= _NARROWEST for start, end in kept)
    one = ((kept[0][0], kept[-1][1]),)
    return Level(rules[0].y0, tuple(kept) if whole else one, any(rule.drawn for rule in rules))


def _underlines(rules: Sequence[Rule], lines: Sequence[Line]) -> bool:
    """Whether each rule lies right below a line of text and is no longer than it."""
    return all(
        any(
            -1.0 <= rule.y0 - line.base <= _UNDERLINE * line.size
            and rule.x0 >= line.x0 - _MEET
            and rule.x1 <= line.x1 + _MEET
            for line in lines
        )
        for rule in rules
    )


def walls_of(levels: Sequence[Level], reach: Reach) -> list[float]:
    """The sides of the columns, where pieces of rules meet at several heights; empty if nowhere."""
    left, right = reach
    found: list[list[float]] = []
    for joint in sorted(joint for level in levels for joint in level.joints):
        if found and joint - found[-1][-1] <= _MEET:
            found[-1].append(joint)
        else:
            found.append([joint])
    # Where cells are drawn one by one, all rules of full width but one or two are.
    inner = [sum(group) / len(group) for group in found if len(group) >= _FEWEST_LEVELS]
    parted = sum(bool(level.joints) for level in levels)
    return [left, *inner, right] if inner and 2 * parted > len(levels) else []


def parting(
    levels: Sequence[Level], full: Sequence[float], columns: Sequence[Reach]
) -> list[Level]:
    """The levels between rows that share a cell: their rules leave out some columns, and end
    between two, not within one.

    full: heights of the rules that leave out none.
    """
    return [
        level
        for level in levels
        if all(abs(level.at - height) >= LOWEST_BAND for height in full)
        and not any(
            left + _MEET < end < right - _MEET
            for left, right in columns
            for end in (level.pieces[0][0], level.pieces[-1][1])
        )
    ]


def row_of(band: Sequence[Line], columns: Sequence[Reach], above: Level | None) -> list[Cell]:
    """The cells of a band, columns told by the white between them.

    above: the rule over it, which some columns may not have.
    """
    return [
        _cell(reach, in_column(band, columns, place), band, above)
        for place, reach in enumerate(columns)
    ]


def walled_row_of(
    band: Sequence[Line], walls: Sequence[float], above: Level | None, below: Level | None
) -> list[Cell]:
    """The cells of a band between walls; where one piece of the rule below runs under several
    columns, these are one cell.

    above, below: the rules over and under the band, if there are any.
    """
    if _is_across(band, walls):
        return [_cell((walls[0], walls[-1]), band, band, None)]
    # One piece below a whole row is that of no cell.
    pieces = below.pieces if below is not None and below.joints else ()
    kept = [
        wall
        for wall in walls[1:-1]
        if not any(start < wall - _MEET and end > wall + _MEET for start, end in pieces)
    ]
    cells = []
    for left, right in itertools.pairwise([walls[0], *kept, walls[-1]]):
        found = [line for line in band if left <= (line.x0 + line.x1) / 2 < right]
        cells.append(_cell((left, right), found, band, above))
    return cells


def _is_across(band: Sequence[Line], walls: Sequence[float]) -> bool:
    """Whether the text of a band runs over a wall, and none stands beside it."""
    over = any(
        line.x0 < wall - _MEET and line.x1 > wall + _MEET for line in band for wall in walls[1:-1]
    )
    return over and not any(
        abs(a.base - b.base) <= _SAME_LINE * a.size for a, b in itertools.combinations(band, 2)
    )


def _cell(reach: Reach, found: Sequence[Line], band: Sequence[Line], above: Level | None) -> Cell:
    """A cell of a band with the lines found in it. above: the rule over the band, if one is."""
    left, right = reach
    lines = in_cell_order(found)
    if above is None or above.covers((left + right) / 2):
        return Cell(left, right, lines)
    # Shade ends where the next row has none, be it of the same label or not.
    if not above.drawn and lines:
        first = min(line.base for line in band)
        return Cell(left, right, lines, lines[0].base - first > _SAME_LINE * lines[0].size)
    return Cell(left, right, lines, open_above=True)


def rest_above(lines: Sequence[Line], columns: Sequence[Reach], level: float) -> tuple[Cell, ...]:
    """The rest of a row that a page end cuts, above the first rule of the page; empty if none.

    Nothing else stands above the rule, and nothing in the first column: its cell ended before.
    """
    rest = [line for line in lines if middle_of(line) < level]
    heights = [*sorted(line.base for line in rest), level]
    size = max((line.size for line in rest), default=0.0)
    close = all(below - above <= _CLOSE * size for above, below in itertools.pairwise(heights))
    kept = all(
        any(
            left - _MEET <= line.x0 and line.x1 <= right + SAME_REACH for left, right in columns[1:]
        )
        for line in rest
    )
    body = {line.size for line in lines if line.base > level}
    alike = any(abs(size - other) <= _SAME_SIZE for other in body)
    if not rest or not close or not kept or not alike:
        return ()
    return tuple(replace(cell, open_above=True) for cell in row_of(rest, columns, None))
