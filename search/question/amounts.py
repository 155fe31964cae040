"""Questions that ask for an amount, and texts that tell one, in English."""

from __future__ import annotations

import re

from search.question.dates import MONTH

_ASKED = re.compile(
    r"\bhow (?:many|much|big|large|often|long|high|old|far)\b"
    r"|\b(?:amount|budget|costs?|number|percentage|price|proportion|share|size) of\b"
    r"|\bwhat (?:amount|number|percentage|proportion|share)\b"
    r"|\b(?:costs?|fees?|price|spending|sum) per\b|\bper (?:capita|head|person)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+")
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million "
    "billion half third quarter percent".split()
)
_REFERS = re.compile(r"\bth[eo]se [a-z]+|\b[a-z]+:")
"""Words that refer to what was counted before ("those four"), or open a list ("The fifth has two:
…"). A number in words among them tells no amount."""

_NUMBER = re.compile(r"\d(?:[\w.()/–-]*\w)?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:s|[–/-]\d\d(?:\d\d)?)?")
_NOTE = re.compile(r"\d{1,3} ")
"""The number of a footnote, at its beginning."""

_BEFORE = 40
"""Characters before a number that are looked through for what it numbers."""

_LABELLED = (
    "article|section|chapter|paragraph|title|annexe?|table|figure|graph|box|finding"
    "|recommendation|goal|step|phase|note|page|directive|regulation"
)
# Numbers go on behind plurals and "§" alone: in "Table 3, 450 migrants" the second counts.
_LABEL = re.compile(
    rf"(?:(?i:\b(?:{_LABELLED})(?:e?s)?|\b(?:appendix|rec\.|pp?\.))|[§#]|\bNo\.?) ?$"
    rf"|(?:(?i:\b(?:{_LABELLED})e?s|\bpp\.)|§) ?(?:\d\S*(?:,| and| or| to) )+$|\b[A-Z]+-$"
)
_DAY = re.compile(rf"\d\d?(?:st|nd|rd|th)? {MONTH}\b")
_AFTER_MONTH = re.compile(rf"{MONTH} $")
_DAY_NUMBER = re.compile(r"(?:[12]?\d|3[01])(?!\d)")
_LETTERED = re.compile(r"\d+[AC-JLN-Z]\b")
"""A number with a letter that is no unit: "39E"; "5M", "20K" and "2B" are amounts."""

_LINE_START = re.compile(r"(?:^|\n)\(?$")


def asks_amount(question: str) -> bool:
    """Whether a question is about how many, how much or how long."""
    return _ASKED.search(question) is not None


def tells_amount(text: str) -> bool:
    """Whether a text holds a number, in figures or in words, that tells how many. Years, the number
    of a footnote, and numbers that are part of a name or a date do not, see `_counts`.
    """
    note = _NOTE.match(text)
    if any(_counts(text, found) for found in _NUMBER.finditer(text, note.end() if note else 0)):
        return True
    # Word by word: one expression for all of it took 30 microseconds in place of 10.
    return not _NUMBER_WORDS.isdisjoint(_WORD.findall(_REFERS.sub(" ", text.lower())))


def _counts(text: str, number: re.Match[str]) -> bool:
    """Whether a number in figures tells how many.

    It does not where it is a year or a day, where it stands behind what it numbers ("Article
    18(1)", "Tables 2 and 3", "COVID-19") or before an item of a list, or has a letter that is no
    unit.
    """
    start, end = number.span()
    before = text[max(0, start - _BEFORE) : start]
    return not (
        _YEARS.fullmatch(number[0])
        or _LETTERED.match(number[0])
        or _LABEL.search(before)
        or _DAY.match(text, start)
        or (
            _AFTER_MONTH.search(before)
            and _DAY_NUMBER.match(number[0])
            and not text[end : end + 2].strip().islower()
        )
        or (_LINE_START.search(before) and text.startswith((".", ")"), end))
    )
