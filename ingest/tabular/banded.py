"""Tables with lines between the rows only: columns told by the white between them.

Pure. Wanted are three rules and more of the same reach, one below the other, and white that runs
down through all rows; text between rules has no such white. Under a bold header of three columns
one rule is enough.

"Levels" are the heights of the rules of a strip, from the top; a "band" is what stands between
two of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from ingest.engines.sheets import Rule
from ingest.prose.breaks import had_room
from ingest.prose.lines import Line
from ingest.tabular.band_cells import rest_above
from ingest.tabular.band_rows import RULES_OF_BOOK, rows_of_bands
from ingest.tabular.captions import is_caption
from ingest.tabular.lowest_rows import lowest_row
from ingest.tabular.merged_rules import merged_across
from ingest.tabular.ruled_strips import LOWEST_BAND, SAME_REACH, RuledStrip
from ingest.tabular.tables import Cell, Table, holds, is_form
from ingest.tabular.white_columns import SAME_LINE, WIDE, columns_of, in_cells

# Points. A row may fill a page below the names of its columns, said again; other rows are lower.
_HIGHEST_BAND = 420.0
_HIGHEST_NAMED = 760.0
_MOST_COLUMNS = 16
# Part of the width of a table: lines of text that stands between two tables are longer.
_FULL = 0.8
# So many lines one below the other are no heading within a table.
_TEXT_LINES = 3
# A bold header may stand above the first rule, within this many points.
_HEADER_HEIGHT = 60.0
# Points by which the lines of a caption begin apart.
_SAME_SIDE = 1.0
# Parts of the size from one line of a caption to the next, at most.
_CAPTION_STEP = 1.6
# Columns that a header names beyond doubt.
_FEWEST_PLAIN = 3
# Cells beside a year or a code ("D1") that are a row with it.
_CELLS = 2
# Part of the rows of a table that have two cells filled.
_FILLED = 0.7


def banded_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Table]:
    """The tables among the lines whose rows, but not whose columns, are ruled; from the top.

    rules: those that part rows, drawn lines or the edges of shade.
    """
    all_lines, all_rules = tuple(lines), tuple(rules)
    tables = []
    for x0, x1, levels in _stacks(rules):
        strip = RuledStrip(x0, x1, all_lines, all_rules)
        tables += [_table(strip, part) for part in _parted(strip, levels)]
    return sorted((table for table in tables if table is not None), key=lambda table: table.top)


def _stacks(rules: Sequence[Rule]) -> list[tuple[float, float, list[float]]]:
    """Rules of one reach below each other: left side, right side, levels."""
    stacks: list[tuple[float, float, list[float]]] = []
    for rule in merged_across(rules):
        for x0, x1, levels in stacks:
            same = abs(rule.x0 - x0) <= SAME_REACH and abs(rule.x1 - x1) <= SAME_REACH
            step = rule.y0 - levels[-1]
            if same and step <= _HIGHEST_NAMED:
                if step >= LOWEST_BAND:
                    levels.append(rule.y0)
                break
        else:
            stacks.append((rule.x0, rule.x1, [rule.y0]))
    return stacks


def _parted(strip: RuledStrip, levels: Sequence[float]) -> list[list[float]]:
    """The levels of each table where several stand below each other: text or a new header parts
    them.
    """
    soft = strip.soft_heights()
    parts = [[levels[0]]]
    above: list[Line] = []
    for top, bottom in itertools.pairwise(levels):
        band = strip.band(top, bottom)
        opens = len(parts[-1]) == 1
        header = _header(strip, top) if opens else []
        if _is_no_row(strip, band, header, opens=opens) or (
            (bottom - top > _HIGHEST_BAND and not _is_plain(header))
            # Below the last shaded row text may stand before the next shade.
            or (bottom in soft and any(strip.fills(line, _FULL) for line in band))
        ):
            parts.append([bottom])
        elif not opens and _names_columns(band) and not _names_columns(above):
            if not _side_by_side(above):
                parts[-1].pop()  # the caption between two tables
            parts.append([top, bottom])
        else:
            parts[-1].append(bottom)
        above = band
    return parts


def _is_no_row(
    strip: RuledStrip, band: Sequence[Line], header: Collection[Line], *, opens: bool
) -> bool:
    """Whether lines between two rules are text, and no row of a table.

    A rule under the running head, or under the title, is often as long as a table is wide.
    header: names of columns right above. opens: no row stands above.
    """
    wide = any(strip.fills(line, WIDE) for line in band)
    if wide and _is_plain(_bold_above(band)):
        return True  # text, and below it the names of another table
    if not band or _side_by_side(band):
        return False
    return wide or (not header if opens else len(band) >= _TEXT_LINES)


def _names_columns(band: Sequence[Line]) -> bool:
    """Whether a band is all bold, in words, side by side and without figures."""
    figures = any(any(map(str.isdigit, line.text)) for line in band)
    names = all(line.bold for line in band) and any(map(_is_worded, band))
    return names and not figures and _side_by_side(band)


def _header(strip: RuledStrip, level: float) -> list[Line]:
    """Bold lines right above a table's first rule that name its columns, side by side."""
    bold = _bold_above(strip.band(level - _HEADER_HEIGHT, level))
    # Below a bold caption, and whatever stands above it.
    last = max((_end(line, bold, strip.x1) for line in bold if is_caption(line)), default=0.0)
    bold = [line for line in bold if line.base > last]
    return bold if _side_by_side(bold) else []


