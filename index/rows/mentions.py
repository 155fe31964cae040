"""Passages that name something: a project under any of its names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.rows.catalog import Catalog
from index.rows.records import StoredPassage
from ingest.records import BlockKind

_OF_A_NAME = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Passages that name something, in the order that `mentions` puts them in. total: how many name
    it, with those that are left out.
    """

    passages: tuple[StoredPassage, ...]
    total: int


def mentions(catalog: Catalog, names: Iterable[str], most: int) -> Mentions:
    """At most `most` passages that hold one of the names as a whole word.

    First come those of documents that have a name in their title, in the order of the text; then
    those of other documents, the ones with most mentions first; last, in the same order, footnotes
    and what has no substance. A name in capitals ("MORE") is looked for in capitals, any other name
    in any case.
    """
    patterns = [_pattern(name) for name in names if _OF_A_NAME.search(name)]
    if not patterns:
        return Mentions((), 0)
    named = re.compile("|".join(patterns))
    titles = catalog.connection.execute("SELECT document_id, title FROM documents")
    about = {document for document, title in titles if named.search(title)}
    found: list[tuple[bool, bool, int, int]] = []
    for number, document, kind, text in catalog.connection.execute(
        "SELECT number, document_id, kind, text FROM passages"
    ):
        if times := len(named.findall(text)):
            own = document in about
            found.append((_aside(BlockKind(kind)), not own, 0 if own else -times, number))
    numbers = [number for *_, number in sorted(found)[:most]]
    stored = catalog.passages(numbers)
    return Mentions(tuple(stored[n] for n in numbers if n in stored), len(found))


def _aside(kind: BlockKind) -> bool:
    """Whether such a passage is no part of the running text."""
    return kind is BlockKind.FOOTNOTE or not kind.substance


def _pattern(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    whole = rf"(?<!\w){words}(?!\w)"
    return whole if name == name.upper() else f"(?i:{whole})"
