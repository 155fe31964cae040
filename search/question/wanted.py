"""Questions for a day, for what was not done, and for somebody, in English, and texts that tell it.

Questions for an amount are in `search.question.amounts`.
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

_OTHER = r"^(?!(?:(?:and|but) )?(?:why|how come)\b).*"
"""Asked why something is not done, the reasons are sought, which are there."""
_NEGATED = "are|can|could|did|do|does|had|has|have|is|was|were|will|would"
_NEGATES = re.compile(
    rf"{_OTHER}(?:\b(?:{_NEGATED}) not\b|\bcannot\b|n['’]t\b"
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
"""The letter or comma before a word amid a sentence, and the word, if that may have a capital: most
have none, and are passed over here (1.5 ms in place of 4 for forty texts without a name)."""


def tells_wanted(question: str) -> Callable[[str], bool] | None:
    """What tells whether a text has the kind of thing that a question asks for: a date or a time
    where it asks when, a refusal or a failure where it asks what is not done; None for others.
    """
    if _WHEN.search(question):
        return _has(_DATE)
    return _has(_REFUSED) if _NEGATES.search(question) else None


def asks_who(question: str) -> bool:
    """Whether a question begins by asking for somebody."""
    return _WHO.search(question) is not None


def names_somebody(text: str) -> bool:
    """Whether a text holds a name: a word with a capital amid a sentence, acronyms among them. In
    letters that have no capitals, as Arabic ones, any word may be one.
    """
    if text.lower() == text.upper():
        return any(map(str.isalpha, text))
    return any(_is_name(*found.groups()) for found in _AMID.finditer(text))


def _is_name(before: str, word: str) -> bool:
    behind_small = before in ",;" or before.islower()
    return behind_small and word[0].isupper() and (len(word) > 2 or word.isupper())


def _has(told: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: told.search(text) is not None
