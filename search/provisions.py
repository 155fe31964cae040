"""Parts of a text that are asked for by their number: "Article 17", "Annex II", "art. 8"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from index.records import StoredPassage
from index.words import WordIndex

Provision = tuple[str, str]
"""A word and the number behind it, as indexed."""

_NUMBER = re.compile(r"\d{1,3}[a-z]?|[ivxlc]+")
"""Years are none: a month and a year head nothing that is asked for so."""

_OPENING = re.compile(r"^\w+ [\dIVXLC]+[a-z]?(?=[:.] | [–—|] )", re.MULTILINE)
"""A label with its number that opens a line: "Table 2: …", "Finding 8. …"."""

_SHORT, _LONG = "art", "article"
_SHORTENED = re.compile(rf"\b({_SHORT}s?)\b\.? ?(?=\d{{1,3}}\b)", re.IGNORECASE)


def in_full(question: str) -> str:
    """The question with "article 17" for "Art. 17"."""
    return _SHORTENED.sub(f"{_LONG} ", question)


def shortenings(question: str) -> tuple[tuple[str, str], ...]:
    """The words of a question that `in_full` writes out, each with what it stands for."""
    return tuple(dict.fromkeys((found, _LONG) for found in _SHORTENED.findall(question)))


def named(terms: Sequence[str], function: Collection[str]) -> tuple[Provision, ...]:
    """Each word of a question with a number, Arabic or Roman, behind it, once.

    terms: of the question, in order. function: those that name nothing.
    """
    found = (
        (word, number)
        for word, number in pairwise(terms)
        if word.isalpha() and word not in function and _NUMBER.fullmatch(number)
    )
    return tuple(dict.fromkeys(found))


def shortened(
    words: WordIndex, provisions: Iterable[Provision]
) -> list[tuple[Provision, Provision]]:
    """The articles among the provisions, each with its short form, where the library has that."""
    (long,), (short,) = words.terms(_LONG), words.terms(_SHORT)
    pairs = [((word, number), (short, number)) for word, number in provisions if word == long]
    return [pair for pair in pairs if len(words.holding(pair[1], 1))]


def headed(
    words: WordIndex, provisions: Sequence[Provision], passages: Mapping[int, StoredPassage]
) -> dict[int, frozenset[str]]:
    """The passages, by number, of which a heading begins with a provision, or a line as a caption
    does ("Table 2: …"), with its terms.

    A heading may say "Art." for "Article". A list of tables, without substance, has no captions.
    """
    found: dict[int, frozenset[str]] = {}
    for number, stored in passages.items():
        passage = stored.passage
        openings = _OPENING.findall(passage.text) if passage.kind.substance else ()
        begin = {tuple(words.terms(in_full(line))[:2]) for line in (*passage.section, *openings)}
        if terms := frozenset(term for one in provisions if one in begin for term in one):
            found[number] = terms
    return found
