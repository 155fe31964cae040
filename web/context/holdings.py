"""What the pages say of the whole library, worked out once for each generation."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

from corpus.examples import examples as starter_examples
from index.derived import columns
from index.derived.columns import Columns
from index.library import Library
from index.rows import database, headings
from index.rows.records import Counts

_QUESTIONS, _SUBJECTS = 2, 12
"""How many headings that are questions, and how many that name a subject, become examples. Trying
one costs an answer, some 10 ms."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """A generation of the library at a glance.

    pages: of the documents that are cited by pages.
    examples: questions and subjects to ask the library about, in the order in which they are
        tried; some may find nothing.
    newest: the day on which a document was last added; None for an empty library.
    """

    counts: Counts
    pages: int
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
        """What the library holds now; read again after each change of it."""
        with self._guard, self._library.reading() as catalog:
            generation = database.generation(catalog.connection)
            if self._kept is None or self._kept.columns.generation != generation:
                self._kept = _read(self._library)
            return self._kept


def _read(library: Library) -> Holdings:
    with library.catalog() as catalog:
        read = columns.load(catalog, library.taxonomy.label_ids)
        questions = headings.questions(catalog, _QUESTIONS)
        subjects = headings.subjects(catalog, _SUBJECTS)
        counts = catalog.counts()
        documents = catalog.documents()
    of_starter = starter_examples({document.file_name for document in documents})
    days = [date.fromisoformat(document.added_at[:10]) for document in read.documents]
    examples = (*of_starter, *questions, *subjects)
    pages = sum(one.page_count for one in documents if one.has_pages)
    return Holdings(counts, pages, read, examples, max(days, default=None))
