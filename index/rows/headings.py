"""Headings of the library that serve as questions, for a reader who does not know what to ask."""

from __future__ import annotations

import json
import re
from itertools import chain, zip_longest

from index.rows.catalog import Catalog

_FEWEST_WORDS = 6
"""Of a question. Shorter ones ("Can the model be borrowed?") say nothing away from their place."""
_MOST_CHARACTERS = 90
_FEWEST_OF_A_SUBJECT = 4
"""Words of a subject. Shorter ones ("Other destination countries", "Definitions") are vague, or the
names of parts."""
_FEWEST_PARAGRAPHS = 2
"""Below a heading. Captions, and links of printed web pages, that were taken for headings have one
at most."""
_NUMBER = re.compile(r"^(?:(?:[IVXLC]+|[A-Z])[.)]|\d+(?:\.\d+)*[.)]?)\s*")
"""The number of a section: "IV.", "C.", "2.1." """
_POINTING = frozenset("it its this that these those they them their we our other others".split())
"""Words that refer to something said before."""


def questions(catalog: Catalog, most: int) -> tuple[str, ...]:
    """At most `most` section headings that end in a question mark, one of a document.

    The same library always gives the same ones.
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


def subjects(catalog: Catalog, most: int) -> tuple[str, ...]:
    """At most `most` section headings that name a subject, without their numbers: one of each
    document, the heading with most paragraphs, then a second of each, and so on.

    The same library always gives the same ones.
    """
    rows = catalog.connection.execute(
        "SELECT document_id, section FROM passages WHERE kind = 'paragraph' AND section != '[]'"
        " GROUP BY document_id, section HAVING COUNT(*) >= ?"
        " ORDER BY document_id, COUNT(*) DESC, MIN(position)",
        (_FEWEST_PARAGRAPHS,),
    )
    found: dict[str, list[str]] = {}
    for document, section in rows:
        heading = _NUMBER.sub("", json.loads(section)[-1])
        if _names_a_subject(heading):
            found.setdefault(document, []).append(
                heading.capitalize() if heading.isupper() else heading
            )
    in_turns = filter(None, chain.from_iterable(zip_longest(*found.values())))
    return tuple(dict.fromkeys(in_turns))[:most]


def _names_a_subject(heading: str) -> bool:
    """Whether a heading says by itself what it is about: no date, no list of names, no "To do"."""
    words = heading.lower().split()
    return (
        len(heading) <= _MOST_CHARACTERS
        and len(words) >= _FEWEST_OF_A_SUBJECT
        and heading[0].isupper()
        and words[0] != "to"
        and not any(char.isdigit() or char in ".,:;/?" for char in heading)
        and _POINTING.isdisjoint(words)
    )


def _stands_alone(heading: str) -> bool:
    """Whether a question is understood away from its place: it begins with no "Item 6." or
    "Criterion 1:", and no word in it refers to something said before.
    """
    return (
        len(heading) <= _MOST_CHARACTERS
        and len(heading.split()) >= _FEWEST_WORDS
        and heading[0].isupper()
        and not any(char.isdigit() or char in ".:" for char in heading)
        and _POINTING.isdisjoint(heading.rstrip("?").lower().split())
    )
