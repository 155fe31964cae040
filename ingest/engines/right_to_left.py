"""Arabic, Hebrew and other writing from right to left, amid pages that run from left to right.

Pure. PDFium takes the letters of a line from left to right and turns those of each word round,
unless the file says them in order already: then they come backwards. The words themselves come as
they stand, from the right in a line of such words and from the left in any other.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Sequence

from ingest.engines.sheets import Word

# Figures run from left to right there too, and signs stand by themselves.
_SIGNS = "\\d\u060c\u061b\u061f\u066a-\u066d\u06d4"
_LETTERS = f"(?:(?![{_SIGNS}])[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff])"
_LETTER = re.compile(_LETTERS)
_STRETCH = re.compile(_LETTERS + "+")
_ALEF_LAM = re.compile("[\u0622\u0623\u0625\u0627]\u0644")
# Parts of the font size.
_SAME_BASELINE = 0.2
_WIDE_GAP = 1.0
_OVERLAP = -0.5

GlyphBox = tuple[float, float, float, float]
"""Left, right, bottom, top of a character, in points."""
Parted = Callable[[Word, Word], bool]
"""Whether an upright rule stands between two words, the left one first."""


def is_right_to_left(text: str) -> bool:
    """Whether any letter of the text is of such writing."""
    return _LETTER.search(text) is not None


def as_read(text: str, boxes: Sequence[GlyphBox], origin: float) -> tuple[str, float, float]:
    """A word as a reader takes it, and the left and right end of its letters from `origin`.

    boxes: one a character. Signs beside the letters do not count: PDFium may have put a bracket
    from the other side of the word there.
    """
    letters = [box for sign, box in zip(text, boxes, strict=True) if _LETTER.match(sign)]
    left, right = min(box[0] for box in letters), max(box[1] for box in letters)
    return _in_order(text, boxes), left - origin, right - origin


def _in_order(text: str, boxes: Sequence[GlyphBox]) -> str:
    """The letters from the right.

    Lam and alef are drawn as one glyph, so both have its box, and PDFium turns them round too.
    """
    done = list(text)
    for found in _STRETCH.finditer(text):
        first, last = found.span()
        if _is_backwards(found[0], boxes[first:last]):
            done[first:last] = reversed(found[0])
            continue
        for pair in _ALEF_LAM.finditer(found[0]):
            place = first + pair.start()
            if boxes[place] == boxes[place + 1]:
                done[place : place + 2] = reversed(pair[0])
    return "".join(done)


def _is_backwards(letters: str, boxes: Sequence[GlyphBox]) -> bool:
    """Whether letters come from the left. A vowel sign stands anywhere above or below its own."""
    if unicodedata.combining(letters[0]):
        return True
    own = [box for sign, box in zip(letters, boxes, strict=True) if not unicodedata.combining(sign)]
    return own[0][0] < own[-1][0]


def joined(words: Sequence[Word], parted: Parted) -> list[Word]:
    """The words in content order, those side by side from right to left joined to one, as read.

    parted: what stands on its two sides is not joined.
    """
    if not any(is_right_to_left(word.text) for word in words):
        return list(words)
    done: list[Word] = []
    start = 0
    while start < len(words):
        end = _end_of_run(words, start, parted)
        run = words[start:end]
        whole = len(run) > 1 and any(is_right_to_left(word.text) for word in run)
        done += [_as_one(run)] if whole else run
        start = end
    return done


def _end_of_run(words: Sequence[Word], start: int, parted: Parted) -> int:
    """Where the words end that come from the right, of whatever writing; else those amid a line
    from the left that are read from the right, or one word if there are none.

    A line of such words may hold others; in any other line only figures stand between two.
    """
    end = start + 1
    while end < len(words) and _beside(words[end], words[end - 1], parted):
        end += 1
    if end - start > 1:
        return end
    end = start + 1
    if not is_right_to_left(words[start].text):
        return end
    while end < len(words) and _beside(words[end - 1], words[end], parted):
        if not (is_right_to_left(words[end].text) or words[end].text.isdigit()):
            break
        end += 1
    while not is_right_to_left(words[end - 1].text):
        end -= 1
    return end


def _beside(left: Word, right: Word, parted: Parted) -> bool:
    size = max(left.size, right.size)
    level = abs(left.base - right.base) <= _SAME_BASELINE * size
    near = _OVERLAP * size <= right.x0 - left.x1 <= _WIDE_GAP * size
    return level and near and not parted(left, right)


def _as_one(run: Sequence[Word]) -> Word:
    """The words of a run from the right, Latin ones among them from the left."""
    from_right = sorted(run, key=lambda word: -word.x0)
    parts: list[str] = []
    for latin, group in itertools.groupby(from_right, lambda word: _is_latin(word.text)):
        texts = [word.text for word in group]
        parts += reversed(texts) if latin else texts
    first = from_right[0]
    return first._replace(
        text=" ".join(parts),
        x0=min(word.x0 for word in run),
        x1=max(word.x1 for word in run),
        bold=all(word.bold for word in run),
        glued=run[0].glued,
    )


def _is_latin(text: str) -> bool:
    return not is_right_to_left(text) and any(sign.isalpha() for sign in text)
