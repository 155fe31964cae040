"""Rows of a table with the names of their columns: "Country: Kenya; Year: 2019".

Pure. Column names come from a recognisable header only, and carry on over a page end when the
next page begins with a table of the same columns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.prose.clean import Vocabulary, join
from ingest.prose.row_words import TableRow, are_alike, is_title, runs_on, says_name
from ingest.tabular.cell_text import cell_texts
from ingest.tabular.table_items import unrolled
from ingest.tabular.tables import Cell, Table

_LONGEST_NAME = 90
_LONGEST_TITLE = 40
# A label that spans rows is repeated in each; longer text is said once.
_LONGEST_LABEL = 260
_FIGURES = re.compile(r"[\d.,%\s+–-]*\d[\d.,%\s+–-]*|n/?a|[-–—]|x|[✓✗●]", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:grand |sub-?)?tota(?:ls?|les?|li|is|lt|al)\b|insgesamt|gesamt|summ[ea]n?\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\ds?(?:\W.{0,12})?")
# Points. Where a table has no rules on a page its cells begin where their text does.
_SAME_WALL = 8.0
_INDENT = 16.0
_FEWEST_RULED_OFF = 3
# A header and all other rows between two rules.
_RULED_AROUND = 2
_FEWEST_BELOW = 4
# Rows that the first column numbers: their header stands above no number.
_FEWEST_NUMBERED = 3
_FEWEST_HEADS = 2
_FEWEST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Header:
    """Names of the columns of a table, none or all, and where the columns begin (points)."""

    names: tuple[str, ...]
    walls: tuple[float, ...]


def rows_of(
    table: Table, vocabulary: Vocabulary, carried: Header | None, page: int = 0
) -> tuple[list[TableRow], Header]:
    """The rows in words, and the header the last is written with, which may have no names.

    carried: header of the table that ended the page before, if this one begins its page.
    page: on which the table stands.
    """
    under = carried is not None and bool(carried.names)
    few = len(table.rows) <= _RULED_AROUND
    cells = [
        row
        for n, whole in enumerate(table.rows)
        for row in unrolled(whole, opens=under and not n, alone=few)
    ]
    texts = _spread(cells, cell_texts(cells, vocabulary, header=not under))
    texts = _whole(cells, texts, vocabulary)
    # A title of the table in its first row, over all columns: the header is the next.
    title = int(len(cells) > _FEWEST_HEADS and len(cells[0]) == 1)
    texts = _under_heads(cells, texts, carried.names if carried is not None else texts[title])
    if carried is not None and carried.names and same_columns(carried, table):
        texts = [row for row in texts if tuple(row) != carried.names]
        # Of a header of two rows the upper is said again.
        again = bool(texts) and texts[0][0] == carried.names[0] and _are_names(texts[0])
        texts = texts[again and _set_off(cells) :]
        rows, names = _written(texts, carried.names, page)
        if rows and any(cell.open_above for cell in cells[0]):
            rows[0] = replace(rows[0], rest=True)
        return rows, Header(names, carried.walls)
    kept, texts = _without_empty_columns(cells, texts)
    # A rule under the first row and none between the others.
    ruled_off = len(table.rows) == 2 and len(cells) > _FEWEST_RULED_OFF
    body, below = kept[title:], texts[title:]
    names = _two_rows_of_names(body, below)
    if names:
        below = below[1:]
    else:
        names = _of_each(_header(body, below, ruled_off), body)
    walls = tuple(cell.x0 for cell in body[1 if len(body[0]) < len(names) else 0])
    rows, names = _written([*texts[:title], *below[1:]] if names else texts, names, page)
    return rows, Header(names, walls)


def _written(
    texts: Sequence[Sequence[str]], names: tuple[str, ...], page: int
) -> tuple[list[TableRow], tuple[str, ...]]:
    """The rows under their names, and the last names.

    A row that says these again, but for the first, renews them.
    """
    if not texts:
        return [], names  # a page end below the names said again
    rows: list[TableRow] = []
    titled = len(texts[0]) != len(names)
    title: tuple[str, ...] = ()
    for row, after in zip(texts, [*texts[1:], []], strict=True):
        if len(names) == len(row) > 1 and names[1:] == tuple(row[1:]):
            names = tuple(row)
        elif is_title(row, after):
            title = tuple(row)
        elif not rows[titled:] and says_name(row, names):
            continue  # the second line of the header
        elif any(row):
            title = title if are_alike(title, row) else ()
            rows.append(TableRow(tuple(row), title or names, page))
    return rows, names


def _spread(cells: Sequence[Sequence[Cell]], texts: list[list[str]]) -> list[list[str]]:
    """A short label in a cell over several rows said in each of them."""
    done, widths = [list(row) for row in texts], [len(row) for row in cells]
    for start, width in enumerate(widths):
        for column in range(width):
            end = start + 1
            while end < len(cells) and widths[end] == width and cells[end][column].open_above:
                end += 1
            begins = not cells[start][column].open_above
            if not begins or end - start < 2:
                continue
            label = " ".join(t for t in (texts[i][column] for i in range(start, end)) if t)
            # What begins in small letters is the rest of a longer one from the page before.
            if 0 < len(label) <= _LONGEST_LABEL and not label[0].islower():
                for index in range(start, end):
                    done[index][column] = label
    return done


def _whole(
    cells: Sequence[Sequence[Cell]], texts: list[list[str]], vocabulary: Vocabulary
) -> list[list[str]]:
    """A long text in a cell over several rows said in the first of them.

    What no rule parts from the cell above and goes on in mid-sentence belongs there.
    """
    done = [list(row) for row in texts]
    for index in range(len(cells) - 1, 0, -1):
        for column, cell in enumerate(cells[index]):
            same = cell.open_above and len(cells[index - 1]) == len(cells[index])
            if same and runs_on(done[index - 1][column], done[index][column]):
                whole = join(done[index - 1][column], done[index][column], vocabulary)
                done[index - 1][column], done[index][column] = whole, ""
    return done


def _under_heads(
    cells: Sequence[Sequence[Cell]], texts: list[list[str]], names: Sequence[str]
) -> list[list[str]]:
    """First cells under several heads said with their own, if some come again: "Borland, Female".

    Alone it does not name what it is a part of, and is no "Country". Heads are bold; or else they
    stand alone in their rows, and two first cells come again under them. names: a row that is the
    header, and heads nothing.
    """
    # A label that spans its rows is said in each of them already.
    if any(row[0].open_above for row in cells):
        return texts
    marks = [row[0].bold for row in cells]
    heads = _heads(texts, marks, names)
    parts = _parts(texts, marks, heads)
    if not parts:
        marks = _alone(texts)
        heads = _heads(texts, marks, names)
        parts = _parts(texts, marks, heads) & {row[0] for row in texts if any(row[1:])}
        parts = parts if len(parts) >= _FEWEST_PARTS else set()
    under = _under(texts, heads, parts)
    return [
        [f"{head}, {row[0]}", *row[1:]] if head and not mark and place in under else row
        for place, (head, row, mark) in enumerate(zip(heads, texts, marks, strict=True))
    ]


def _under(
    texts: Sequence[Sequence[str]], heads: Sequence[str], parts: Collection[str]
) -> set[int]:
    """Places of the rows that belong to the head above them: where some labels come again, all but
    totals do, and but those that follow the last such label of the last head.

    parts: the labels that come again; where none does, a head may be a row like the others.
    """
    again = {place for place, row in enumerate(texts) if row[0] in parts}
    last = [place for place in again if heads[place] == heads[-1]]
    end = max(last) if last else len(texts)
    once = {
        place
        for place, row in enumerate(texts[: end + 1])
        if row[0] and not _FIGURES.fullmatch(row[0]) and not _TOTAL.match(row[0])
    }
    return again | once if parts else set()


def _alone(texts: Sequence[Sequence[str]]) -> list[bool]:
    """Whether each row has a short first cell and no other, and no row begins with the same.

    The cell may stand over all columns; the row is not the first then, which is a title.
    """
    often = Counter(row[0] for row in texts)
    return [
        not any(rest)
        and (bool(rest) or bool(place))
        and often[first] == 1
        and 0 < len(first) <= _LONGEST_TITLE
        for place, (first, *rest) in enumerate(texts)
    ]


def _heads(
    texts: Sequence[Sequence[str]], marks: Sequence[bool], names: Sequence[str]
) -> list[str]:
    """The head that each row is or stands under; empty where none."""
    heads: list[str] = []
    for row, mark in zip(texts, marks, strict=True):
        if mark:
            new = [*row] != [*names] and len(row[0]) <= _LONGEST_NAME and row[0] not in heads
            heads.append(row[0] if new else "")
        else:
            heads.append(heads[-1] if heads else "")
    return heads


def _parts(texts: Sequence[Sequence[str]], marks: Sequence[bool], heads: Sequence[str]) -> set[str]:
    """First cells that come again under several heads, figures and heads left out."""
    under: defaultdict[str, set[str]] = defaultdict(set)
    for row, mark, head in zip(texts, marks, heads, strict=True):
        if head and not mark and 0 < len(row[0]) <= _LONGEST_TITLE:
            under[row[0]].add(head)
    return {
        label
        for label, above in under.items()
        if len(above) >= _FEWEST_HEADS and label not in heads and not _FIGURES.fullmatch(label)
    }


def _without_empty_columns(
    cells: Sequence[Sequence[Cell]], texts: list[list[str]]
) -> tuple[list[list[Cell]], list[list[str]]]:
    """Columns that hold nothing in any row, the gaps of double rules, left out."""
    width = max(len(row) for row in texts)
    empty = {
        column
        for column in range(width)
        if not any(row[column] for row in texts if len(row) == width)
    }
    kept = [[i for i in range(len(row)) if not (len(row) == width and i in empty)] for row in texts]
    return (
        [[row[i] for i in places] for row, places in zip(cells, kept, strict=True)],
        [[row[i] for i in places] for row, places in zip(texts, kept, strict=True)],
    )


def _header(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], ruled_off: bool
) -> tuple[str, ...]:
    """Names of the columns, if the first row is recognisably their header; else empty.

    It is short, filled, distinct, and differs from the rows below: in weight, in having no
    figures where they have, in being years, or in being the only one that is ruled off.
    """
    if not any(text for row in texts[1:] for text in row[1:]):
        return ()  # nothing stands under the other names: they are said once, as a row
    first = texts[0]
    named = [text for text in first if text]
    if len(named) < max(2, len(first) - 1) or any(len(text) > _LONGEST_NAME for text in named):
        return ()
    if len(set(named)) < len(named):
        return ()
    years = [text for text in named if _YEAR.fullmatch(text)]
    if len(years) >= 2 and len(years) >= len(named) - 2:
        return tuple(first)
    told = _are_names(named) and (ruled_off or _set_off(cells) or _over_figures(texts))
    return tuple(first) if told else ()


def _of_each(names: tuple[str, ...], cells: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The names, said of each of the columns that a cell of the header stands over."""
    columns = cells[1] if names else ()
    starts = [cell.x0 for cell in cells[0]]
    begin = [any(abs(cell.x0 - start) <= _SAME_WALL for cell in columns) for start in starts]
    if len(columns) <= len(starts) or not all(begin):
        return names
    return tuple(names[bisect_right(starts, cell.x0 + _SAME_WALL) - 1] for cell in columns)


