"""What a draft probably is already: documents with its text or its title, here or on the shelf."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from index.derived.vectors import Numbers
from index.derived.words import WordIndex
from index.library import Library
from index.rows import shelf
from index.rows.catalog import Catalog
from index.rows.likeness import Sketch, share, sketch
from index.rows.shelf import Duplicate
from ingest.prose.clean import tidy
from ingest.prose.text import letters_of
from ingest.records import Passage

_LEAST_SHARE = 0.1
"""The least share of a draft's text in a likely duplicate. Documents with less in common quote the
same source, or have the same imprint."""
_SAME_SHARE = 0.95
"""With so much of the text of each in the other, both have the same text, though perhaps in
different files."""

_TOLD_SHARE = 0.5
"""The least share of a document's text in another of which whoever added it is told. Of 13 public
reports one has .76 of its text in another, its own long version; the next pair has less than
.05."""

_PROBES = 12
"""Passages of a draft that are looked for in the word index."""
_PROBE_WORDS = 32
"""First words of a passage that are looked for."""
_DEEP = 5
"""Passages found for each that count."""
_CANDIDATES = 5
"""Documents whose whole text is compared."""

SAME_TEXT, SHARED_TEXT, SAME_TITLE = "same text", "shared text", "same title"


def duplicates(
    library: Library, document: str, title: str, passages: Sequence[Passage], own: Sketch
) -> tuple[Duplicate, ...]:
    """Documents of the library and the shelf that look like one that was read, likeliest first.

    document: its id, which is left out. own: its sketch.
    """
    with library.catalog() as catalog:
        candidates = _candidates(library, catalog, passages)
        found = [*_in_library(catalog, candidates, own), *_on_shelf(catalog.connection, own)]
        known = {other.document_id for other in found} | {document}
        found = [other for other in found if other.document_id != document]
        found += [o for o in _same_title(catalog.connection, title) if o.document_id not in known]
    return tuple(sorted(found, key=_likeliest))


def _likeliest(other: Duplicate) -> tuple[float, str]:
    return -other.share, other.title


def repeated(library: Library, names: Sequence[str]) -> Iterator[str]:
    """What is said of documents that were just added: a line for each that has half of its text or
    more in common with another one of the library. Of two that were added together there is a line
    for the later one.

    names: their ids, in the order in which they were added; ids that are not there are passed over.
    Raises LibraryError when the library cannot be read.
    """
    with library.catalog() as catalog:
        for place, name in enumerate(names):
            passages = [stored.passage for stored in catalog.passages_of(name)]
            own = sketch(passage.text for passage in passages)
            found = _in_library(catalog, _candidates(library, catalog, passages), own)
            told = (
                o for o in found if o.share >= _TOLD_SHARE and o.document_id not in names[place:]
            )
            for other in sorted(told, key=_likeliest)[:1]:
                part = f"{100 * other.share:.0f} % of its text"
                yield f"{name}: {part} is in {other.document_id} ({other.title})"


def same_ids(library: Library, names: Sequence[str]) -> Iterator[str]:
    """What is said of documents that were just added from JSON lines: a line for each whose
    `source_id` another document has too. Of those that were added together there is one for the
    later ones.

    names: their ids, in the order in which they were added. Raises LibraryError when the library
    cannot be read.
    """
    places = {name: place for place, name in enumerate(names, start=1)}
    with library.catalog() as catalog:
        rows = catalog.connection.execute(_SAME_IDS).fetchall()
    for source, group in groupby(rows, key=itemgetter(0)):
        found = sorted((name for _, name in group), key=lambda name: places.get(name, 0))
        for before, name in enumerate(found):
            if before and name in places:
                others = f"its id '{tidy(source)}' is that of {', '.join(found[:before])} too"
                yield f"{name}: {others}; 'waymark remove ID' removes the one that is out of date"


_SAME_IDS = (
    "SELECT source_id, document_id FROM documents WHERE source_id IN (SELECT source_id"
    " FROM documents WHERE source_id <> '' GROUP BY source_id HAVING count(*) > 1)"
    " ORDER BY source_id, added_at, document_id"
)


def beginning_alike(words: WordIndex, text: str, k: int) -> Numbers:
    """Numbers of the k passages that the word index finds for the beginning of a text."""
    return words.match(" ".join(text.split()[:_PROBE_WORDS]), k)[0]


def _candidates(library: Library, catalog: Catalog, passages: Sequence[Passage]) -> list[str]:
    """Ids of the documents that the word index finds most often for a dozen passages spread over a
    document. That takes milliseconds; reading the texts of the whole library would take too long.
    """
    longest = sorted(passages, key=lambda passage: -len(passage.text))[: 4 * _PROBES]
    probes = longest[:: max(1, len(longest) // _PROBES)][:_PROBES]
    words = library.views().words
    numbers: list[int] = []
    for passage in probes:
        numbers += beginning_alike(words, passage.text, _DEEP).tolist()
    documents = catalog.documents_of(sorted(set(numbers)))
    votes = Counter(documents[number] for number in numbers if number in documents)
    return [name for name, _ in votes.most_common(_CANDIDATES)]


def _in_library(catalog: Catalog, names: Sequence[str], own: Sketch) -> Iterator[Duplicate]:
    for name, document in catalog.documents_by_id(names).items():
        other = sketch(stored.passage.text for stored in catalog.passages_of(name))
        yield from _alike(name, document.metadata.title, "library", own, other)


def _on_shelf(connection: sqlite3.Connection, own: Sketch) -> Iterator[Duplicate]:
    for other in shelf.sketched(connection):
        yield from _alike(other.document_id, other.title, other.state, own, other.sketch)


def _alike(name: str, title: str, where: str, own: Sketch, other: Sketch) -> Iterator[Duplicate]:
    part = share(own, other)
    if part >= _LEAST_SHARE:
        same = min(part, share(other, own)) >= _SAME_SHARE
        yield Duplicate(name, title, where, SAME_TEXT if same else SHARED_TEXT, round(part, 3))


def _same_title(connection: sqlite3.Connection, title: str) -> Iterator[Duplicate]:
    wanted = letters_of(title)
    rows = connection.execute(
        "SELECT document_id, title, 'library' FROM documents UNION ALL"
        " SELECT document_id, json_extract(metadata, '$.title'), state FROM shelf"
    )
    for name, other, where in rows:
        if wanted and letters_of(other) == wanted:
            yield Duplicate(name, other, where, SAME_TITLE, 0.0)
