"""Tables without any line below a row of bold names: as far as text keeps to their columns.

Pure. The lines of a page are taken by height: a group is what stands side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.prose.lines import Line
from ingest.tabular.captions import is_caption
from ingest.tabular.name_levels import FIGURES, LONGEST_NAME, YEAR
from ingest.tabular.tables import Cell, Table, holds
from ingest.tabular.white_columns import Reach, by_height, over_figures, reaches_of
from ingest.tabular.white_rows import one_row, rows_by_white

_FEWEST_NAMES = 3
_MOST_COLUMNS = 16
_FEWEST_ROWS = 2
# Part of the rows with several cells that have two of them filled.
_FULL = 0.7
# Parts of the font size: lines of one header; lines of one name; the white in a table.
_STEP = 2.4
_WRAPPED = 1.5
_GAP = 4.0
# Part of the size of the names: a heading below a table is bigger.
_BIGGER = 1.05
# More bold lines below each other than names fill are rows of bold text.
_HIGHEST_HEADER = 12
# A header below a table stands so much further from it than from its own rows.
_APART = 1.3
# Three words and more that begin and end as a sentence does.
_SENTENCE = re.compile(r"[^\Wa-z]\w*(?:\s+\S+){2,}[.!?…][”\"’»)]*")

_Group = list[Line]
"""Lines at one height, from the left."""


def headed_tables(lines: Sequence[Line]) -> list[Table]:
    """The tables among the lines that are known by the bold names of their columns."""
    groups = [
        sorted(group, key=lambda line: line.x0)
        for group in by_height(sorted(lines, key=lambda line: line.base))
    ]
    tables: list[Table] = []
    place = 0
    while place < len(groups):
        end = _end_of_header(groups, place)
        if end - place > _HIGHEST_HEADER:
            place = _end_of_bold(groups, end)
            continue
        after = _end_of_body(groups, place, end) if end > place else place
        table = _table(_lines_of(groups[place:end]), groups[end:after]) if end > place else None
        if table is not None:
            tables.append(table)
        place = after if table is not None else place + 1
    return tables


def _lines_of(groups: Sequence[_Group]) -> list[Line]:
    return [line for group in groups for line in group]


def _end_of_header(groups: Sequence[_Group], start: int) -> int:
    """Where the bold lines that begin at `start` end; `start` if they name no columns.

    Where they go on further than a header may, the end is just past the most that one has.
    """
    end = start
    while end < len(groups) and end - start <= _HIGHEST_HEADER and _is_bold(groups[end]):
        if end > start and not _goes_on_in_header(groups, start, end):
            break
        end += 1
    names = max(map(_names_in, groups[start:end]), default=0)
    named = names >= _FEWEST_NAMES and len(groups[start]) > 1
    return end if named or end - start > _HIGHEST_HEADER else start


def _goes_on_in_header(groups: Sequence[_Group], start: int, place: int) -> bool:
    """Whether bold lines are part of the header above them, which begins at `start`."""
    line = groups[place][0]
    near = line.base - groups[place - 1][0].base <= _STEP * line.size
    return near and not (len(groups[place]) == 1 and _stands_first(groups, start, place))


def _end_of_bold(groups: Sequence[_Group], start: int) -> int:
    """Where groups of bold lines that follow each other closely end."""
    end = start
    while end < len(groups) and _is_bold(groups[end]):
        line = groups[end][0]
        if line.base - groups[end - 1][0].base > _STEP * line.size:
            break
        end += 1
    return end


def _is_bold(group: _Group) -> bool:
    """Whether all lines of a group may be names of columns by their look."""
    return all(
        line.bold and len(line.text) <= LONGEST_NAME and not is_caption(line) for line in group
    )


def _names_in(group: _Group) -> int:
    """How many lines may name a column: a bold total, or an entry of a contents list, has one."""
    return sum(bool(YEAR.fullmatch(x.text)) or not FIGURES.fullmatch(x.text) for x in group)


def _stands_first(groups: Sequence[_Group], start: int, place: int) -> bool:
    """Whether a single bold line below the names is a head over the rows, not more of a name."""
    line = groups[place][0]
    first = min(name.x0 for name in _lines_of(groups[start:place]))
    wrapped = any(
        abs(above.x0 - line.x0) <= above.size and line.base - above.base <= _WRAPPED * above.size
        for above in groups[place - 1]
    )
    return line.x0 <= first + line.size and not wrapped


def _end_of_body(groups: Sequence[_Group], start: int, end: int) -> int:
    """Where the rows end under a header that stands from `start` to `end`."""
    names = _lines_of(groups[start:end])
    columns = _columns(names)
    after = end
    while after < len(groups) and _goes_on(groups, after, columns, names[0].size):
        after += 1
    while after > end and len(groups[after - 1]) == 1 and groups[after - 1][0].bold:
        after -= 1  # a heading below the table
    return after


def _columns(names: Sequence[Line]) -> list[Reach]:
    """The reach of each name of a column, from the left."""
    return reaches_of((line.x0, line.x1) for line in names)


def _goes_on(
    groups: Sequence[_Group], place: int, columns: Sequence[Reach], name_size: float
) -> bool:
    """Whether a group is part of a table: its lines run over no two names.

    columns: the reaches of the names. name_size: of their letters.
    """
    group = groups[place]
    size = group[0].size
    near = group[0].base - groups[place - 1][0].base <= _GAP * size
    within = group[0].x0 >= columns[0][0] - size
    # A heading below the table is bigger; a head within it is not.
    bigger = group[0].bold and size > _BIGGER * name_size
    if not near or not within or bigger or _opens_another(groups, place):
        return False
    if len(group) == 1 and group[0].bold and place + 1 < len(groups):
        below = groups[place + 1]  # a head runs over other columns, but the row below it does not
        return len(below) > 1 and not any(_crosses(line, columns) for line in below)
    return not any(_crosses(line, columns) for line in group)


def _opens_another(groups: Sequence[_Group], place: int) -> bool:
    """Whether bold names begin here, nearer to what stands below them than to the rows above."""
    end = _end_of_header(groups, place) if _is_bold(groups[place]) else place
    if end == place or end == len(groups):
        return False
    above = groups[place][0].base - groups[place - 1][0].base
    return above > _APART * (groups[end][0].base - groups[end - 1][0].base)


def _crosses(line: Line, columns: Sequence[Reach]) -> bool:
    """Whether a line runs over several columns."""
    return sum(line.x0 < right and left < line.x1 for left, right in columns) > 1


def _table(names: Sequence[Line], body: Sequence[_Group]) -> Table | None:
    """The table of a header and the groups below it, if they are one."""
    below = _lines_of(body)
    cells = [line for group in body for line in group if len(group) > 1 or not line.bold]
    leaves = _columns(names)
    spans = [(line.x0, line.x1) for line in (*names, *cells) if not _crosses(line, leaves)]
    columns = over_figures(reaches_of(spans), names, cells)
    if not _FEWEST_NAMES <= len(columns) <= _MOST_COLUMNS:
        return None
    rows = rows_by_white(below, columns)
    full = sum(sum(map(holds, row)) > 1 for row in rows)
    if full < _FEWEST_ROWS or full < _FULL * sum(len(row) > 1 for row in rows):
        return None
    if all(map(_is_sentences, rows)):
        return None  # columns of prose
    heads = rows_by_white(names, columns) or [one_row(names, columns)]
    top = min(line.top for line in (*names, *below))
    bottom = max(line.bottom for line in (*names, *below))
    return Table((*heads, *rows), columns[0][0], columns[-1][1], top, bottom)


def _is_sentences(row: Sequence[Cell]) -> bool:
    """Whether all cells of a row that are filled are whole sentences."""
    texts = [" ".join(line.text for line in cell.lines) for cell in row if cell.lines]
    return all(map(_SENTENCE.fullmatch, texts))
