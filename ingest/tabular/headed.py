"""Tables without any line below a row of bold names: as far as text keeps to their columns.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.prose.lines import Line
from ingest.tabular.captions import is_caption
from ingest.tabular.name_levels import FIGURES, LONGEST_NAME, YEAR
from ingest.tabular.tables import Cell, Table, holds
from ingest.tabular.white_columns import by_height, over_figures, reaches_of
from ingest.tabular.white_rows import one_row, rows_by_white

_FEWEST_NAMES = 3
_MOST_COLUMNS = 16
_FEWEST_ROWS = 2
_FULL = 0.7
# Parts of the font size: lines of one header, the white in a table.
_STEP = 2.4
_GAP = 4.0
_BIGGER = 1.05
# More bold lines below each other than names fill are rows of bold text.
_HIGHEST_HEADER = 12
# A header below a table stands so much further from it than from its own rows.
_APART = 1.3
# Three words and more that begin and end as a sentence does.
_SENTENCE = re.compile(r"[^\Wa-z]\w*(?:\s+\S+){2,}[.!?…][”\"’»)]*")

Group = list[Line]
"""Lines at one height, from the left."""


def headed_tables(lines: Sequence[Line]) -> list[Table]:
    """The tables among the lines that are known by the bold names of their columns."""
    groups = _groups(lines)
    tables: list[Table] = []
    place = 0
    while place < len(groups):
        end = _end_of_header(groups, place)
        if end - place > _HIGHEST_HEADER:
            place = _end_of_bold(groups, end)
            continue
        table, after = _table(groups, place, end) if end > place else (None, place)
        if table is not None:
            tables.append(table)
        place = after if table is not None else place + 1
    return tables


def _groups(lines: Sequence[Line]) -> list[Group]:
    groups = by_height(sorted(lines, key=lambda line: line.base))
    return [sorted(group, key=lambda line: line.x0) for group in groups]


def _end_of_header(groups: Sequence[Group], start: int) -> int:
    """Where the bold lines that begin at `start` end; `start` if they name no columns.

    Of more lines than a header has not all are passed.
    """
    end = start
    while end < len(groups) and end - start <= _HIGHEST_HEADER and _is_bold(groups[end]):
        line = groups[end][0]
        near = end == start or line.base - groups[end - 1][0].base <= _STEP * line.size
        if not near or (
            end > start and len(groups[end]) == 1 and _stands_first(groups, start, end)
        ):
            break
        end += 1
    names = max(map(_names_in, groups[start:end]), default=0)
    named = names >= _FEWEST_NAMES and len(groups[start]) > 1
    return end if named or end - start > _HIGHEST_HEADER else start


def _end_of_bold(groups: Sequence[Group], start: int) -> int:
    """Where groups of bold lines that follow each other closely end."""
    end = start
    while end < len(groups) and _is_bold(groups[end]):
        line = groups[end][0]
        if line.base - groups[end - 1][0].base > _STEP * line.size:
            break
        end += 1
    return end


def _is_bold(group: Group) -> bool:
    return all(
        line.bold and len(line.text) <= LONGEST_NAME and not is_caption(line) for line in group
    )


def _names_in(group: Group) -> int:
    """How many lines may name a column: a bold total, or an entry of a contents list, has one."""
    return sum(bool(YEAR.fullmatch(x.text)) or not FIGURES.fullmatch(x.text) for x in group)


def _stands_first(groups: Sequence[Group], start: int, end: int) -> bool:
    """Whether a single bold line below the names is a head over the rows, not more of a name."""
    line, above = groups[end][0], groups[end - 1]
    first = min(one.x0 for group in groups[start:end] for one in group)
    wrapped = any(
        abs(one.x0 - line.x0) <= one.size and line.base - one.base <= 1.5 * one.size
        for one in above
    )
    return line.x0 <= first + line.size and not wrapped


def _table(groups: Sequence[Group], start: int, end: int) -> tuple[Table | None, int]:
    """The table under a header, if there is one, and the group after it."""
    names = [line for group in groups[start:end] for line in group]
    leaves = reaches_of((line.x0, line.x1) for line in names)
    after = end
    while after < len(groups) and _goes_on(groups, after, leaves, names):
        after += 1
    while after > end and len(groups[after - 1]) == 1 and groups[after - 1][0].bold:
        after -= 1  # a heading below the table
    body = groups[end:after]
    cells = [line for group in body for line in group if len(group) > 1 or not line.bold]
    spans = [(line.x0, line.x1) for line in (*names, *cells) if not _crosses(line, leaves)]
    columns = over_figures(reaches_of(spans), names, cells)
    if not _FEWEST_NAMES <= len(columns) <= _MOST_COLUMNS:
        return None, start
    rows = rows_by_white([line for group in body for line in group], columns)
    if all(map(_is_sentences, rows)):
        return None, start  # columns of prose
    heads = rows_by_white(names, columns) or [one_row(names, columns)]
    full = sum(sum(map(holds, row)) > 1 for row in rows)
    if full < _FEWEST_ROWS or full < _FULL * sum(len(row) > 1 for row in rows):
        return None, start
    every = [*names, *(line for group in body for line in group)]
    top, bottom = min(line.top for line in every), max(line.bottom for line in every)
    return Table((*heads, *rows), columns[0][0], columns[-1][1], top, bottom), after


def _is_sentences(row: Sequence[Cell]) -> bool:
    """Whether all cells of a row that are filled are whole sentences."""
    texts = [" ".join(line.text for line in cell.lines) for cell in row if cell.lines]
    return all(map(_SENTENCE.fullmatch, texts))


def _goes_on(
    groups: Sequence[Group],
    place: int,
    leaves: Sequence[tuple[float, float]],
    names: Sequence[Line],
) -> bool:
    """Whether lines at one height are part of the table: they run over no two names."""
    group, above = groups[place], groups[place - 1]
    size = group[0].size
    near = group[0].base - above[0].base <= _GAP * size
    within = group[0].x0 >= leaves[0][0] - size
    # A heading below the table is bigger; a head within it is not.
    if group[0].bold and size > _BIGGER * names[0].size:
        return False
    if _opens_another(groups, place):
        return False
    head = len(group) == 1 and group[0].bold and place + 1 < len(groups)
    if head:
        below = groups[place + 1]
        return near and within and len(below) > 1 and not any(_crosses(x, leaves) for x in below)
    return near and within and not any(_crosses(line, leaves) for line in group)


def _opens_another(groups: Sequence[Group], place: int) -> bool:
    """Whether bold names begin here, nearer to what stands below them than to the rows above."""
    end = _end_of_header(groups, place) if _is_bold(groups[place]) else place
    if end == place or end == len(groups):
        return False
    above = groups[place][0].base - groups[place - 1][0].base
    return above > _APART * (groups[end][0].base - groups[end - 1][0].base)


def _crosses(line: Line, leaves: Sequence[tuple[float, float]]) -> bool:
    return sum(line.x0 < right and left < line.x1 for left, right in leaves) > 1
