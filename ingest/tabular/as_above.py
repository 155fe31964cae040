"""Empty first cells of a table that mean the same as above.

Pure. Rows come as their cells and, side by side with these, the texts of the cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.tabular.name_levels import FIGURES
from ingest.tabular.row_heads import TOTAL
from ingest.tabular.tables import Cell

LONGEST_LABEL = 260
"""Characters: a label is said in each row that it is meant for; longer text is said once."""
# Numbers of lines and codes ("3.1", "A 12") count rows, and none has that of another.
_CODE = re.compile(r"\W*[A-Za-z]{0,2}\W?\d[\d.]*\W*")
# An answer is that of its own row.
_ANSWER = re.compile(r"(?:yes|no|ja|nein|oui|non|s[ií]|não|sim|nee|nej)\W*", re.IGNORECASE)
# Rows that begin empty, and filled cells of each.
_FEWEST_ROWS = 2
_FEWEST_BESIDE = 2


def with_labels_above(
    cells: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], names: Sequence[str]
) -> list[list[str]]:
    """The texts, empty first cells saying what the row above says, where this is meant.

    It is meant where several rows begin empty and have all other cells filled that the row with
    the label has; a total or a sub-heading has fewer. It is not where a label comes again: then it
    is a mark ("new"), and an empty cell means that there is none. Names of columns are no labels:
    they stand in the first row, or are said again on a page.

    names: of the columns, if they are carried from the page before; else empty.
    """
    done = [list(row) for row in texts]
    found: list[int] = []
    for place in range(1, len(done)):
        row, above = done[place], done[place - 1]
        lead = next((n for n, text in enumerate(row) if text), len(row))
        header = above == [*names] if names else place == 1
        if header or not lead or not _continues(row, above, lead) or _is_part(cells[place], lead):
            continue
        row[:lead] = above[:lead]
        found.append(place)
    begun = (row[0] for drawn, row in zip(cells, texts, strict=True) if not drawn[0].open_above)
    own = Counter(begun)
    marks = any(own[done[place][0]] > 1 for place in found)
    return done if len(found) >= _FEWEST_ROWS and not marks else [list(row) for row in texts]


def _continues(row: Sequence[str], above: Sequence[str], lead: int) -> bool:
    """Whether a row may be under the labels of the row above. lead: how many cells it lacks."""
    labels = above[:lead]
    return (
        len(row) == len(above)
        and len(row) - lead >= _FEWEST_BESIDE
        and all(row[lead:])
        and all(above)
        and all(len(label) <= LONGEST_LABEL for label in labels)
        and not any(kind.fullmatch(x) for kind in (FIGURES, _CODE, _ANSWER) for x in labels)
        and not any(TOTAL.match(text) for text in (*row, *labels))
    )


def _is_part(row: Sequence[Cell], lead: int) -> bool:
    """Whether a first cell is part of the one above: then its text was too long to be said."""
    return any(cell.open_above for cell in row[:lead])
