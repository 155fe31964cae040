"""Parts of a text that are asked for by their number: "Article 17", "Annex II", "art. 8"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from index.derived.words import WordIndex
from index.languages.gloss import foreign
from index.languages.glossary import Glossary
from index.languages.stemming import stems
from index.rows.records import StoredPassage
from ingest.prose.sentences import spans
from search.question.function_words import FUNCTION_TERMS
from search.records import AskedFor

Provision = tuple[str, str]
"""A word and the number behind it, as indexed."""

_NUMBER = re.compile(r"\d{1,3}[a-z]?|[ivxlc]+")
"""The number of a part. Years are none: no part is called by a month and a year."""

_OPENING = re.compile(r"^\w+ [\dIVXLC]+[a-z]?(?=[:.] | [–—|] )", re.MULTILINE)
"""A label with its number that opens a line: "Table 2: …", "Finding 8. …"."""

_SHORT, _LONG = "art", "article"
_SHORTENED = re.compile(rf"\b({_SHORT}s?)\b\.? ?(?=\d{{1,3}}\b)", re.IGNORECASE)

REPORT_TERMS = frozenset(
    stems("report study paper evaluation review brief document project say tell provide summarise")
)
"""Words for a report, and for what it is asked to do, that stand beside its title; as indexed."""

_MANY = 100
"""Passages up to which it is counted how many have a number in words, and how many in figures."""

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40}
_PLACES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
_IN_WORDS = {
    **{word: number for number, word in enumerate(_UNITS, 1)},
    **{word: number for number, word in enumerate(_PLACES, 1)},
    **_TENS,
    **{
        f"{ten} {word}": tens + unit
        for ten, tens in _TENS.items()
        for unit, word in enumerate(_UNITS[:9], 1)
    },
}
_LABEL = (
    "article|chapter|section|finding|recommendation|table|figure|annex|goal|step|conclusion|phase"
    "|box|appendix"
)
_CARDINAL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[:9])}))?|{'|'.join(_UNITS)})"
_NUMBERED = re.compile(
    rf"\b(?:(?P<label>{_LABEL}) (?:no\.? |number )?(?P<number>{_CARDINAL})"
    rf"|(?:the )?(?:(?P<place>{'|'.join(_PLACES)})|(?P<figure>\d\d?)(?:st|nd|rd|th))"
    rf" (?P<placed>{_LABEL}))\b",
    re.IGNORECASE,
)
"""A label with its number in words, or behind its place."""


def in_figures(words: WordIndex, question: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question with "finding 8" for "finding eight" and for "the eighth finding", and each such
    wording with what it became. What more passages write in words stays as it is.
    """
    read: dict[str, str] = {}
    for found in _NUMBERED.finditer(question):
        said = (found["number"] or found["place"] or "").lower().replace("-", " ")
        number = found["figure"] or _IN_WORDS[said]
        other = f"{found['label'] or found['placed']} {number}"
        asked = found[0].removeprefix("the ").removeprefix("The ")
        as_asked, in_figures = (words.holding(words.terms(text), _MANY) for text in (asked, other))
        if len(in_figures) >= max(1, len(as_asked)):
            read[found[0]] = other
    return _NUMBERED.sub(lambda found: read.get(found[0], found[0]), question), tuple(read.items())


def in_full(question: str) -> str:
    """The question with "article 17" written for "Art. 17"."""
    return _SHORTENED.sub(f"{_LONG} ", question)


def shortenings(question: str) -> tuple[tuple[str, str], ...]:
    """The words of a question that `in_full` writes out, each with what it stands for."""
    return tuple(dict.fromkeys((found, _LONG) for found in _SHORTENED.findall(question)))


def named_provisions(terms: Sequence[str]) -> tuple[Provision, ...]:
    """Each word of a question that has a number behind it, Arabic or Roman, with that; each once.

    terms: of the question, in order. Function words name no part.
    """
    found = (
        (word, number)
        for word, number in pairwise(terms)
        if word.isalpha() and word not in FUNCTION_TERMS and _NUMBER.fullmatch(number)
    )
    return tuple(dict.fromkeys(found))


def shortened(
    words: WordIndex, provisions: Iterable[Provision]
) -> list[tuple[Provision, Provision]]:
    """The articles among the provisions with their short form ("art 17"), if a passage has it."""
    (long,), (short,) = words.terms(_LONG), words.terms(_SHORT)
    pairs = [((word, number), (short, number)) for word, number in provisions if word == long]
    return [pair for pair in pairs if len(words.holding(pair[1], 1))]


def under_headings(
    words: WordIndex, provisions: Sequence[Provision], passages: Mapping[int, StoredPassage]
) -> dict[int, AskedFor]:
    """The passages, by number, with a heading that begins with one of the provisions, or with a
    line that does so as a caption ("Table 2: …").

    A heading may say "Art." for "Article", and "Artikel" in a passage in another language. Lines of
    passages without substance, such as a list of tables, are no captions.

    passages: to look through, by number. Returns for each passage the terms of these provisions,
    and for a line the span of its first two sentences.
    """
    found: dict[int, AskedFor] = {}
    for number, stored in passages.items():
        passage = stored.passage
        openings = [*_OPENING.finditer(passage.text)] if passage.kind.substance else []
        glossary = foreign(passage.text) if openings or passage.section else None
        lines = {_label(words, one[0], glossary): one.start() for one in reversed(openings)}
        labels = lines.keys() | {_label(words, heading, glossary) for heading in passage.section}
        asked = [one for one in provisions if one in labels]
        starts = [lines[one] for one in asked if one in lines]
        if asked:
            line = first_sentences(passage.text, starts[0]) if starts else None
            found[number] = AskedFor(frozenset(term for one in asked for term in one), line)
    return found


def _label(words: WordIndex, line: str, glossary: Glossary | None) -> tuple[str, ...]:
    """The first two terms of a line, in English where there is a glossary for it."""
    read = in_full(line)
    return tuple(words.terms(glossary.gloss(read) if glossary else read)[:2])


def first_sentences(text: str, start: int) -> tuple[int, int]:
    """The first two sentences of the line that begins at an offset, as offsets in the text."""
    *_, (_, end) = spans(text[start:].partition("\n")[0])[:2]
    return start, start + end
