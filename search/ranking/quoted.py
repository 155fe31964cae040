"""Passages that hold what a question puts between quotation marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from index.derived.words import WordIndex
from index.languages.letters import unmarked
from index.rows.catalog import Catalog
from index.rows.likeness import running
from index.rows.records import StoredDocument
from ingest.records import Passage
from search.records import Candidate


def with_quoted(
    catalog: Catalog, words: WordIndex, phrases: Iterable[str], found: list[Candidate]
) -> list[Candidate]:
    """The candidates, with `quoted` for whether they hold all phrases in some form, and
    `as_written` for whether they hold them as they are written. Unchanged without phrases.
    """
    phrases = tuple(phrases)
    if not phrases:
        return found
    holding = np.array([item.number for item in found], dtype=np.int64)
    for phrase in phrases:
        holding = words.holding(words.terms(phrase), len(found), holding)
    stored = catalog.passages(holding.tolist())
    documents = catalog.documents_by_id({one.document_id for one in stored.values()})
    as_written = {
        number: _holds_as_written(phrases, one.passage, documents.get(one.document_id))
        for number, one in stored.items()
    }
    return [
        replace(
            item, quoted=item.number in as_written, as_written=as_written.get(item.number, False)
        )
        for item in found
    ]


def _holds_as_written(
    phrases: Iterable[str], passage: Passage, document: StoredDocument | None
) -> bool:
    """Whether each phrase stands in the text, or in a heading, or in the title."""
    title = (document.metadata.title,) if document else ()
    parts = [running(unmarked(part)) for part in (passage.text, *passage.section, *title)]
    return all(any(running(unmarked(phrase)) in part for part in parts) for phrase in phrases)
