"""Questions that ask when, who, or what is not done, in English, and texts that tell it.

Questions that ask how many are in `search.question.amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from search.question.dates import MONTH

_WHEN = re.compile(
    r"^(?:(?:and|since|until) )?when (?:are|did|do|does|has|had|is|must|should|was|were|will)\b"
    r"|\b(?:what|which) (?:date|day|month|year)\b",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\b(?:19|20)\d\d\b|{MONTH}\b|\b\d+ (?:day|week|month|year)s?\b")

_NOT_WHY = r"^(?!(?:(?:and|but) )?(?:why|how come)\b).*"
"""A question that asks why something is not done seeks reasons, and is none of those for a
refusal."""

_NEGATED = "are|can|could|did|do|does|had|has|have|is|was|were|will|would"
_NEGATES = re.compile(
    rf"{_NOT_WHY}(?:\b(?:{_NEGATED}) not\b|\bcannot\b|n['’]t\b"
    r"|\bfail(?:ed|ing|s)? to\b|\brefus(?:e|ed|es|ing)\b)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:absence|cannot|fail\w*|inability|lack(?:ed|ing|s)?|neither|never|no(?!\.? \d)|nobody"
    r"|none|nor|not|refus\w*|reject\w*|unable)\b|n['’]t\b",
    re.IGNORECASE,
)

_WHO = re.compile(r"^(?:(?:and|by|for|from|to|with) )?(?:who|whom|whose)\b", re.IGNORECASE)
_AMID = re.compile(r"([^\W\d_A-Z]|[,;]) (?=([^\W\d_a-z][\w’'-]+))")
"""The letter or comma before a word amid a sentence, and the word, where it begins with no small
letter. Most words do, and to pass over them here is quicker: 1.5 ms in place of 4 for forty texts
without a name."""


def tells_wanted(question: str) -> Callable[[str], bool] | None:
    """How to tell whether a text has the kind of thing that a question asks for: a date or a time
    where it asks when, a refusal or a failure where it asks what is not done. None for any other
    question.
    """
    if _WHEN.search(question):
        return _holds(_DATE)
    return _holds(_REFUSED) if _NEGATES.search(question) else None


def asks_who(question: str) -> bool:
    """Whether a question begins by asking for somebody."""
    return _WHO.search(question) is not None


def names_somebody(text: str) -> bool:
    """Whether a text holds a name: a word with a capital amid a sentence, or an acronym. In letters
    without capitals, such as Arabic ones, any word may be a name.
    """
    if text.lower() == text.upper():
        return any(map(str.isalpha, text))
    return any(_is_name(*found.groups()) for found in _AMID.finditer(text))


def _is_name(before: str, word: str) -> bool:
    """Whether a word is a name, given the letter or comma before it."""
    behind_small = before in ",;" or before.islower()
    return behind_small and word[0].isupper() and (len(word) > 2 or word.isupper())


def _holds(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None
