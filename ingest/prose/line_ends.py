"""Whether a line ends before its column does, so that what follows it may be something new.

Pure.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from ingest.prose.breaks import first_word_width
from ingest.prose.layout import Chain
from ingest.prose.lines import FLUSH, Line
from ingest.prose.list_marks import is_item
from ingest.prose.sentences import SENTENCE_END, ends_sentence

# An entry of a contents page, which ends in its page number.
FOLIO_END = re.compile(r"^.{0,70}[\s.]\d{1,3}$")
# "Art. 12" is not parted at a line's end within a sentence.
_CITED = re.compile(r"[^\W\d_]{1,4}\. \d[^ ]*")
_LETTER_ALONE = re.compile(r"\(([A-Z])\)\s")
# "(A) what is kept; and / (B) who reads it"
_LINK = re.compile(r"\b(?:and|or|und|oder|et|ou|y|o)$")
# A line broken for lack of room goes on in small letters, and with no number as "a)" or "iv".
_WRAPPED = re.compile(r"(?![a-z]{1,4}[.)]|[ivxlc]+\s)[a-zß-ÿ]")
LETTERS = re.compile(r"\b(?:[^\W\d_]\.){2,}$")
"""Letters with stops, which may end a sentence and need not: "in the U.S."."""
_QUOTES = frozenset("“\"„«»‘'")
_GOES_ON = "-\u00ad–,/("
LETTER = 0.55
"""About how wide a letter is, in parts of its size."""
# Letter sizes: the room that a justified line may leave, and by which the lines of an item hang.
_ROOM = 2.0
_HANGING = 0.8
# A column of full lines: points that these leave, their part of all lines, and lines of the column.
_FULL = 8.0
_FULL_LINES = 0.6
_FEWEST_LINES = 5
# Part of the column that a line of its own leaves white.
_CUT_SHORT = 0.35
# Parts of the size: of the text, as notes are smaller, and of a step to the side.
_TEXT_SIZE = 0.95
_ASIDE = 1.0
# Parts of the size: a blank, how far text is set in, and how far the next line may stand below; and
# how many lines above tell how far the text reaches.
_BLANK = 0.25
_SET_IN = 1.5
_NEAR = 1.6
_NEAR_LINES = 3
# Part of the size: letters that begin lines of one text stand no further apart.
_BESIDE = 0.15
# Letter sizes: shorter lines are labels.
_LONG = 12.0
# Part of the size by which the end of a word is guessed wrong.
_ROUGH = 1.0


def leaves_room(group: Sequence[Line], line: Line, chain: Chain) -> bool:
    """Whether the last line of `group` left room for the first word of `line`."""
    cited = None if ends_sentence(group[-1].text, line.text) else _CITED.match(line.text)
    word = cited[0] if cited else line.text.split(" ", 1)[0]
    return _right(group, line, chain) - group[-1].x1 > (LETTER * len(word) + _ROOM) * line.size


def _right(group: Sequence[Line], line: Line, chain: Chain) -> float:
    """How far right the last line of `group` may reach, points.

    Less than its column where the text is set in, or runs beside a box or a picture: there lines
    around it break in mid-sentence though the next word had room in the column.
    """
    last = group[-1]
    close = [one for one in _below(line, chain)[:2] if one.base - line.base < _NEAR * line.size]
    ends = _ends_around([*group[-_NEAR_LINES:]][::-1], [line, *close])
    if _is_set_in(group, line, chain, close):
        ends.append(chain.x1 - (last.x0 - chain.x0))
    right = max(chain.x1, *(member.x1 for member in group))
    return min([right, *(end for end in ends if end >= last.x1)])


def _ends_around(above: Sequence[Line], below: Sequence[Line]) -> list[float]:
    """How far right the lines around reach that broke in mid-sentence for lack of room, points.

    Empty where one of them reaches less far than a line below it: such lines end as verse does,
    wherever their author wanted.
    above: lines of a paragraph, the last first. below: the line after them, and those below it.
    """
    ends: list[float] = []
    reach = above[0].x1
    for lower, upper in itertools.pairwise(above):
        reach = max(reach, upper.x1)
        if _broke(upper, lower):
            end = _end_of_room(upper, lower)
            if end < reach - _ROUGH * upper.size:
                return []
            ends += [end] * _is_long(upper)
    for upper, lower in itertools.pairwise(below):
        if _broke(upper, lower) and _is_long(upper):
            ends.append(_end_of_room(upper, lower))
    return ends


def _broke(above: Line, line: Line) -> bool:
    """Whether a line goes on in mid-sentence."""
    return bool(_WRAPPED.match(line.text)) and not ends_sentence(above.text, line.text)


def _is_long(line: Line) -> bool:
    """Whether a line is no label or name."""
    return line.x1 - line.x0 > _LONG * line.size


def _end_of_room(above: Line, line: Line) -> float:
    """Where the first word of `line` would have ended in the line above."""
    return above.x1 + first_word_width(line) + _BLANK * line.size


def _is_set_in(group: Sequence[Line], line: Line, chain: Chain, after: Sequence[Line]) -> bool:
    """Whether two lines are set in as a quotation is, not as the first lines of paragraphs are.

    after: what stands close below them.
    """
    step = FLUSH * line.size
    if line.x0 - chain.x0 <= _SET_IN * line.size or not _is_long(group[-1]):
        return False
    flush = all(abs(one.x0 - line.x0) < step for one in group)  # the first line of an item is not
    back = any(one.x0 < line.x0 - step for one in after[:1])
    return flush and not back


def ended_early(group: Sequence[Line], line: Line, chain: Chain) -> bool:
    """Whether the last line ended a sentence and left room for the first word of the next."""
    last = group[-1]
    # "He said no." may end a paragraph, though "no." leads on where the line is full.
    if not SENTENCE_END.search(last.text):
        return False
    hangs = line.x0 > group[0].x0 + _HANGING * line.size
    return not (hangs and after_colon(last, line)) and leaves_room(group, line, chain)


def carries_on(last: Line, line: Line) -> bool:
    """Whether a line goes on in small letters after one that ends no sentence."""
    open_end = not ends_sentence(last.text, line.text) or LETTERS.search(last.text)
    return bool(open_end) and line.text[:1].islower()


def after_colon(last: Line, line: Line) -> bool:
    """Whether a sentence goes on behind a colon: "Records in transit: / a review"."""
    return last.text.endswith(":") and line.text[:1].islower()


def cut_short(last: Line, line: Line, chain: Chain) -> bool:
    """Whether a line ends so early among full ones that it is a line of its own, as a name."""
    if line.bold or len(chain.lines) < _FEWEST_LINES or not line.text[:1].isupper():
        return False
    if last.text[-1:] in _GOES_ON or FOLIO_END.search(line.text):
        return False
    if chain.x1 - last.x1 <= _CUT_SHORT * (chain.x1 - chain.x0):
        return False
    full = sum(chain.x1 - one.x1 < _FULL for one in chain.lines)
    return full >= _FULL_LINES * len(chain.lines)


def has_letter_in_front(group: Sequence[Line], line: Line, chain: Chain) -> bool:
    """Whether "(N)" begins a line by chance: a full line above ends in mid-sentence, and belongs to
    no item "(M)".
    """
    letter = _LETTER_ALONE.match(line.text)
    if letter is None or group[0].text.startswith(f"({chr(ord(letter[1]) - 1)})"):
        return False
    last = group[-1]
    open_end = last.bold == line.bold and last.text[-1:].isalnum() and not _LINK.search(last.text)
    return open_end and not leaves_room(group, line, chain)


def has_mark_in_front(group: Sequence[Line], line: Line, chain: Chain, size: float) -> bool:
    """Whether the mark of a note at the start of a line belongs to the sentence above.

    Web browsers break lines before a raised number. Such a line is no note: it is set as the text
    is, goes on at its side below a full line, and no other line around begins so. size: of the
    text, points.
    """
    last = group[-1]
    if not line.note or sum(one.note for one in chain.lines) > 1 or " " not in line.text:
        return False
    as_text = line.size >= _TEXT_SIZE * size and abs(line.size - last.size) < 0.1
    at_side = abs(line.x0 - chain.x0) < _ASIDE * line.size
    return as_text and at_side and not leaves_room(group, without_mark(line), chain)


def without_mark(line: Line) -> Line:
    """A line without the mark of a note at its start."""
    return replace(line, text=line.text.split(" ", 1)[1], note=False)


def opens_block(line: Line, chain: Chain) -> bool:
    """Whether a line opens a quotation set in: the line below stands right under it."""
    return line.text[:1] in _QUOTES and any(
        abs(one.x0 - line.x0) < FLUSH * line.size and one.base - line.base < 2 * line.size
        for one in _below(line, chain)[:1]
    )


def opens_after_item(group: Sequence[Line], line: Line, chain: Chain) -> bool:
    """Whether a line below an item is the first of a paragraph, set in about as far as the item is.

    The line below goes back to the side of the item's mark, and the first stands a little beside
    the item's text. group: the lines of the item.
    """
    first, last = group[0], group[-1]
    beside = len(group) > 1 and abs(line.x0 - last.x0) > _BESIDE * line.size
    set_in = first.x0 + FLUSH * line.size < line.x0
    back = any(
        one.x0 < first.x0 + FLUSH * line.size
        and one.base - line.base < _NEAR * line.size
        and not is_item(one.text)
        for one in _below(line, chain)[:1]
    )
    opens = ends_sentence(last.text, line.text) and line.text[:1].isupper()
    return opens and beside and set_in and back


def _below(line: Line, chain: Chain) -> Sequence[Line]:
    """The lines of a column below one of them."""
    return chain.lines[bisect_right(chain.lines, line.base, key=attrgetter("base")) :]
