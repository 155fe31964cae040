"""Tables with lines between the rows only: columns told by the white between them.

Pure. Wanted are three rules and more of the same reach, one below the other, and white that runs
down through all rows; text between rules has no such white. Under a bold header of three columns
one rule is enough.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from ingest.engines.sheets import Rule
from ingest.prose.lines import Line
from ingest.tabular.band_cells import (
    levels_within,
    parting,
    rest_above,
    row_of,
    walled_row_of,
    walls_of,
)
from ingest.tabular.captions import is_caption
from ingest.tabular.tables import Cell, Table, holds, is_form, merged_across
from ingest.tabular.white_columns import (
    SAME_LINE,
    WHITE,
    columns_of,
    has_beside,
    in_cells,
    keep_to,
    over_figures,
)
from ingest.tabular.white_rows import rows_by_white

_SAME_REACH = 8.0
_FEWEST_RULES = 1
_LOWEST_BAND = 7.0
# A row may fill a page below the names of its columns, said again; other rows are lower.
_HIGHEST_BAND = 420.0
_HIGHEST_NAMED = 760.0
_MOST_COLUMNS = 16
_OF_BOOK = 3
# Part of the width of a table: lines of text that stands between two are longer.
_FULL = 0.8
# So many lines one below the other are no heading within a table.
_TEXT_LINES = 3
# A bold header may stand above the first rule, within this many points.
_HEADER_HEIGHT = 60.0
_LAST_ROW_HEIGHT = 25.0
# Parts of the font size: paragraphs within a cell stand no further apart.
_OPEN_STEP = 2.6
_STEP = 1.7


def banded_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Table]:
    """The tables among the lines whose rows, but not whose columns, are ruled; from the top.

    rules: those that part rows, drawn lines or the edges of shade.
    """
    tables = []
    for x0, x1, levels in _stacks(rules):
        soft = _soft(rules, x0, x1)
        for part in _parted(lines, x0, x1, levels, soft):
            table = _table(lines, rules, x0, x1, part)
            if table is not None:
                tables.append(table)
    return sorted(tables, key=lambda table: table.top)


def _stacks(rules: Sequence[Rule]) -> list[tuple[float, float, list[float]]]:
    """Rules of one reach below each other: left, right, heights."""
    stacks: list[tuple[float, float, list[float]]] = []
    for rule in merged_across(rules):
        for x0, x1, levels in stacks:
            same = abs(rule.x0 - x0) <= _SAME_REACH and abs(rule.x1 - x1) <= _SAME_REACH
            step = rule.y0 - levels[-1]
            if same and step <= _HIGHEST_NAMED:
                if step >= _LOWEST_BAND:
                    levels.append(rule.y0)
                break
        else:
            stacks.append((rule.x0, rule.x1, [rule.y0]))
    return [stack for stack in stacks if len(stack[2]) >= _FEWEST_RULES]


def _soft(rules: Sequence[Rule], x0: float, x1: float) -> set[float]:
    """Heights within a reach at which shade ends and no line is drawn."""
    within = [rule for rule in rules if rule.x0 < x1 and x0 < rule.x1]
    drawn = {round(rule.y0) for rule in within if rule.drawn}
    return {rule.y0 for rule in within if round(rule.y0) not in drawn}


def _parted(
    lines: Sequence[Line], x0: float, x1: float, levels: list[float], soft: Collection[float]
) -> list[list[float]]:
    """Rules of tables of one width below each other: text or a new header parts them.

    soft: heights at which shade ends; between two such, text may stand below the last row.
    """
    parts = [[levels[0]]]
    above: list[Line] = []
    for top, bottom in itertools.pairwise(levels):
        band = _band(lines, x0, x1, top, bottom)
        wide = any(line.x1 - line.x0 > 0.55 * (x1 - x0) for line in band)
        first = len(parts[-1]) == 1
        header = _header(lines, x0, x1, top) if first else []
        named = bool(header)
        if (
            (bottom - top > _HIGHEST_BAND and not _is_plain(header))
            or (wide and _is_plain(_bold_above(band)))
            or _is_text(band, wide, first, named)
            or (bottom in soft and any(line.x1 - line.x0 > _FULL * (x1 - x0) for line in band))
        ):
            parts.append([bottom])
        elif not first and _names_columns(band) and not _names_columns(above):
            if not _side_by_side(above):
                parts[-1].pop()  # the caption between two tables
            parts.append([top, bottom])
        else:
            parts[-1].append(bottom)
        above = band
    return parts


def _is_text(band: Sequence[Line], wide: bool, first: bool, named: bool) -> bool:
    """Whether lines between two rules are no row of a table.

    A rule under the running head, or under the title, is often as long as a table is wide.
    wide: one of them fills more than half the width. first: no row stands above them. named:
    column names do.
    """
    if not band or _side_by_side(band):
        return False
    return wide or (first and not named) or (not first and len(band) >= _TEXT_LINES)


def _names_columns(band: Sequence[Line]) -> bool:
    """Whether a band is all bold, side by side and without figures."""
    figures = any(any(map(str.isdigit, line.text)) for line in band)
    return all(line.bold for line in band) and not figures and _side_by_side(band)


def _header(lines: Sequence[Line], x0: float, x1: float, level: float) -> list[Line]:
    """Bold lines right above a table's first rule that name its columns, side by side."""
    bold = _bold_above(_band(lines, x0, x1, level - _HEADER_HEIGHT, level))
    # Below a bold caption, and whatever stands above it.
    last = max((line.base for line in bold if is_caption(line)), default=0.0)
    bold = [line for line in bold if line.base > last]
    return bold if _side_by_side(bold) else []


