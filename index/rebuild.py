"""Views built anew from the rows, and the rows' vectors made anew with another encoder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.build import passage_room
from index.derived import views
from index.encoding import encoder
from index.encoding.context import title_in_context
from index.encoding.encode import encode_in_context, encode_windows
from index.encoding.encoder import Encoder
from index.encoding.glossing_encoder import glossing
from index.library import Library
from index.rows import database, revise
from index.rows.catalog import Catalog
from index.rows.records import StoredDocument
from index.tagging.tagger import Heads


@dataclass(frozen=True, slots=True)
class Reembedded:
    """A library after it was encoded with another encoder.

    encoder: its name.
    tagged: whether a tagger fits it; without one the passages have no tags.
    too_long: how many passages it does not read to their end, as they were cut for an encoder that
        reads more.
    """

    generation: int
    passages: int
    encoder: str
    tagged: bool
    too_long: int


def rebuild_views(library: Library) -> int:
    """Build the views from the rows, whatever state they are in; return their generation."""
    with library.writing() as catalog:
        return views.build(library.home, catalog, library.identity.dimension)


def reembed(
    library: Library, model: str, advance: Callable[[int], object] = lambda _: None
) -> Reembedded:
    """Encode every passage with another encoder, or anew with the library's own.

    Vectors, windows, tags and the encoder's identity change together or not at all, so that
    vectors of two models never meet; until then the library answers as before. Passages keep
    their text, and with it their ids.

    model: as for `encoder.load`.
    advance: called with the number of passages that were encoded since the last call.
    Raises EncoderError when the model cannot be loaded, TaggerError when the tagger is damaged,
    LibraryError when the library cannot be changed.
    """
    identity = glossing(encoder.load(model)).identity
    changed = Library(library.home, library.taxonomy, identity)
    made, heads = changed.encoder, changed.heads()
    with views.lock(library.home, wait_seconds=None), library.catalog() as catalog:
        views.set_lost_aside(library.home, catalog.connection)
        passages = too_long = 0
        with database.change(catalog.connection):
            for document in catalog.documents():
                too_long += _reembed(catalog, document, made, heads)
                passages += document.passage_count
                advance(document.passage_count)
            database.write_setting(catalog.connection, "encoder", changed.identity.as_dict())
            # Before the change is final: a kill between the two then costs a rebuild, and never
            # leaves a view of the former encoder beside rows of this one.
            views.drop(library.home)
        generation = views.build(library.home, catalog, changed.identity.dimension)
    return Reembedded(generation, passages, changed.identity.name, heads is not None, too_long)


def _reembed(catalog: Catalog, document: StoredDocument, made: Encoder, heads: Heads | None) -> int:
    """Encode a document's passages; return how many of them are too long for the encoder."""
    stored = catalog.passages_of(document.document_id)
    passages = [item.passage for item in stored]
    texts = [passage.text for passage in passages]
    windows = encode_windows(texts, made, [passage.kind for passage in passages])
    title = title_in_context(document.metadata.title, document.source_id)
    vectors = encode_in_context(passages, title, made)
    for item, found, vector in zip(stored, windows, vectors, strict=True):
        tags = heads.tags(item.passage.text, found) if heads else ()
        revise.replace_encoding(catalog.connection, item.number, vector, found, tags)
    room = passage_room(made)
    return sum(count > room for count in made.count_tokens(texts))
