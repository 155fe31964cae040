"""Endnotes that Roman numbers count, as Word and LibreOffice set them behind the text.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.prose.lines import Line
from ingest.prose.note_marks import ROMAN
from ingest.prose.paragraphs import Norms, Piece

# Parts of the size of the text: of small print, and of notes set as large as the text.
_SMALL = 0.95
_AS_TEXT = 1.05
_FEWEST = 3
# The number may touch its note: "viiiOne landlord".
_TOUCHES = re.compile(r"[“\"«„‘(]?[A-ZÀ-Þ]")


def largest_print(lines: Iterable[Line], norms: Norms) -> float:
    """How large endnotes may be, points.

    They may be as large as the text only where a mark in the text names the first of them: else an
    enumeration with a page of its own would be taken for notes. lines: of all pages.
    """
    named = any(ROMAN[0] in mark.labels for line in lines for mark in line.marks)
    return (_AS_TEXT if named else _SMALL) * norms.size


def endnotes_of(
    pieces: Sequence[Piece], norms: Norms, before: int, largest: float
) -> tuple[list[Piece], int] | None:
    """The notes of a page of endnotes as pieces, and how many notes there are up to its end; None
    for any other page.

    Such a page has no heading and holds nothing but pieces that Roman numbers count, from i on or
    from where the page before stopped. In small print a note may have several pieces.
    before: notes on the pages before. largest: size of the notes at most, points.
    """
    count = before
    notes: list[Piece] = []
    for piece in pieces:
        if piece.row or piece.size > largest:
            return None
        parts = _parted(piece, count)
        numbered = _without_number(piece.lines[0], count) is not None
        # A second page may begin with the rest of a note.
        more = count > 0 and piece.size <= _SMALL * norms.size
        if not numbered and (not more or piece.lines[0].text.split()[0] in ROMAN):
            return None
        notes += parts
        count += len(parts) - (not numbered)
    return (notes, count) if count - before >= (1 if before else _FEWEST) else None


def _parted(piece: Piece, count: int) -> list[Piece]:
    """The notes of a piece, which begin at the lines whose number counts on from `count`."""
    parts: list[list[Line]] = [[]]
    for line in piece.lines:
        rest = _without_number(line, count)
        if rest is None:
            parts[-1].append(line)
            continue
        parts.append([replace(line, text=f"{ROMAN[count]} {rest}")])
        count += 1
    return [replace(piece, lines=tuple(part), note=True) for part in parts if part]


def _without_number(line: Line, count: int) -> str | None:
    """The text of a line behind the number that counts on from `count`; None where it has none."""
    number = ROMAN[count] if count < len(ROMAN) else " "
    rest = line.text.removeprefix(number)
    begins = rest != line.text and (rest.startswith(" ") or _TOUCHES.match(rest))
    return rest.strip() if begins else None