def _side_by_side(band: Sequence[Line]) -> bool:
    """Whether two lines, the first no mere number or bullet, share a baseline."""
    return any(
        abs(left.base - right.base) <= SAME_LINE * left.size
        and left.x1 < right.x0
        and sum(map(str.isalpha, left.text)) > 1
        for left, right in itertools.permutations(band, 2)
    )


def _is_plain(header: Sequence[Line]) -> bool:
    """Whether bold lines are beyond doubt the names of columns: of three or more."""
    return len({round(line.x0) for line in header}) >= 3


def _table(
    lines: Sequence[Line], rules: Sequence[Rule], x0: float, x1: float, levels: list[float]
) -> Table | None:
    bands = [_band(lines, x0, x1, top, bottom) for top, bottom in itertools.pairwise(levels)]
    header = _header(lines, x0, x1, levels[0])
    plain = _is_plain(header)
    # One or two rules alone stand above and below many things: then the header must be plain.
    if len(levels) <= 2 and not plain:
        return None
    if header:
        bands.insert(0, header)
    below = [line for line in lines if line.base - 0.3 * line.size >= levels[-1]]
    last = _open_row(below, header, x1)
    if not last and levels[-1] in _soft(rules, x0, x1):
        last = _white_row(below, columns_of(in_cells(bands), x0, x1), levels[-1])
    if not last and not plain:
        last = _last_row(below, x0, x1, levels[-1])
        # Two columns of text right below a table are no row of it.
        last = last if keep_to(last, columns_of(in_cells(bands), x0, x1)) else []
    bands.append(last)
    columns = columns_of(in_cells(bands), x0, x1)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    top = min([levels[0], *(line.top for line in bands[0])])
    rows = _rows(bands, rules, (x0, x1), levels, top)
    if rows and not header and (rest := rest_above(lines, columns, levels[0])):
        rows.insert(0, rest)
        top = min(line.top for cell in rest for line in cell.lines)
    bottom = max([levels[-1], *(line.bottom for line in bands[-1])])
    while len(rows) > 1 and len(rows[-1]) == 1 and rows[-1][0].bold:
        bottom = rows.pop()[0].lines[0].top  # a heading between two tables
    filled = [sum(map(holds, row)) for row in rows]
    if plain and filled[1:2] == [1]:
        del filled[1]  # the rest of a row from the page before
    full = sum(count >= 2 for count in filled)
    if (full < 2 or full < 0.7 * len(filled)) and not is_form(rows):
        return None
    ruled_off = len(levels) == _OF_BOOK and len(rows) > len(bands)
    return Table(tuple(rows), x0, x1, top, bottom, ruled_off)


