"""Footnotes: small print at the foot of a page that begins with a raised number or mark.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.paragraphs import Norms, Piece
from ingest.sheets import Rule

_SMALL = 0.95
_START = re.compile(r"^(?:\(?\d{1,3}[.)]?|[*†‡]{1,3})\s+[^\W\d_]")
# Points.
_NOTE_INDENT = 40.0
_RULE_WIDTHS = (40.0, 240.0)


def footnotes_of(
    pieces: Sequence[Piece], norms: Norms, rules: Sequence[Rule], height: float
) -> tuple[list[Piece], set[int]]:
    """A page's pieces with each note its own piece, and the places of the notes among them.

    height: of the page, points. A note that runs on from the page before has no number: it is
    known by the short rule above it.
    """
    rule = _separator(rules, height)
    split: list[Piece] = []
    notes: set[int] = set()
    within = False
    for piece in pieces:
        if piece.row:
            within = False
            split.append(piece)
            continue
        small = piece.size <= _SMALL * norms.size
        low = piece.lines[0].top > 0.35 * height
        under = rule is not None and _stands_under(piece, rule)
        starts = piece.lines[0].note or bool(small and _START.match(piece.lines[0].text))
        within = (within and small) or (low and starts and small) or (under and (small or starts))
        if not within:
            split.append(piece)
            continue
        parts = _split_notes(piece)
        notes.update(range(len(split), len(split) + len(parts)))
        split.extend(parts)
    return split, notes


def _stands_under(piece: Piece, rule: Rule) -> bool:
    """Whether a piece stands below the rule and begins about where it does."""
    first = piece.lines[0]
    return first.top > rule.y0 - 2 and abs(first.x0 - rule.x0) <= _NOTE_INDENT


def _separator(rules: Sequence[Rule], height: float) -> Rule | None:
    """The short rule above the notes, if the page has one."""
    shortest, longest = _RULE_WIDTHS
    short = [
        rule
        for rule in rules
        if rule.horizontal and shortest <= rule.x1 - rule.x0 <= longest and rule.y0 > 0.3 * height
    ]
    # Several are a table or a form.
    return short[0] if len(short) == 1 else None


def _split_notes(piece: Piece) -> list[Piece]:
    """One piece for each note: numbers at line starts that count upwards."""
    parts: list[list[int]] = [[0]]
    last = _number(piece.lines[0].text)
    for index, line in enumerate(piece.lines[1:], start=1):
        number = _number(line.text)
        if line.note or (number is not None and last is not None and number == last + 1):
            parts.append([index])
            last = number if number is not None else last
        else:
            parts[-1].append(index)
    return [replace(piece, lines=tuple(piece.lines[index] for index in part)) for part in parts]


def _number(text: str) -> int | None:
    match = re.match(r"\d{1,3}(?=\s)", text)
    return int(match[0]) if match else None
