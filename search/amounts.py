"""Questions that ask for an amount, and texts that tell one, in English."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ASKED = re.compile(
    r"\bhow (?:many|much|big|large|often|long|high|old|far)\b"
    r"|\b(?:amount|budget|costs?|number|percentage|price|proportion|share|size) of\b"
    r"|\bwhat (?:amount|number|percentage|proportion|share)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+")
_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million "
    "billion half third quarter percent".split()
)
_FIGURES = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTE = re.compile(r"\d{1,3} ")


def asks_amount(question: str) -> bool:
    """Whether a question is about how many, how much or how long."""
    return _ASKED.search(question) is not None


def tells_amount(text: str) -> bool:
    """Whether a text holds a number, in figures or in words. A year of four figures is none, nor
    is the number before a footnote.
    """
    note = _NOTE.match(text)
    figures = _FIGURES.findall(text, note.end() if note else 0)
    # Word by word: one expression for all of it took 30 microseconds in place of 10.
    return not (
        all(map(_YEAR.fullmatch, figures)) and _WORDS.isdisjoint(_WORD.findall(text.lower()))
    )


NEAR = 0.04
"""By how much less a window may be worth that is quoted because it tells an amount."""


def telling(
    text: str, windows: Sequence[tuple[int, int]], values: Sequence[float]
) -> tuple[int, int]:
    """What to quote of a passage where an amount is asked for: the best of its windows, or one
    about as good that tells an amount; with the sentence behind it where that tells one.

    windows: offsets in the text, in order. values: what each is worth, as `search.compare` has it.
    """
    by_value = sorted(range(len(windows)), key=lambda index: -values[index])
    best = by_value[0]
    near = (index for index in by_value if values[index] >= values[best] - NEAR)
    chosen = next((i for i in near if tells_amount(text[slice(*windows[i])])), best)
    start, end = windows[chosen]
    for begin, further in windows[chosen + 1 : chosen + 2]:
        if begin < end and tells_amount(text[end:further].lstrip()):
            return start, further
    return start, end
