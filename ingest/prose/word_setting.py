"""How the words of a line are set: in spaced letters, behind an initial, in small capitals, or with
a hyphen apart.

Pure.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.engines.sheets import Word

INITIAL = 1.8
"""An initial is so many times as large as its text."""

# Single letters in a run of spaced letters.
_LETTER_RUN = 4
# "MALL TOWNS were", behind an S.
_REST_IN_CAPITALS = re.compile(r"[A-ZÀ-Ý]{2}")
# Part of the size from an initial to the first letter of its line.
_INITIAL_GAP = 0.5
# Part of the size that a capital is high.
_CAP_HEIGHT = 0.8
# Part of the size by which a line beside an initial stands above its baseline at least.
_HALF = 0.5
# "Een", "Lloyd", "Oost": with any other letter twice no word begins, but an entry under its letter.
_TWICE = "AELOU"
# Small capitals: between which parts of the size of the capitals they are.
_SMALL_CAPITALS = (0.7, 0.88)
# Points between baselines that are one.
_SAME_PLACE = 0.5
# Words of a line that tell how wide its blanks are, the hyphen behind them included.
_SPREAD = 4
# The gap before a hyphen that ends a word is less than these parts of the size and of the narrowest
# blank.
_HYPHEN_GAP = 0.25
_NARROWER = 0.9


def closed_up(run: list[Word]) -> list[Word]:
    """Letter-spaced words, which come as single letters, as words again."""
    letters = [word.text for word in run if len(word.text) == 1]
    leaders = letters.count(".") > 0.5 * len(letters)  # of a contents entry
    if leaders or len(letters) < max(_LETTER_RUN, 0.7 * len(run)):
        return run
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(run)]
    usual = sorted(gaps)[len(gaps) // 2]
    if usual <= 0:
        return run
    return [run[0]] + [
        word._replace(glued=word.glued or gap < 1.8 * usual)
        for word, gap in zip(run[1:], gaps, strict=True)
    ]


def with_hyphen(run: list[Word]) -> list[Word]:
    """The words, a hyphen that ends them glued to its word if no blank is as narrow as its gap.

    LibreOffice writes it apart, where a line is spread over its column.
    """
    if len(run) < _SPREAD or run[-1].text != "-" or not run[-2].text[-1].isalpha():
        return run
    *gaps, gap = [right.x0 - left.x1 for left, right in itertools.pairwise(run)]
    blanks = [one for one, word in zip(gaps, run[1:-1], strict=True) if not word.glued]
    near = gap < _HYPHEN_GAP * run[-1].size and gap < _NARROWER * min(blanks, default=0.0)
    return [*run[:-1], run[-1]._replace(glued=True)] if near else run


def with_initial(run: list[Word], size: float) -> list[Word]:
    """The words, the second glued to a large initial before it. size: of the others, points."""
    large = len(run) > 1 and len(run[0].text) == 1 and run[0].size > INITIAL * size
    near = large and run[1].x0 - run[0].x1 <= _INITIAL_GAP * size
    if near and run[0].text.isupper() and goes_on(run[0].text, run[1].text):
        return [run[0], run[1]._replace(glued=True), *run[2:]]
    return run


def goes_on(cap: str, text: str) -> bool:
    """Whether a text is the rest of a word that begins with an initial.

    TeX sets the rest in capitals; "A UN agency" are two words, and "U" may head "UNHCR".
    """
    twice = text[:1].upper() == cap
    capitals = cap not in "AI" and not twice and _REST_IN_CAPITALS.match(text) is not None
    return capitals or (text[:1].islower() and (not twice or cap in _TWICE))


def split_at_initials(runs: list[list[Word]]) -> list[list[Word]]:
    """The runs, each parted behind a large initial if other runs stand beside that too: it begins
    the highest of them, which need not be the one it was written with.
    """
    done: list[list[Word]] = []
    for run in runs:
        cap = run[0]
        large = len(run) > 1 and len(cap.text) == 1 and cap.size > INITIAL * run[1].size
        if large and any(_stands_beside(cap, other[0]) for other in runs if other is not run):
            done += [run[:1], run[1:]]
        else:
            done.append(run)
    return done


def _stands_beside(cap: Word, word: Word) -> bool:
    """Whether a word begins a line right of an initial, above its baseline."""
    above = cap.base - _CAP_HEIGHT * cap.size < word.base < cap.base - _HALF * word.size
    return above and abs(word.x0 - cap.x1) <= word.size and cap.size > INITIAL * word.size


def size_of_capitals(run: Sequence[Word]) -> float:
    """The size of the capitals in a line of capitals and small capitals, points; 0 of other lines.

    Word sets small capitals as capitals of four fifths the size.
    """
    text = "".join(word.text for word in run)
    if not text.isupper():
        return 0.0
    for large, small in itertools.pairwise(run):
        ratio = small.size / large.size
        glued = small.glued and abs(small.base - large.base) < _SAME_PLACE
        if glued and _SMALL_CAPITALS[0] < ratio < _SMALL_CAPITALS[1] and small.text[0].isupper():
            return large.size
    return 0.0
