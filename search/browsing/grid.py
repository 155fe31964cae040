"""Goals against activities: how many passages speak of both, held against what is expected."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from corpus.initiatives import known_alignment
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


def serves(taxonomy: Taxonomy) -> Mapping[str, Sequence[str]]:
    """Which activities are known to serve which goal; empty for tags other than the starter's."""
    alignment = known_alignment(taxonomy)
    return alignment.serves if alignment else {}


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
    goals, activities = taxonomy.goals.label_ids, taxonomy.activities.label_ids
    carrying = {label: carries[:, columns.labels.index(label)] for label in (*goals, *activities)}
    both = {
        (goal, activity): places[carrying[goal] & carrying[activity]]
        for goal in goals
        for activity in activities
    }
    most = max(map(len, both.values()), default=0)

    def cell(goal: str, activity: str) -> GridCell:
        found = both[goal, activity]
        share = len(found) / most if most else 0.0
        expected = activity in serves.get(goal, ())
        verdict = _verdict(len(found), share, expected=expected)
        documents = len(np.unique(found))
        return GridCell(goal, activity, len(found), documents, share, expected, verdict)

    rows = tuple(tuple(cell(goal, activity) for activity in activities) for goal in goals)
    return Grid(rows, int(mask.sum()))


def _verdict(passages: int, share: float, *, expected: bool) -> Verdict:
    if expected:
        return Verdict.BORNE_OUT if passages else Verdict.GAP
    return Verdict.QUESTION if passages >= FEW and share >= FULL else Verdict.QUIET
