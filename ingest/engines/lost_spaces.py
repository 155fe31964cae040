"""Spaces that a page shows and its text lacks: by the gaps between the characters of a word.

Pure. Gaps are in parts of the font size, the one at place n between the characters n and n + 1.
PDFium itself puts a space in at about .25; kerning stays under .1 in most files, and up to .17
in one of 13 public reports, whose lost spaces measure .20 to .28.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Sequence

# The gap of a lost space, parts of the font size.
_LOST = 0.2
# Behind a figure: a 1 stands in the middle of its place, with white on both sides.
_BESIDE_FIGURES = 0.35
# Between two words that stand elsewhere in the file.
_LOST_IN_WORD = 0.175
# Beside a thin letter, which has white on its sides.
_LOST_BY_THIN = 0.225
# Beside an "a" that stands alone.
_LOST_ALONE = 0.25
# After these a wide gap is no space.
_NEVER_AFTER = ".-–—/"
_LETTERS = re.compile(r"[^\W\d_]{5,}")
# A word of a sentence, with its marks, divided or whole; others are code, addresses or formulas.
_DIVIDED = "\\u00ad\\u2010\\u0002\\ufffe"
_PROSE = re.compile(rf"[“\"„«‘(]*[^\W\d_]+(?:[-–’'{_DIVIDED}][^\W\d_]+)*[-.,;:!?)”\"»’{_DIVIDED}]*")
_THIN = "fijltI"
_LAST_LATIN = "\u024f"
# Spaces lost in one word, and letters of its parts; these may stand alone.
_MOST_IN_WORD = 2
_SHORTEST_PART = 2
_ALONE = {"a", "A"}
# A lost space is so much wider than any other gap of the word.
_WIDER = 1.4


def in_suspect(text: str, gaps: Sequence[float]) -> list[int]:
    """Places before which a space is lost in a word that looks like several."""
    return [
        place
        for place, (before, after) in enumerate(itertools.pairwise(text), start=1)
        if gaps[place - 1] > (_BESIDE_FIGURES if _figures(before, after) else _LOST)
        and before not in _NEVER_AFTER
    ]


def _figures(before: str, after: str) -> bool:
    """Whether the white between two characters may be that of a figure's place."""
    return before.isdigit() and (before == "1" or not after.isalpha())


def in_letters(text: str, gaps: Sequence[float], words: Container[str]) -> list[int]:
    """Places before which a space is lost in a word that looks like one, marks and figures aside.

    words: that stand elsewhere in the file; between two of them a narrower gap is enough. What
    has marks or figures as code and addresses do is parted between two of them only.
    """
    places: list[int] = []
    for match in _LETTERS.finditer(text):
        found = _in_run(match[0], gaps[match.start() : match.end() - 1], words)
        if _PROSE.fullmatch(text) or _known(match, found, words):
            places.extend(match.start() + place for place in found)
    return places


def _known(match: re.Match[str], places: Sequence[int], words: Container[str]) -> bool:
    """Whether the parts of a run are words, the first and the last alone or with their marks."""
    edges = [0, *(match.start() + place for place in places), len(match.string)]
    with_marks = [match.string[start:end] for start, end in itertools.pairwise(edges)]
    edges[0], edges[-1] = match.span()
    parts = [match.string[start:end] for start, end in itertools.pairwise(edges)]
    return all(part in words or full in words for part, full in zip(parts, with_marks, strict=True))


def has_letters(text: str) -> bool:
    """Whether a word has letters enough in a row to be two."""
    return _LETTERS.search(text) is not None


def _in_run(text: str, gaps: Sequence[float], words: Container[str]) -> list[int]:
    """Places before which a space is lost in a run of letters; none in writing other than Latin.

    A word set in spaced letters, whose gaps are alike, is left whole.
    """
    if max(text) > _LAST_LATIN:
        return []
    places = [n for n, gap in enumerate(gaps, start=1) if gap > _LOST_IN_WORD]
    if not places or len(places) > _MOST_IN_WORD:
        return []
    usual = max((gap for n, gap in enumerate(gaps, start=1) if n not in places), default=0.0)
    parts = [text[start:end] for start, end in itertools.pairwise([0, *places, len(text)])]
    narrowest = min(gaps[place - 1] for place in places)
    short = {part for part in parts if len(part) < _SHORTEST_PART}
    if (short and not (short <= _ALONE and narrowest > _LOST_ALONE)) or narrowest < _WIDER * usual:
        return []
    sure = all(part in words for part in parts)
    return places if sure or all(_is_plain(text, place, gaps) for place in places) else []


def _is_plain(text: str, place: int, gaps: Sequence[float]) -> bool:
    """Whether the gap alone tells: thin letters have white on their sides."""
    thin = text[place - 1] in _THIN or text[place] in _THIN
    return gaps[place - 1] > (_LOST_BY_THIN if thin else _LOST)
