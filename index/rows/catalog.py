"""Documents, pages, passages and tags, read as records; documents added.

Modules that need a few columns of many rows read them with statements of their own. What changes
rows of documents is in `document_rows`, `revise` and `tag_rows`; any other table is written only by
the module that keeps it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from index.rows import audit, database
from index.rows.document_rows import write_document
from index.rows.records import (
    Counts,
    EncodedDocument,
    FloatVector,
    Spans,
    StoredDocument,
    StoredPassage,
    Tag,
    document_id,
)
from index.rows.row_records import document_of, passage_of
from index.rows.stored import read_spans, read_vectors
from ingest.records import SECTION_SEPARATOR, BlockKind, Health, Page

_T = TypeVar("_T")

_HIGHEST = 2**63 - 1
"""The highest number that SQLite can give a row."""

_CHUNK = 500
"""Values in one statement; old builds of SQLite allow 999."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The rows of one library, over one connection; not to be shared between threads."""

    connection: sqlite3.Connection

    # Writing

    def add(self, documents: Sequence[EncodedDocument], who: str = audit.COMMAND_LINE) -> int:
        """Write documents in one change, each with a line in the log; return how many were written.
        A document whose content is in the library already is left out.

        who: for the log. Raises LibraryError when the library cannot be changed.
        """
        written = 0
        with database.addition(self.connection):
            for encoded in documents:
                content, title = encoded.document.content_sha256, encoded.document.metadata.title
                if not self.has_content(content):
                    write_document(self.connection, encoded)
                    audit.record(self.connection, who, "add", document_id(content), title)
                    written += 1
        return written

    # Reading

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        """A read transaction: all that is read inside is of one generation, which it yields,
        whatever is written meanwhile.
        """
        self.connection.execute("BEGIN")
        try:
            yield database.generation(self.connection)
        finally:
            self.connection.execute("ROLLBACK")

    def has_file(self, sha256: str) -> bool:
        """Whether a file with these bytes was read to its end."""
        return self._exists("SELECT 1 FROM files WHERE sha256 = ?", sha256)

    def has_content(self, content_sha256: str) -> bool:
        """Whether a document with this content is in the library."""
        return self._exists("SELECT 1 FROM documents WHERE content_sha256 = ?", content_sha256)

    def needs_original(self, sha256: str) -> bool:
        """Whether a document, in the library or on the shelf, was read from this file."""
        return self._exists(
            "SELECT 1 FROM documents WHERE file_sha256 = ?1"
            " UNION ALL SELECT 1 FROM shelf WHERE file_sha256 = ?1",
            sha256,
        )

    def originals(self) -> set[str]:
        """Digests of the files from which documents, in the library or on the shelf, were read."""
        rows = self.connection.execute(
            "SELECT file_sha256 FROM documents UNION SELECT file_sha256 FROM shelf"
        )
        return {sha256 for (sha256,) in rows}

    def _exists(self, statement: str, value: str) -> bool:
        return self.connection.execute(statement, (value,)).fetchone() is not None

    def counts(self) -> Counts:
        """How much the library holds."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM pages),"
            " (SELECT count(*) FROM passages)"
        ).fetchone()
        return Counts(*row)

    def documents(self) -> list[StoredDocument]:
        """All documents, by title."""
        return self._documents("ORDER BY title COLLATE NOCASE, document_id", ())

    def document_ids(self) -> frozenset[str]:
        """Ids of all documents. 1,200 cost .5 ms; as records they cost 16."""
        rows = self.connection.execute("SELECT document_id FROM documents")
        return frozenset(name for (name,) in rows)

    def document(self, document: str) -> StoredDocument:
        """A document by its id, or by a beginning of the id that no other document has.

        Raises KeyError when there is none or more than one.
        """
        found = self._documents(
            "WHERE substr(document_id, 1, ?) = ? LIMIT 2", (len(document), document)
        )
        if len(found) != 1 or not document:
            raise KeyError(document)
        return found[0]

    def documents_of_file(self, sha256: str) -> list[StoredDocument]:
        """The documents that were read from a file, by id."""
        return self._documents("WHERE file_sha256 = ? ORDER BY document_id", (sha256,))

    def documents_by_id(self, names: Collection[str]) -> dict[str, StoredDocument]:
        """Documents by id; ids that are not there are left out."""
        found: dict[str, StoredDocument] = {}
        for part, marks in _chunked(sorted(names)):
            for document in self._documents(f"WHERE document_id IN ({marks})", tuple(part)):
                found[document.document_id] = document
        return found

    def _documents(self, clause: str, values: tuple[object, ...]) -> list[StoredDocument]:
        rows = self.connection.execute(
            "SELECT document_id, file_sha256, file_name, source_id, title, authors, publisher,"
            " year, language, url, kind, added_at,"
            " (SELECT count(*) FROM pages p WHERE p.document_id = d.document_id),"
            " (SELECT count(*) FROM passages p WHERE p.document_id = d.document_id),"
            " (SELECT count(*) FROM pages p WHERE p.document_id = d.document_id"
            "  AND p.health IN ('scanned', 'garbled'))"
            f" FROM documents d {clause}",
            values,
        )
        return [document_of(row) for row in rows]

    def pages(self, document: str) -> list[Page]:
        """Pages of a document with their health, without blocks."""
        rows = self.connection.execute(
            "SELECT number, health, label, printed FROM pages WHERE document_id = ?"
            " ORDER BY number",
            (document,),
        )
        return [
            Page(number, Health(health), label=label, printed=printed)
            for number, health, label, printed in rows
        ]

    def passages(self, numbers: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by number, tags included; numbers that are not there are left out."""
        return {found.number: found for found in self._passages("number", numbers)}

    def texts(self, numbers: Sequence[int]) -> dict[int, str]:
        """Texts of passages by number; 200 cost .4 ms."""
        return self._column("text", numbers)

    def documents_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """Ids of the documents of passages, by the passages' numbers."""
        return self._column("document_id", numbers)

    def of_kind(self, kind: BlockKind, numbers: Sequence[int]) -> list[int]:
        """The numbers among `numbers` whose passage is of this kind."""
        return [
            number for number, own in self._column("kind", numbers).items() if own == kind.value
        ]

    def _column(self, column: str, numbers: Sequence[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for part, marks in _chunked(numbers):
            found.update(
                self.connection.execute(
                    f"SELECT number, {column} FROM passages WHERE number IN ({marks})", part
                )
            )
        return found

    def passages_of(self, document: str) -> list[StoredPassage]:
        """Passages of a document in its order, tags included."""
        found = self._passages("document_id", [document])
        return sorted(found, key=lambda stored: stored.passage.position)

    def beside(
        self, document: str, position: int, without: BlockKind | None
    ) -> tuple[int | None, int | None]:
        """Numbers of the passages next before and after a position of a document; None at its ends.

        without: passages of this kind are passed over.
        """

        def nearest(which: str) -> int | None:
            row = self.connection.execute(
                "SELECT number FROM passages WHERE document_id = ? AND kind IS NOT ?"
                f" AND position {which} LIMIT 1",
                (document, without and without.value, position),
            ).fetchone()
            return row[0] if row else None

        return nearest("< ? ORDER BY position DESC"), nearest("> ? ORDER BY position")

    def passage_ids(self, document: str) -> dict[int, str]:
        """Ids of a document's passages by their numbers, in its order."""
        return dict(
            self.connection.execute(
                "SELECT number, passage_id FROM passages WHERE document_id = ? ORDER BY position",
                (document,),
            )
        )

    def passage(self, name: str) -> StoredPassage:
        """A passage by its id. Raises KeyError when there is none."""
        for found in self._passages("passage_id", [name]):
            return found
        raise KeyError(name)

    def passages_by_id(self, names: Collection[str]) -> dict[str, StoredPassage]:
        """Passages by their ids; ids that are not there are left out."""
        return {found.passage_id: found for found in self._passages("passage_id", sorted(names))}

    def _passages(self, column: str, values: Sequence[int | str]) -> list[StoredPassage]:
        rows = []
        for part, marks in _chunked(values):
            rows += self.connection.execute(
                "SELECT number, passage_id, document_id, position, text, section, kind,"
                " page_first, page_last, page_breaks, notes FROM passages"
                f" WHERE {column} IN ({marks})",
                part,
            ).fetchall()
        numbers = [row[0] for row in rows]
        tags, printed = self._tags(numbers), self._printed(numbers)
        return [
            StoredPassage(
                row[0],
                row[1],
                row[2],
                passage_of(row[3:]),
                tags.get(row[0], ()),
                printed.get(row[0], ()),
            )
            for row in rows
        ]

    def _printed(self, numbers: Sequence[int]) -> dict[int, tuple[tuple[int, str], ...]]:
        found: dict[int, tuple[tuple[int, str], ...]] = {}
        for part, marks in _chunked(numbers):
            for number, *page in self.connection.execute(
                "SELECT p.number, g.number, g.printed FROM passages p JOIN pages g"
                " ON g.document_id = p.document_id"
                " AND g.number BETWEEN p.page_first AND p.page_last"
                f" WHERE p.number IN ({marks}) AND g.printed <> '' ORDER BY g.number",
                part,
            ):
                found[number] = (*found.get(number, ()), (page[0], page[1]))
        return found

    def _tags(self, numbers: Sequence[int]) -> dict[int, tuple[Tag, ...]]:
        tags: dict[int, tuple[Tag, ...]] = {}
        # With json_each in place of marks SQLite reads every tag there is: 290 ms for 600,000.
        for part, marks in _chunked(numbers):
            for number, *tag in self.connection.execute(
                "SELECT number, label, probability, start, stop, verdict FROM shown_tags"
                f" WHERE number IN ({marks}) ORDER BY number, probability DESC",
                part,
            ):
                tags[number] = (*tags.get(number, ()), Tag(*tag))
        return tags

    def vectors_of(self, document: str, dimension: int) -> npt.NDArray[np.float32]:
        """Vectors of a document's passages, float32 (n, dim), by number."""
        rows = self.connection.execute(
            "SELECT vector FROM passages WHERE document_id = ? ORDER BY number", (document,)
        )
        return read_vectors([vector for (vector,) in rows], dimension)

    def numbers(self, first: int = 0) -> npt.NDArray[np.int64]:
        """Numbers of all passages from `first` on, int64 (n,), ascending."""
        rows = self.connection.execute(
            "SELECT number FROM passages WHERE number >= ? ORDER BY number", (first,)
        )
        return np.fromiter((number for (number,) in rows), dtype=np.int64)

    def all_vectors(
        self, first: int = 0, last: int = _HIGHEST
    ) -> Iterator[tuple[int, FloatVector]]:
        """Number and vector of every passage from one number to another, by number."""
        for number, vector in self.connection.execute(
            "SELECT number, vector FROM passages WHERE number BETWEEN ? AND ? ORDER BY number",
            (first, last),
        ):
            yield number, read_vectors([vector], len(vector) // 2)[0]

    def all_texts(
        self, first: int = 0, last: int = _HIGHEST
    ) -> Iterator[tuple[int, str, str, str]]:
        """Number, document title, section and text of every passage from one number to another,
        by number.
        """
        for number, title, section, text in self.connection.execute(
            "SELECT p.number, d.title, p.section, p.text FROM passages p"
            " JOIN documents d USING (document_id) WHERE p.number BETWEEN ? AND ?"
            " ORDER BY p.number",
            (first, last),
        ):
            yield number, title, SECTION_SEPARATOR.join(json.loads(section)), text

    def all_spans(self, first: int = 0, last: int = _HIGHEST) -> Iterator[tuple[int, Spans]]:
        """Number and windows, as offsets in the text, of every passage from one number to
        another, by number.
        """
        for number, spans in self.connection.execute(
            "SELECT number, spans FROM passages WHERE number BETWEEN ? AND ? ORDER BY number",
            (first, last),
        ):
            yield number, read_spans(spans)


def _chunked(values: Sequence[_T]) -> Iterator[tuple[Sequence[_T], str]]:
    """The values in parts of `_CHUNK`, each with as many question marks, for a statement."""
    for start in range(0, len(values), _CHUNK):
        part = values[start : start + _CHUNK]
        yield part, ",".join("?" * len(part))
