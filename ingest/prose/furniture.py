"""Running heads, running feet and page numbers: what repeats at the edges of pages.

Pure: lines of all pages in, lines without furniture out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ingest.prose.chapter_heads import NEAR_PAGES, SAME_HEIGHT, chapter_heads
from ingest.prose.edge_words import DIGITS, folded_of, plain_of, variants_of
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
# Rows of running heads, or of feet, on a page.
_MOST_ROWS = 4
# In short papers the feet may differ in their last words and in their height: a long line in the
# margin is told by its beginning. Characters, and part of the page's height.
_LONG = 40
_MARGIN = 0.08
# In place of the height of such a line.
_TOP, _BOTTOM = -2, -1
# Pages on which a stamp stands.
_STAMPS = 2
# From the name of a column that runs upwards to the next: parts of its size, and points.
_NEXT_COLUMN = (1.7, 100.0)
# Turned lines of a page at most, if some are the names of columns.
_MOST_NAMES = 200
# Figures of a head with one letter.
_SIGN_FIGURES = 2
# Characters of a head in words, and at most of what stands beside it and is part of it.
_WORDY = 12
_SHORT = 60
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


class _Edge(NamedTuple):
    """A line near the edge of a page, as it is compared with those of other pages.

    words: in small letters, without spaces. band: its height in steps of `SAME_HEIGHT`; `_TOP` or
    `_BOTTOM` for the beginning of a long line, which may stand at any height there.
    """

    words: str
    band: int


class _Repeated(NamedTuple):
    """What repeats at the edges of pages.

    exact: lines with their figures, or with one of these counted from the page (`variants_of`).
    folded: lines whatever their figures, and the beginnings of long lines.
    """

    exact: set[_Edge]
    folded: set[_Edge]


def without_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> list[list[Line]]:
    """Each page's lines less those that repeat at its edges.

    A line is furniture if its text stands at the same height on three pages near each other (on
    two in a document of up to four), with the same figures or with one that counts the pages.
    Figures aside, it is furniture on two fifths of all pages. So are a page number at the very
    edge and the name of the chapter there (`chapter_heads`).

    Footnotes and headings that differ in their figures alone ("Article 12") are not, since by
    chance they stand at one height on three of 30 pages. Nor are large headings that number the
    pages which they open ("Case study 3").

    heights: of the pages, points.
    """
    usual = Counter(heights).most_common(1)[0][0] if heights else 0.0
    repeated = _repeated(pages, heights, usual)
    numbered = _numbered_edges(pages, heights, usual)
    chapters = chapter_heads(pages, heights)
    large = _LARGE * norms_of(pages).size
    kept = []
    for index, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        edge = [line for line in lines if at_edge(line, height)]
        levels = {line: _level(line, height, usual) for line in edge}
        counted = {line for line in edge if _COUNTED_PAGE.fullmatch(line.text)}
        marked = counted | chapters[index]
        marked |= {
            line for line in edge if _matches(line, levels[line], index, height, repeated, large)
        }
        marked -= of_notes(marked, lines) - counted
        text = [line for line in lines if line not in marked]
        numbers = [line for line in edge if levels[line] in numbered]
        if abs(height - usual) > SAME_HEIGHT:
            # Text may stand where others have their foot: the last row of a table.
            numbers = [line for line in numbers if _counts(line, levels[line], index, repeated)]
        marked |= {line for line in numbers if _is_page_number(line, text)}
        gone = _peeled(lines, marked, height)
        kept.append(
            [one for one in lines if one not in gone and not _TURN_OVER.fullmatch(one.text)]
        )
    return kept


def without_stamps(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page that run in another direction, less those on several pages.

    The names of columns stay, which a table repeats on each of its pages.
    pages: these lines alone, page by page.
    """
    where = Counter(text for lines in pages for text in {folded_of(line) for line in lines})
    return [
        [line for line in lines if where[folded_of(line)] < _STAMPS or _is_turned_name(line, lines)]
        for lines in pages
    ]