def _rows(
    bands: Sequence[Sequence[Line]],
    rules: Sequence[Rule],
    reach: tuple[float, float],
    full: Sequence[float],
    top: float,
) -> list[tuple[Cell, ...]]:
    """The rows among the bands of a table, parted by all rules within it.

    full: heights of those of full width. top: of the names above the first.
    """
    lines = _joined(bands)
    drawn = levels_within(rules, lines, reach)
    foot = max([full[-1] + WHITE, *(line.base for line in lines)])
    drawn = [level for level in drawn if top - 1 <= level.at <= foot]
    told = in_cells(bands)
    heads = [line for line in lines if line.base < full[0 if top < full[0] - WHITE else 1]]
    body = [line for line in told if line not in heads]
    columns = over_figures(columns_of(told, *reach), heads, body)
    walls = walls_of(drawn, reach)
    cells = list(itertools.pairwise(walls)) if walls else columns
    shared = {level.at: level for level in parting(drawn, full, cells)}
    marks = sorted({min(top, full[0]) - 1, *full, *shared, float("inf")})
    # Rules above and under the names and below all rows, and no walls.
    walled = any(
        not rule.horizontal
        and reach[0] < rule.x0 < reach[1]
        and full[0] < rule.y1 < full[-1] + _STEP
        for rule in rules
    )
    book = not (shared or walled) and len(full) == _OF_BOOK and top >= full[0] - WHITE
    rows: list[tuple[Cell, ...]] = []
    for above, below in itertools.pairwise(marks):
        band = _band(lines, *reach, above, below)
        if not band:
            continue
        if book and rows and (parts := rows_by_white(band, cells)):
            rows += parts
        elif walls:
            under = next((level for level in drawn if abs(level.at - below) <= WHITE), None)
            rows.append(tuple(walled_row_of(band, walls, shared.get(above), under)))
        else:
            rows.append(tuple(row_of(band, columns, shared.get(above))))
    return rows


def _open_row(below: Sequence[Line], header: Sequence[Line], x1: float) -> list[Line]:
    """The last row of a table that runs on over the page end: lines that keep to its columns."""
    starts = sorted({line.x0 for line in header})
    found: list[Line] = []
    for line in sorted(below, key=lambda line: line.base):
        near = not found or line.base - found[-1].base <= _OPEN_STEP * line.size
        kept = any(
            abs(line.x0 - start) <= WHITE and line.x1 <= end + WHITE
            for start, end in itertools.pairwise([*starts, x1])
        )
        if not (near and kept):
            break
        found.append(line)
    first = [line for line in found if line.base - found[0].base <= 0.3 * line.size]
    # Side by side: the text below a table begins where its first column does.
    return found if len(first) >= 2 else []


def _last_row(lines: Sequence[Line], x0: float, x1: float, level: float) -> list[Line]:
    """The row of a table that is ruled between its rows but not below the last."""
    below = _band(lines, x0, x1, level, level + _LAST_ROW_HEIGHT)
    if not below:
        return []
    first = min(below, key=lambda line: line.base)
    row = [line for line in below if abs(line.base - first.base) <= 0.3 * first.size]
    short = all(line.x1 - line.x0 < 0.45 * (x1 - x0) for line in row)
    return row if len(row) >= 2 and short and min(line.x0 for line in row) < x0 + 12 else []


def _white_row(
    lines: Sequence[Line], columns: Sequence[tuple[float, float]], level: float
) -> list[Line]:
    """What stands below the last shade: lines that keep to the columns, two side by side. Further
    down the shade of a label may reach, and each row there has two beside it too.
    """
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        step = line.base - found[-1].base if found else line.base - level
        far = _OPEN_STEP if has_beside(line, lines) else _STEP
        near = step <= (far * line.size if found else _LAST_ROW_HEIGHT)
        reaches = columns and (columns[0][0] - WHITE, columns[-1][1] + WHITE)
        within = reaches and reaches[0] <= line.x0 and line.x1 <= reaches[1]
        if not near or not within or not keep_to([line], columns):
            break
        found.append(line)
    first = [line for line in found if line.base - found[0].base <= SAME_LINE * line.size]
    return found if len(first) >= 2 else []


def _bold_above(lines: Sequence[Line]) -> list[Line]:
    """The lowest of the lines as far up as they are bold."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if not line.bold:
            break
        found.append(line)
    return found


def _band(lines: Sequence[Line], x0: float, x1: float, top: float, bottom: float) -> list[Line]:
    """The lines between two heights."""
    return [
        line
        for line in lines
        if x0 - WHITE <= line.x0 <= x1 and top <= line.base - 0.3 * line.size < bottom
    ]


def _joined(bands: Sequence[Sequence[Line]]) -> list[Line]:
    return [line for band in bands for line in band]
