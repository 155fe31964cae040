"""Lines of notes that look like running feet: "5 Ibid." and "accessed 3 May 2016)." may stand on
several pages at one height.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.prose.lines import Line
from ingest.prose.sentences import SENTENCE_END

_NUMBER = re.compile(r"(\d{1,3}) [^\W\d_]")
# The next constants are parts of the size.
# By which the left sides of notes differ: a number of two figures is wider than one of one.
_HANGING = 0.6
# From a line of a note to the next, and from a note to the next; running feet stand farther off.
_STEP = 1.4
_NEXT_NOTE = 2.5

# Lines of a note.
_LONGEST = 12


def of_notes(marked: Collection[Line], lines: Sequence[Line]) -> set[Line]:
    """The marked lines that are part of notes: they count on from a note right above them, or end
    the sentence of an unmarked line of a note.

    marked: lines taken for running feet. lines: all of the page.
    """
    return {line for line in marked if _counts_on(line, lines) or _ends_note(line, marked, lines)}


def _counts_on(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line begins a note whose number counts on from that of a note above it."""
    number = _NUMBER.match(line.text)
    if number is None or not _right_above(line, lines, _NEXT_NOTE):
        return False
    before = f"{int(number[1]) - 1} "
    return any(
        one.text.startswith(before) and one.base < line.base and _is_set_alike(one, line)
        for one in lines
    )


def _ends_note(line: Line, marked: Collection[Line], lines: Sequence[Line]) -> bool:
    """Whether a line goes on with the sentence of a note, which the line above it leaves open."""
    if not line.text[:1].islower():
        return False
    above = [one for one in _right_above(line, lines, _STEP) if _is_set_alike(one, line)]
    goes_on = any(one not in marked and not SENTENCE_END.search(one.text) for one in above)
    # Else it is the second line of a running foot: "www.example.org" below the chapter's name.
    return goes_on and _is_in_note(line, lines)


def _is_in_note(line: Line, lines: Sequence[Line]) -> bool:
    """Whether lines each right above the next lead up to the number of a note."""
    for _ in range(_LONGEST):
        above = _right_above(line, lines, _STEP)
        if not above:
            return False
        if any(one.note or _NUMBER.match(one.text) for one in above):
            return True
        line = min(above, key=lambda one: one.base)
    return False


def _right_above(line: Line, lines: Sequence[Line], step: float) -> list[Line]:
    """Lines above a line in its print, no more than so many sizes away."""
    return [
        one
        for one in lines
        if 0 < line.base - one.base <= step * line.size and abs(one.size - line.size) <= 0.1
    ]


def _is_set_alike(one: Line, line: Line) -> bool:
    """Whether two lines have one print and one left side."""
    return abs(one.x0 - line.x0) <= _HANGING * line.size and abs(one.size - line.size) <= 0.1
