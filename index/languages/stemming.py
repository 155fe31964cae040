"""A text cut into words, and the words into stems, as the word index has them.

What tantivy's analyzers make of a text whose letters are folded (`index.languages.letters`): they
cut words at the marks of letters that are written as two. `index.derived.words` is the only other
module that knows tantivy.
"""

from __future__ import annotations

from functools import cache

import tantivy
from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from index.languages.letters import folded

STEMMERS = {
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "sv": "swedish",
}
"""Languages that are read in English, ISO 639-1, with what tantivy calls their stemmers."""

TOO_LONG = 60
"""Bytes (UTF-8) from which on the analyzers drop a word."""


def as_written(text: str) -> list[str]:
    """The words of a text in lower case, without accents, their endings on."""
    found: list[str] = plain_analyzer().analyze(folded(text))
    return found


def stems(text: str) -> list[str]:
    """The words of a text as they are indexed: lower case, without accents, English endings cut."""
    found: list[str] = analyzer().analyze(folded(text))
    return found


def stems_in(language: str, text: str) -> list[str]:
    """The words of a text in lower case, without accents, the endings of a language cut.

    language: one of `STEMMERS`.
    """
    found: list[str] = _analyzer_of(language).analyze(folded(text))
    return found


@cache
def analyzer() -> tantivy.TextAnalyzer:
    """What the word index cuts its folded texts with: English stems, accents folded."""
    # The stemmer for English reads words without accents.
    return _lower_case().filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()


@cache
def plain_analyzer() -> tantivy.TextAnalyzer:
    """As `analyzer`, with the endings on."""
    return _lower_case().filter(Filter.ascii_fold()).build()


@cache
def _analyzer_of(language: str) -> tantivy.TextAnalyzer:
    # Accents go last: the stemmers know endings by them.
    stemmer = Filter.stemmer(STEMMERS[language])
    return _lower_case().filter(stemmer).filter(Filter.ascii_fold()).build()


def _lower_case() -> tantivy.TextAnalyzerBuilder:
    shorter = Filter.remove_long(TOO_LONG)
    return TextAnalyzerBuilder(Tokenizer.simple()).filter(shorter).filter(Filter.lowercase())
