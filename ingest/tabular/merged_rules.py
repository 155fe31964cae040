"""Rules drawn in pieces, as browsers and Word draw those of each cell: made one.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.engines.sheets import Rule

SNAP = 3.0
"""Points: rules this near are one."""
THINNEST = 6.0
"""Points: a row or column is at least this wide, and a rule this long."""


@dataclass(frozen=True, slots=True)
class _RulePiece:
    """A rule whichever way it runs: its place on one axis, its reach on the other."""

    at: float
    start: float
    end: float


def merged_across(rules: Sequence[Rule]) -> list[Rule]:
    """Horizontal rules from the top, those that touch on one height as one."""
    pieces = [_RulePiece(rule.y0, rule.x0, rule.x1) for rule in rules if rule.horizontal]
    whole = sorted(_merged(pieces), key=lambda piece: (piece.at, piece.start))
    return [Rule(piece.start, piece.at, piece.end, piece.at) for piece in whole]


def merged_down(rules: Sequence[Rule]) -> list[Rule]:
    """Upright rules, those that touch end to end as one."""
    pieces = [_RulePiece(rule.x0, rule.y0, rule.y1) for rule in rules if not rule.horizontal]
    return [Rule(piece.at, piece.start, piece.at, piece.end) for piece in _merged(pieces)]


def _merged(pieces: Sequence[_RulePiece]) -> list[_RulePiece]:
    """Pieces on one line that touch or overlap become one."""
    done: list[_RulePiece] = []
    growing: list[_RulePiece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.at, piece.start)):
        done += [other for other in growing if piece.at - other.at > SNAP]
        near = [other for other in growing if piece.at - other.at <= SNAP]
        growing = []
        whole = piece
        for other in near:
            if other.start - SNAP <= whole.end and whole.start <= other.end + SNAP:
                start, end = min(other.start, whole.start), max(other.end, whole.end)
                whole = _RulePiece(other.at, start, end)
            else:
                growing.append(other)
        growing.append(whole)
    return [piece for piece in done + growing if piece.end - piece.start >= THINNEST]
