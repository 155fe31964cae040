"""Entries of a contents page: a line each, with the leaders and the page number at its right.

Pure.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.prose.layout import column_starts, printed_lines
from ingest.prose.lines import Line
from ingest.structure.junk import is_contents_heading

_FOLIO = re.compile(r"\d{1,3}|[ivxl]{1,6}")
_DOTS = re.compile(r"[.…_][.…_ ]{2,}")
_FEWEST_ENTRIES = 4
# Part of the lines of the page that are entries.
_FEWEST = 0.3
# Points by which the right ends of the page numbers differ.
_RAGGED = 6.0
# Part of the entries that have leaders; TeX sets those of the first level without.
_LED = 0.4


def joined_entries(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, the page numbers of a contents list joined to their entries.

    A contents list has four numbers or more under each other, which only grow; without "Contents"
    above it, it fills the page, and few of its numbers are the same. All else is a table, whose
    lines stay as they are.
    """
    whole = _with_leaders(lines)
    whole = printed_lines(whole, column_starts(whole))
    folios = {
        place: folio
        for place, (entry, folio) in enumerate(itertools.pairwise(whole))
        if _FOLIO.fullmatch(folio.text) and _is_left_of(entry, folio) and _has_words(entry)
    }
    numbers = [int(folio.text) for folio in folios.values() if folio.text.isdigit()]
    rights = [folio.x1 for folio in folios.values()]
    if (
        len(folios) < _FEWEST_ENTRIES
        or numbers != sorted(numbers)
        or max(rights) - min(rights) > _RAGGED
    ):
        return list(lines)
    few = len(set(numbers)) < 0.5 * len(numbers) or len(folios) < _FEWEST * len(whole)
    if few and not _says_so([whole[place] for place in folios], whole):
        return list(lines)
    return [
        _joined(line, folios[place]) if place in folios else line
        for place, line in enumerate(whole)
        if place - 1 not in folios
    ]


def _says_so(entries: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether entries stand below "Contents", many of them with leaders.

    Such a list may be short, and have many entries of one page.
    """
    led = sum(bool(_DOTS.search(entry.text)) for entry in entries)
    above = [line for line in lines if line.base < entries[0].base]
    return led >= _LED * len(entries) and any(is_contents_heading(line.text) for line in above)


def _with_leaders(lines: Sequence[Line]) -> list[Line]:
    """The lines, dots between an entry and its page number joined to the entry."""
    done: list[Line] = []
    for line in lines:
        if done and _DOTS.fullmatch(line.text) and _is_left_of(done[-1], line):
            done[-1] = replace(done[-1], text=f"{done[-1].text} {line.text}", x1=line.x1)
        else:
            done.append(line)
    return done


def _is_left_of(line: Line, other: Line) -> bool:
    return abs(line.base - other.base) <= 0.3 * other.size and line.x1 <= other.x0


def _has_words(line: Line) -> bool:
    return not _FOLIO.fullmatch(line.text) and any(c.isalpha() for c in line.text)


def _joined(entry: Line, folio: Line) -> Line:
    return replace(entry, text=f"{entry.text} ..... {folio.text}", x1=folio.x1)
