"""Rows under a head within a table, said with it: "Borland, Female".

Pure. Rows come as their cells and, side by side with these, the texts of the cells.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from ingest.tabular.name_levels import FIGURES, LONGEST_NAME
from ingest.tabular.tables import Cell

# Characters of a head that is not bold, and of a first cell said with one.
_LONGEST = 40
TOTAL = re.compile(
    r"(?:grand |sub-?)?tota(?:ls?|les?|li|is|lt|al)\b|insgesamt|gesamt|summ[ea]n?\b", re.IGNORECASE
)
"""The label of a row of totals, matched at its beginning."""
# Heads that a label comes again under, and such labels under heads that are not bold.
_FEWEST_HEADS = 2
_FEWEST_PARTS = 2


def under_heads(
    cells: Sequence[Sequence[Cell]], texts: list[list[str]], names: Sequence[str]
) -> list[list[str]]:
    """The texts, first cells said with the head above them if some come again under several heads.

    "Female" alone does not say whom it is a part of: it is said as "Borland, Female". Heads are
    bold; or else they stand alone in their rows, and two first cells come again under them.
    names: a row that is the header, and heads nothing.
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
    """Places of the rows that belong to the head above them.

    Those are all rows but totals, figures and what follows the last of the labels that come again
    under the last head. parts: these labels; where there are none no row belongs to a head, for a
    head may be a row like the others.
    """
    again = {place for place, row in enumerate(texts) if row[0] in parts}
    last = [place for place in again if heads[place] == heads[-1]]
    end = max(last) if last else len(texts)
    once = {
        place
        for place, row in enumerate(texts[: end + 1])
        if row[0] and not FIGURES.fullmatch(row[0]) and not TOTAL.match(row[0])
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
        and 0 < len(first) <= _LONGEST
        for place, (first, *rest) in enumerate(texts)
    ]


def _heads(
    texts: Sequence[Sequence[str]], marks: Sequence[bool], names: Sequence[str]
) -> list[str]:
    """The head that each row is or stands under; empty where none."""
    heads: list[str] = []
    for row, mark in zip(texts, marks, strict=True):
        if mark:
            new = [*row] != [*names] and len(row[0]) <= LONGEST_NAME and row[0] not in heads
            heads.append(row[0] if new else "")
        else:
            heads.append(heads[-1] if heads else "")
    return heads


def _parts(texts: Sequence[Sequence[str]], marks: Sequence[bool], heads: Sequence[str]) -> set[str]:
    """First cells that come again under several heads, figures and heads left out."""
    under: defaultdict[str, set[str]] = defaultdict(set)
    for row, mark, head in zip(texts, marks, heads, strict=True):
        if head and not mark and 0 < len(row[0]) <= _LONGEST:
            under[row[0]].add(head)
    return {
        label
        for label, above in under.items()
        if len(above) >= _FEWEST_HEADS and label not in heads and not FIGURES.fullmatch(label)
    }
