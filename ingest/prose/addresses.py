"""Web addresses too long for their column, which are set on over the next one.

Pure. As wide as they are they would join two columns into one: a list of references in two
columns then reads across.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.prose.lines import Line

# Whole, or what of one has no place to be broken: "/report_on_what_was_learned.pdf;".
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+|(?=\S*[/_=])\S{25,}")
# Lines that begin at one place and tell how wide their column is.
_FEWEST = 4


def within_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines, addresses that run out of their column over the next ending where it does."""
    ends: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        if not _ADDRESS.fullmatch(line.text):
            ends[round(line.x0)].append(line.x1)
    done = []
    for line in lines:
        beside = [x for start in (-1, 0, 1) for x in ends.get(round(line.x0) + start, [])]
        over = len(beside) >= _FEWEST and line.x1 > max(beside)
        at = bool(_ADDRESS.fullmatch(line.text))
        done.append(replace(line, x1=max(beside)) if over and at else line)
    return done
