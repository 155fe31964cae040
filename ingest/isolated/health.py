"""What could be read of a page: a verdict from its text and pictures. Pure."""

from __future__ import annotations

import re

from ingest.records import Health

# Letters of a page that is hardly more than a picture.
_LITTLE = 40
# Parts of a page that pictures cover: of one with little text, and of one with none.
_PICTURE = 0.5
_PICTURE_ALONE = 0.2
_GLYPH_NUMBERS = re.compile(r"(?:\(cid:\d+\)\s*){3,}")
_VISIBLE = re.compile(r"\S")
_LETTER = re.compile(r"[^\W_]")
# Private use, replacement, control, or no character at all.
_ODD = re.compile("[\ue000-\uf8ff\ufffd-\uffff\x00-\x08\x0e-\x1f\x80-\x9f\U000f0000-\U0010ffff]")
_WORD = re.compile(r"[^\W\d_]{4,}")
_VOWEL = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýąęőűıœ]", re.IGNORECASE)
_LATIN = re.compile("[A-Za-zÀ-ɏ]")
# Part of the visible characters.
_ODD_SHARE = 0.15
# English prose has under 1 % of such words; of text with shifted glyphs more than half.
_VOWELLESS_SHARE = 0.35
# Of the letters: .37 to .48 in eight European languages, .2 where each stands for another.
_VOWEL_SHARE = 0.25


def verdict(text: str, image_share: float) -> Health:
    """Health of a page that holds `text` and pictures over `image_share` (0 to 1) of it."""
    letters = len(_LETTER.findall(text))
    if letters < _LITTLE and image_share >= _PICTURE:
        return Health.SCANNED
    if not text.strip():
        return Health.SCANNED if image_share >= _PICTURE_ALONE else Health.EMPTY
    return Health.GARBLED if garbled(text) else Health.TEXT


def garbled(text: str) -> bool:
    """Whether text is glyphs without a meaning: wrong characters or no language's words."""
    if _GLYPH_NUMBERS.search(text):
        return True
    visible = len(_VISIBLE.findall(text))
    if visible < _LITTLE:
        return False
    if len(_ODD.findall(text)) > _ODD_SHARE * visible:
        return True
    words = _WORD.findall(text)
    latin = [word for word in words if _LATIN.match(word)]
    if len(latin) >= 15:
        vowelless = sum(not _VOWEL.search(word) and not word.isupper() for word in latin)
        small = "".join(word for word in latin if word.islower())
        vowels = len(_VOWEL.findall(small))
        few = len(small) > 100 and vowels < _VOWEL_SHARE * len(small)
        return few or vowelless > _VOWELLESS_SHARE * len(latin)
    marks = visible - len(_LETTER.findall(text))
    return not words and visible > 150 and marks > 0.6 * visible
