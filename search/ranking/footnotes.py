"""Footnotes: whether one says something or only names sources, and where its number ends."""

from __future__ import annotations

import re

_NAMED = re.compile(
    r"[“„\"][^“”„\"]*[”“\"]|(?<!\w)‘[^‘]*?’(?!\w)|\([^()]*\)|\[[^\[\]]*\]|(?:https?://|www\.)\S+"
    r"|\bcited (?:t?here|above|below)\b"
)
"""What names a source: a title in quotation marks, what stands in brackets, an address."""

_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]?|\*+) +(?=\D)")

_SAYS = frozenset(
    "is are was were be been has have had having do does did can could may might must should will "
    "would mean means refer refers include includes exist exists became who which that because "
    "while not such Such according According example This this These these Those those It it They "
    "they There there Although although However however est sont ont sera peut peuvent ist sind "
    "wird werden wurde wurden hat haben kann son fue puede pueden".split()
)
"""Words of sentences, which no list of names, titles and dates has. Capitals matter: "May" is a
month."""

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"(?:\b[a-zà-ÿ’'-]+,? ){12}[a-zà-ÿ]")
"""Thirteen words in a row in small letters. The title of a directive has twelve."""


def only_cites(note: str) -> bool:
    """Whether a footnote, or several, names sources and says nothing of them, in English, French,
    German or Spanish: outside quotation marks and brackets it has no verb, no pronoun and no long
    run of words in small letters.
    """
    left = _NAMED.sub(" ", note)
    # Compared word by word: one regular expression for all words took twice as long.
    return _SAYS.isdisjoint(_WORD.findall(left)) and not _SENTENCE.search(left)


def behind_number(text: str, start: int) -> int:
    """Where the words of a footnote begin, behind its number; `start` where no footnote begins
    there.

    start: offset in the text.
    """
    begins = start == 0 or text[start - 1] == "\n"
    number = _NUMBER.match(text, start) if begins else None
    return number.end() if number else start
