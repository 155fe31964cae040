"""What a curator puts right at the desk, with a line in the log: tags, and what is known of a
document that is in the library.
"""

from __future__ import annotations

from dataclasses import fields

from index import audit, database, decisions, revise, views
from index.catalog import Catalog
from index.database import LibraryError
from index.decisions import Decision
from index.edit import edit
from index.library import Library
from index.records import StoredDocument
from ingest.records import Metadata


def decide(library: Library, passage: str, label: str, verdict: str, who: str) -> Decision:
    """Write a decision down, and the log. Raises as `decisions.decide`."""
    made = decisions.decide(library, passage, label, verdict, who)
    with library.catalog() as catalog, database.note(catalog.connection):
        audit.record(catalog.connection, who, "decide", passage, f"{label}: {verdict}")
    return made


def take_back(library: Library, decision_id: int, who: str) -> Decision:
    """Undo a decision: what was said on the label before stands again.

    Raises KeyError when there is none, LibraryError when somebody else took it, or one came after.
    """
    with views.lock(library.home, wait=True), library.catalog() as catalog:
        connection = catalog.connection
        before = database.generation(connection)
        with database.change(connection):
            row = connection.execute(
                "SELECT decision_id, passage_id, label, verdict, who, at FROM decisions"
                " WHERE decision_id = ?",
                (decision_id,),
            ).fetchone()
            if row is None:
                raise KeyError(decision_id)
            taken = Decision(*row)
            if taken.who != who:
                raise LibraryError(f"that was decided by {taken.who}, who alone can take it back")
            (last,) = connection.execute(
                "SELECT max(decision_id) FROM decisions WHERE passage_id = ? AND label = ?",
                (taken.passage_id, taken.label),
            ).fetchone()
            if last != decision_id:
                raise LibraryError("another decision on the same tag came after it")
            connection.execute("DELETE FROM decisions WHERE decision_id = ?", (decision_id,))
            said = f"{taken.label}: {taken.verdict}"
            audit.record(connection, who, "take-back", taken.passage_id, said)
        # Nothing that the views hold has changed.
        views.carry(library.home, before, database.generation(connection))
    return taken


def correct(library: Library, document: str, stated: Metadata, who: str) -> StoredDocument:
    """Put the fields that are stated in place of a document's own. Raises as `edit`."""
    with library.catalog() as catalog:
        before = catalog.document(document)
    now = edit(library, before.document_id, stated)
    with library.catalog() as catalog:
        _log_edit(catalog, before, now.metadata, who)
    return now


def set_metadata(library: Library, document: str, meta: Metadata, who: str) -> StoredDocument:
    """Put all that is known of a document as given, empty fields too.

    Raises KeyError when there is no such document, LibraryError without a title.
    """
    if not meta.title.strip():
        raise LibraryError("a document needs a title")
    with library.catalog() as catalog:
        before = catalog.documents_by_id([document])[document]
    edit(library, document, meta)
    # `edit` leaves a field alone for which nothing is given.
    with views.lock(library.home, wait=True), library.catalog() as catalog:
        connection = catalog.connection
        now = catalog.documents_by_id([document])[document].metadata
        if now != meta and now.title == meta.title:
            generation = database.generation(connection)
            with database.change(connection):
                revise.write_metadata(connection, document, meta)
            views.carry(library.home, generation, database.generation(connection))
        _log_edit(catalog, before, meta, who)
        return catalog.documents_by_id([document])[document]


def _log_edit(catalog: Catalog, before: StoredDocument, meta: Metadata, who: str) -> None:
    was = before.metadata
    changed = [f.name for f in fields(Metadata) if getattr(was, f.name) != getattr(meta, f.name)]
    if changed:
        with database.note(catalog.connection):
            said = ", ".join(changed)
            audit.record(catalog.connection, who, "edit", before.document_id, said)
