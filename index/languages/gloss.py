"""Which language a text is in, where it is one of those with a list, and the text in English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from index.languages.glossary import Glossary, glossary
from index.languages.stemming import STEMMERS, stems
from index.languages.word_list import english_words
from ingest.prose.language import votes

_FEWEST_VOTES = 2
"""Small words by which a language is told; below that the other words decide."""

_LEAD = 1.5
"""Times as many small words as of English a text must have of a language."""

_NEAR = 0.6
"""Languages with this share of the most small words are looked at too: Spanish and Portuguese have
many in common."""

_FEWEST_KNOWN = 0.4
"""Share of the words of a text that the list of its language has to know: it knows .8 to .95 of
prose. A table full of "n/a" has small words of Portuguese."""

_FEWEST_UNLIKE_ENGLISH = 0.5
"""The same share where small words do not tell the language."""

_REMEMBERED = 8192
"""Texts whose language is remembered: both views of a library are built of the same ones, and anew
after each title that is changed and each report that is withdrawn."""

_LONGEST_REMEMBERED = 4_000
"""Characters of such a text; a passage has about a thousand. Callers of the API have texts of up to
20,000 tagged: 8,192 of these would take up to 650 MB."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = re.compile(r"\b(?![A-ZÀ-Þ])[^\W\d_]{3,}")
"""Words in small letters, which are no names."""


def english(text: str) -> str:
    """A text as the tagger reads its words: in English, word by word, where it is in another
    language that has a list; else as it is.
    """
    found = foreign(text)
    return found.gloss(text) if found else text


def telling(text: str) -> str:
    """A text as the encoder reads it: `english` without the small words, which stand in another
    order than in English.

    Without them MRR@10 went from .419 to .447 on 15 questions answered by French and German
    reports, on 7 set aside from .393 to .413, on 298 Spanish questions about English paragraphs
    from .924 to .920 (`search/measured.md`).
    """
    found = foreign(text)
    return found.telling(text) if found else text


def foreign(text: str) -> Glossary | None:
    """The list of the language that a text is in; None for English, for a language without one, and
    where the text does not say.
    """
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _list_of(text)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(text: str) -> Glossary | None:
    return _list_of(text)


def _list_of(text: str) -> Glossary | None:
    if text.lstrip().startswith(("¿", "¡")):
        return glossary("es")
    small = votes(text)
    most = max(small.values(), default=0)
    if most < _FEWEST_VOTES:
        return _by_all_words(text, small)
    if most >= _LEAD * small["en"]:
        return _by_small_words(text, [one for one in STEMMERS if small[one] >= _NEAR * most])
    # "Was" and "in" are English too: what else stands there has to tell.
    level = [one for one in STEMMERS if small[one] == most >= small["en"]]
    return _unlike_english(text, level, shared=("en",)) if level else None


def _by_all_words(text: str, small: Counter[str]) -> Glossary | None:
    """The list for a text of next to no small words.

    small: how many of them each language has.
    """
    said = [one for one in STEMMERS if small[one]]
    # As many of both: "was" of "Was bedeutet Unterkunft?".
    if small["en"] > max((small[one] for one in said), default=0):
        return None
    return _unlike_english(text, said or [*STEMMERS])


def _by_small_words(text: str, languages: Sequence[str]) -> Glossary | None:
    """The list for a text whose small words are of one of these languages."""
    words = _distinct(_SMALL.findall(text) or _WORD.findall(text))
    best, count = _knowing_most(words, languages)
    return best if count >= _FEWEST_KNOWN * len(words) else None


def _unlike_english(
    text: str, languages: Sequence[str], shared: Sequence[str] = ()
) -> Glossary | None:
    """The list, of those of some languages, that knows most words of a text that are not English.
    It has to know at least half of all words, and more than are English.

    A word with an accent is not English, nor is a small word of one of the languages.
    shared: languages whose small words say nothing here, though one of `languages` has them too.
    """
    words = _distinct(_WORD.findall(text))
    if len(words) == 1 and words[0].isupper():
        return None  # "COM(2009) 447" is not Portuguese, and EURITA no euro
    english = {word for word in words if word.isascii() and _english_stems() & {*stems(word)}}
    said = {word: votes(word).keys() for word in words}
    small = {w for w in words if said[w] & {*languages} and said[w].isdisjoint(shared)}
    foreign = [word for word in words if word not in english or word in small]
    more_than_english = len(words) - len(foreign) + 1
    fewest = max(_FEWEST_UNLIKE_ENGLISH * len(words), min(2, len(words)), more_than_english)
    if len(foreign) < fewest:
        return None  # the lists stay closed: they take up to 60 ms each to open
    best, count = _knowing_most(foreign, languages)
    return best if count >= fewest else None


def _distinct(words: Sequence[str]) -> list[str]:
    """Each word once: a table with "per" in each row is not in Italian."""
    return list(dict.fromkeys(words))


def _knowing_most(words: Sequence[str], languages: Sequence[str]) -> tuple[Glossary | None, int]:
    """The list, of those of some languages, that knows most of the words, and how many it knows;
    None and 0 where none knows any.
    """
    lists = [glossary(language) for language in languages]
    counts = [sum(one.words.english(word) is not None for word in words) for one in lists]
    # "asile" is French, and a form of another word in Spanish.
    listed = [sum(word.lower() in one.words.entries for word in words) for one in lists]
    best = max(range(len(lists)), key=lambda at: (counts[at], listed[at]), default=None)
    return (lists[best], counts[best]) if best is not None and counts[best] else (None, 0)


@cache
def _english_stems() -> frozenset[str]:
    """The stems of all English that the lists give."""
    return frozenset(stems(" ".join(english_words())))
