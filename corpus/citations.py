"""A public source that something rests on, and the rules for writing one down."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.rules import STRING, TEXT, YEAR, KeyRule

CITATION_RULES: dict[str, KeyRule] = {
    "author": TEXT,
    "title": TEXT,
    "publisher": STRING.or_absent(),
    "year": YEAR,
    "url": STRING.or_absent(),
    "where": STRING.or_absent(),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A public source that a document rests on.

    where: section, table or page; empty for the whole.
    """

    author: str
    title: str
    year: int
    publisher: str = ""
    url: str = ""
    where: str = ""
