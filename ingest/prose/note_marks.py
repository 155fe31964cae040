"""Numbers of notes that were taken out of a line, and the letters that they stood between.

Pure. What is made of a line afterwards changes its spaces, hyphens and marks, and no letter: by its
letters the place is found again (`ingest.structure.note_places`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.prose.clean import superscripts, tidy_printed

ROMAN = tuple(
    ten + one
    for ten in ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    for one in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)[1:]
"""The numbers of endnotes from i to xcix."""

ROMAN_NUMBER = r"(?:(?=[xlvi])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
"""Any of these, as a pattern: "xiv", and not "il" or "civil"."""

_LABEL = re.compile(rf"\d{{1,3}}|[*†‡§¶‖]{{1,6}}|{ROMAN_NUMBER}|[a-e]")
_RANGE = re.compile(r"(\d{1,3})[–-](\d{1,3})")
# Notes that one mark names: "3–5".
_MOST = 6


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A mark that stood in a line.

    labels: of the notes it names, as these begin ("15", "*").
    before, after: the letters and figures of the line on its two sides.
    """

    labels: tuple[str, ...]
    before: str
    after: str


def letters(text: str) -> str:
    """The letters and figures of a text, by which a place is found again.

    Unlike `text.letters_of` it leaves capitals: made small, some letters become two.
    """
    return "".join(filter(str.isalnum, text))


def marks_of(text: str, dropped: Sequence[tuple[int, str]]) -> tuple[NoteMark, ...]:
    """The marks of a line.

    text: before it is tidied, without the words `dropped`, each with the place where it stood.
    """
    raised = [] if text.isascii() else superscripts(text)
    places = [(place, place, mark) for place, mark in dropped]
    places += [(start, end, text[start:end]) for start, end in raised]
    return tuple(
        NoteMark(labels, letters(tidy_printed(text[:start])), letters(tidy_printed(text[end:])))
        for start, end, mark in sorted(places)
        if (labels := tuple(labels_of(mark)))
    )


def labels_of(mark: str) -> Iterator[str]:
    """The notes that a mark names: "[3, 5–7]" those from 5 to 7 too; none for "[footnote"."""
    text = unicodedata.normalize("NFKC", mark)
    for found in _RANGE.finditer(text):
        first, last = int(found[1]), int(found[2])
        yield from map(str, range(first, last + 1) if 0 < last - first < _MOST else ())
    rest = _RANGE.sub(" ", text).strip("[]() .,:;")
    for part in re.split(r"[\s,;]+", rest):
        if _LABEL.fullmatch(part):
            yield part
