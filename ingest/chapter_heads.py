"""Running heads that say the chapter: a heading of the document again, in smaller print.

Pure. A chapter of three pages has its head on one or two of them, too few to count as repeated.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.lines import Line

# Parts of the page's height within which the outermost line is a head or a foot.
_HEAD = 0.1
_FOOT = 0.08
# Lines at one height, and heads of two pages, differ by so little (points).
_LEVEL = 3.0
_BAND = 5.0
_NEAR_PAGES = 6
_FEWEST_LETTERS = 8
_LARGER = 1.1
_MOST_LINES = 3
_CHAPTER = re.compile(
    r"(?:chapter|part|annex|appendix|kapitel|teil|anhang|chapitre|partie|annexe)"
    r"\s+(?:\d{1,3}|[IVX]{1,5}|[A-H])\b",
    re.IGNORECASE,
)
# By the letters of a line or of up to three: the sizes it is set in, each with its first page.
_Titles = Mapping[str, Mapping[float, int]]


def chapter_heads(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[Line]]:
    """Of each page the outermost lines that say a heading, and that another page near it has too.

    The heading is set a tenth larger, on the same page or an earlier one: names under a letter
    are no head because a later page sets them larger. "Chapter 3." and numbers are left aside.
    heights: of the pages, in points.
    """
    titles = _titles(pages)
    found = [
        {line for line in _outermost(lines, height) if _is_said(line, page, titles)}
        for page, (lines, height) in enumerate(zip(pages, heights, strict=True))
    ]
    return [
        {line for line in heads if _comes_again(line, page, found)}
        for page, heads in enumerate(found)
    ]


def _titles(pages: Sequence[Sequence[Line]]) -> _Titles:
    titles: defaultdict[str, dict[float, int]] = defaultdict(dict)
    for page, lines in enumerate(pages):
        for place, line in enumerate(lines):
            said = ""
            for one in lines[place : place + _MOST_LINES]:
                if one.size != line.size:
                    break
                said += _letters(one.text)
                titles[said].setdefault(line.size, page)
    return titles


def _letters(text: str) -> str:
    """What a line says, the number of its chapter and figures left out."""
    return "".join(c for c in _CHAPTER.sub("", text, count=1).casefold() if c.isalpha())


def _outermost(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines of the highest and the lowest row, if these stand in the margins."""
    if not lines:
        return []
    first, last = min(line.base for line in lines), max(line.base for line in lines)
    return [
        line
        for line in lines
        if line.base <= min(first + _LEVEL, _HEAD * height)
        or line.base >= max(last - _LEVEL, (1 - _FOOT) * height)
    ]


def _is_said(line: Line, page: int, titles: _Titles) -> bool:
    letters = _letters(line.text)
    return len(letters) >= _FEWEST_LETTERS and any(
        size > _LARGER * line.size and first <= page
        for size, first in titles.get(letters, {}).items()
    )


def _comes_again(line: Line, page: int, found: Sequence[set[Line]]) -> bool:
    """Whether a page near it has such a line at the same height."""
    return any(
        abs(other.base - line.base) <= _BAND
        for near in range(max(0, page - _NEAR_PAGES + 1), min(len(found), page + _NEAR_PAGES))
        for other in found[near]
        if near != page
    )
