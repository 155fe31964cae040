"""Questions that ask about a day or a month alone, in English, and texts that name it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.derived.words import WordIndex
from index.languages.stemming import stems
from search.question.function_words import FUNCTION_TERMS

MONTH = (
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_YEAR = r"(?:19|20)\d\d\b"
_DATE = re.compile(
    rf"(?:\b\d\d? )?{MONTH} {_YEAR}|{MONTH} \d\d?,? {_YEAR}",
    re.IGNORECASE,
)
_ASKING = frozenset(
    stems("after agreed before changed decided different done event happened new said say since")
)
"""Words that a question about any date may have."""


def date_alone(words: WordIndex, question: str) -> tuple[str, ...]:
    """The terms of the date that is all a question asks about ("what happened in June 2014"): a
    month with its year, with or without the day. Empty where it asks about something else as well.
    """
    date = _DATE.search(question)
    if not date:
        return ()
    rest = words.terms(f"{question[: date.start()]} {question[date.end() :]}")
    return () if set(rest) - _ASKING - FUNCTION_TERMS else tuple(words.terms(date[0]))


def names_date(terms: Sequence[str], date: tuple[str, ...]) -> bool:
    """Whether a text has the terms of a date side by side, day and month in either order.

    terms: of the text, in order. date: as `date_alone` returns it.
    """
    told = [term.lstrip("0") for term in terms]
    asked = sorted(term.lstrip("0") for term in date)
    spans = (told[start : start + len(asked)] for start in range(len(told) - len(asked) + 1))
    return any(span[-1] == date[-1] and sorted(span) == asked for span in spans)
