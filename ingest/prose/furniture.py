"""Running heads, running feet and page numbers: what repeats at the edges of pages.

Pure: lines of all pages in, lines without furniture out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ingest.engines.sheets import Rule
from ingest.prose.chapter_heads import NEAR_PAGES, SAME_HEIGHT, chapter_heads
from ingest.prose.lines import Line
from ingest.prose.note_lines import of_notes
from ingest.prose.paragraphs import norms_of

# The parts of the page, from above and from below, in which furniture stands.
_EDGE = 0.13
_FEWEST = 3
# On so great a part of the pages a line is furniture whatever its figures.
_MOST_PAGES = 0.4
# The first page of a paper often has no running head: of these few, two pages are enough.
_FEW_PAGES = 4
_MOST_ROWS = 4
# Of short papers the feet may differ in their last words, and in their height.
_LONG = 40
_MARGIN = 0.08
_TOP, _BOTTOM = -2, -1
_STAMPS = 2
# A running head above a rule: parts of the body's size and of the page's height, points.
_HEAD_SIZE = 0.9
_HEAD_EDGE = 0.09
_HEAD_WIDTH = 250.0
_FEW_HEADS = 2
_MOST_FIGURES = 4
_SHORT = 60
_WORDY = 12
# Parts of the size, from a line to the next of its cell.
_STEP = 1.5
# Sides of a leaf; pages of a paper with a head on two of them.
_SIDES = 2
_SHORT_PAPER = 7
PAGE_WORDS = r"page|seite|p\.|página|pagina|pág\.|sida|s\."
"""What stands before the number of a page, as a pattern in small letters."""
OF_ALL = "/|of|de|von|sur|di|van|av"
"""What stands between the number of a page and that of all pages, likewise."""

_TICKS = ("x", "X")
_DIGITS = re.compile(r"\d+")
# "Case study 3", "Annex 2: Indicators", set larger than the text by this much.
_COUNTED_HEADING = re.compile(
    r"[^\W\d_][^\d|]*[^\W\d_] \d{1,2}(?:[.:]?$|(?:[.:]| [–—-]) ?[^\W\d_])"
)
_LARGE = 1.12
# Says itself that it is a page number, on however few pages.
_COUNTED_PAGE = re.compile(
    rf"[-–—|\s]*(?:page|seite|página|pagina|sida)\s+\d{{1,4}}(?:\s*(?:{OF_ALL})\s*\d{{1,4}})?"
    r"|\d{1,4}\s*/\s*\d{1,4}",
    re.IGNORECASE,
)
# Below a box or a table that the next page goes on with.
_TURN_OVER = re.compile(
    r"[-–—(\[]\s*(?:continue[sd]|cont\.|cont[’']d|suite|fortsetzung|continúa)"
    r"(?: (?:overleaf|on next page))?[-–—)\]\s.…]*|continued on next page",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    rf"(?:(?:{PAGE_WORDS})\s*)?[-–—|\s]*"
    rf"(?:\d{{1,4}}|[ivxlc]{{1,7}})[-–—|\s]*(?:(?:{OF_ALL})\s*\d{{1,4}})?",
    re.IGNORECASE,
)


class Edge(NamedTuple):
    """A line near the edge of a page, as it is compared with those of other pages."""

    words: str
    band: int


class _Found(NamedTuple):
    """What repeats: by words and figures, and by the words alone."""

    exact: set[Edge]
    folded: set[Edge]


def without_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> list[list[Line]]:
    """Each page's lines less those that repeat at its edges.

    A line is furniture when its text stands at the same height on three pages that are near
    each other (on two of up to four), its figures the same or one of them counting the pages; or,
    figures aside, on two fifths of all pages; or when it is a page number at the very edge, or
    the name of the chapter there (`chapter_heads`).
    Footnotes and headings that differ in their figures alone ("Article 12") are not: by chance
    they stand at one height on three of 30 pages. Nor are large headings that number the pages
    which each of them opens ("Case study 3").
    heights: of the pages, in points.
    """
    repeated = _repeated(pages, heights)
    numbered = _numbered_edges(pages, heights)
    chapters = chapter_heads(pages, heights)
    large = _LARGE * norms_of(pages).size
    kept = []
    for index, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        edge = [line for line in lines if at_edge(line, height)]
        marked = chapters[index] | {
            line
            for line in edge
            if _matches(line, index, height, repeated, large) or _COUNTED_PAGE.fullmatch(line.text)
        }
        notes = of_notes(marked, lines)
        marked -= {line for line in notes if not _COUNTED_PAGE.fullmatch(line.text)}
        text = [line for line in lines if line not in marked]
        marked |= {
            line
            for line in edge
            if _is_number(line)
            and _band(line) in numbered
            and not _ends(line, text)
            and not _in_row(line, text)
        }
        gone = _peeled(lines, marked, height)
        kept.append(
            [one for one in lines if one not in gone and not _TURN_OVER.fullmatch(one.text)]
        )
    return kept


def without_stamps(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Lines that run across the page's text, without those that stand on several pages."""
    where = Counter(text for lines in pages for text in {_folded(line) for line in lines})
    return [[line for line in lines if where[_folded(line)] < _STAMPS] for lines in pages]