def _is_turned_name(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a turned line has one like it in the next column, which begins or ends at its
    height; lines of one stamp stand closer.
    """
    nearest, farthest = _NEXT_COLUMN
    return len(lines) <= _MOST_NAMES and any(
        nearest * line.size < abs(one.base - line.base) < farthest
        and abs(one.size - line.size) < 0.1
        and min(abs(one.x0 - line.x0), abs(one.x1 - line.x1)) <= 1.0
        for one in lines
    )


def _peeled(lines: Sequence[Line], marked: set[Line], height: float) -> set[Line]:
    """The marked lines that no unmarked line parts from the edge of the page.

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


def _level(line: Line, height: float, usual: float) -> int:
    """The band in which a line would stand on a page of the usual height, points, as most have.

    On a page laid crosswise among upright ones a foot keeps its distance from the lower edge.
    """
    lower = usual - height if line.base > height / 2 else 0.0
    return round((line.base + lower) / SAME_HEIGHT)


def _is_outermost(line: Line, height: float) -> bool:
    """Whether a long line stands nearer to the edge than text does."""
    near = line.base < _MARGIN * height or line.top > (1 - _MARGIN) * height
    return near and len(line.text) >= _LONG


def _beginning(line: Line, height: float) -> _Edge:
    """The beginning of a long line, which may end in what differs ("..., Mission in Senegal")."""
    return _Edge(folded_of(line)[: _LONG - 10] + "…", _TOP if line.base < height / 2 else _BOTTOM)


def _is_number(line: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text))


def _counts(number: Line, band: int, index: int, repeated: _Repeated) -> bool:
    """Whether the number on a page at `index` counts the pages, or is a Roman one."""
    roman = len(number.text) > 1 and not DIGITS.search(number.text)
    return roman or _is_exact(number, band, index, repeated)


def _is_page_number(line: Line, text: Sequence[Line]) -> bool:
    """Whether a line, where page numbers stand, is one, and not of the text around it."""
    return _is_number(line) and not _ends(line, text) and not _in_row(line, text)


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


def _repeated(pages: Sequence[Sequence[Line]], heights: Sequence[float], usual: float) -> _Repeated:
    """What repeats at the edges of the pages; each line is counted at its height and the next."""
    exact: dict[_Edge, set[int]] = defaultdict(set)
    folded: dict[_Edge, set[int]] = defaultdict(set)
    few = len(pages) <= _FEW_PAGES
    for index, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            if not at_edge(line, height):
                continue
            if few and _is_outermost(line, height):
                folded[_beginning(line, height)].add(index)
            plain, variants = folded_of(line), variants_of(line, index)
            level = _level(line, height, usual)
            for band in (level - 1, level, level + 1):
                folded[_Edge(plain, band)].add(index)
                for words in variants:
                    exact[_Edge(words, band)].add(index)
    most = 2 if few else max(_FEWEST, _MOST_PAGES * len(pages))
    sure = {edge for edge, where in exact.items() if _are_near(sorted(where)) or len(where) >= most}
    # Heads that differ on left and right pages: of a short paper one stands on two pages.
    bands = {edge.band for edge in sure} if len(pages) <= _SHORT_PAPER else set[int]()
    sure |= {
        edge
        for edge, where in exact.items()
        if len(where) == _SIDES and max(where) - min(where) == _SIDES and edge.band in bands
    }
    return _Repeated(sure, {edge for edge, where in folded.items() if len(where) >= most})


def _are_near(pages: Sequence[int]) -> bool:
    """Whether three of the pages, which ascend, lie close together."""
    return any(
        last - first < NEAR_PAGES for first, last in zip(pages, pages[_FEWEST - 1 :], strict=False)
    )


def _matches(
    line: Line, band: int, index: int, height: float, repeated: _Repeated, large: float
) -> bool:
    """Whether a line of the page at `index` repeats.

    band: of `_level`. large: size from which a line that ends in a number is a heading, points.
    """
    folded = folded_of(line)
    letters = sum(map(str.isalnum, folded))
    # "A/72/118" is the sign of a paper, "72" may be a figure of a table.
    if letters == 0 or (letters == 1 and folded.count("#") < _SIGN_FIGURES):
        return False
    opens = line.base < height / 2 and line.size >= large
    if opens and _COUNTED_HEADING.match(line.text):
        return _Edge(plain_of(line), band) in repeated.exact
    alike = _is_outermost(line, height) and _beginning(line, height) in repeated.folded
    return alike or _Edge(folded, band) in repeated.folded or _is_exact(line, band, index, repeated)


def _is_exact(line: Line, band: int, index: int, repeated: _Repeated) -> bool:
    """Whether a line repeats with the same figures, or with one that counts the pages."""
    return any(_Edge(words, band) in repeated.exact for words in variants_of(line, index))


def _numbered_edges(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], usual: float
) -> set[int]:
    """Heights at which page numbers stand, by `_level`."""
    bands: Counter[int] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        numbers = (line for line in lines if at_edge(line, height) and _is_number(line))
        for band in {_level(line, height, usual) for line in numbers}:
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
