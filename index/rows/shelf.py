"""Documents that were read and are not in the library: drafts, withdrawn and replaced ones.

None of them has a row in `documents`, so nothing that searches, counts or exports can show one. The
original of each lies in files/ as that of any document does. `index.curating.drafting` puts drafts
here; `index.rows.document_rows` takes off what is published; `index.curating.bin` withdraws and
puts back; `index.curating.erase` removes for good.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, fields
from enum import StrEnum
from typing import Any

from index.rows.likeness import Sketch
from index.rows.reading import DocumentReading, packed, unpacked
from index.rows.records import Tag, has_pages
from ingest.records import Metadata, Page, Passage

CORRECTED, CONFIRMED = TOLD = ("corrected", "confirmed")
"""Sources of what a curator put right, and of what a curator looked at and left as it was."""

ROW = "documents.csv"
"""Source of what the file's row states. Nobody has looked at that, so a later row may change it."""


class ShelfState(StrEnum):
    """Why a document is on the shelf."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a field of the metadata probably is.

    source: where it was found, in words. confidence: 0 to 1, see `index.curating.guesses`. over:
    the guess from the file itself, where `index.curating.inherited` put this one in its place.
    """

    value: Any
    source: str
    confidence: float
    over: Guess | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document that a draft looks like.

    where: "library", or the document's state on the shelf. why: "same text", "shared text" or "same
    title". share: how many of the draft's runs of eight words the document has too, 0 to 1.
    """

    document_id: str
    title: str
    where: str
    why: str
    share: float


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the shelf's list.

    like: the document that it looks like most, None where there is none. replaced_by: id of the
    version that took its place, or empty. year_confidence: how sure the guess of its year is, None
    where there is none.
    """

    document_id: str
    file_sha256: str
    file_name: str
    state: ShelfState
    like: Duplicate | None
    title: str
    year: int | None
    pages: int
    unread_pages: int
    passages: int
    who: str
    at: str
    replaced_by: str
    year_confidence: float | None

    @property
    def has_pages(self) -> bool:
        """Whether it is cited by its pages."""
        return has_pages(self.file_name, self.pages)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document of the shelf.

    metadata: as it stands, corrections included.
    guesses: by field of `Metadata`.
    tags: the machine's, a tuple for each passage, in the order of the passages.
    duplicates: documents that it probably is, the likeliest first.
    replaces: id of the document whose new version it is to be, or empty.
    sketch: of its text, to compare later ones with; None in rows of an earlier version.
    last_number: of the last passage that it had in the library; 0 where it was never there, and in
        rows of an earlier version.
    """

    document_id: str
    file_sha256: str
    file_name: str
    state: ShelfState
    metadata: Metadata
    guesses: Mapping[str, Guess]
    reading: DocumentReading
    tags: tuple[tuple[Tag, ...], ...]
    duplicates: tuple[Duplicate, ...]
    who: str
    at: str
    replaces: str = ""
    sketch: Sketch | None = None
    last_number: int = 0

    @property
    def source_id(self) -> str:
        """The id that a line of JSONL carries, else empty."""
        return self.reading.source_id

    @property
    def pages(self) -> tuple[Page, ...]:
        """Its pages with their health, without blocks."""
        return self.reading.pages

    @property
    def has_pages(self) -> bool:
        """Whether it is cited by its pages."""
        return has_pages(self.file_name, len(self.pages))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its passages, as they will be, or were, in the library."""
        return self.reading.passages

    @property
    def labels(self) -> dict[str, int]:
        """How many of its passages carry each label, the most frequent label first."""
        counts: dict[str, int] = {}
        for tag in (tag for tags in self.tags for tag in tags):
            counts[tag.label] = counts.get(tag.label, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Sketched:
    """What a document of the shelf is compared by."""

    document_id: str
    title: str
    state: str
    sketch: Sketch


def listing(connection: sqlite3.Connection, state: ShelfState | None = None) -> list[Listed]:
    """The documents of the shelf, or those in one state, newest first."""
    return _listed(connection, "?1 IS NULL OR state = ?1", state)


def state(connection: sqlite3.Connection, document: str) -> ShelfState | None:
    """Why a document is on the shelf; None when it is not there."""
    row = connection.execute("SELECT state FROM shelf WHERE document_id = ?", (document,))
    found = row.fetchone()
    return ShelfState(found[0]) if found else None


def sketched(connection: sqlite3.Connection) -> Iterator[Sketched]:
    """The documents of the shelf that have a sketch."""
    rows = connection.execute(
        "SELECT document_id, json_extract(metadata, '$.title'), state,"
        " json_extract(preview, '$.sketch') FROM shelf"
    )
    for document, title, state, kept in rows:
        if kept is not None:
            level, digests = json.loads(kept)
            yield Sketched(document, title, state, Sketch(level, frozenset(digests)))


def of_file(connection: sqlite3.Connection, sha256: str) -> list[Listed]:
    """The documents of the shelf that were read from the file with these bytes, newest first."""
    return _listed(connection, "file_sha256 = ?1", sha256)


def _listed(connection: sqlite3.Connection, condition: str, value: str | None) -> list[Listed]:
    rows = connection.execute(
        "SELECT document_id, file_sha256, file_name, state,"  # noqa: S608 - own text
        " json_extract(preview, '$.duplicates[0]'), json_extract(metadata, '$.title'),"
        " json_extract(metadata, '$.year'), json_extract(preview, '$.pages'),"
        " json_extract(preview, '$.unread'), json_extract(preview, '$.passages'), who, at,"
        " coalesce((SELECT new_id FROM replacements WHERE old_id = document_id), ''),"
        " json_extract(guesses, '$.year[2]')"
        f" FROM shelf WHERE {condition} ORDER BY at DESC, document_id",
        (value,),
    )
    return [
        Listed(
            name, sha256, file_name, ShelfState(state), like and Duplicate(*json.loads(like)), *rest
        )
        for name, sha256, file_name, state, like, *rest in rows
    ]


def get(connection: sqlite3.Connection, document: str) -> Shelved:
    """A document of the shelf by its id. Raises KeyError when there is none."""
    row = connection.execute(
        "SELECT document_id, file_sha256, file_name, state, metadata, guesses, reading, preview,"
        " who, at FROM shelf WHERE document_id = ?",
        (document,),
    ).fetchone()
    if row is None:
        raise KeyError(document)
    preview, stated = json.loads(row[7]), json.loads(row[4])
    return Shelved(
        document_id=row[0],
        file_sha256=row[1],
        file_name=row[2],
        state=ShelfState(row[3]),
        metadata=_metadata(stated),
        guesses=_guesses(row[5]),
        reading=unpacked(row[6]),
        tags=tuple(tuple(Tag(*tag) for tag in tags) for tags in preview["tags"]),
        duplicates=tuple(Duplicate(*found) for found in preview["duplicates"]),
        who=row[8],
        at=row[9],
        replaces=stated.get("replaces", ""),
        sketch=_sketch(preview.get("sketch")),
        last_number=preview.get("last_number", 0),
    )


def put(connection: sqlite3.Connection, shelved: Shelved) -> None:
    """Put a document on the shelf, or in its place there. Belongs inside a transaction."""
    unread = sum(page.health.unread for page in shelved.pages)
    preview = {
        "pages": len(shelved.pages),
        "unread": unread,
        "passages": len(shelved.passages),
        "tags": [
            [[tag.label, tag.probability, tag.start, tag.end] for tag in tags]
            for tags in shelved.tags
        ],
        "duplicates": [
            [found.document_id, found.title, found.where, found.why, found.share]
            for found in shelved.duplicates
        ],
        "sketch": shelved.sketch and [shelved.sketch.level, sorted(shelved.sketch.digests)],
        "last_number": shelved.last_number,
    }
    guesses = {field: astuple(guess) for field, guess in shelved.guesses.items()}
    connection.execute(
        "INSERT OR REPLACE INTO shelf (document_id, file_sha256, file_name, state, reading,"
        " metadata, guesses, preview, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            shelved.document_id,
            shelved.file_sha256,
            shelved.file_name,
            shelved.state,
            packed(shelved.reading),
            json.dumps(asdict(shelved.metadata) | {"replaces": shelved.replaces}),
            json.dumps(guesses, ensure_ascii=False),
            json.dumps(preview, ensure_ascii=False),
            shelved.who,
            shelved.at,
        ),
    )


def take(connection: sqlite3.Connection, document: str) -> None:
    """Take a document off the shelf. Belongs inside a transaction."""
    connection.execute("DELETE FROM shelf WHERE document_id = ?", (document,))


def _metadata(stated: dict[str, Any]) -> Metadata:
    known = {field.name: stated[field.name] for field in fields(Metadata)}
    return Metadata(**{**known, "authors": tuple(known["authors"])})


def _sketch(kept: list[Any] | None) -> Sketch | None:
    return None if kept is None else Sketch(kept[0], frozenset(kept[1]))


def _guesses(text: str) -> dict[str, Guess]:
    return {field: _guess(*parts) for field, parts in json.loads(text).items()}


def _guess(value: Any, source: str, confidence: float, over: list[Any] | None = None) -> Guess:
    value = tuple(value) if isinstance(value, list) else value  # authors
    return Guess(value, source, confidence, _guess(*over) if over else None)
