"""Footnotes: those that say something, those that only name where it is said, their numbers."""

from __future__ import annotations

import re

_NAMED = re.compile(
    r"[“„\"][^“”„\"]*[”“\"]|(?<!\w)‘[^‘]*?’(?!\w)|\([^()]*\)|\[[^\[\]]*\]|(?:https?://|www\.)\S+"
    r"|\bcited (?:t?here|above|below)\b"
)
"""What a source is named by: its title in quotation marks, what stands in brackets, its address."""

_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]?|\*+) +(?=\D)")

_SAYS = frozenset(
    "is are was were be been has have had having do does did can could may might must should will "
    "would mean means refer refers include includes exist exists became who which that because "
    "while not such Such according According example This this These these Those those It it They "
    "they There there Although although However however est sont ont sera peut peuvent ist sind "
    "wird werden wurde wurden hat haben kann son fue puede pueden".split()
)
"""Words that no list of names, titles and dates has. With capitals "May" is a month."""

_SAID = re.compile(
    r"^what (?:did|does|do|has|have) (?:(?!\b(?:reports?|study|guidance|guidelines?)\b).)*?"
    r" (?:say|said|tell|told|think|thought|argued?|claim(?:ed)?|warn(?:ed)?|suggest(?:ed)?"
    r"|advised?|explain(?:ed)?)\b",
    re.IGNORECASE,
)
"""What a report says may be a source."""

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"(?:\b[a-zà-ÿ’'-]+,? ){12}[a-zà-ÿ]")
"""Thirteen words in small letters; the title of a directive has twelve."""


def asks_what_was_said(question: str) -> bool:
    """Whether a question is about what somebody said or thought, in English."""
    return _SAID.match(question) is not None


def only_cites(note: str) -> bool:
    """Whether a footnote, or several, names sources and says nothing of them: no verb, no pronoun
    and no long run of words outside quotation marks and brackets, in English, French, German or
    Spanish.
    """
    left = _NAMED.sub(" ", note)
    # Word by word: one expression for all of it took twice as long.
    return _SAYS.isdisjoint(_WORD.findall(left)) and not _SENTENCE.search(left)


def behind_number(text: str, start: int) -> int:
    """Where the words begin of a footnote that begins at an offset, behind its number; the offset
    where none does.
    """
    begins = start == 0 or text[start - 1] == "\n"
    number = _NUMBER.match(text, start) if begins else None
    return number.end() if number else start