def without_ruled_heads(
    pages: Sequence[Sequence[Line]],
    rules: Sequence[Sequence[Rule]],
    heights: Sequence[float],
    size: float,
) -> list[list[Line]]:
    """The lines of each page less small print above a rule that runs over several pages' tops.

    In a short paper a running head may stand on one page only, the chapter's name on another.
    heights: of the pages. size: of the body text, points.
    """
    tops = [_head_rule(page, height) for page, height in zip(rules, heights, strict=True)]
    often = Counter(round(rule.y0) for rule in tops if rule is not None)
    kept = []
    for number, (lines, rule) in enumerate(zip(pages, tops, strict=True), 1):
        head = [line for line in lines if rule is not None and line.base <= rule.y0 + 1]
        small = all(line.size <= _HEAD_SIZE * size and len(line.text) <= _SHORT for line in head)
        # A paper of two pages has its head on the second.
        fewest = 1 if number > 1 and len(pages) <= _FEW_PAGES else _FEW_HEADS
        ruled = rule is not None and often[round(rule.y0)] >= fewest
        gone = ruled and small and len(head) <= _FEW_HEADS and len(head) < len(lines)
        kept.append([line for line in lines if line not in head] if gone else list(lines))
    return kept


def _head_rule(rules: Sequence[Rule], height: float) -> Rule | None:
    """The highest rule of a page, if it runs across it near its top."""
    across = [rule for rule in rules if rule.horizontal and rule.x1 - rule.x0 >= _HEAD_WIDTH]
    first = min(across, key=lambda rule: rule.y0, default=None)
    return first if first is not None and first.y0 < _HEAD_EDGE * height else None


def _peeled(lines: Sequence[Line], marked: set[Line], height: float) -> set[Line]:
    """Those of the marked lines that no unmarked line parts from the edge of the page.

    A figure in a table that happens to stand at the height of a page number stays.
    """
    rows: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        rows[_band(line)].append(line)
    levels = sorted(rows)
    upper = [level for level in levels if level * SAME_HEIGHT < height / 2]
    lower = [level for level in levels[::-1] if level * SAME_HEIGHT >= height / 2]
    return _outermost(upper, rows, marked) | _outermost(lower, rows, marked)


def _outermost(
    levels: Sequence[int], rows: Mapping[int, Sequence[Line]], marked: set[Line]
) -> set[Line]:
    """Marked lines of the first rows that hold any, from the edge inwards."""
    gone: set[Line] = set()
    for depth, level in enumerate(levels):
        furniture = marked.intersection(rows[level])
        if not furniture or _is_table_header(rows[level]):
            break
        if depth == _MOST_ROWS:
            return set()  # pages alike far into the body, such as filled-in forms
        gone |= furniture
        # What stands beside a running head, such as the chapter's name, is part of it.
        if any(len(line.text) >= _WORDY for line in furniture):
            gone |= {line for line in rows[level] if len(line.text) <= _SHORT}
    return gone


def _is_table_header(row: Sequence[Line]) -> bool:
    """Whether a row looks like the column names that a long table repeats on each page."""
    return len(row) >= 3 and all(line.bold for line in row)


def at_edge(line: Line, height: float) -> bool:
    """Whether a line stands where furniture does; height: of the page, points."""
    return line.base < _EDGE * height or line.top > (1 - _EDGE) * height


def _band(line: Line) -> int:
    return round(line.base / SAME_HEIGHT)


def _folded(line: Line) -> str:
    return _DIGITS.sub("#", line.text).casefold().replace(" ", "")