def _two_rows_of_names(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Names of the columns where the first row names groups of them and the second each.

    Every column but the first has its name in the second row; both rows differ from those below
    in weight, or these hold figures and ticks.
    """
    if len(texts) < _FEWEST_BELOW or any(texts[1][:1]) or not all(texts[1][1:]):
        return ()
    upper, lower = [[text for text in row if text] for row in texts[:2]]
    names = (texts[0][0], *texts[1][1:])
    grouped = len(names) > 2 and names[0] and len(upper) < len(lower) + 1
    if not grouped or not _are_names(names) or len(set(names)) < len(names):
        return ()
    ticked = [text for row in texts[2:] for text in row[1:] if text]
    figures = sum(bool(_FIGURES.fullmatch(text)) for text in ticked) > 0.6 * len(ticked)
    bold = all(cell.bold for row in cells[:2] for cell in row if cell.lines)
    return names if figures or (bold and _set_off([cells[0], *cells[2:]])) else ()


def _are_names(row: Sequence[str]) -> bool:
    return all(len(text) <= _LONGEST_NAME and not _FIGURES.fullmatch(text) for text in row if text)


def _set_off(cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row is bold and the rest is not."""
    rest = [cell for row in cells[1:] for cell in row if cell.lines]
    first_bold = all(cell.bold for cell in cells[0] if cell.lines)
    return first_bold and sum(cell.bold for cell in rest) < 0.6 * max(1, len(rest))


def _over_figures(texts: Sequence[Sequence[str]]) -> bool:
    """Whether some column, its name aside, holds figures."""
    width = len(texts[0])
    for column in range(width):
        below = [row[column] for row in texts[1:] if len(row) == width and row[column]]
        if (
            len(below) >= (2 if column else _FEWEST_NUMBERED)
            and texts[0][column]
            and sum(bool(_FIGURES.fullmatch(t)) for t in below) > 0.6 * len(below)
        ):
            return True
    return False


def same_columns(header: Header, table: Table) -> bool:
    """Whether some row of the table has the header's columns."""
    return any(
        len(row) == len(header.walls)
        and all(
            -_SAME_WALL <= cell.x0 - wall <= _INDENT
            for cell, wall in zip(row, header.walls, strict=True)
        )
        for row in table.rows
    )
