"""What the passages say of each activity for a goal, for those who are designing one.

One list an activity, not one for and one against: see `web/measured.md` for the rule that was
tried.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from index.derived.columns import Columns
from index.derived.filters import Filters
from index.library import Library
from ingest.records import BlockKind
from search.browsing.browse import browse
from search.browsing.facets import counts
from search.ranking.distinct import distinct
from search.records import Result

_SHOWN = 3
"""Passages an activity: five activities then fill two screens."""

_LOOKED_AT = 20
"""Passages among which the surest are sought: several may be of one document, or tables."""

_LEAST = 0.5
"""The lowest probability of the less likely of both tags: as likely as not. Passages below it, of
13 reports on other subjects, were beside the point."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An activity and what is said of it for a goal.

    expected: whether it is known to serve the goal. passages: how many carry both tags.
    results: some whose tags are likely, the surest first, each from another document.
    """

    activity: str
    expected: bool
    passages: int
    results: tuple[Result, ...]


def evidence(
    library: Library, columns: Columns, goal: str, serving: Collection[str]
) -> tuple[Evidence, ...]:
    """Every activity, those known to serve the goal first, else in the taxonomy's order.

    Raises LibraryError when the library cannot be read.
    """
    filters = Filters(goals=(goal,))
    carried = {
        c.value: c.passages for c in counts(columns, library.taxonomy, filters)["activities"]
    }
    ordered = sorted(library.taxonomy.activities.label_ids, key=lambda name: name not in serving)
    return tuple(
        Evidence(
            activity,
            activity in serving,
            carried.get(activity, 0),
            surest_passages(
                library, columns, Filters(goals=(goal,), activities=(activity,)), _SHOWN
            ),
        )
        for activity in ordered
    )


def surest_passages(
    library: Library, columns: Columns, filters: Filters, most: int
) -> tuple[Result, ...]:
    """At most `most` passages that pass the filters by tags that are likely, the surest first, one
    of each document. Tables are left out, as their rows cannot be quoted in a line.
    """
    first: dict[str, Result] = {}
    for result, *_ in distinct(browse(library, columns, filters, _LOOKED_AT).results):
        if result.score >= _LEAST and result.stored.passage.kind is not BlockKind.TABLE:
            first.setdefault(result.document.document_id, result)
    return tuple(first.values())[:most]
