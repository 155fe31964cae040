"""Documents that speak of the same things as another one."""

from __future__ import annotations

import numpy as np

from index.library import Library
from index.rows.records import StoredDocument

_DEPTH = 200
"""Passages looked at around the document's middle, its own among them."""


def alike(library: Library, document_id: str, most: int) -> tuple[StoredDocument, ...]:
    """At most `most` other documents, the nearest first.

    A document's middle is the mean of its passages' vectors; others are ordered by the sum of the
    cosines of their passages among those nearest to it. Empty for a document without passages.
    """
    views = library.views()
    with library.catalog() as catalog:
        own = catalog.vectors_of(document_id, library.identity.dimension)
        if not len(own):
            return ()
        middle = np.asarray(own.mean(axis=0), dtype=np.float32)
        length = np.float32(np.linalg.norm(middle))
        if not length:
            return ()
        numbers, scores = views.vectors.nearest(middle / length, _DEPTH + len(own))
        documents_of = catalog.documents_of(numbers.tolist())
        sums: dict[str, float] = {}
        for number, score in zip(numbers.tolist(), scores.tolist(), strict=True):
            name = documents_of.get(number, document_id)
            if name != document_id:
                sums[name] = sums.get(name, 0.0) + max(0.0, score)
        nearest = sorted(sums, key=lambda name: (-sums[name], name))[:most]
        documents = catalog.documents_by_id(nearest)
    return tuple(documents[name] for name in nearest if name in documents)
