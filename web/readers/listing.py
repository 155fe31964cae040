"""How the documents page selects, sorts and labels documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from index.derived.columns import Columns
from index.languages.letters import unmarked
from index.rows.records import StoredDocument

_Order = Callable[[StoredDocument], tuple[object, ...]]

_ORDERS: dict[str, tuple[_Order, bool]] = {
    "title": (lambda d: (d.metadata.title.casefold(),), False),
    "newest": (lambda d: (d.metadata.year or 0, d.added_at), True),
    "added": (lambda d: (d.added_at,), True),
    "longest": (lambda d: (d.page_count,), True),
}
"""How documents may be sorted, and whether the highest comes first."""


def ordered(documents: Iterable[StoredDocument], sort: str) -> list[StoredDocument]:
    """Documents by title, newest, added or longest; by title for anything else."""
    order, reverse = _ORDERS.get(sort, _ORDERS["title"])
    return sorted(documents, key=order, reverse=reverse)


def has_words(document: StoredDocument, words: str) -> bool:
    """Whether a document's title, publisher, year, kind or authors have the words in them, in one
    piece; accents and capitals do not count.
    """
    meta = document.metadata
    own = (meta.title, meta.publisher, str(meta.year or ""), meta.kind, *meta.authors)
    return unmarked(words).casefold() in unmarked(" ".join(own)).casefold()


def main_labels(read: Columns, most: int) -> dict[str, list[str]]:
    """By document id, the ids of the labels that most of its passages carry: at most `most` labels,
    the most frequent first.
    """
    counts = np.zeros((len(read.documents), len(read.labels)), dtype=np.int64)
    np.add.at(counts, read.places, read.carries)
    best = np.argsort(-counts, axis=1, kind="stable")[:, :most]
    return {
        document.document_id: [read.labels[column] for column in row if counts[place, column]]
        for place, (document, row) in enumerate(zip(read.documents, best.tolist(), strict=True))
    }
