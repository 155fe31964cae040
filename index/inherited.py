"""What the new version of a document takes over of what is known of the old one."""

from __future__ import annotations

from index import audit, shelf
from index.catalog import Catalog
from index.guesses import LIKELY
from index.shelf import Guess, Shelved

INHERITED = "the old version"
"""Source of what was taken over."""

_FIELDS = ("authors", "publisher", "language", "kind", "url")
"""A new version has a title and a year of its own."""


def inherited(catalog: Catalog, old: str, draft: Shelved) -> dict[str, Guess]:
    """By field, what a draft takes over from the document of the library whose new version it is:
    what was not found of it, and what a person put right on the old one. Nothing where a person
    has said what it is.

    Raises KeyError when there is no document with the id `old` in the library.
    """
    before = catalog.documents_by_id([old])[old].metadata
    found = {}
    for name in _FIELDS:
        value, own = getattr(before, name), getattr(draft.metadata, name)
        said = name in draft.guesses and draft.guesses[name].source in shelf.TOLD
        if not value or value == own or said:
            continue
        if not own or audit.last_to_change(catalog.connection, old, name):
            found[name] = Guess(value, INHERITED, LIKELY)
    return found