def _end(caption: Line, bold: Sequence[Line], right: float) -> float:
    """The baseline of the last line of a caption that begins with this line.

    It goes on at its left side, alone on the baseline, while each line is too full for the first
    word of the next. Lines no wider than the first column are its name where they stand no nearer
    to the caption than to the names below. right: how far its lines may reach.
    """
    found = [caption]
    below: list[Line] = []
    for line in sorted(bold, key=lambda line: line.base):
        last = found[-1]
        if line.base <= last.base + SAME_LINE * line.size:
            continue
        below = [one for one in bold if abs(one.base - line.base) <= SAME_LINE * line.size]
        near = line.base - last.base <= _CAPTION_STEP * line.size
        flush = abs(line.x0 - caption.x0) <= _SAME_SIDE
        if len(below) > 1 or not near or not flush or had_room(last, line, right):
            break
        found.append(line)
    return caption.base if _are_name(found, below) else found[-1].base


def _are_name(lines: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether lines below the first, a caption's, are of the name that goes on in its column.

    below: the next bold lines, on one baseline.
    """
    if len(lines) == 1 or len(below) == 1:
        return False
    second = sorted(line.x0 for line in below)[1]
    nearer = below[0].base - lines[-1].base <= lines[1].base - lines[0].base
    return nearer and all(line.x1 < second for line in lines[1:])


def _bold_above(lines: Sequence[Line]) -> list[Line]:
    """The lowest of the lines as far up as they are bold."""
    lowest_first = sorted(lines, key=lambda line: -line.base)
    return list(itertools.takewhile(lambda line: line.bold, lowest_first))


def _side_by_side(band: Sequence[Line]) -> bool:
    """Whether lines share a baseline: two, the first no mere number or bullet, or three."""
    return any(
        len(beside := _beside(left, band)) >= _CELLS or (beside and _is_worded(left))
        for left in band
    )


def _beside(left: Line, band: Sequence[Line]) -> list[Line]:
    """The lines on the right of a line, on its baseline."""
    return [
        line
        for line in band
        if abs(left.base - line.base) <= SAME_LINE * left.size and left.x1 < line.x0
    ]


def _is_worded(line: Line) -> bool:
    return sum(map(str.isalpha, line.text)) > 1


def _is_plain(header: Collection[Line]) -> bool:
    """Whether bold lines are beyond doubt the names of columns: of three or more."""
    return len({round(line.x0) for line in header}) >= _FEWEST_PLAIN


def _table(strip: RuledStrip, levels: Sequence[float]) -> Table | None:
    """The table whose rows these levels part, if there is one."""
    header = _header(strip, levels[0])
    plain = _is_plain(header)
    # One or two rules alone stand above and below many things: then the header must be plain.
    if len(levels) <= 2 and not plain:
        return None
    bands = [header] if header else []
    bands += [strip.band(top, bottom) for top, bottom in itertools.pairwise(levels)]
    bands.append(lowest_row(strip, bands, header, levels[-1], plain=plain))
    if not any(any(map(str.isalpha, line.text)) for band in bands for line in band):
        return None  # the figures of a chart, between its grid lines
    columns = columns_of(in_cells(bands), strip.reach)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    top = min([levels[0], *(line.top for line in bands[0])])
    bottom = max([levels[-1], *(line.bottom for line in bands[-1])])
    rows = rows_of_bands(strip, bands, columns, levels, top)
    if rows and not header and (rest := rest_above(strip.lines, columns, levels[0])):
        rows.insert(0, rest)
        top = min(line.top for cell in rest for line in cell.lines)
    while len(rows) > 1 and len(rows[-1]) == 1 and rows[-1][0].bold:
        bottom = rows.pop()[0].lines[0].top  # a heading between two tables
    if not _are_filled(rows, plain=plain) and not is_form(rows):
        return None
    ruled_off = len(levels) == RULES_OF_BOOK and len(rows) > len(bands)
    return Table(tuple(rows), strip.x0, strip.x1, top, bottom, ruled_off)


def _are_filled(rows: Sequence[Sequence[Cell]], *, plain: bool) -> bool:
    """Whether two rows and most have two cells filled. plain: names stand in the first."""
    filled = [sum(map(holds, row)) for row in rows]
    if plain and filled[1:2] == [1]:
        del filled[1]  # the rest of a row from the page before
    full = sum(count >= 2 for count in filled)
    return full >= 2 and full >= _FILLED * len(filled)
