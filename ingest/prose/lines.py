"""Words on a baseline become lines: spaces mended, footnote markers taken out.

Pure: takes and returns records, knows no engine. A line here ends at a wide gap, so that a row
of a table is several lines and a printed line of prose mostly one.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.engines.right_to_left import joined
from ingest.engines.sheets import Rule, Word
from ingest.prose.cell_sides import cell_sides
from ingest.prose.clean import tidy_line
from ingest.prose.list_marks import BULLET_SIGNS
from ingest.prose.note_marks import ROMAN_NUMBER, NoteMark, marks_of
from ingest.prose.word_setting import (
    INITIAL,
    closed_up,
    goes_on,
    size_of_capitals,
    split_at_initials,
    with_hyphen,
    with_initial,
)

FLUSH = 0.3
"""Part of the size by which the left sides of lines under each other differ."""

# Parts of the font size. A word space is .2 to .35, in justified narrow columns up to 1.
_WIDE_GAP = 1.0
_SAME_BASELINE = 0.2
_RAISED = 0.15
# How large a mark of a note is at most; figures alone may be larger, if they stand high.
_SMALLER = 0.85
_SMALLER_FIGURES = 0.92
_HIGH = 0.3
_MARKER = re.compile(
    r"[\[(]?\d{1,3}(?:[,;–-]\d{1,3})*[\])]?[.,;:]?|[*†‡§¶‖]{1,6}|[a-e]|"
    rf"{ROMAN_NUMBER}|"
    r"\[(?:foot)?note"
)
# The rest of one that began on the line above: "[footnote" and "7]".
_REST_OF_MARKER = re.compile(r"\d{1,3}\][.,;:]?")
# After these a raised figure is a power, not a note.
_POWER_BASE = re.compile(r"(?:^|[\s\d(/])(?:[kcdm]?m|10)$")
_ORDINALS = {"st", "nd", "rd", "th", "e", "er", "ème", "re", "o", "a"}
_OPENING_QUOTES = frozenset("“„«‘")
_LIST_MARK = re.compile(rf"[{BULLET_SIGNS}–-]|\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]")
# Parts of the size from a quotation mark, or another mark, to the line it hangs in front of.
_QUOTE_GAP = 0.5
_MARK_GAP = 1.5
# A column is known by this many lines that begin at one place.
_COLUMN_LINES = 5
# Part of the size: the gap between the cells of a row at least.
_CELL_GAP = 0.55
# Letters that are words by themselves.
_WORDS = "AÀIOY"
# How wide a blank is, in parts of the size.
_BLANK = (0.15, 0.6)


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline without a wide gap.

    text: tidied; may end in "-" or U+00AD for a divided word. order: its place in the
    content. note: begins with a raised marker, as a footnote does. bold_start: its first word
    is bold. marks: of notes, that were taken out of the text. Lengths in points.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    order: int = 0
    note: bool = False
    bold_start: bool = False
    marks: tuple[NoteMark, ...] = ()

    @property
    def top(self) -> float:
        """About where its letters begin, points."""
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """About where its letters end, points."""
        return self.base + 0.2 * self.size


def lines_of(words: Sequence[Word], rules: Sequence[Rule]) -> list[Line]:
    """Lines in content order. Words on the two sides of a vertical rule, or of a side between
    cells, never share a line.
    """
    upright = (rule for rule in rules if rule.drawn and not rule.horizontal)
    walls: list[tuple[float, float, float]] = sorted(
        [*((rule.x0, rule.y0, rule.y1) for rule in upright), *cell_sides(rules, words)]
    )
    runs: list[list[Word]] = []
    for word in joined(words, lambda left, right: _walled(walls, left, right)):
        if runs and _continues(runs[-1], word) and not _walled(walls, runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    runs = split_at_initials(_split_at_columns(runs))
    lines = [_line(run, order) for order, run in enumerate(runs)]
    return _with_hung_marks(_with_drop_caps([line for line in lines if line.text]))


def _split_at_columns(runs: list[list[Word]]) -> list[list[Word]]:
    """Runs parted where a gap ends at the left edge of a column: a full cell nearly touches it."""
    starts = Counter(round(run[0].x0) for run in runs)
    columns = {x for x, count in starts.items() if count >= _COLUMN_LINES}
    done: list[list[Word]] = []
    for run in runs:
        begin = 0
        for index in range(1, len(run)):
            last, word = run[index - 1], run[index]
            if word.x0 - last.x1 >= _CELL_GAP * word.size and round(word.x0) in columns:
                done.append(run[begin:index])
                begin = index
        done.append(run[begin:])
    return done


def _continues(run: list[Word], word: Word) -> bool:
    """Whether a word stands on the line of a run, right behind it; it may be raised or lowered."""
    last = run[-1]
    size = max(last.size, word.size)
    gap = word.x0 - last.x1
    if not -0.5 * size <= gap <= _WIDE_GAP * size:
        return False
    shift = abs(word.base - last.base)
    if shift <= _SAME_BASELINE * size:
        # A heading set beside small print on the same baseline is a line of its own.
        return word.glued or gap < 0.5 * size or min(last.size, word.size) > 0.6 * size
    if shift > 0.6 * size:
        return False
    figures = last.text.isdigit() or word.text.isdigit()
    smaller = min(last.size, word.size) <= (_SMALLER_FIGURES if figures else _SMALLER) * size
    back = any(abs(word.base - other.base) <= _SAME_BASELINE * size for other in run[-4:-1])
    return smaller or back


def _walled(walls: list[tuple[float, float, float]], left: Word, right: Word) -> bool:
    """Whether a wall stands between two words. walls: x, top and bottom of each, ascending."""
    if not walls or right.x0 - left.x1 < 0.1 * right.size:
        return False
    middle = right.base - 0.3 * right.size
    start = bisect_left(walls, (left.x1 - 1.0,))
    for x, y0, y1 in walls[start:]:
        if x > right.x0 + 1.0:
            return False
        if y0 <= middle <= y1:
            return True
    return False


def _line(run: list[Word], order: int) -> Line:
    """The words of a run as a line; its size and baseline are those of most of its letters."""
    largest = max(run, key=lambda word: word.size)
    sizes = Counter[float]()
    for word in run:
        # "[footnote 5]" may have more letters than what it follows on its line.
        if not _is_marker(word, largest.base, largest.size):
            sizes[word.size] += len(word.text)
    size = size_of_capitals(run) or sizes.most_common(1)[0][0]
    base = next(word.base for word in run if word.size == size)
    rest = _REST_OF_MARKER.fullmatch(run[0].text)
    note = len(run) > 1 and not rest and _is_marker(run[0], base, size)
    bold = sum(len(w.text) for w in run if w.bold) >= 0.9 * sum(len(w.text) for w in run)
    # "Data Facility: The" begins a paragraph, it is no heading.
    bold = bold and (run[-1].bold or not run[-1].text.isalpha())
    text, dropped = _text(run, base, size)
    marks = marks_of(text, dropped)
    left, right = run[0].x0, run[-1].x1
    return Line(tidy_line(text), left, right, base, size, bold, order, note, run[0].bold, marks)


def _is_marker(word: Word, base: float, size: float) -> bool:
    """Whether a word is the raised mark of a note, in a line of this baseline and size."""
    raised = (base - word.base) / size
    high = raised >= _HIGH and word.text.isdigit()
    smaller = word.size <= (_SMALLER_FIGURES if high else _SMALLER) * size
    return raised >= _RAISED and smaller and bool(_MARKER.fullmatch(word.text))


def _text(run: list[Word], base: float, size: float) -> tuple[str, list[tuple[int, str]]]:
    """The text of a run without the marks of notes, and these marks, each with its place there.

    A mark that begins the line stays, as the number of a note.
    """
    run = with_initial(closed_up(with_hyphen(run)), size)
    text = ""
    dropped: list[tuple[int, str]] = []
    for word in run:
        if _is_marker(word, base, size):
            if not text and not _REST_OF_MARKER.fullmatch(word.text):
                text = word.text.strip("[]().,;: ") + " "
                continue
            if text == "(":
                text += word.text  # the note itself: "(1) OJ C 317"
                continue
            if not _POWER_BASE.search(text):
                dropped.append((len(text), word.text))
                text += word.text[len(word.text.rstrip(".,;:")) :]
                continue
        if text[-1:].isdigit() and word.text in _ORDINALS and base - word.base > _RAISED * size:
            text += word.text  # "the 9th forum"
            continue
        if word.text[0] == ")" and text.endswith("("):
            kept = text[:-1].rstrip()  # brackets of a marker that went
            dropped = [(min(place, len(kept)), mark) for place, mark in dropped]
            text = kept + word.text[1:]
            continue
        text += word.text if word.glued or not text or text.endswith(" ") else f" {word.text}"
    return text, dropped


def _with_drop_caps(lines: list[Line]) -> list[Line]:
    """A large initial goes to the front of the line it begins, wherever the content has it."""
    done: dict[int, Line] = dict(enumerate(lines))
    by_base = sorted(done, key=lambda place: lines[place].base)
    bases = [lines[place].base for place in by_base]
    for place, cap in enumerate(lines):
        if len(cap.text) != 1 or not cap.text.isupper():
            continue
        highest = bisect_left(bases, cap.top - cap.size / INITIAL)
        level = by_base[highest : bisect_right(bases, cap.base)]
        near = [other for other in level if other in done and _begins(cap, done[other])]
        if near:
            line, *others = (done[other] for other in near)
            blank = " " if _is_word(cap, line, others) else ""
            done[near[0]] = replace(line, text=cap.text + blank + line.text, x0=cap.x0)
            del done[place]
    return list(done.values())


def _begins(cap: Line, line: Line) -> bool:
    """Whether a line stands right beside an initial and goes on with it."""
    return (
        cap.size > INITIAL * line.size
        and cap.top - line.size <= line.base <= cap.base
        and -line.size <= line.x0 - cap.x1 <= line.size
        and goes_on(cap.text, line.text)
    )


def _is_word(cap: Line, line: Line, others: Sequence[Line]) -> bool:
    """Whether an initial is a word: its line begins a blank right of the others beside it."""
    narrow, wide = _BLANK
    steps = [(line.x0 - other.x0) / line.size for other in others]
    return cap.text in _WORDS and any(narrow < step < wide for step in steps)


def _with_hung_marks(lines: list[Line]) -> list[Line]:
    """An opening quotation mark, a bullet or a list number goes to the line it hangs in front of.

    Web pages and WeasyPrint write such marks wherever in the content: alone they part a
    quotation from its text, and items from their numbers. A mark written right before its text
    is left where it is.
    """
    done = list(lines)
    # Where each mark went: one that hangs before another goes with it.
    went: dict[int, int] = {}
    by_base = sorted(range(len(lines)), key=lambda place: lines[place].base)
    bases = [lines[place].base for place in by_base]
    far = _SAME_BASELINE * max((line.size for line in lines), default=0.0)
    for place in sorted(_hung_marks(lines), key=lambda place: -lines[place].x0):
        mark = lines[place]
        quote = mark.text in _OPENING_QUOTES
        reach = (_QUOTE_GAP if quote else _MARK_GAP) * mark.size
        near = by_base[bisect_left(bases, mark.base - far) : bisect_right(bases, mark.base + far)]
        right = [other for other in sorted(near) if lines[other].x0 > mark.x0]
        level = [other for other in right if _is_level(mark, lines[other])]
        found = [other for other in level if 0 <= lines[other].x0 - mark.x1 <= reach]
        if found:
            home = went[place] = went.get(found[0], found[0])
            line = done[home]
            text = done[place].text + ("" if quote else " ") + line.text
            done[home] = replace(line, text=text, x0=line.x0 if quote else mark.x0)
    return [line for place, line in enumerate(done) if place not in went]


def _hung_marks(lines: list[Line]) -> list[int]:
    """The places of marks, those of a list only where their text is not written right after."""
    return [
        place
        for place, (mark, after) in enumerate(itertools.zip_longest(lines, lines[1:]))
        if mark.text in _OPENING_QUOTES
        or (_LIST_MARK.fullmatch(mark.text) and not _is_level(mark, after))
    ]


def _is_level(mark: Line, line: Line | None) -> bool:
    return line is not None and abs(line.base - mark.base) <= _SAME_BASELINE * line.size
