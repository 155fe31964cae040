"""The numbers that are printed on pages, where they differ from the count.

Pure: lines of all pages in, a number or nothing for each out. A wrong number is worse than none:
taken is what counts on steadily at the edges of pages, and what the file states where that stands
there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.prose.chapter_heads import SAME_HEIGHT
from ingest.prose.furniture import OF_ALL, PAGE_WORDS, at_edge
from ingest.prose.lines import Line

_WORD = rf"(?P<word>\b(?:{PAGE_WORDS})\s*)?"
_FIGURE = r"(?P<figure>\d{1,4}|[ivxlc]{1,8}|[IVXLC]{1,8})"
_OF = rf"(?P<of>\s*(?:{OF_ALL})\s*(?P<total>\d{{1,4}}))?"
_MARK = r"[-–—|•·]"
_FIRST = re.compile(rf"{_MARK}?\s*(?i:{_WORD}){_FIGURE}(?i:{_OF})(?:\s*(?P<mark>{_MARK}))?(?=\s|$)")
_LAST = re.compile(
    rf"(?:(?:^|(?<=\s))(?P<mark>{_MARK})\s*|(?<=[\s/])|^)(?i:{_WORD}){_FIGURE}(?i:{_OF})"
    rf"\s*{_MARK}?$"
)
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
# Characters of a line with a page number.
_LONGEST = 100
# Part of the page's height from the edge within which a number beside other words stands.
_MARGIN = 0.08
# Rows of words at the head and at the foot that may hold the number.
_ROWS = 3
# Pages of a run.
_FEWEST = 3
# Part of all pages that a run of figures has; of fewer pages the figures of tables may agree.
_PART = 0.25
# Pages from one number to the next; more end a run.
_FAR = 4
# Part that counts as most, as of the pages between the first and the last of a run.
_MOST = 0.5
# Part of a run's pages that may have another number at its place.
_OTHERS = 0.1
# Pages of a run of numbers beside words, which may count chapters, one a page.
_FEWEST_IN_WORDS = 6
_LETTERS = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


class _Mark(NamedTuple):
    """A number at the edge of a page, counted from 0.

    style: "1", "i" or "I". offset: what it is more than the page's place in the file, from 1.
    alone: without other words, or marked as the page's.
    """

    page: int
    style: str
    offset: int
    base: float
    alone: bool


class _Count(NamedTuple):
    """A run of pages that are numbered steadily.

    style, offset: as in `_Mark`. pages: with the number, ascending.
    doubtful: pages between them with another number at its place.
    """

    style: str
    offset: int
    pages: tuple[int, ...]
    doubtful: frozenset[int]

    def label(self, page: int) -> str:
        """The number of a page, counted from 0."""
        return _written(page + 1 + self.offset, self.style)

    @property
    def span(self) -> range:
        """All pages from the first to the last."""
        return range(self.pages[0], self.pages[-1] + 1)


def printed_numbers(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], stated: Sequence[str]
) -> list[str]:
    """The number printed on each page ("iv", "12"); empty where it is the count, or is in doubt.

    A run of numbers that count on with the pages is taken from three pages on, also for pages
    between that show none. What the file states is taken for the other pages, if most pages that
    it numbers show that number. heights: of the pages, points. stated: what the file calls each.
    """
    marks = [
        mark
        for page, (lines, height) in enumerate(zip(pages, heights, strict=True))
        for line in _outermost(lines, height)
        for mark in _marks(line, page, height)
    ]
    found = _borne_out(stated, marks)
    for run in _certain(marks, len(pages)):
        for page in run.span:
            found[page] = "" if page in run.doubtful else run.label(page)
    return ["" if label == str(page) else label for page, label in enumerate(found, start=1)]


def _outermost(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines of the first rows and of the last rows of a page."""
    edge = sorted((line for line in lines if at_edge(line, height)), key=lambda line: line.base)
    upper = [line for line in edge if line.base < height / 2]
    lower = [line for line in reversed(edge) if line.base >= height / 2]
    kept: list[Line] = []
    for side in (upper, lower):
        rows, last = 0, float("-inf")
        for line in side:
            rows += abs(line.base - last) > SAME_HEIGHT
            last = line.base
            if rows > _ROWS:
                break
            kept.append(line)
    return kept


