"""Where the next entry of a list of references begins, and where another speaks in an interview.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.prose.lines import FLUSH, Line
from ingest.prose.list_marks import SPEAKER
from ingest.prose.sentences import ends_sentence

_ADDRESS = re.compile(r"://|\bwww\.")
# "Frost, A. (2014).", "Frost, A. (ed.) (2014)."
_AUTHORS = re.compile(
    r"[^()]{2,120} (?:\([^\W\d_]{2,6}\.\) )?\((?:(?:19|20)\d\d\w?(?:, \w+)?|n\.d\.)\)[.,:]"
)


def next_reference(group: Sequence[Line], line: Line) -> bool:
    """Whether a line is the next entry of a list of references, after one that fills its line.

    It begins where the first line did. All others are set in, and the last ends a sentence or one
    holds an address; or a sentence ends, and both entries begin with who wrote when.
    """
    first = group[0]
    begins = abs(line.x0 - first.x0) < FLUSH * line.size and line.text[:1].isupper()
    if not begins:
        return False
    steps = [one.x0 - first.x0 for one in group[1:]] or [0.0]
    hangs = min(steps) > 0.8 * line.size and max(steps) - min(steps) < FLUSH * line.size
    if ends_sentence(group[-1].text, line.text):
        return hangs or all(_AUTHORS.match(one.text) for one in (first, line))
    return hangs and any(_ADDRESS.search(one.text) for one in group)


def next_speaker(group: Sequence[Line], line: Line) -> bool:
    """Whether another speaker of an interview begins at the side of the one before."""
    speak = all(SPEAKER.match(one.text) for one in (group[0], line))
    return speak and abs(line.x0 - group[0].x0) < FLUSH * line.size
