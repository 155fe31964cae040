"""Columns of a table that no wall shows: told by the white that runs down between them.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.prose.lines import Line

WHITE = 4.0
"""Points of white between columns, at least."""
SAME_LINE = 0.4
"""Parts of the font size: lines at one height. A mark of a note lowers the text of its cell."""
WIDE = 0.55
"""Part of the width of a table: a longer line may run over several columns."""
FIRST_INDENT = 12.0
"""Points by which text in the first column may be indented."""
# Part of the lines of a table that run over the white between two columns.
_MOST_CROSSING = 0.2

Reach = tuple[float, float]
"""Left and right side, in points."""


def columns_of(lines: Sequence[Line], sides: Reach) -> list[Reach]:
    """The reach of each column of a table, from the left; empty where text is no table.

    Lines over more than half the width do not tell columns. One that runs over the white between
    two columns counts against the table: more than one such line in five is prose.
    """
    widest = WIDE * (sides[1] - sides[0])
    columns = reaches_of((line.x0, line.x1) for line in lines if line.x1 - line.x0 <= widest)
    wide = [(line.x0, line.x1) for line in lines if line.x1 - line.x0 > widest]
    within = [reach for reach in wide if sum(_touch(reach, column) for column in columns) == 1]
    crossing = len(wide) - len(within)
    return reaches_of([*columns, *within]) if crossing <= _MOST_CROSSING * len(lines) else []


def reaches_of(spans: Iterable[Reach]) -> list[Reach]:
    """The spans from the left, those that no white parts made one."""
    found: list[Reach] = []
    for left, right in sorted(spans):
        if found and left - found[-1][1] < WHITE:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def over_figures(
    columns: Sequence[Reach], names: Sequence[Line], body: Sequence[Line]
) -> list[Reach]:
    """The columns; where names are set left and the figures below them right, both are one.

    names: the lines of the header. body: those below.
    """
    done: list[Reach] = []
    before = (False, False)
    for left, right in columns:
        # Whether the column has a name, and anything below it.
        has = (_stands_in(names, left, right), _stands_in(body, left, right))
        if done and {before, has} == {(True, False), (False, True)}:
            done[-1], before = (done[-1][0], right), (True, True)
        else:
            done.append((left, right))
            before = has
    return done


def _stands_in(lines: Sequence[Line], left: float, right: float) -> bool:
    """Whether some line lies within two sides."""
    return any(left - 1 <= line.x0 and line.x1 <= right + 1 for line in lines)


def in_cells(bands: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of bands that tell where columns are.

    Left out are those in the first column with none beside them: such a line may be a head over
    the rows below it, and run on over other columns. Where that leaves none, all lines are taken.
    """
    every = [line for band in bands for line in band]
    start = min((line.x0 for line in every), default=0.0) + FIRST_INDENT
    kept = [line for band in bands for line in band if line.x0 > start or has_beside(line, band)]
    return kept or every


def has_beside(line: Line, lines: Sequence[Line]) -> bool:
    """Whether another of the lines stands at the height of one."""
    return any(
        other is not line and abs(other.base - line.base) <= SAME_LINE * line.size
        for other in lines
    )


def by_height(ordered: Sequence[Line]) -> list[list[Line]]:
    """Lines in order from the top, those at one height together."""
    groups: list[list[Line]] = []
    for line in ordered:
        if groups and line.base - groups[-1][0].base <= SAME_LINE * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def in_column(lines: Sequence[Line], columns: Sequence[Reach], place: int) -> list[Line]:
    """The lines that begin in a column, or in the white right of it; the first and the last column
    take those further out too. place: of the column.
    """
    begin = columns[place][0] - 1 if place else float("-inf")
    end = columns[place + 1][0] - 1 if place + 1 < len(columns) else float("inf")
    return [line for line in lines if begin <= line.x0 < end]


def keep_to(row: Sequence[Line], columns: Sequence[Reach]) -> bool:
    """Whether no line of a row runs over the white between two columns."""
    return all(sum(_touch((line.x0, line.x1), each) for each in columns) < 2 for line in row)


def _touch(one: Reach, other: Reach) -> bool:
    """Whether less white than that of a gap lies between two reaches."""
    return one[0] < other[1] + WHITE and other[0] < one[1] + WHITE
