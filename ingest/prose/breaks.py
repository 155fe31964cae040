"""Lines broken where they need not be: names, addresses and lists without bullets.

Pure. Prose breaks a line because the next word has no room in it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.prose.lines import Line
from ingest.prose.sentences import ends_sentence

# A line that ends in one of these goes on in the next.
_CONNECTS = re.compile(
    r"\b(?:and|of|the|for|on|in|to|with|by|from|or|into|that|as|an?|"
    r"und|der|die|das|von|für|et|de|des|du|la|le|y)$"
)
_GOES_ON = ("-", "\u00ad", "–", "—", ",", "/", "(", "&")
# Names one below the other: so many, and so many of their lines broken; else all are, and short.
_FEWEST = 3
_FEWEST_SOME = 5
_BROKEN = 0.5
_LONGEST_NAME = 30
# Part of the font size that a full line may leave.
_SPARE = 1.0


def had_room(above: Line, line: Line, right: float) -> bool:
    """Whether the first word of `line` had room in the line above, which may reach to `right`."""
    return right - above.x1 > first_word_width(line) + _SPARE * line.size


def first_word_width(line: Line) -> float:
    """About how wide the first word of a line is, points: as much of it as its letters are."""
    word = line.text.split(" ", 1)[0]
    return (line.x1 - line.x0) * len(word) / len(line.text)


def goes_on(line: Line) -> bool:
    """Whether a line ends in mid-phrase."""
    return line.text.endswith(_GOES_ON) or bool(_CONNECTS.search(line.text))


def are_names(lines: Sequence[Line], right: float) -> bool:
    """Whether lines that end at `right` at most are names or an address, each line for itself.

    All begin in capitals and none ends in mid-phrase or as a sentence does.
    """
    pairs = list(itertools.pairwise(lines))
    if len(lines) < _FEWEST or not all(line.text[:1].isupper() for line in lines):
        return False
    if ends_sentence(lines[-1].text) or any(goes_on(above) for above, _ in pairs):
        return False
    broken = sum(had_room(above, line, right) for above, line in pairs)
    if broken == len(pairs):
        return True
    some = broken >= _BROKEN * len(pairs) or all(map(_is_name, lines))
    return some and len(lines) >= _FEWEST_SOME


def _is_name(line: Line) -> bool:
    """Whether a line is short, and all its words begin in capitals."""
    return len(line.text) <= _LONGEST_NAME and all(word[0].isupper() for word in line.text.split())
