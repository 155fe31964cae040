"""Collections: documents that curators put together under a name.

No question reads them, so changing them raises no generation. A document that is withdrawn keeps
its place in them, and is there again when it is put back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from index.library import Library
from index.rows import audit, database
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from ingest.prose.clean import tidy

LONGEST_NAME = 100
"""Characters."""

MOST = 500
"""Collections of a library: a page lists them all."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection. documents: how many of its documents are in the library now."""

    collection_id: int
    name: str
    documents: int


def collections(connection: sqlite3.Connection) -> list[Collection]:
    """All collections, by name."""
    rows = connection.execute(
        "SELECT c.collection_id, c.name, count(d.document_id) FROM collections c"
        " LEFT JOIN collected USING (collection_id) LEFT JOIN documents d USING (document_id)"
        " GROUP BY c.collection_id"
    )
    return sorted((Collection(*row) for row in rows), key=lambda one: one.name.casefold())


def get(connection: sqlite3.Connection, collection_id: int) -> Collection:
    """The collection with this id. Raises KeyError when there is none."""
    for one in collections(connection):
        if one.collection_id == collection_id:
            return one
    raise KeyError(collection_id)


def named(connection: sqlite3.Connection, name: str) -> Collection:
    """The collection of this name, in any case of letters. Raises KeyError when there is none."""
    for one in collections(connection):
        if tidy(one.name).casefold() == tidy(name).casefold():
            return one
    raise KeyError(name)


def members(connection: sqlite3.Connection, collection_id: int) -> set[str]:
    """Ids of a collection's documents; some may be in the bin."""
    rows = connection.execute(
        "SELECT document_id FROM collected WHERE collection_id = ?", (collection_id,)
    )
    return {name for (name,) in rows}


def of_document(connection: sqlite3.Connection, document: str) -> list[Collection]:
    """The collections that a document is in, by name."""
    rows = connection.execute(
        "SELECT collection_id FROM collected WHERE document_id = ?", (document,)
    )
    its = {number for (number,) in rows}
    return [one for one in collections(connection) if one.collection_id in its]


def make(library: Library, name: str, who: str) -> Collection:
    """Make an empty collection.

    Raises LibraryError for a name that is empty, too long or taken, or when there are too many.
    """
    with library.catalog() as catalog:
        connection = catalog.connection
        with database.note(connection):
            name = _free_name(connection, name)
            (count,) = connection.execute("SELECT count(*) FROM collections").fetchone()
            if count >= MOST:
                raise LibraryError(f"there are {MOST} collections, and no more are kept")
            made = connection.execute("INSERT INTO collections (name) VALUES (?)", (name,))
            audit.record(connection, who, "collection", name, "made")
        return Collection(int(made.lastrowid or 0), name, 0)


def rename(library: Library, collection_id: int, name: str, who: str) -> Collection:
    """Give a collection another name.

    Raises KeyError when there is none, LibraryError for a name that is empty, too long or taken.
    """
    with library.catalog() as catalog:
        connection = catalog.connection
        with database.note(connection):
            before = get(connection, collection_id)
            name = _free_name(connection, name, collection_id)
            connection.execute(
                "UPDATE collections SET name = ? WHERE collection_id = ?", (name, collection_id)
            )
            if name != before.name:
                audit.record(connection, who, "collection", name, f"was named {before.name}")
        return Collection(collection_id, name, before.documents)


def remove(library: Library, collection_id: int, who: str) -> Collection:
    """Remove a collection; its documents stay. Raises KeyError when there is none."""
    with library.catalog() as catalog, database.note(catalog.connection):
        gone = get(catalog.connection, collection_id)
        catalog.connection.execute(
            "DELETE FROM collections WHERE collection_id = ?", (collection_id,)
        )
        audit.record(catalog.connection, who, "collection", gone.name, "removed")
    return gone


def put(library: Library, collection_id: int, documents: Iterable[str], who: str) -> int:
    """Put documents in; returns how many were not in before.

    Raises KeyError when there is no such collection or document in the library; then none is put.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        collection = get(catalog.connection, collection_id)
        return sum(_enter(catalog, collection, name, who) for name in dict.fromkeys(documents))


def take_out(library: Library, collection_id: int, documents: Iterable[str], who: str) -> int:
    """Take documents out; returns how many were in. Raises KeyError for no such collection."""
    with library.catalog() as catalog, database.note(catalog.connection):
        collection = get(catalog.connection, collection_id)
        return sum(_leave(catalog, collection, name, who) for name in dict.fromkeys(documents))


def place(
    library: Library, document: str, enter: Iterable[int], leave: Iterable[int], who: str
) -> int:
    """Put a document into some collections and take it out of others; returns how many places
    changed.

    Raises KeyError when the document or one to enter is not there; then nothing changes.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        wanted = [get(catalog.connection, number) for number in enter]
        there, out = of_document(catalog.connection, document), set(leave)
        unwanted = [one for one in there if one.collection_id in out]
        changed = sum(_leave(catalog, collection, document, who) for collection in unwanted)
        return changed + sum(_enter(catalog, collection, document, who) for collection in wanted)


def _enter(catalog: Catalog, collection: Collection, document: str, who: str) -> int:
    title = catalog.documents_by_id([document])[document].metadata.title
    done = catalog.connection.execute(
        "INSERT INTO collected VALUES (?, ?) ON CONFLICT DO NOTHING",
        (collection.collection_id, document),
    )
    if done.rowcount:
        audit.record(catalog.connection, who, "collection", collection.name, f"with {title}")
    return done.rowcount


def _leave(catalog: Catalog, collection: Collection, document: str, who: str) -> int:
    gone = catalog.connection.execute(
        "DELETE FROM collected WHERE collection_id = ? AND document_id = ?",
        (collection.collection_id, document),
    )
    if gone.rowcount:
        audit.record(catalog.connection, who, "collection", collection.name, f"without {document}")
    return gone.rowcount


def carry(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Put a document into the collections of the one whose new version it is. Belongs inside a
    `database.change`.
    """
    connection.execute(
        "INSERT OR IGNORE INTO collected"
        " SELECT collection_id, ? FROM collected WHERE document_id = ?",
        (new, old),
    )


def forget(connection: sqlite3.Connection, document: str) -> None:
    """Take a document that is removed for good out of every collection. Belongs inside a
    `database.change`.
    """
    connection.execute("DELETE FROM collected WHERE document_id = ?", (document,))


def _free_name(connection: sqlite3.Connection, name: str, own: int = 0) -> str:
    """A name as it is kept. own: id of the collection that may have it already, 0 for none.

    Raises LibraryError for a name that is empty, too long, or another collection's.
    """
    kept = tidy(name)
    if not kept:
        raise LibraryError("a collection needs a name")
    if len(kept) > LONGEST_NAME:
        raise LibraryError(f"the name has {len(kept)} characters; at most {LONGEST_NAME} are kept")
    try:
        taken = named(connection, kept)
    except KeyError:
        return kept
    if taken.collection_id != own:
        raise LibraryError(f"there is a collection named {taken.name} already")
    return kept
