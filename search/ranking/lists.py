"""A quote that opens a list, drawn on over the list, and one amid a list, led in."""

from __future__ import annotations

import re

from ingest.prose.sentences import spans

_MARK = re.compile(r"(?:[-–•*]|\(?(?:\d{1,2}|[a-z]{1,3}|[A-Z])[.)])\s")
"""What an item begins with."""

_FRAGMENT = re.compile(rf"{_MARK.pattern}.*[^.!?]$")

_TITLE = re.compile(rf"{_MARK.pattern}(?:[^\s.!?]+ ){{0,5}}[^\s.!?]+[.!?]$")
"""The title with which an item opens, of six words at most."""

MOST = 300
"""Characters by which a quote is drawn on."""


def list_end(text: str, start: int, end: int) -> int:
    """Where a quote ends that is drawn on over the list it opens; `end` where it opens none.

    It opens one where a line of it ends with a colon and those after, if any, are items. Whole
    sentences are added, `MOST` characters at most, up to a line that is no item; the line next to
    the colon may be any.

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
    """What to quote for a quote: where that is items of a list, the first no sentence, the sentence
    with a colon that leads the list in, and the list as `list_end` draws it on, if that reaches
    them; else the quote, drawn on.

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
    """Where a quote ends that runs into the title of the next item of a list: before that title,
    where the item goes on behind it; else `end`. A list that the quote opens stays.

    start, end: offsets of the quote in the text.
    """
    before, newline, last = text[start:end].rpartition("\n")
    opened = any(line.endswith(":") for line in before.split("\n"))
    goes_on = text[end : end + 1] == " "
    if newline and goes_on and not opened and _TITLE.match(last):
        return start + len(before.rstrip())
    return end
