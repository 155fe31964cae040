"""Which language a text is in, where it is one of those with a list, and the text in English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from index.languages.glossary import STEMMERS, Glossary, english_words, glossary
from index.languages.stemming import stems
from ingest.prose.language import votes

_FEWEST_VOTES = 2
_LEAD = 1.5
"""Small words of a language over those of English."""

_NEAR = 0.6
"""Share of the most small words from which a language is looked at too: Spanish and Portuguese have
many in common."""

_FEWEST_KNOWN = 0.4
"""Of the words of a text those that its language has to list: prose has .8 to .95. A table full of
"n/a" has small words of Portuguese."""

_SHARE = 0.5
"""The same where small words do not say which language it is."""

_REMEMBERED = 8192
"""Texts of which it is remembered what language they are in: both views of a library are built of
the same ones, and anew after each title that is changed and each report that is withdrawn."""

_LONGEST_REMEMBERED = 4_000
"""Characters of such a text, where a passage has about a thousand. Callers of the API have texts
of up to 20,000 tagged: 8,192 of these would take up to 650 MB."""

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
    counted = votes(text)
    most = max(counted.values(), default=0)
    if most < _FEWEST_VOTES:
        said = [other for other in STEMMERS if counted[other]]
        # "Was" of "Was bedeutet Unterkunft?" is a small word of both.
        english_alone = counted["en"] > max((counted[other] for other in said), default=0)
        return None if english_alone else _unlike_english(text, said or [*STEMMERS])
    if most < _LEAD * counted["en"]:
        alike = [other for other in STEMMERS if counted[other] == most >= counted["en"]]
        # "Was" and "in" say as much of English: what else stands there has to say it.
        return _unlike_english(text, alike, ("en",)) if alike else None
    near = [other for other in STEMMERS if counted[other] >= _NEAR * most]
    words = _distinct(_SMALL.findall(text) or _WORD.findall(text))
    best, count = _knowing_most(words, near)
    return best if count >= _FEWEST_KNOWN * len(words) else None


def _unlike_english(
    text: str, languages: Sequence[str], shared: Sequence[str] = ()
) -> Glossary | None:
    """Of the lists of some languages the one that knows most words of a text which are not English:
    at least half of all words, and more than are English. A word with an accent is not, nor is a
    small word of one of the languages, unless it is one of those it is shared with.
    """
    words = _distinct(_WORD.findall(text))
    if len(words) == 1 and words[0].isupper():
        return None  # "COM(2009) 447" is not Portuguese, and EURITA no euro
    english = [word for word in words if word.isascii() and _english_words() & {*stems(word)}]
    said = {word: votes(word).keys() for word in words}
    small = [w for w in words if said[w] & {*languages} and said[w].isdisjoint(shared)]
    own = [word for word in words if word not in english or word in small]
    fewest = max(_SHARE * len(words), min(2, len(words)), len(words) - len(own) + 1)
    if len(own) < fewest:
        return None  # the lists stay closed: they take up to 60 ms each to open
    best, count = _knowing_most(own, languages)
    return best if count >= fewest else None


def _distinct(words: Sequence[str]) -> list[str]:
    """Each word once: a table with "per" in each row is not in Italian."""
    return list(dict.fromkeys(words))


def _knowing_most(words: Sequence[str], languages: Sequence[str]) -> tuple[Glossary | None, int]:
    """Of the lists of some languages the one that knows most of some words, and how many; none
    where none knows any.
    """
    lists = [glossary(language) for language in languages]
    counts = [sum(one.english(word) is not None for word in words) for one in lists]
    # "asile" is French, and a form of another word in Spanish.
    listed = [sum(word.lower() in one.entries for word in words) for one in lists]
    best = max(range(len(lists)), key=lambda at: (counts[at], listed[at]), default=None)
    return (lists[best], counts[best]) if best is not None and counts[best] else (None, 0)


@cache
def _english_words() -> frozenset[str]:
    """The stems of all English that the lists give."""
    return frozenset(stems(" ".join(english_words())))
