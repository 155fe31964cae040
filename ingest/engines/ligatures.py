"""Ligatures that a font calls by their first letter, or by a code: "Te ofce" for "The office".

Pure. Some fonts map the glyphs of fi, fl, ff, ffi and Th to a bare f or T, and both PDF readers
then lose letters; in one of 13 public reports it was a tenth of all words. The width of the
glyph, beside that of the plain letter, gives them back. Measured there, in parts of the plain f:
fi and fl 1.32 to 1.44, ff 1.45 to 1.85, ffi 2.05 to 2.4; Th is 1.75 to 1.9 of a T.
"""

from __future__ import annotations

import re

# Letters that follow each other in no word, unless one is missing between them.
_LOST = re.compile(
    r"\bT(?:e|is|ese|ere|ey|eir|us)\b"
    r"|\bf(?:nd|rst|nal|nanc|scal|gur|lm|exib|les?\b)"
    r"|\b(?:[Ee]|[Ss]u|[Oo]|[Dd]i|[Aa])f(?:c[aei]|ect|ort|erent|ord|liat)"
    r"|(?:speci|identi|scienti|modi|quali|arti|signi|con|bene|de)f(?:c|d|n[ie]|rm|ts?\b|que|kat)"
)
_FEWEST = 2
# Of a plain f, in parts of the font size.
_USUAL_F = 0.4
_DOUBLE = 1.65
_SINGLE = 1.25
_TH = 1.5
# What TeX's T1 and TS1 encodings have at the codes of control characters, by a paper whose text
# is known.
_TEX_GLYPHS = dict(
    zip("\x15\x1b\x1c\x1d\x1e\x1f\x88", "–\ufb00\ufb01\ufb02\ufb03\ufb04•", strict=True)
)
_TEX_CODES = re.compile(
    r"(?<=[^\W\d_])[\x1b-\x1f]|[\x1b-\x1f](?=[^\W\d_])"
    r"|(?<!\S)\x88(?=\s)|(?<![^\s\d])\x15(?![^\s\d])"
)
# The same of its OT1 encoding, the oldest, whose codes are those of white space.
_OLD_GLYPHS = dict(
    zip("\x0b\x0c\r\x0e\x0f", ("\ufb00", "\ufb01", "\ufb02", "\ufb03", "\ufb04"), strict=True)
)
_OLD_CODES = re.compile(
    r"(?<=[^\W\d_])(?:[\x0b\x0c\x0e\x0f]|\r(?!\n))|(?:[\x0b\x0c\x0e\x0f]|\r(?!\n))(?=[^\W\d_])"
)
_OLD_BULLET = re.compile(r"(?<!\S)\x0f(?=\s)")
_OLD_DASH = re.compile(r"(?<=\d)\{(?=[\d\s\ufffe])")
# T1's ligatures, and those that Linux Libertine has at the same codes.
_USUAL_ORDER = dict(zip("\x1b\x1c\x1d\x1e\x1f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True))
_OTHER_ORDER = dict(zip(_USUAL_ORDER, ("fi", "ffi", "ff", "fl", "ffl"), strict=True))
_LIGATURES = {"ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02", "ffi": "\ufb03", "ffl": "\ufb04"}
# Looked for at the beginning of a word only: from each of its letters on, a word of 50,000 letters
# took 40 s.
_CODED_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]*[\x1b-\x1f](?:[^\W\d_]|[\x1b-\x1f])*")
# Words that tell one ligature from the others, in the languages that Waymark reads.
_KNOWN = re.compile(
    r"(?:first|fin[adei]|fi(?:ve|ft|gur|eld|ll|le|sc|x)|(?:re)?defin|(?:speci|identi|signi|scienti)fi"
    r"|(?:modi|quali|certi|arti|bene|clari|noti|veri)fi|con(?:fi|fli)|profi|häufig|bénéfi|défini"
    r"|(?:o|e|di|su|coe)ffi[ck]|traffi|suffi[sx]|pr[eé]fi[xe]"
    r"|(?:o|di|su|pre)ffer|(?:e|a)ffe[ck]t|effort|afford|staff|öff|schaff|treff|(?:be|an)griff"
    r"|hoff|stoff|effet|différ|offr|chiff|ziff"
    r"|(?:re|in|con)fl[eiu]|fl(?:ow|ex|igh|oor|at|ag|ed\b|ee|ü)|p?flicht|pfle|briefly|réfl"
    r"|ra?ffl|baffl|affl|waffl|souffl)",
    re.IGNORECASE,
)
_VOWELS = "aeiouyàâäéèêëîïôöùûü"


def suspicious(text: str) -> bool:
    """Whether a page's text looks as if it had lost ligatures: worth measuring its glyphs."""
    return sum(1 for _ in _LOST.finditer(text)) >= _FEWEST


def named(text: str) -> str:
    """The text, codes of TeX's bitmap fonts made the characters they stand for, one for one.

    The glyphs of such fonts have no names, so that a reader gives their codes. Ligatures stand
    beside a letter, a bullet alone, a dash alone or between figures.
    """
    codes = {code for code in _OLD_GLYPHS if code != "\r" and code in text}
    if len(codes) >= _FEWEST:
        text = _OLD_CODES.sub(lambda match: _OLD_GLYPHS[match[0]], text)
        text = _OLD_BULLET.sub("•", _OLD_DASH.sub("–", text))
    glyphs = _TEX_GLYPHS | _told_by_words(text)
    return _TEX_CODES.sub(lambda match: glyphs[match[0]], text)


def _told_by_words(text: str) -> dict[str, str]:
    """The ligatures that some of T1's codes stand for where the words of a text say others.

    Linux Libertine and its kin have them in an order of their own, under names that no reader
    knows. T1's order is left only where the other makes more known words.
    """
    coded = _CODED_WORD.findall(text)

    def known(order: dict[str, str]) -> int:
        letters = str.maketrans(order)
        return sum(_KNOWN.match(word.translate(letters)) is not None for word in coded)

    best = max((_USUAL_ORDER, _OTHER_ORDER), key=known)
    return {code: _LIGATURES[letters] for code, letters in best.items()}


def plain_width(glyph: str, narrowest: float, word: str) -> float:
    """Width of the plain letter in parts of the font size, by the narrowest one seen.

    No T is wider than .66; a page may hold none but in "Th". A lone f tells nothing below .8,
    unless the word it stands in is none: fonts for links may hold no f but in "files".
    """
    if glyph == "T":
        return min(narrowest, 0.6)
    if _LOST.search(word):
        return min(narrowest, _USUAL_F)
    return 0.45 if narrowest > 0.8 else narrowest


def letters(glyph: str, ratio: float, before: str, after: str) -> str:
    """What a glyph called "f" or "T" stands for.

    ratio: its width in parts of the plain letter's. before, after: the rest of the word on
    either side. The width tells single from double; the letters around tell fi from fl and ff
    from ffi, which are nearly as wide: before a vowel stand fl and ff, before a consonant fi
    and ffi.
    """
    if glyph == "T":
        return "Th" if ratio >= _TH else "T"
    if ratio < _SINGLE:
        return "f"
    following = after[:1].lower()
    open_end = not following.isalpha() or following in _VOWELS
    if ratio >= _DOUBLE:
        return "ff" if open_end or re.match(r"s$|r[aeou]", after) else "ffi"
    if not following.isalpha() or following not in _VOWELS:
        return "fi"
    if re.match(r"e[dslr]|es?$|ab", after):
        return "fi"  # modified, field, file, identifiable
    between_vowels = before[-1:].lower() in _VOWELS and bool(before)
    return "ff" if between_vowels and ratio > 1.4 else "fl"
