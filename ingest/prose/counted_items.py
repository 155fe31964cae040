"""Items that bare figures number, as "1 The ministry ..." and "2 The towns ..." below it.

Pure. A figure alone begins many lines by chance; three that count on at one place do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.prose.lines import Line

_FIGURE = re.compile(r"(\d{1,3})\s+[^\W\d_]")
_FEWEST = 3
# Parts of the size: figures set to the right begin up to two figures further left.
_ALIGNED = 1.2


def counted_items(lines: Sequence[Line]) -> set[Line]:
    """The lines of a column that begin with figures which count on, three of them and more."""
    found: set[Line] = set()
    run: list[tuple[int, Line]] = []
    for line in lines:
        match = _FIGURE.match(line.text)
        if match is None:
            continue
        number = int(match[1])
        if run and (number != run[-1][0] + 1 or not _is_under(run[-1][1], line)):
            run = []
        run.append((number, line))
        if len(run) >= _FEWEST:
            found.update(one for _, one in run[-_FEWEST:])
    return found


def _is_under(above: Line, line: Line) -> bool:
    alike = abs(above.size - line.size) <= 0.1 and above.bold == line.bold
    return alike and abs(above.x0 - line.x0) <= _ALIGNED * line.size
