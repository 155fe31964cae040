"""Numbers and letters that begin a line by chance, and no item of a list.

Pure.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from ingest.prose.layout import Chain
from ingest.prose.line_ends import carries_on, leaves_room
from ingest.prose.lines import Line
from ingest.prose.list_marks import BULLET, is_item
from ingest.prose.sentences import ARTICLES, ends_sentence, is_date, leads_on

BEFORE_NUMBER = re.compile(
    r"\b(?:of|than|nearly|about|to|chapters?|sections?|articles?|figures?|tables?|annex|appendix|"
    rf"kapitel|abschnitt|artikel|chapitre|artículo|{ARTICLES})$",
    re.IGNORECASE,
)
"""What leads to a number that begins the next line: "as said in Chapter / 3. The"."""

_SMALL_WORD = re.compile(r"o [a-zß-ÿ]")
# "12) lies": it may close a bracket, over so many lines.
_CLOSES = re.compile(r"\d{1,3}\)")
_BRACKET_LINES = 3
_STOPPED = re.compile(r"(\d{1,3})\.\s")
_COUNTED = re.compile(r"^\((\w{1,4})\)\s")
_SCHEMES = ("123456", "abcdef", "ABCDEF", ("i", "ii", "iii", "iv", "v", "vi"))
_BEFORE = {after: before for scheme in _SCHEMES for before, after in itertools.pairwise(scheme)}
# Lines on either side in which what makes it chance, or an item, is looked for: in all of a column,
# the work grew with the square of its lines.
_AROUND = 60
# Lines back to which "(i)" is looked for before "(ii)".
_LINES_BACK = 8


def is_in_line(group: Sequence[Line], line: Line, chain: Chain) -> bool:
    """Whether a number begins a line by chance: behind what leads to it ("see Fig. / 3."), as a
    date, where it closes a bracket ("(see Figure / 3)"), or where it ends a sentence.
    """
    last = group[-1].text
    if BEFORE_NUMBER.search(last) or _ends_sentence_above(group, line, chain):
        return True
    day = is_date(line.text) and not ends_sentence(last, line.text)
    if (day or leads_on(last, line.text)) and not leaves_room(group, line, chain):
        return True
    within = "".join(one.text for one in group[-_BRACKET_LINES:])
    return bool(_CLOSES.match(line.text)) and within.count("(") > within.count(")")


def _ends_sentence_above(group: Sequence[Line], line: Line, chain: Chain) -> bool:
    """Whether "12." ends the sentence of the full line above, the second of its paragraph at least:
    at the side of the text, and with no item in its column that comes before it or after it.
    """
    number = _STOPPED.match(line.text)
    last = group[-1]
    open_end = len(group) > 1 and last.text[-1:].isalpha()
    if number is None or not open_end or abs(line.x0 - last.x0) > 1.0:
        return False
    beside = {f"{int(number[1]) + step}." for step in (-1, 1)}
    counted = any(one.text.split(" ", 1)[0] in beside for one in _around(line, chain))
    return not counted and number[1] != "1" and not leaves_room(group, line, chain)


def is_counted(group: Sequence[Line], line: Line) -> bool:
    """Whether "(ii)" begins a line by chance: "(i)" stands within a line above it."""
    found = _COUNTED.match(line.text)
    before = _BEFORE.get(found[1]) if found else None
    if before is not None:
        # "Article 18(1)(b), / (c) or (d)": the line above ends with the one before.
        at_end = re.search(rf"\S\({before}\)(?:,| and| or)?$", group[-1].text)
        return bool(at_end) or any(f" ({before}) " in above.text for above in group[-_LINES_BACK:])
    hangs = len(group) == 1 and bool(BULLET.match(group[0].text)) and line.x0 > group[0].x0
    first = bool(found) and (abs(line.x0 - group[-1].x0) <= 1.0 or hangs)
    return first and carries_on(group[-1], replace(line, text=_COUNTED.sub("", line.text)))


def is_small_word(group: Sequence[Line], line: Line, chain: Chain) -> bool:
    """Whether "o" begins a line as a word, as in Portuguese, Spanish and Italian, and no item.

    It stands within lines of the same column too, and goes on at the side of the text in
    mid-sentence. group: the lines above it, none where it opens the column.
    """
    if not _SMALL_WORD.match(line.text) or not any(
        " o " in one.text for one in _around(line, chain)
    ):
        return False
    if not group:
        return abs(line.x0 - chain.x0) <= 1.0
    at_side = min(abs(line.x0 - group[-1].x0), abs(line.x0 - chain.x0)) <= 1.0
    hangs = len(group) == 1 and is_item(group[0].text) and line.x0 > group[0].x0
    within = at_side or (hangs and not leaves_room(group, line, chain))
    return within and carries_on(group[-1], line)


def _around(line: Line, chain: Chain) -> Sequence[Line]:
    """The lines of a column around one of them."""
    place = bisect_left(chain.lines, line.base, key=attrgetter("base"))
    return chain.lines[max(0, place - _AROUND) : place + _AROUND]
