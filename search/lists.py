"""A quote that opens a list, drawn on over the list."""

from __future__ import annotations

import re

from ingest.sentences import spans

_MARK = re.compile(r"(?:[-–•*]|\(?(?:\d{1,2}|[a-z]{1,3}|[A-Z])[.)])\s")
"""What an item begins with."""

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
