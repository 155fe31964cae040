"""Which document took the place of which, and where a citation of a document that left leads."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from index.rows import shelf
from index.rows.moment import stamp
from index.rows.records import StoredPassage
from index.rows.shelf import ShelfState, Shelved
from ingest.records import Metadata, Passage

_OLDER = (
    "WITH RECURSIVE older (name) AS (SELECT old_id FROM replacements WHERE new_id = ?1 UNION"
    " SELECT old_id FROM replacements JOIN older ON new_id = name)"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is known of a passage that is in the library no longer.

    metadata: of its document; empty when that was removed for good.
    state: "withdrawn" or "replaced".
    passage: None when its text was removed for good, or the document never had such a passage.
    replaced_by, replaced_by_title: the newest version that is in the library; empty when none is.
    same: id of the first passage of that version with the same text; empty when none has it.
    printed: the document's pages on which another number is printed, as in `StoredPassage`.
    """

    passage_id: str
    document_id: str
    metadata: Metadata
    state: ShelfState
    passage: Passage | None
    replaced_by: str
    replaced_by_title: str
    same: str = ""
    printed: tuple[tuple[int, str], ...] = ()

    @property
    def stored(self) -> StoredPassage | None:
        """The passage as it stood in the library, without its tags and its number there."""
        if self.passage is None:
            return None
        return StoredPassage(
            0, self.passage_id, self.document_id, self.passage, printed=self.printed
        )


def resolve(connection: sqlite3.Connection, passage_id: str) -> Resolved | None:
    """What became of a passage that `Catalog.passage` does not know.

    None when there never was one, or when it is a draft's, which no reader has seen.
    """
    document, _, position = passage_id.rpartition("-")
    newer = successor(connection, document)
    title = _title(connection, newer)
    try:
        found = shelf.get(connection, document)
    except KeyError:
        if not _was_replaced(connection, document):
            return None
        state = ShelfState.REPLACED
        return Resolved(passage_id, document, Metadata(), state, None, newer, title)
    if found.state == ShelfState.DRAFT:
        return None
    at = int(position) if position.isascii() and position.isdigit() else -1
    passage = found.passages[at] if 0 <= at < len(found.passages) else None
    return Resolved(
        passage_id,
        document,
        found.metadata,
        found.state,
        passage,
        newer,
        title,
        _passage_with(connection, newer, passage.text) if passage else "",
        tuple((page.number, page.printed) for page in found.pages if page.printed),
    )


def record(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Keep that a document took the place of another. Belongs inside a `database.change`."""
    # It may be an older version that was put back: nothing is newer than it then.
    connection.execute("DELETE FROM replacements WHERE old_id = ?", (new,))
    connection.execute("INSERT OR REPLACE INTO replacements VALUES (?, ?, ?)", (old, new, stamp()))


def forget(connection: sqlite3.Connection, document: str) -> None:
    """Keep no longer that a document took the place of others, unless another one took its own:
    citations of those lead on to that one. Belongs inside a `database.change`.
    """
    connection.execute(
        "DELETE FROM replacements WHERE new_id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM replacements later WHERE later.old_id = ?1)",
        (document,),
    )


def successor(connection: sqlite3.Connection, document: str) -> str:
    """Id of the newest version of a document that is in the library; empty when there is none."""
    newest, seen, at = "", {document}, document
    while True:
        row = connection.execute(
            "SELECT new_id, EXISTS (SELECT 1 FROM documents WHERE document_id = new_id)"
            " FROM replacements WHERE old_id = ?",
            (at,),
        ).fetchone()
        if row is None or row[0] in seen:
            return newest
        at = str(row[0])
        seen.add(at)
        newest = at if row[1] else newest


def older(connection: sqlite3.Connection, document: str) -> list[str]:
    """Ids of a document's older versions that are in the library, as they were put back or added
    again.
    """
    rows = connection.execute(
        f"{_OLDER} SELECT name FROM older JOIN documents ON document_id = name"  # noqa: S608 - own text
        " ORDER BY year, name",
        (document,),
    )
    return [name for (name,) in rows]


def earlier(connection: sqlite3.Connection, document: str, last_number: int) -> list[Shelved]:
    """The older versions of a document whose text is kept, as far as they were in the library when
    its last passage had the number `last_number`.
    """
    names = connection.execute(
        f"{_OLDER} SELECT name FROM older JOIN shelf ON document_id = name"  # noqa: S608 - own text
        " WHERE state = 'replaced'",
        (document,),
    ).fetchall()
    found = [shelf.get(connection, name) for (name,) in names]
    return [version for version in found if version.last_number <= last_number]


def _was_replaced(connection: sqlite3.Connection, document: str) -> bool:
    row = connection.execute("SELECT 1 FROM replacements WHERE old_id = ?", (document,))
    return row.fetchone() is not None


def _passage_with(connection: sqlite3.Connection, document: str, text: str) -> str:
    """Id of a document's first passage with this text; empty when none has it."""
    row = connection.execute(
        "SELECT passage_id FROM passages WHERE document_id = ? AND text = ? ORDER BY position",
        (document, text),
    ).fetchone()
    return "" if row is None else str(row[0])


def _title(connection: sqlite3.Connection, document: str) -> str:
    row = connection.execute("SELECT title FROM documents WHERE document_id = ?", (document,))
    found = row.fetchone()
    return "" if found is None else str(found[0])
