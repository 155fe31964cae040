"""What the pages say of the whole library, worked out once for each generation."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

import numpy as np

from corpus import examples as known
from corpus.taxonomy import Taxonomy
from index import columns, database, headings
from index.columns import Columns
from index.library import Library
from index.records import Counts

_FROM_HEADINGS = 2
"""Questions made of headings, between known ones and those made of labels."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """A generation of the library at a glance.

    examples: questions that it can be asked, the best first, answered or not.
    newest: the day on which a document was last added; None for an empty library.
    """

    counts: Counts
    columns: Columns
    examples: tuple[str, ...]
    newest: date | None


class HoldingsKeeper:
    """Keeps the holdings of the newest generation. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: Holdings | None = None
        self._guard = threading.Lock()

    def holdings(self) -> Holdings:
        """Those of the library as it is now."""
        with self._guard, self._library.reading() as catalog:
            generation = database.generation(catalog.connection)
            if self._kept is None or self._kept.columns.generation != generation:
                self._kept = _read(self._library)
            return self._kept


def _read(library: Library) -> Holdings:
    with library.catalog() as catalog:
        read = columns.load(catalog, library.taxonomy.label_ids)
        asked = headings.questions(catalog, _FROM_HEADINGS)
        counts = catalog.counts()
        begun = known.examples({document.file_name for document in catalog.documents()})
    days = [date.fromisoformat(document.added_at[:10]) for document in read.documents]
    examples = (*begun, *asked, *_from_labels(read, library.taxonomy))
    return Holdings(counts, read, examples, max(days, default=None))


def _from_labels(read: Columns, taxonomy: Taxonomy) -> list[str]:
    """Questions made of labels, of those that most passages carry first."""
    carried: list[int] = np.sum(read.carries, axis=0).tolist()
    ordered = sorted(zip(read.labels, carried, strict=True), key=lambda pair: -pair[1])
    plain = [taxonomy.label(label).plain for label, passages in ordered if passages]
    return [f"How did others {words[0].lower()}{words[1:]}?" for words in plain]