def _marks(line: Line, page: int, height: float) -> Iterator[_Mark]:
    """The numbers that a line begins or ends with."""
    text = _DATE.sub("", line.text).strip()
    near = line.base < _MARGIN * height or line.top > (1 - _MARGIN) * height
    if len(text) > _LONGEST:
        return
    for match in (_FIRST.match(text), _LAST.search(text)):
        if match is None:
            continue
        rest = text[: match.start()] + text[match.end() :]
        own = match["word"] or match["of"] or match["mark"]
        alone = bool(own) or not any(map(str.isalnum, rest))
        value, style = _read(match["figure"])
        if value and (alone or (near and style == "1")):
            yield _Mark(page, style, value - page - 1, line.base, alone)
        # "L 180/33": the page comes last.
        if match["total"] and near:
            yield _Mark(page, "1", int(match["total"]) - page - 1, line.base, alone=False)


def _borne_out(stated: Sequence[str], marks: Sequence[_Mark]) -> list[str]:
    """The numbers that the file states, if most pages that show a number show the stated one; else
    nothing for each page. Labels that are no numbers are left out.
    """
    labels = [label if _read(label)[0] else "" for label in stated]
    shown = defaultdict(set)
    for mark in marks:
        shown[mark.page].add(_written(mark.page + 1 + mark.offset, mark.style))
    numbered = [page for page in shown if labels[page]]
    right = sum(labels[page] in shown[page] for page in numbered)
    return labels if right > max(1, _MOST * len(numbered)) else [""] * len(labels)


def _certain(marks: Sequence[_Mark], count: int) -> list[_Count]:
    """The runs that no other run contradicts, the longest first."""
    runs = sorted(_runs(marks, count), key=lambda run: len(run.pages), reverse=True)
    kept: list[_Count] = []
    doubtful: list[_Count] = []
    for run in runs:
        rivals = [other for other in kept if set(other.span) & set(run.span)]
        for other in rivals:
            shared = [page for page in other.pages if page in run.span]
            if len(run.pages) >= _MOST * len(shared):
                doubtful.append(other)
        if not rivals:
            kept.append(run)
    return [run for run in kept if run not in doubtful]


def _runs(marks: Sequence[_Mark], count: int) -> Iterator[_Count]:
    """The runs of steadily numbered pages. count: of all pages."""
    alike = defaultdict(list)
    for mark in marks:
        alike[mark.style, mark.offset].append(mark)
    for (style, offset), own in alike.items():
        for stretch in _stretches(own):
            pages = tuple(sorted({mark.page for mark in stretch}))
            alone = len({mark.page for mark in stretch if mark.alone})
            in_words = len(pages) >= max(_FEWEST_IN_WORDS, _MOST * count)
            part = _PART * count if style == "1" else 0.0
            if len(pages) < max(_FEWEST, part, _MOST * (pages[-1] - pages[0] + 1)):
                continue
            others = _others(stretch, pages, marks)
            steady = len(others) <= _OTHERS * len(pages)
            if steady and (alone >= _MOST * len(pages) or in_words):
                yield _Count(style, offset, pages, others)


def _others(
    stretch: Sequence[_Mark], pages: Sequence[int], marks: Sequence[_Mark]
) -> frozenset[int]:
    """Pages within a stretch that have another number where the stretch has its own."""
    bases = {mark.base for mark in stretch}
    return frozenset(
        mark.page
        for mark in marks
        if mark.alone
        and pages[0] < mark.page < pages[-1]
        and mark.page not in pages
        and any(abs(mark.base - base) <= SAME_HEIGHT for base in bases)
    )


def _stretches(marks: Sequence[_Mark]) -> list[list[_Mark]]:
    """The marks, which ascend by page, parted where too many pages in a row have none."""
    parts: list[list[_Mark]] = []
    for mark in marks:
        if parts and mark.page - parts[-1][-1].page <= _FAR:
            parts[-1].append(mark)
        else:
            parts.append([mark])
    return parts


def _read(text: str) -> tuple[int, str]:
    """The value and the style of a number; the value is 0 for a text that is no number."""
    if re.fullmatch(r"[0-9]{1,4}", text):
        return int(text), "1"
    value, rest = 0, text.lower()
    for worth, letters in _LETTERS:
        while rest.startswith(letters):
            value, rest = value + worth, rest[len(letters) :]
    style = "I" if text.isupper() else "i"
    return (value, style) if _written(value, style) == text else (0, style)


def _written(value: int, style: str) -> str:
    """A number in digits or, by its style, in Roman letters."""
    if style == "1":
        return str(value)
    text = ""
    for worth, letters in _LETTERS:
        text += letters * (value // worth)
        value %= worth
    return text.upper() if style == "I" else text
