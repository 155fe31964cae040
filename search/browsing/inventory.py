"""The library's tags and its grid as tables, for analysis elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.taxonomy import Taxonomy
from index.rows.catalog import Catalog
from search.browsing.grid import Grid
from search.records import Quote

TAG_COLUMNS = (
    "passage_id",
    "document_id",
    "document",
    "page",
    "facet",
    "label",
    "probability",
    "by",
    "sentence",
)
CELL_COLUMNS = (
    "goal",
    "activity",
    "passages",
    "documents",
    "expected",
    "verdict",
    "goal_title",
    "activity_title",
)


def tag_rows(catalog: Catalog, taxonomy: Taxonomy) -> Iterator[tuple[object, ...]]:
    """A row a tag, as in `TAG_COLUMNS`: documents by title, passages in their order.

    page: of the sentence that earned the tag, 1-based. probability: 0 to 1. by: as `Tag.by`; what a
    person rejected is left out.
    """
    facet_of = {label: facet.id for facet in taxonomy.facets for label in facet.label_ids}
    for document in catalog.documents():
        for stored in catalog.passages_of(document.document_id):
            for tag in stored.tags:
                yield (
                    stored.passage_id,
                    stored.document_id,
                    document.metadata.title,
                    Quote.of(stored.passage, tag.start, tag.end).page,
                    facet_of.get(tag.label, ""),
                    tag.label,
                    tag.probability,
                    tag.by,
                    stored.passage.text[tag.start : tag.end],
                )


def cell_rows(grid: Grid, taxonomy: Taxonomy) -> Iterator[tuple[object, ...]]:
    """A row a cell, as in `CELL_COLUMNS`; goal and activity by id, their titles last."""
    for row in grid.rows:
        for cell in row:
            expected = "yes" if cell.expected else "no"
            titles = (taxonomy.label(name).title for name in (cell.goal, cell.activity))
            counts = cell.passages, cell.documents, expected, cell.verdict.value
            yield cell.goal, cell.activity, *counts, *titles


def grid_lines(grid: Grid, taxonomy: Taxonomy) -> Iterator[str]:
    """The grid to be read on a terminal: passages by goal and activity.

    A star marks cells that are expected, so that "0*" is a gap.
    """
    labels = taxonomy.goals.label_ids
    first = max(map(len, labels))
    yield " " * first + "".join(f"  {label}" for label in taxonomy.activities.label_ids)
    for label, row in zip(labels, grid.rows, strict=True):
        counts = (f"{cell.passages}{'*' if cell.expected else ' '}" for cell in row)
        cells = zip(counts, taxonomy.activities.label_ids, strict=True)
        yield f"{label:{first}}" + "".join(f"  {count:>{len(name)}}" for count, name in cells)
    yield f"{grid.passages} passages; * where the activity is known to serve the goal"
