"""How many passages each further filter would leave: pure counts over the library's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.taxonomy import Taxonomy
from index.derived.columns import Columns, DocumentFacts, Mask
from index.derived.filters import Filters

Fact = Callable[[DocumentFacts], str]

_FACTS: dict[str, Fact] = {
    "kinds": lambda document: document.kind,
    "publishers": lambda document: document.publisher,
    "languages": lambda document: document.language,
    "documents": lambda document: document.document_id,
}


@dataclass(frozen=True, slots=True)
class Count:
    """A value that a field may be limited to, and the passages that it would leave."""

    value: str
    passages: int


def counts(columns: Columns, taxonomy: Taxonomy, filters: Filters) -> dict[str, tuple[Count, ...]]:
    """For each field the values that leave at least one passage.

    A field's own filter is set aside for its counts, so that they say what another choice would
    give. Labels come in the taxonomy's order, years newest first, the rest by passages.
    """
    masks = _masks(columns, filters)
    found: dict[str, tuple[Count, ...]] = {}
    for field, facet in (("goals", taxonomy.goals), ("activities", taxonomy.activities)):
        rest = _agreed(masks, field, len(columns.numbers))
        indexes = [columns.labels.index(label) for label in facet.label_ids]
        sums = columns.carries[rest][:, indexes].sum(axis=0).tolist()
        found[field] = _present(zip(facet.label_ids, sums, strict=True))
    years = [str(document.year or "") for document in columns.documents]
    by_year = _by_fact(columns, years, _agreed(masks, "years", len(columns.numbers)))
    found["years"] = _present(sorted(by_year.items(), reverse=True))
    for field, fact in _FACTS.items():
        values = [fact(document) for document in columns.documents]
        by_value = _by_fact(columns, values, _agreed(masks, field, len(columns.numbers)))
        ordered = sorted(by_value.items(), key=lambda pair: (-pair[1], pair[0]))
        found[field] = _present(ordered)
    return found


def passing(columns: Columns, filters: Filters) -> Mask:
    """Which passages pass all filters, bool (n,)."""
    return _agreed(_masks(columns, filters), "", len(columns.numbers))


def _masks(columns: Columns, filters: Filters) -> dict[str, Mask]:
    """A mask for each field that is limited."""
    masks: dict[str, Mask] = {}
    for field, labels in (("goals", filters.goals), ("activities", filters.activities)):
        if labels:
            wanted = [columns.labels.index(label) for label in labels]
            masks[field] = np.asarray(columns.carries[:, wanted].any(axis=1), dtype=np.bool_)
    if filters.years:
        first, last = filters.years
        years = [document.year for document in columns.documents]
        masks["years"] = _over_passages(
            columns, [y is not None and first <= y <= last for y in years]
        )
    if filters.after:
        masks["after"] = columns.numbers > filters.after
    for field, fact in _FACTS.items():
        chosen = getattr(filters, field)
        if chosen:
            masks[field] = _over_passages(columns, [fact(d) in chosen for d in columns.documents])
    return masks


def _over_passages(columns: Columns, documents: Sequence[bool]) -> Mask:
    """What holds of each document, for each of its passages."""
    mask: Mask = np.array(documents, dtype=np.bool_)[columns.places]
    return mask


def _agreed(masks: Mapping[str, Mask], without: str, size: int) -> Mask:
    """The passages that are in all masks but that of one field; of so many passages."""
    agreed = np.ones(size, dtype=np.bool_)
    for field, mask in masks.items():
        if field != without:
            agreed &= mask
    return agreed


def _by_fact(columns: Columns, values: Sequence[str], mask: Mask) -> dict[str, int]:
    """Passages of the mask by the value of their document; unknown values are left out."""
    by_document = np.bincount(columns.places[mask], minlength=len(columns.documents)).tolist()
    found: dict[str, int] = {}
    for value, passages in zip(values, by_document, strict=True):
        if value:
            found[value] = found.get(value, 0) + passages
    return found


def _present(pairs: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    return tuple(Count(value, number) for value, number in pairs if number)