def _is_outermost(line: Line, height: float) -> bool:
    """Whether a long line stands nearer to the edge than text does."""
    near = line.base < _MARGIN * height or line.top > (1 - _MARGIN) * height
    return near and len(line.text) >= _LONG


def _beginning(line: Line, height: float) -> Edge:
    """Of a long line, which may end with what differs ("..., Mission in Senegal"), at its edge."""
    return Edge(_folded(line)[: _LONG - 10] + "…", _TOP if line.base < height / 2 else _BOTTOM)


def _is_number(line: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text))


def _ends(number: Line, lines: Sequence[Line]) -> bool:
    """Whether a number is the end of a text right above it, as in a cell."""
    return any(
        0 < number.base - line.base <= _STEP * number.size
        and abs(line.x0 - number.x0) <= 1
        and abs(line.size - number.size) <= 0.2
        and any(map(str.isalpha, line.text))
        for line in lines
    )


def _in_row(number: Line, lines: Sequence[Line]) -> bool:
    """Whether a number is one of a table's last row: beside its label another, or a tick."""
    row = [line for line in lines if abs(line.base - number.base) <= 1]
    numbers = sum(map(_is_number, row))
    return len(row) > numbers and (numbers > 1 or number.text in _TICKS)


def _variants(line: Line, index: int) -> set[str]:
    """The line as it is, and with each of its figures in turn counted from the page's index."""
    text = line.text.casefold().replace(" ", "")
    found = {text}
    for number in list(_DIGITS.finditer(text))[:_MOST_FIGURES]:
        offset = int(number[0][-9:]) - index
        found.add(f"{text[: number.start()]}#{offset}#{text[number.end() :]}")
    return found


def _repeated(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> _Found:
    exact: dict[Edge, set[int]] = defaultdict(set)
    folded: dict[Edge, set[int]] = defaultdict(set)
    few = len(pages) <= _FEW_PAGES
    for index, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            if not at_edge(line, height):
                continue
            if few and _is_outermost(line, height):
                folded[_beginning(line, height)].add(index)
            plain, variants, level = _folded(line), _variants(line, index), _band(line)
            for band in (level - 1, level, level + 1):
                folded[Edge(plain, band)].add(index)
                for words in variants:
                    exact[Edge(words, band)].add(index)
    most = 2 if few else max(_FEWEST, _MOST_PAGES * len(pages))
    sure = {edge for edge, where in exact.items() if _are_near(sorted(where)) or len(where) >= most}
    # Heads that differ on left and right pages: of a short paper one stands on two pages.
    bands = {edge.band for edge in sure} if len(pages) <= _SHORT_PAPER else set[int]()
    sure |= {
        edge
        for edge, where in exact.items()
        if len(where) == _SIDES and max(where) - min(where) == _SIDES and edge.band in bands
    }
    return _Found(
        sure,
        {edge for edge, where in folded.items() if len(where) >= most},
    )


def _are_near(pages: Sequence[int]) -> bool:
    """Whether three of the pages, which ascend, lie close together."""
    return any(
        last - first < NEAR_PAGES for first, last in zip(pages, pages[_FEWEST - 1 :], strict=False)
    )


def _matches(line: Line, index: int, height: float, repeated: _Found, large: float) -> bool:
    """large: size from which a line that counts is a heading, points."""
    folded = _folded(line)
    if sum(map(str.isalnum, folded)) <= 1:
        return False
    band = _band(line)
    opens = line.base < height / 2 and line.size >= large
    if opens and _COUNTED_HEADING.match(line.text):
        return Edge(line.text.casefold().replace(" ", ""), band) in repeated.exact
    alike = _is_outermost(line, height) and _beginning(line, height) in repeated.folded
    return (
        alike
        or Edge(folded, band) in repeated.folded
        or any(Edge(words, band) in repeated.exact for words in _variants(line, index))
    )


def _numbered_edges(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[int]:
    """Heights at which page numbers stand."""
    bands: Counter[int] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        for band in {_band(line) for line in lines if at_edge(line, height) and _is_number(line)}:
            bands[band] += 1
    fewest = _FEWEST
    if len(pages) <= _FEW_PAGES:
        # The pages of a short paper may be set a little differently.
        fewest = 2
        bands = Counter({band: count + bands[band + 1] for band, count in bands.items()})
    return {
        near
        for band, count in bands.items()
        if count >= fewest
        for near in (band - 1, band, band + 1)
    }
