"""Letters as words are compared by: what a reader leaves out in writing makes no other word.

Vowel points and other marks that sit on a letter are left out where no letter is composed of both,
as are characters that only steer the line. Variants of Arabic letters are one, as Lucene's
ArabicNormalizer and PersianNormalizer have them; digits of any script are ASCII ones, Greek letters
have no accents, a Turkish İ is an I, and a Russian ё, whose dots print mostly leaves out, an е.
Accents of Latin letters are left to `index.languages.stemming`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_ASIDE = re.compile("[\u00ad\u0130\u0300-\u200f\u2028-\u202f\u205f-\u206f\u20d0-\U0010ffff]")
"""Characters that may be written otherwise: all but Latin letters, signs and currencies."""

_VARIANTS = str.maketrans("آأإٱىیکةۀёЁ", "ااااييكههеЕ")
_DRAWN = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew and Arabic letters as they are drawn, in place of the letters themselves."""

_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_NO_LETTER = frozenset("\u0640\u034f")
"""The stroke that draws Arabic words out, and a joiner of marks; neither makes another word."""

_OF_KANA = 8
"""Combining class of the marks that make another sound of a Japanese letter."""

_OF_VOWELS = range(84, 200)
"""Combining classes of marks that are vowels or tones of their own, as in Thai, Lao and Tibetan."""

_DOT_AND_STROKE = (7, 9)
"""Combining classes of two marks that Indian scripts cannot be read without. A tokenizer cuts words
there, so they are left out where words are compared, as by Lucene's HindiNormalizer."""


class _Table(dict[int, str]):
    """Characters by their code, with what stands for them: worked out when one first comes."""

    def __init__(self, written: Callable[[str], str]) -> None:
        super().__init__()
        self._written = written

    def __missing__(self, code: int) -> str:
        self[code] = self._written(chr(code))
        return self[code]


def unmarked(text: str) -> str:
    """A text without vowel points, marks that no letter is composed with, soft hyphens and
    characters that steer the line; a letter and its accent are one character (NFC).
    """
    return _translated(text, _UNMARKED)


def folded(text: str) -> str:
    """As `unmarked`, with variants of letters and digits as one: what is compared, never shown."""
    return _translated(text, _FOLDED)


def _translated(text: str, table: _Table) -> str:
    if text.isascii() or not _ASIDE.search(text):
        return text
    return unicodedata.normalize("NFC", text).translate(table)


def _as_shown(character: str) -> str:
    needed = unicodedata.combining(character) in _DOT_AND_STROKE
    return character if needed else _bare(character)


def _bare(character: str) -> str:
    """A character, or nothing in place of a mark and of what nobody sees."""
    kind = unicodedata.category(character)
    if kind in ("Cf", "Me") or character in _NO_LETTER:
        return ""
    if kind == "Mn" and "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return ""
    marks = unicodedata.combining(character)
    return "" if marks and marks != _OF_KANA and marks not in _OF_VOWELS else character


def _as_compared(character: str) -> str:
    if character == "İ":
        return "I"
    if _DRAWN.match(character):
        letters = unicodedata.normalize("NFKC", character)
        return "".join(_FOLDED[ord(letter)] for letter in letters if letter != character)
    if _GREEK.match(character):
        return unicodedata.normalize("NFD", character)[0].replace("ς", "σ")
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    return _bare(character).translate(_VARIANTS)


_UNMARKED = _Table(_as_shown)
_FOLDED = _Table(_as_compared)
