"""Parts of a text that are asked for by their number: "Article 17", "Annex II", "art. 8"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.derived.words import WordIndex
from index.languages.stemming import stems
from search.question.function_words import FUNCTION_TERMS
from search.question.variants import Form

Provision = tuple[str, str]
"""A word and the number behind it, as indexed."""

_NUMBER = re.compile(r"\d{1,3}[a-z]?|[ivxlc]+")
"""The number of a part. Years are none: no part is called by a month and a year."""

_SHORT, _LONG = "art", "article"
_SHORTENED = re.compile(rf"\b({_SHORT}s?)\b\.? ?(?=\d{{1,3}}\b)", re.IGNORECASE)

REPORT_TERMS = frozenset(
    stems("report study paper evaluation review brief document project say tell provide summarise")
)
"""Words for a report, and for what it is asked to do, that stand beside its title; as indexed."""

_MANY = 100
"""Of the passages with a number in words, and of those with it in figures, so many are counted."""

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


def shortened(words: WordIndex, provisions: Iterable[Provision]) -> list[Form]:
    """The articles among the provisions with their short form ("art 17"), if a passage has it."""
    (long,), (short,) = words.terms(_LONG), words.terms(_SHORT)
    forms = (Form(one, (short, one[1])) for one in provisions if one[0] == long)
    return [form for form in forms if len(words.holding(form.other, 1))]
