"""Every passage in a few columns, to count by label and by document without reading texts.

In SQL each count takes a pass over the rows; over columns it takes a mask and a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.derived.vectors import Numbers
from index.rows.catalog import Catalog

Places = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Probabilities = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What documents are filtered by; empty or None where it is not known.

    added_at: ISO 8601, UTC.
    """

    document_id: str
    title: str
    year: int | None
    kind: str
    publisher: str
    language: str
    added_at: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The passages of one generation.

    numbers: int64 (n,), ascending.
    places: int32 (n,), the index of each passage's document in `documents`.
    labels: label ids.
    carries: bool (n, labels), whether a passage carries a label. The probability does not say so,
        as that of a tag is rounded and may be 0.
    probabilities: float32 (n, labels), 0 to 1, of the labels that a passage carries; else 0.
    """

    generation: int
    documents: tuple[DocumentFacts, ...]
    labels: tuple[str, ...]
    numbers: Numbers
    places: Places
    carries: Mask
    probabilities: Probabilities


def load(catalog: Catalog, labels: Sequence[str]) -> Columns:
    """Read the columns of the library as it is. Tags of other labels than `labels` are left out."""
    connection = catalog.connection
    with catalog.snapshot() as generation:
        documents = tuple(
            DocumentFacts(*row)
            for row in connection.execute(
                "SELECT document_id, title, year, kind, publisher, language, added_at"
                " FROM documents ORDER BY title COLLATE NOCASE, document_id"
            )
        )
        place = {document.document_id: index for index, document in enumerate(documents)}
        rows = connection.execute("SELECT number, document_id FROM passages ORDER BY number")
        pairs = [(number, place[document]) for number, document in rows]
        tags = connection.execute("SELECT number, label, probability FROM shown_tags").fetchall()
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    numbers = both[:, 0].copy()
    carries, probabilities = _tagged(numbers, tags, labels)
    return Columns(
        generation,
        documents,
        tuple(labels),
        numbers,
        both[:, 1].astype(np.int32),
        carries,
        probabilities,
    )


def _tagged(
    numbers: Numbers, tags: Sequence[tuple[int, str, float]], labels: Sequence[str]
) -> tuple[Mask, Probabilities]:
    column = {label: index for index, label in enumerate(labels)}
    known = [(number, column[label], sure) for number, label, sure in tags if label in column]
    carries = np.zeros((len(numbers), len(labels)), dtype=np.bool_)
    probabilities = np.zeros(carries.shape, dtype=np.float32)
    if known:
        tagged, which, sure = zip(*known, strict=True)
        cells = np.searchsorted(numbers, tagged), which
        carries[cells], probabilities[cells] = True, sure
    return carries, probabilities
