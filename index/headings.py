"""Headings of the library that are questions, for a reader who does not know what to ask."""

from __future__ import annotations

import json

from index.catalog import Catalog

_FEWEST_WORDS = 6
"""Shorter ones ("Can the model be borrowed?") say nothing away from their place."""
_MOST_CHARACTERS = 90
_POINTING = frozenset("it its this that these those they them their we our other others".split())
"""Words that stand for something said before."""


def questions(catalog: Catalog, most: int) -> tuple[str, ...]:
    """At most `most` section headings that end in a question mark, each from another document.

    The same ones each time for the same library.
    """
    rows = catalog.connection.execute(
        "SELECT document_id, section FROM passages WHERE section LIKE '%?\"]'"
        " ORDER BY document_id, position"
    )
    found: dict[str, str] = {}
    for document, section in rows:
        heading = json.loads(section)[-1]
        if _stands_alone(heading) and heading not in found.values():
            found.setdefault(document, heading)
        if len(found) == most:
            break
    return tuple(found.values())


def _stands_alone(heading: str) -> bool:
    """Whether a heading is a question away from its place: no "Item 6." or "Criterion 1:" leads,
    and nothing that points back.
    """
    return (
        len(heading) <= _MOST_CHARACTERS
        and len(heading.split()) >= _FEWEST_WORDS
        and heading[0].isupper()
        and not any(char.isdigit() or char in ".:" for char in heading)
        and _POINTING.isdisjoint(heading.rstrip("?").lower().split())
    )
