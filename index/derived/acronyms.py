"""Acronyms with their long forms, learned from the library's own texts.

"Temporary Desk on Iraq (TDI)" and "TDI (Temporary Desk on Iraq)" both say what TDI is. The rule is
stricter than that of Schwartz and Hearst (2003): the acronym has to have the first letter of each
word of the long form, small words apart, so that "the application of Regulation (EU)" teaches
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

_SMALL = frozenset(
    "a an and as at by de der des die du en et for from für in la le les of on or the to und "
    "with y".split()
)
_WORD = re.compile(r"[^\W_]+")
_SHORT = r"[^\W\d_][^\W_]*(?:[-&/][^\W_]+)*"
_AFTER = re.compile(rf"\(({_SHORT})\)")
_BEFORE = re.compile(rf"\b({_SHORT}) \(([^()]{{5,120}})\)")
_SENTENCE_END = re.compile(r"[.;:!?]\s|[\n()]")
_FEWEST, _MOST = 2, 10
"""Letters of an acronym."""
_BLEND = 3
"""Letters that a blend, such as Fedasil for "Federal Agency …", shares with the first word of its
long form."""
_LONGEST = 160
"""Characters before a bracket in which the long form is looked for."""


def learn(texts: Iterable[str], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Each acronym that the texts explain, with the first long form given for it.

    known: what was learned from the texts before these. It stays, so that a word index that was
    added to knows the same as one built anew.
    """
    learned = dict(known or {})
    folded = {short.casefold() for short in learned}
    for text in texts:
        if "(" in text:
            for short, long in defined(text):
                if short.casefold() not in folded:
                    folded.add(short.casefold())
                    learned[short] = long
    return learned


def defined(text: str) -> Iterator[tuple[str, str]]:
    """The (acronym, long form) pairs that a text explains in brackets, in order."""
    for found in _AFTER.finditer(text):
        short = _singular(found[1])
        if _is_acronym(short):
            before = _SENTENCE_END.split(text[max(0, found.start() - _LONGEST) : found.start()])[-1]
            if long := _long_form(short, before.strip()):
                yield short, long
    for found in _BEFORE.finditer(text):
        short, long = _singular(found[1]), found[2].strip()
        if _is_acronym(short) and _spells(_words(long), _letters(short)):
            yield short, long


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


def _is_acronym(short: str) -> bool:
    letters = _letters(short)
    capitals = sum(char.isupper() for char in short)
    enough = capitals >= _FEWEST or (short[0].isupper() and len(letters) > _BLEND + 1)
    return enough and _FEWEST <= len(letters) <= _MOST


def _letters(short: str) -> str:
    return "".join(_WORD.findall(short)).casefold()


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _long_form(short: str, before: str) -> str:
    """The shortest end of a text that an acronym may stand for; empty when there is none."""
    letters = _letters(short)
    starts = [found.start() for found in _WORD.finditer(before)]
    capitals = sum(char.isupper() for char in short)
    for start in reversed(starts[-2 * len(letters) :]):
        long = before[start:]
        words = _words(long)
        if capitals >= _FEWEST and _spells(words, letters):
            return long
        if capitals < _FEWEST and _blends(long, letters):
            return long
    return ""


def _spells(words: Sequence[str], letters: str) -> bool:
    """Whether an acronym's letters are taken from words in order: the first letter of each word but
    the small ones, and others of the same word after it.
    """
    content = [word for word in words if word not in _SMALL]
    if len(content) < _FEWEST or words[0] in _SMALL or letters in content:
        return False
    return len(words) <= 2 * len(letters) and _aligned(tuple(words), letters)


def _aligned(words: Sequence[str], letters: str) -> bool:
    """As `_spells`, for the words and letters that are left: each possible share of the first word
    is tried.
    """
    if not words:
        return not letters
    word = words[0]
    if word in _SMALL and _aligned(words[1:], letters):
        return True
    if not letters or letters[0] != word[0]:
        return False
    taken, at = 0, -1
    while taken < len(letters) and (at := word.find(letters[taken], at + 1)) >= 0:
        taken += 1
        if _aligned(words[1:], letters[taken:]):
            return True
    return False


def _blends(long: str, letters: str) -> bool:
    """Whether letters begin as a long form does: a name of three words or more, each with a
    capital.
    """
    words = _WORD.findall(long)
    content = [word for word in words if word not in _SMALL]
    return (
        len(content) >= 3
        and all(word[0].isupper() for word in content)
        and words[0][:_BLEND].casefold() == letters[:_BLEND]
    )
