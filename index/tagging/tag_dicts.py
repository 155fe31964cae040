"""Tags as the JSON that scripts rely on: label and probability, facet by facet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from corpus.taxonomy import Facet, Taxonomy
from index.rows.records import Tag


def tags_as_dicts(tags: Iterable[Tag], facet: Facet) -> list[dict[str, Any]]:
    """The tags of one facet, in the order given."""
    return [
        {"label": tag.label, "probability": tag.probability}
        for tag in tags
        if tag.label in facet.label_ids
    ]


def by_facet(tags: Sequence[Tag], taxonomy: Taxonomy) -> dict[str, list[dict[str, Any]]]:
    """The tags under the ids of their facets; a facet without any has an empty list."""
    return {facet.id: tags_as_dicts(tags, facet) for facet in taxonomy.facets}
