"""Questions that ask for an amount, and texts that tell one, in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from search.question.dates import MONTH

_ASKED = re.compile(
    r"\bhow (?:many|much|big|large|often|long|high|old|far)\b"
    r"|\b(?:amount|budget|costs?|number|percentage|price|proportion|share|size) of\b"
    r"|\bwhat (?:amount|number|percentage|proportion|share)\b"
    r"|\b(?:costs?|fees?|price|spending|sum) per\b|\bper (?:capita|head|person)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+")
_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million "
    "billion half third quarter percent".split()
)
_REFERS = re.compile(r"\bth[eo]se [a-z]+|\b[a-z]+:")
"""A number in words that counts nothing new ("those four"), or opens a list of its own ("The fifth
has two: …")."""
_NUMBER = re.compile(r"\d(?:[\w.()/–-]*\w)?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:s|[–/-]\d\d(?:\d\d)?)?")
_NOTE = re.compile(r"\d{1,3} ")

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
_LINE = re.compile(r"(?:^|\n)\(?$")


def asks_amount(question: str) -> bool:
    """Whether a question is about how many, how much or how long."""
    return _ASKED.search(question) is not None


def tells_amount(text: str) -> bool:
    """Whether a text holds a number, in figures or in words. A year is none, nor is the number
    before a footnote, and none that is part of a name or a date, see `_counts`.
    """
    note = _NOTE.match(text)
    if any(_counts(text, found) for found in _NUMBER.finditer(text, note.end() if note else 0)):
        return True
    # Word by word: one expression for all of it took 30 microseconds in place of 10.
    return not _WORDS.isdisjoint(_WORD.findall(_REFERS.sub(" ", text.lower())))


def _counts(text: str, number: re.Match[str]) -> bool:
    """Whether a number tells how many, as found in a text: neither years nor a day, nor what stands
    behind its label ("Article 18(1)", "Tables 2 and 3", "COVID-19"), before an item of a list or
    with a letter ("39E"; "5M" and "20K" count).
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
        or (_LINE.search(before) and text.startswith((".", ")"), end))
    )


NEAR = 0.04
"""By how much less a window may be worth that is quoted because it tells what is asked for."""


def about_as_good(
    text: str,
    windows: Sequence[tuple[int, int]],
    values: Sequence[float],
    tells: Callable[[str], bool],
) -> int:
    """Which of a passage's windows to quote: the best, or the best of those about as good that tell
    what is asked for.

    windows: offsets in the text, in order. values: what each is worth, as `search.ranking.compare`
    has it.
    """
    by_value = sorted(range(len(windows)), key=lambda index: -values[index])
    best = by_value[0]
    near = (index for index in by_value if values[index] >= values[best] - NEAR)
    return next((index for index in near if tells(text[slice(*windows[index])])), best)


def telling(
    text: str, windows: Sequence[tuple[int, int]], values: Sequence[float]
) -> tuple[int, int]:
    """What to quote of a passage where an amount is asked for: the best of its windows, or one
    about as good that tells an amount; with the sentence behind it where that tells one.

    windows, values: as for `about_as_good`.
    """
    chosen = about_as_good(text, windows, values, tells_amount)
    start, end = windows[chosen]
    for begin, further in windows[chosen + 1 : chosen + 2]:
        if begin < end and tells_amount(text[end:further].lstrip()):
            return start, further
    return start, end
