"""Lines of notes that look like running feet: "5 Ibid." and "accessed 3 May 2016)." may stand on
several pages at one height.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.prose.lines import Line
from ingest.prose.sentences import CLOSERS

_NUMBER = re.compile(r"(\d{1,3}) [^\W\d_]")
_ENDED = re.compile(rf"[.!?:;]{CLOSERS}$")
# Parts of the size: figures of one place and of two differ in width; lines under each other.
_HANGING = 0.6
_STEP = 1.4


def of_notes(marked: Collection[Line], lines: Sequence[Line]) -> set[Line]:
    """Those of the marked lines that count on from a note above them, or end the sentence of an
    unmarked line right above. lines: all of the page.
    """
    return {
        line
        for line in marked
        if any(
            _is_set_alike(one, line) and (_counts_on(one, line) or _ends(one, line, marked))
            for one in lines
        )
    }


def _is_set_alike(above: Line, line: Line) -> bool:
    """Whether a line stands above another, at its side and in its print."""
    beside = abs(above.x0 - line.x0) <= _HANGING * line.size
    return above.base < line.base and beside and abs(above.size - line.size) <= 0.1


def _counts_on(above: Line, line: Line) -> bool:
    number = _NUMBER.match(line.text)
    return number is not None and above.text.startswith(f"{int(number[1]) - 1} ")


def _ends(above: Line, line: Line, marked: Collection[Line]) -> bool:
    close = line.base - above.base <= _STEP * line.size and above not in marked
    return close and line.text[:1].islower() and not _ENDED.search(above.text)
