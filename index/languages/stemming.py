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


def as_written(text: str) -> list[str]:
    """The words of a text in lower case, without accents, their endings on."""
    found: list[str] = _shared_plain_analyzer().analyze(folded(text))
    return found


def stems(text: str) -> list[str]:
    """The words of a text as they are indexed: lower case, without accents, English endings cut."""
    found: list[str] = _shared_analyzer().analyze(folded(text))
    return found


def stems_in(language: str, text: str) -> list[str]:
    """The words of a text in lower case, without accents, the endings of a language cut.

    language: as tantivy calls it, like "german".
    """
    found: list[str] = _analyzer_of(language).analyze(folded(text))
    return found


@cache
def _analyzer_of(language: str) -> tantivy.TextAnalyzer:
    # Accents go last: the stemmers know endings by them.
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(60))
        .filter(Filter.lowercase())
        .filter(Filter.stemmer(language))
        .filter(Filter.ascii_fold())
        .build()
    )


@cache
def _shared_analyzer() -> tantivy.TextAnalyzer:
    return analyzer()


@cache
def _shared_plain_analyzer() -> tantivy.TextAnalyzer:
    return plain_analyzer()


def analyzer() -> tantivy.TextAnalyzer:
    """What the word index cuts its folded texts with: English stems, accents folded."""
    return _folding().filter(Filter.stemmer("english")).build()


def plain_analyzer() -> tantivy.TextAnalyzer:
    """The same with the endings on."""
    return _folding().build()


def _folding() -> tantivy.TextAnalyzerBuilder:
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(60))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )
