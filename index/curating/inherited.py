"""The metadata that the new version of a document takes over from the old one."""

from __future__ import annotations

from dataclasses import asdict, replace

from index.curating.guesses import LIKELY
from index.rows import audit, shelf
from index.rows.catalog import Catalog
from index.rows.shelf import Guess, Shelved
from ingest.records import Metadata

INHERITED = "the old version"
"""Source of what was taken over."""

_FIELDS = ("authors", "publisher", "language", "kind", "url")
"""A new version has a title and a year of its own."""


def inherited(catalog: Catalog, draft: Shelved) -> dict[str, Guess]:
    """What a draft takes over from the document of the library whose new version it is, by field.

    It takes over a field that it lacks, and one that a person corrected on the old version where
    its own is an uncertain guess. It keeps what a person or a row said of it, and its own link.
    Raises KeyError when there is no document with the id `draft.replaces` in the library.
    """
    old = draft.replaces
    before = catalog.documents_by_id([old])[old].metadata
    found = {}
    for name in _FIELDS:
        value, own = getattr(before, name), getattr(draft.metadata, name)
        guess = draft.guesses.get(name)
        said = guess is not None and guess.source in (*shelf.TOLD, shelf.ROW)
        if not value or value == own or said:
            continue
        unsure = name != "url" and guess is not None and guess.confidence < LIKELY
        if not own or (unsure and audit.last_to_change(catalog.connection, old, name)):
            found[name] = Guess(value, INHERITED, LIKELY, guess)
    return found


def given_back(draft: Shelved) -> Shelved:
    """A draft without what it took over: each such field has again what was read from its file."""
    read = {name: g.over for name, g in draft.guesses.items() if g.source == INHERITED}
    empty = asdict(Metadata())
    values = {name: over.value if over else empty[name] for name, over in read.items()}
    guesses = {name: read.get(name, guess) for name, guess in draft.guesses.items()}
    return replace(
        draft,
        metadata=replace(draft.metadata, **values),
        guesses={name: guess for name, guess in guesses.items() if guess},
    )
