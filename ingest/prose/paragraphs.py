"""Lines in reading order become paragraphs, list items and footnotes in the making.

Pure. A `Piece` is the lines of one block; what kind of block it is, is settled by others
(`headings`, `footnotes`, `junk`).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import inf

from ingest.prose.breaks import are_names
from ingest.prose.chance_numbers import (
    BEFORE_NUMBER,
    is_counted,
    is_in_line,
    is_small_word,
)
from ingest.prose.counted_items import counted_items
from ingest.prose.entries import next_reference, next_speaker
from ingest.prose.layout import Chain
from ingest.prose.line_ends import (
    FOLIO_END,
    LETTER,
    after_colon,
    carries_on,
    cut_short,
    ended_early,
    has_letter_in_front,
    has_mark_in_front,
    leaves_room,
    opens_after_item,
    opens_block,
    without_mark,
)
from ingest.prose.lines import FLUSH, Line
from ingest.prose.list_marks import BULLET, NUMBERED, PART_NUMBER, SPEAKER, is_item
from ingest.prose.row_words import TableRow
from ingest.prose.sentences import ends_sentence
from ingest.prose.text import letters_of

_DASH = re.compile(r"[–—-]\s")
_OPEN = re.compile(r"[\w)\"”’]$")
# "3.1 Trends" below "3. Trends and frameworks".
_NUMBERED_PART = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[^\W\d_]")
_OPENS_ADDRESS = re.compile(r"[<(\[]?(?:https?:|www\.)")
OPENS_CHAIN = 9.0
"""The gap above what has nothing above it in its chain: more than any gap within one."""

# A title has so many times the size of the text.
_DISPLAY = 1.12
# Parts of the usual distance of lines: wider gaps part paragraphs, and the lines of a heading.
_STEP = 1.3
_HEADING_STEP = 1.6
# Letter sizes: a bold line so wide is no name that stands alone.
_BAR = 24.0
# Distance of lines over their size, in a document without text.
_LEADING = 1.22
# Points from the end of a full line to that of its column.
_FULL = 8.0
# Letter sizes: no first line of a paragraph is set in so far.
_FAR = 4.0


@dataclass(frozen=True, slots=True)
class Norms:
    """What is usual in a document.

    size: of the body text, points. leading: distance of its baselines over its size.
    """

    size: float
    leading: float


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one block, on one page.

    column: left and right end of the chain it stands in, points.
    gap_above: from the baseline above it in its chain to its own, in letter sizes;
        `OPENS_CHAIN` where it opens the chain.
    row: a row of a table; `lines` then only tells where it stands.
    aside: it stands in the margin, beside the text. boxed: in a frame or on a shaded panel.
    note: it is a footnote or an endnote, or more of one.
    """

    lines: tuple[Line, ...]
    page: int
    column: tuple[float, float] = (0.0, 0.0)
    gap_above: float = OPENS_CHAIN
    list_item: bool = False
    row: TableRow | None = None
    aside: bool = False
    boxed: bool = False
    note: bool = False

    @property
    def size(self) -> float:
        """The size in which most of its letters are set, points."""
        sizes = Counter[float]()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all its lines are bold."""
        return all(line.bold for line in self.lines)


def norms_of(pages: Iterable[Sequence[Line]]) -> Norms:
    """The usual size and leading over all pages; 11 and 1.22 for a document without text."""
    sizes = Counter[float]()
    leadings = Counter[float]()
    for lines in pages:
        for line, after in itertools.pairwise(lines):
            sizes[round(line.size * 2) / 2] += len(line.text)
            step = (after.base - line.base) / line.size
            if abs(after.size - line.size) < 0.2 and 0.9 < step < 2.2 and len(line.text) > 30:
                leadings[round(step, 1)] += 1
    size = sizes.most_common(1)[0][0] if sizes else 11.0
    leading = leadings.most_common(1)[0][0] if leadings else _LEADING
    return Norms(size or 11.0, leading)


def pieces_of(
    chain: Chain, page: int, norms: Norms, titles: Collection[str] = frozenset()
) -> list[Piece]:
    """The lines of a chain, parted where a new paragraph, item or heading begins.

    titles: letters of lines known to be headings, which stand alone.
    """
    leading = _chain_leading(chain, norms)
    counted = counted_items(chain.lines)
    groups: list[list[Line]] = []
    for printed in chain.lines:
        above = groups[-1] if groups else []
        near = bool(above) and _gap(above[-1], printed) <= leading * _STEP
        marked = near and has_mark_in_front(above, printed, chain, norms.size)
        line = without_mark(printed) if marked else printed
        alone = line in counted or any(_is_title(one, titles) for one in (line, *above[:1]))
        if above and not alone and not _begins(above, line, chain, leading):
            above.append(line)
        else:
            groups.append([line])
    groups = [part for group in groups for part in _line_by_line(group, chain, norms)]
    return [
        Piece(
            tuple(group),
            page,
            (chain.x0, chain.x1),
            _gap(groups[index - 1][-1], group[0]) if index else OPENS_CHAIN,
            is_item(group[0].text) and (index > 0 or not is_small_word((), group[0], chain)),
        )
        for index, group in enumerate(groups)
    ]


def _is_title(line: Line, titles: Collection[str]) -> bool:
    return bool(titles) and letters_of(line.text) in titles and line.text[:1].isalnum()


def _line_by_line(group: list[Line], chain: Chain, norms: Norms) -> list[list[Line]]:
    """The lines of a group each alone, if they are names or an address; else the group."""
    plain = not group[0].bold and group[0].size < _DISPLAY * norms.size
    listed = any(is_item(line.text) or FOLIO_END.search(line.text) for line in group)
    names = plain and not listed and are_names(group, chain.x1)
    return [[line] for line in group] if names else [group]


def _gap(above: Line, below: Line) -> float:
    """From one baseline to the next, in letter sizes."""
    return (below.base - above.base) / max(above.size, below.size, 1.0)


def _chain_leading(chain: Chain, norms: Norms) -> float:
    """Usual distance of baselines in the chain, in parts of the font size."""
    steps = sorted(
        _gap(a, b)
        for a, b in zip(chain.lines, chain.lines[1:], strict=False)
        if abs(a.size - b.size) < 0.5
    )
    if len(steps) < 5:
        return norms.leading
    low = steps[len(steps) // 4]
    return low if 0.9 < low < 2.4 else norms.leading


def _begins(group: list[Line], line: Line, chain: Chain, leading: float) -> bool:
    """Whether `line` begins something new after the lines of `group`."""
    last = group[-1]
    heading = _is_same_heading(last, line) or _is_full_heading(group, line, chain)
    wide = _gap(last, line) > leading * (_HEADING_STEP if heading else _STEP)
    if wide or line.note or _is_new_part(last, line):
        return True
    by_chance = bool(NUMBERED.match(line.text)) and is_in_line(group, line, chain)
    by_chance = by_chance or has_letter_in_front(group, line, chain)
    by_chance = by_chance or is_small_word(group, line, chain)
    if by_chance or is_counted(group, line) or _is_dash_in_line(group, line, chain):
        return False
    if is_item(line.text) and not (carries_on(last, line) and last.text[-1:] in "-,"):
        below_title = all(one.bold for one in group) and not line.bold
        sure = BULLET.match(line.text) is not None or below_title
        return sure or not carries_on(last, line)
    if abs(line.size - last.size) > 0.08 * max(line.size, last.size):
        goes_on = carries_on(last, line) or _has_link(last, line)
        return not (goes_on and abs(line.size - last.size) < 0.2 * last.size)
    if line.bold != last.bold and not carries_on(last, line) and not _hangs(group, line, chain):
        return not _runs_in(group, line)
    return (
        next_reference(group, line)
        or next_speaker(group, line)
        or _follows_item(group, line, chain)
        or _indented(group, line, chain)
        or ended_early(group, line, chain)
        or cut_short(last, line, chain)
    )


def _is_new_part(last: Line, line: Line) -> bool:
    """Whether another heading stands right below one: "3. Trends", "3.1 Thailand"; or at the side
    below a title in the middle.
    """
    numbered = _NUMBERED_PART.match(line.text) and not BEFORE_NUMBER.search(last.text)
    apart = stand_apart(last, line) and not carries_on(last, line)
    return line.bold and last.bold and (bool(numbered) or apart)


def stand_apart(above: Line, below: Line) -> bool:
    """Whether a line begins far left of the one above, and shares neither its middle nor its end.

    So does a heading at the side below a title in the middle, whatever their size.
    """
    size = max(above.size, below.size)
    middles = (below.x0 + below.x1 - above.x0 - above.x1) / 2
    far = below.x0 < above.x0 - _FAR * size
    return far and min(abs(middles), abs(below.x1 - above.x1)) > size


def _is_same_heading(last: Line, line: Line) -> bool:
    """Whether two bold lines are one heading, which may be set wider than the text is."""
    return last.bold and line.bold and abs(last.size - line.size) < 0.1 and carries_on(last, line)


def _is_full_heading(group: list[Line], line: Line, chain: Chain) -> bool:
    """Whether a bold line goes on with a long one that is full, as the findings in bars do; below
    a bullet's item it is another, in files whose text is all bold.
    """
    last = group[-1]
    if (
        not (last.bold and line.bold)
        or BULLET.match(group[0].text)
        or ends_sentence(last.text, line.text)
    ):
        return False
    alike = abs(last.size - line.size) < 0.1 and abs(last.x0 - line.x0) < FLUSH * line.size
    long = last.x1 - last.x0 > _BAR * last.size
    return alike and long and not leaves_room(group, line, chain)


def _is_dash_in_line(group: list[Line], line: Line, chain: Chain) -> bool:
    """Whether a dash begins a line by chance: within brackets, a heading or a sentence."""
    if not _DASH.match(line.text):
        return False
    last = group[-1]
    within = last.text.count("(") > last.text.count(")") and ")" in line.text
    heading = last.bold and line.bold and not ends_sentence(last.text, line.text)
    heading = heading and not BULLET.match(last.text) and line.text[2:3].islower()
    return within or heading or _is_lone_dash(group, line, chain)


def _is_lone_dash(group: list[Line], line: Line, chain: Chain) -> bool:
    """Whether the only dash of a column stands at the side of a text, for lack of room above."""
    last = group[-1]
    if is_item(last.text) or not _OPEN.search(last.text) or _gap(last, line) > _HEADING_STEP:
        return False
    if abs(line.x0 - last.x0) > 1.0 or abs(line.size - last.size) > 0.1:
        return False
    word = line.text[2:].split(" ", 1)[0]
    full = chain.x1 - last.x1 < (LETTER * (len(word) + 2) + 1) * line.size
    return full and sum(_DASH.match(one.text) is not None for one in chain.lines) == 1


def _runs_in(group: list[Line], line: Line) -> bool:
    """Whether the bold beginning of a paragraph ends within `line`, its second; or the bold
    sentence that begins a bullet's item ends right above `line`, which hangs under it.
    """
    first, last = group[0], group[-1]
    if len(group) == 1 and first.bold and line.bold_start and not line.bold:
        return True
    sentence = all(one.bold for one in group) and ends_sentence(last.text, line.text)
    hangs = bool(BULLET.match(first.text)) and line.x0 > first.x0 + 0.5 * line.size
    return bool(sentence) and hangs and (len(group) == 1 or abs(line.x0 - last.x0) <= 1.0)


def _hangs(group: list[Line], line: Line, chain: Chain) -> bool:
    """Whether `line` hangs under a bullet, the line above it full: "Centre for Science and"."""
    first, last = group[0], group[-1]
    full = chain.x1 - last.x1 < _FULL * line.size and not ends_sentence(last.text, line.text)
    return bool(BULLET.match(first.text)) and full and line.x0 > first.x0 + 0.5 * line.size


def _has_link(last: Line, line: Line) -> bool:
    """Whether a sentence goes on with or after an address, which is often set smaller."""
    ended = ends_sentence(last.text, line.text)
    return not ended and any("://" in one.text for one in (last, line))


def _indented(group: list[Line], line: Line, chain: Chain) -> bool:
    """Whether a line is set in as the first of a paragraph, after a sentence that ended.

    The lines of an item hang, and are set in for that.
    """
    last = group[-1]
    step = line.x0 - last.x0
    farthest = inf if opens_block(line, chain) else 4 * line.size
    if not 0.8 * line.size < step < farthest or is_item(group[0].text):
        return False
    if _OPENS_ADDRESS.match(line.text):
        return False  # under who wrote what it leads to
    # A second line at the side says that those below a number or a speaker do not hang.
    if len(group) == 1 and any(hung.match(last.text) for hung in (PART_NUMBER, SPEAKER)):
        return False
    ended = ends_sentence(last.text, line.text) and not after_colon(last, line)
    return bool(ended) and abs(last.x0 - chain.x0) < line.size


def _follows_item(group: list[Line], line: Line, chain: Chain) -> bool:
    """Whether a paragraph begins after an item that left room, or set in below it."""
    begins = line.x0 < group[0].x0 + FLUSH * line.size and line.text[:1].isupper()
    if not is_item(group[0].text):
        return False
    numbered = PART_NUMBER.match(line.text) and line.x0 < group[0].x0 - line.size
    ended = ends_sentence(group[-1].text, line.text)
    at_side = bool(numbered and ended) or (begins and leaves_room(group, line, chain))
    return at_side or opens_after_item(group, line, chain)
