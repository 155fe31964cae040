"""Goals against activities: how many passages speak of both, held against what is expected."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from corpus.taxonomy import Taxonomy
from index.derived.columns import Columns
from index.derived.filters import Filters
from search.browsing.facets import passing

FULL = 0.05
"""Share of the fullest cell from which an unexpected cell counts as full. A guess: in a library of
1,225 passages the fullest cell held 173, and below a twentieth of it single stray tags decide."""

FEW = 3
"""Passages below which no cell counts as full, however small the library."""


class Verdict(StrEnum):
    """What a cell says when it is held against what is expected."""

    BORNE_OUT = "borne out"
    GAP = "gap"
    """Expected, and nothing there."""
    QUESTION = "question"
    """Not expected, and many passages there."""
    QUIET = "quiet"
    """Not expected, and little or nothing there."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """Passages that carry a goal and an activity.

    share: of the fullest cell's passages, 0 to 1. expected: whether the activity is known to
    serve the goal.
    """

    goal: str
    activity: str
    passages: int
    documents: int
    share: float
    expected: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells: goals down, activities across, both in the taxonomy's order."""

    rows: tuple[tuple[GridCell, ...], ...]
    passages: int
    """Passages that pass the filters, whatever they carry."""

    def cells(self, verdict: Verdict) -> tuple[GridCell, ...]:
        """The cells with this verdict, row by row."""
        return tuple(cell for row in self.rows for cell in row if cell.verdict == verdict)


def grid(
    columns: Columns,
    taxonomy: Taxonomy,
    serves: Mapping[str, Collection[str]],
    filters: Filters,
) -> Grid:
    """Count every pair of a goal and an activity over the passages that pass the filters.

    serves: for each goal the activities that are expected to serve it; goals may be missing.
    """
    mask = passing(columns, filters)
    carries, places = columns.carries[mask], columns.places[mask]
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for goal in taxonomy.goals.label_ids:
        for activity in taxonomy.activities.label_ids:
            both = (
                carries[:, columns.labels.index(goal)] & carries[:, columns.labels.index(activity)]
            )
            counted[goal, activity] = int(both.sum()), len(np.unique(places[both]))
    most = max((passages for passages, _ in counted.values()), default=0)
    rows = tuple(
        tuple(
            _cell(
                goal,
                activity,
                counted[goal, activity],
                most,
                expected=activity in serves.get(goal, ()),
            )
            for activity in taxonomy.activities.label_ids
        )
        for goal in taxonomy.goals.label_ids
    )
    return Grid(rows, int(mask.sum()))


def _cell(
    goal: str, activity: str, count: tuple[int, int], most: int, *, expected: bool
) -> GridCell:
    passages, documents = count
    share = passages / most if most else 0.0
    return GridCell(
        goal,
        activity,
        passages,
        documents,
        share,
        expected,
        _verdict(passages, share, expected=expected),
    )


def _verdict(passages: int, share: float, *, expected: bool) -> Verdict:
    if expected:
        return Verdict.BORNE_OUT if passages else Verdict.GAP
    return Verdict.QUESTION if passages >= FEW and share >= FULL else Verdict.QUIET
