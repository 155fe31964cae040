"""Quotes of lists: one that opens a list goes on over its items, and one of items begins with the
sentence that leads them in.
"""

from __future__ import annotations

import re

from ingest.prose.sentences import spans

_MARK = re.compile(r"(?:[-–•*]|\(?(?:\d{1,2}|[a-z]{1,3}|[A-Z])[.)])\s")
"""What an item begins with."""

_FRAGMENT = re.compile(rf"{_MARK.pattern}.*[^.!?]$")
"""An item that is no sentence."""

_TITLE = re.compile(rf"{_MARK.pattern}(?:[^\s.!?]+ ){{0,5}}[^\s.!?]+[.!?]$")
"""The title with which an item opens, of six words at most."""

MOST = 300
"""Characters by which a quote may become longer over its list."""


def list_end(text: str, start: int, end: int) -> int:
    """Where a quote ends once the list that it opens is added; `end` where it opens none.

    A quote opens a list where a line of it ends with a colon, and all its lines after that, if any,
    are items. Whole sentences are added, `MOST` characters at most, until a line is no item; the
    line right behind the colon need not be one.

    start, end: offsets of the quote in the text.
    """
    quoted = text[start:end].split("\n")
    colons = [number for number, line in enumerate(quoted, 1) if line.endswith(":")]
    if not colons or not all(map(_MARK.match, quoted[colons[-1] :])):
        return end
    drawn = offset = end
    for number, line in enumerate(text[end:].split("\n"), len(quoted) - colons[-1]):
        if number > 1 and not _MARK.match(line):
            break
        for _, last in spans(line):
            if offset + last > end + MOST:
                return drawn
            drawn = offset + last
        offset += len(line) + 1
    return drawn


def led_in(text: str, start: int, end: int) -> tuple[int, int]:
    """What to quote in place of a quote, as offsets: the quote with the list that it opens, or, for
    items amid a list, that list with the sentence that leads it in.

    The latter where all lines of the quote are items, the first of them no sentence, where a line
    with a colon at its end leads the list in, and where the list up to them is not too long, see
    `list_end`.

    start, end: offsets of the quote in the text.
    """
    items, before = text[start:end].split("\n"), text[:start].split("\n")
    while before and (not before[-1] or _MARK.match(before[-1])):
        before.pop()
    amid = _FRAGMENT.match(items[0]) and all(map(_MARK.match, items))
    if amid and before and before[-1].endswith(":"):
        colon = len("\n".join(before))
        lead = colon - len(before[-1]) + spans(before[-1])[-1][0]
        drawn = list_end(text, lead, colon)
        if drawn >= end:
            return lead, drawn
    return start, list_end(text, start, end)


def without_next(text: str, start: int, end: int) -> int:
    """Where a quote ends without the title of the next item of a list, which is its last line;
    `end` where there is none.

    A last line is such a title where the item goes on behind it, and the quote does not open the
    list itself.

    start, end: offsets of the quote in the text.
    """
    before, newline, last = text[start:end].rpartition("\n")
    opened = any(line.endswith(":") for line in before.split("\n"))
    goes_on = text[end : end + 1] == " "
    if newline and goes_on and not opened and _TITLE.match(last):
        return start + len(before.rstrip())
    return end
