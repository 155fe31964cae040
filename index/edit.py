"""What is known of a document, changed by hand and logged in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from index.derived import views
from index.encoding.context import title_in_context
from index.encoding.encode import encode_in_context
from index.library import Library
from index.rows import audit, database, revise
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.records import StoredDocument
from ingest.metadata.fields import changes, emptied
from ingest.metadata.manifest import stated_of
from ingest.records import Metadata


def edit(
    library: Library, document: str, stated: Metadata, who: str, clear: Collection[str] = ()
) -> StoredDocument:
    """Put the fields that are stated in place of a document's own, and empty those named in
    `clear`; all others stay.

    The title stands before each passage when that is encoded, and in the word index. So with
    another title the vectors of the document's passages are made anew; windows and tags do not
    depend on it and stay. Returns the document as it is now.

    document: its id, or a beginning of it that no other document has.
    Raises KeyError when there is no such document, LibraryError when it cannot be changed.
    """
    return change(library, document, lambda own: emptied(own.replaced_by(stated), clear), who)


def change(
    library: Library, document: str, to: Callable[[Metadata], Metadata], who: str
) -> StoredDocument:
    """Put what `to` makes of a document's metadata in the place of that, empty fields included.

    to: called while nobody else can write. Otherwise as `edit`. Raises LibraryError also where the
    title would be empty, and what `to` raises.
    """
    with library.writing() as catalog:
        before = catalog.document(document)
        meta = to(before.metadata)
        if meta == before.metadata:
            return before
        generation = database.generation(catalog.connection)
        retitled = meta.title != before.metadata.title
        if retitled and not meta.title.strip():
            raise LibraryError("a document needs a title")
        with database.change(catalog.connection):
            revise.write_metadata(catalog.connection, before.document_id, meta)
            if retitled:
                _reencode(library, catalog, before, meta.title)
            said = changes(before.metadata, meta)
            audit.record(catalog.connection, who, "edit", before.document_id, said)
        if retitled:
            views.build(library.home, catalog, library.identity.dimension)
        else:  # nothing that the views hold has changed
            views.carry(library.home, generation, generation + 1)
        return catalog.document(before.document_id)


def _reencode(library: Library, catalog: Catalog, document: StoredDocument, title: str) -> None:
    stored = catalog.passages_of(document.document_id)
    numbers = [item.number for item in stored]
    passages = [item.passage for item in stored]
    shown = title_in_context(title, document.source_id)
    rows = zip(numbers, encode_in_context(passages, shown, library.encoder), strict=True)
    revise.replace_vectors(catalog.connection, rows)


def unlike_what_is_stated(catalog: Catalog, path: Path, sha256: str, options: Metadata) -> str:
    """Id of a document of a file, of which something else is stated now than is known of it; empty
    when there is none. What options state goes before the file's row in `documents.csv`.

    sha256: of the file.
    """
    stated = stated_of(path).replaced_by(options)
    found = catalog.documents_of_file(sha256) if stated != Metadata() else []
    unlike = (one for one in found if one.metadata.replaced_by(stated) != one.metadata)
    return next((one.document_id for one in unlike), "")
