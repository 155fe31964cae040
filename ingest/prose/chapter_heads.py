"""Running heads that say the chapter: a heading of the document again, in smaller print.

Pure. A chapter of three pages has its head on one or two of them, too few to count as repeated.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from ingest.prose.lines import Line

SAME_HEIGHT = 5.0
"""Points by which the heights of running heads, feet and page numbers differ from page to page."""
NEAR_PAGES = 6
"""A running head of a chapter stands on pages this near each other; equal lines farther apart are
chance."""
CHAPTER_WORDS = "chapter|part|annex|appendix|kapitel|teil|anhang|chapitre|partie|annexe"
"""What a chapter or the like is called, as a pattern in small letters."""

# Parts of the page's height within which heads and feet stand.
_HEAD = 0.1
_FOOT = 0.08
# A head is so many times the leading of the text away from it.
_APART = 1.25
_FEWEST_LETTERS = 8
# How many times as large as its running head a heading is, and how many lines it may have.
_LARGER = 1.1
_MOST_LINES = 3
_CHAPTER = re.compile(rf"(?:{CHAPTER_WORDS})\s+(?:\d{{1,3}}|[IVX]{{1,5}}|[A-H])\b", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W\d_]+")
_Titles = Mapping[str, Mapping[float, int]]
"""Headings by their letters: the sizes that each is set in, with the first page of that size."""


def chapter_heads(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[Line]]:
    """The lines in the margins of each page that say a heading, if a page near it has such too.

    The heading is set a tenth larger, on the same page or an earlier one: names in a list are no
    head because a later page sets them larger. "Chapter 3." and figures do not count. The first
    line of a text may say a heading too, or be one, so that a head is smaller than the text, or as
    large and not bold, and stands farther from it than its lines do from each other.
    heights: of the pages, points.
    """
    size, leading = _size_of(pages), _leading_of(pages)
    edges = []
    for lines, height in zip(pages, heights, strict=True):
        bases = sorted(line.base for line in lines)
        outer = [one for one in lines if not _HEAD * height < one.base < (1 - _FOOT) * height]
        plain = [one for one in outer if one.size < size or (one.size == size and not one.bold)]
        edges.append([one for one in plain if _stands_apart(one, bases, _APART * leading)])
    titles = _titles(pages, {_letters(line.text) for edge in edges for line in edge})
    found = [
        {line for line in edge if _is_said(line, page, titles)} for page, edge in enumerate(edges)
    ]
    return [
        {line for line in heads if _comes_again(line, page, found)}
        for page, heads in enumerate(found)
    ]


def _size_of(pages: Sequence[Sequence[Line]]) -> float:
    """The size with the most letters, points."""
    letters = Counter[float]()
    for line in itertools.chain.from_iterable(pages):
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _leading_of(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance of two baselines, points; those of one row do not count."""
    steps = Counter[float]()
    for lines in pages:
        bases = sorted({line.base for line in lines})
        steps.update(round(b - a, 1) for a, b in itertools.pairwise(bases) if b - a > SAME_HEIGHT)
    return steps.most_common(1)[0][0] if steps else 0.0


def _stands_apart(line: Line, bases: Sequence[float], least: float) -> bool:
    """Whether the nearest baselines above and below its row are farther than `least`, points.

    bases: of the page's lines, ascending.
    """
    above = bisect_left(bases, line.base - SAME_HEIGHT) - 1
    below = bisect_right(bases, line.base + SAME_HEIGHT)
    near = [bases[place] for place in (above, below) if 0 <= place < len(bases)]
    return all(abs(base - line.base) > least for base in near)


def _titles(pages: Sequence[Sequence[Line]], wanted: Collection[str]) -> _Titles:
    """The lines, alone or up to three together, whose letters are among those wanted."""
    titles: defaultdict[str, dict[float, int]] = defaultdict(dict)
    for page, lines in enumerate(pages):
        letters = [_letters(line.text) for line in lines]
        for place, line in enumerate(lines):
            said = ""
            for end in range(place, min(place + _MOST_LINES, len(lines))):
                if lines[end].size != line.size:
                    break
                said += letters[end]
                if said in wanted:
                    titles[said].setdefault(line.size, page)
    return titles


def _letters(text: str) -> str:
    """What a line says, the number of its chapter and figures left out."""
    return _NO_LETTER.sub("", _CHAPTER.sub("", text, count=1)).casefold()


def _is_said(line: Line, page: int, titles: _Titles) -> bool:
    letters = _letters(line.text)
    return len(letters) >= _FEWEST_LETTERS and any(
        size > _LARGER * line.size and first <= page
        for size, first in titles.get(letters, {}).items()
    )


def _comes_again(line: Line, page: int, found: Sequence[set[Line]]) -> bool:
    """Whether a page near it has such a line at the same height."""
    return any(
        abs(other.base - line.base) <= SAME_HEIGHT
        for near in range(max(0, page - NEAR_PAGES + 1), min(len(found), page + NEAR_PAGES))
        for other in found[near]
        if near != page
    )
