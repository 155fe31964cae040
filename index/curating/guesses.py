"""How sure each field of a draft's metadata is, from the sources that agree with it.

A source that says the same as the field has a weight w, the chance that it is right when no other
source does. Where several do, the field is wrong only if all of them are:

    confidence = 1 - product over agreeing sources of (1 - w)

The weights are judgement. The titles of 13 public reports were checked by eye: all seven on which
two sources agree (.88) were right, and five of the six that have one source. Of the authors that
the files' metadata states five of eight were right, of those printed on the first page all four.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from index.rows.shelf import Guess
from ingest.isolated.pdf_says import Says
from ingest.metadata import kinds
from ingest.prose.text import letters_of
from ingest.records import Document, Metadata

STATED, PRINTED, NAMED = "PDF metadata", "first page", "file name"
TEXT, FILE, NOTHING = "text", "file", "nothing points to another kind"

LIKELY = 0.7
"""The least confidence of a guess that is not called uncertain. This is judgement: of a PDF's year
no single source reaches it, and two that agree do. Of 13 public reports four have a year below it.
"""

_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "title": {STATED: 0.6, PRINTED: 0.7, NAMED: 0.3},
    "authors": {STATED: 0.5, PRINTED: 0.7},
    "publisher": {STATED: 0.5, PRINTED: 0.6},
    # The year in the PDF's information is when the file was made, which may be a later copy.
    "year": {STATED: 0.4, PRINTED: 0.6, NAMED: 0.5},
}
_FRONT_MATTER = 0.9
"""Of what somebody wrote into the file to be read as its metadata."""
_LONG_TEXT = 500
"""Letters of a text whose language is hardly ever guessed wrong."""


def guesses(document: Document, said: Says | None) -> dict[str, Guess]:
    """The fields of a document's metadata that hold something, each with source and confidence.

    said: what a PDF says of itself; None for other files.
    """
    found: dict[str, Guess] = {}
    text = _first_letters(document)
    for field in fields(Metadata):
        value = getattr(document.metadata, field.name)
        if not value:
            continue
        if field.name == "language":
            found[field.name] = _language(document, value)
        elif field.name == "kind":
            found[field.name] = _kind(document, value)
        elif said is None:
            found[field.name] = _of_file(document, field.name, value)
        else:
            found[field.name] = _of_pdf(field.name, value, said, text)
    return found


def _of_pdf(name: str, value: Any, said: Says, text: str) -> Guess:
    weights = _WEIGHTS.get(name, {})
    spoken = {STATED: said.stated, PRINTED: said.printed, NAMED: said.named}
    agreeing = [
        source
        for source in weights
        if _same(getattr(spoken[source], name), value)
        or (source == PRINTED and _is_printed(value, text))
    ]
    wrong = math.prod(1 - weights[source] for source in agreeing)
    # A value that no source repeats was put together from several: half a source.
    confidence = 1 - wrong if agreeing else 0.25
    return Guess(value, " and ".join(agreeing) or FILE, round(confidence, 2))


def _of_file(document: Document, name: str, value: Any) -> Guess:
    """The guess for a file that is no PDF: HTML, Markdown, text and JSON lines state their
    metadata, or have a title from the file's name.
    """
    if name == "title" and letters_of(value) == letters_of(document.path.stem):
        return Guess(value, NAMED, _WEIGHTS["title"][NAMED])
    return Guess(value, FILE, _FRONT_MATTER)


def _language(document: Document, value: str) -> Guess:
    letters = sum(len(block.text) for page in document.pages for block in page.blocks[:20])
    return Guess(value, TEXT, 0.95 if letters >= _LONG_TEXT else 0.5)


def _kind(document: Document, value: str) -> Guess:
    title, stem = document.metadata.title, document.path.stem
    ordinary = kinds.guess()
    if kinds.guess(title) == value != ordinary:
        return Guess(value, "title", 0.7)
    if kinds.guess(stem) == value != ordinary:
        return Guess(value, NAMED, 0.6)
    if value != ordinary:
        return Guess(value, FILE, _FRONT_MATTER)
    return Guess(value, NOTHING, 0.4)


def _same(said: Any, value: Any) -> bool:
    if isinstance(value, tuple):
        return bool(said) and [letters_of(name) for name in said] == [letters_of(n) for n in value]
    return bool(said) and letters_of(str(said)) == letters_of(str(value))


def _is_printed(value: Any, text: str) -> bool:
    """Whether a title, or every author, stands on the first pages, which `text` holds."""
    if isinstance(value, int):
        return False  # any year may stand there for any reason
    names = value if isinstance(value, tuple) else (value,)
    return all(len(letters_of(name)) >= 4 and letters_of(name) in text for name in names)


def _first_letters(document: Document) -> str:
    pages = document.pages[:3]
    return letters_of(" ".join(block.text for page in pages for block in page.blocks))
