"""Footnotes: small print at the foot of a page that begins with a raised number or mark.

Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.engines.sheets import Rule
from ingest.prose.paragraphs import Norms, Piece
from ingest.prose.sentences import CLOSERS

# Part of the size of the text: notes are no larger.
_SMALL = 0.95
_ENDED = re.compile(rf"[.!?:;…]{CLOSERS}$|^[*†‡¶‖]|^§(?!§?\s*\d)")
_START = re.compile(r"^(?:(?:\(?\d{1,3}[.)]?|[*†‡§¶]{1,6})\s+|‖{1,6}\s*)[“\"«„‘(]?[^\W\d_]")
# "†† The figure": one sign, said as often as it takes.
_SIGN = re.compile(r"([*†‡§¶‖])\1{0,5}\s*[“\"«„‘(]?[^\W\d_]")
# Points from the left end of the rule above notes to that of a note, and down to the first of them.
_NOTE_INDENT = 40.0
_CLOSE = 16.0
# Points that small print stands higher than a note, if it opens the next column.
_NEXT_COLUMN = 100.0
# Part of the page's height above which no rule stands over notes: a last page may hold a few lines
# and their notes.
_HIGHEST = 0.12
# The same of the only rule, which may have notes far below it; and of notes without a rule.
_HIGHEST_ALONE = 0.3
_LOW = 0.35
# Widths of a rule above notes, points.
_RULE_WIDTHS = (40.0, 240.0)
# Part of the page's height below which notes in a frame stand.
_FOOT = 0.6
# Points between a frame and the text in it, and by which a line is thick.
_FRAME = 16.0
_THICK = 0.2
# Points by which a letter stands out of its line.
_OVERHANG = 1.0


def footnotes_of(
    pieces: Sequence[Piece], norms: Norms, rules: Sequence[Rule], height: float
) -> list[Piece]:
    """A page's pieces, its footnotes marked as notes and each of them a piece of its own.

    A note that runs on from the page before has no number: it is known by the short rule above
    it. height: of the page, points.
    """
    at_foot = _boxed_at_foot(pieces, _FOOT * height) and _has_only_a_top(pieces, rules)
    page = _NotePage(
        height=height,
        size=_size_of_text(pieces, norms, _short_rules(rules, _HIGHEST * height)),
        size_in_boxes=norms.size if at_foot else _size_in_boxes(pieces, norms),
        rules=_short_rules(rules, _HIGHEST * height),
        lower_rules=_short_rules(rules, _HIGHEST_ALONE * height),
    )
    done: list[Piece] = []
    within = False
    for piece in pieces:
        within = not piece.row and (
            (within and _goes_on(piece, done[-1], page)) or _begins_notes(piece, page)
        )
        done += _split_notes(piece) if within else [piece]
    return done


def _size_of_text(pieces: Sequence[Piece], norms: Norms, rules: Sequence[Rule]) -> float:
    """The size of a page's text, points: the document's, or what most of the page's text is set in
    if that is larger and a note stands right under a short rule.

    Where tables hold more letters than the text, their print is the document's.
    """
    letters = Counter[float]()
    for piece in pieces:
        if not piece.row and not piece.boxed:
            letters[piece.size] += sum(len(line.text) for line in piece.lines)
    size = max(letters, key=lambda one: letters[one], default=norms.size)
    noted = any(
        (piece.lines[0].note or _START.match(piece.lines[0].text))
        and piece.size <= _SMALL * size
        and _stands_under(piece, rule, _CLOSE)
        for piece in pieces
        for rule in rules
    )
    return max(size, norms.size) if noted else norms.size


@dataclass(frozen=True, slots=True)
class _NotePage:
    """What tells the notes of a page from its text. Lengths in points.

    size, size_in_boxes: of the text, and of that in boxes.
    rules, lower_rules: short ones as above notes, and those of them that stand lower.
    """

    height: float
    size: float
    size_in_boxes: float
    rules: Sequence[Rule]
    lower_rules: Sequence[Rule]


def _is_small(piece: Piece, page: _NotePage) -> bool:
    """Whether a piece is in smaller print than the text around it."""
    return piece.size <= _SMALL * (page.size_in_boxes if piece.boxed else page.size)


def _has_mark(piece: Piece, page: _NotePage) -> bool:
    """Whether a piece begins with the mark of a note: raised, or a number before small print."""
    first = piece.lines[0]
    return first.note or (_is_small(piece, page) and _START.match(first.text) is not None)


def _begins_notes(piece: Piece, page: _NotePage) -> bool:
    """Whether the notes of a page, or of a column, begin with a piece.

    Such a piece stands under the only rule of the page, and is small or has a mark. Or it is small
    and has a mark, and stands low on the page or close under a rule. Or it is small, close under a
    rule, and begins in small letters as the rest of a note does.
    """
    small, marked = _is_small(piece, page), _has_mark(piece, page)
    if len(page.lower_rules) == 1 and _stands_under(piece, page.lower_rules[0], page.height):
        return small or marked
    close = any(_stands_under(piece, rule, _CLOSE) for rule in page.rules)
    low = piece.lines[0].top > _LOW * page.height
    rest = close and piece.lines[0].text[:1].islower()
    return small and (rest or (marked and (low or close)))


def _goes_on(piece: Piece, note: Piece, page: _NotePage) -> bool:
    """Whether a piece behind a note is more of it, or the next note."""
    more = _has_mark(piece, page) or not _opens_column(piece, note)
    return _is_small(piece, page) and more


def _boxed_at_foot(pieces: Sequence[Piece], top: float) -> bool:
    """Whether all that is boxed begins with a number and stands below `top` and all else.

    WeasyPrint draws the line above notes as a frame around them.
    """
    boxed = [piece for piece in pieces if piece.boxed]
    above = [line.base for piece in pieces if not piece.boxed for line in piece.lines]
    return (
        bool(boxed)
        and _START.match(boxed[0].lines[0].text) is not None
        and min(piece.lines[0].top for piece in boxed) > max([top, *above])
    )


def _has_only_a_top(pieces: Sequence[Piece], rules: Sequence[Rule]) -> bool:
    """Whether what frames the boxed pieces is as thick as it shows above alone.

    WeasyPrint draws two frames that part there only; one frame, or two that part below too, is
    that of a box, whose numbers may be those of its items.
    """
    lines = [line for piece in pieces if piece.boxed for line in piece.lines]
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = min(line.top for line in lines), max(line.base for line in lines)
    wide = [
        rule
        for rule in rules
        if rule.horizontal and rule.x0 <= x0 + _OVERHANG and rule.x1 >= x1 - _OVERHANG
    ]
    above = [rule.y0 for rule in wide if top - _FRAME < rule.y0 <= top]
    below = [rule.y0 for rule in wide if bottom <= rule.y0 < bottom + _FRAME]
    parted = bool(above) and max(above) - min(above) >= _THICK
    return parted and bool(below) and max(below) - min(below) < _THICK


def _size_in_boxes(pieces: Sequence[Piece], norms: Norms) -> float:
    """The size of the text in the page's boxes, points: a box may be all in small print.

    It is the biggest size with a fifth of the letters, as notes may be longer than the text.
    """
    letters = Counter[float]()
    for piece in pieces:
        if piece.boxed:
            letters[piece.size] += sum(len(line.text) for line in piece.lines)
    total = letters.total()
    return max(
        (size for size, count in letters.items() if count >= 0.2 * total), default=norms.size
    )


def _opens_column(piece: Piece, note: Piece) -> bool:
    """Whether small print opens the next column: it stands much higher than a note, which ended."""
    higher = piece.lines[0].top < note.lines[0].top - _NEXT_COLUMN
    return higher and bool(_ENDED.search(note.lines[-1].text))


def _stands_under(piece: Piece, rule: Rule, farthest: float) -> bool:
    """Whether a piece stands at most so far below a rule, and begins about where that does."""
    first = piece.lines[0]
    below = rule.y0 - 2 < first.top < rule.y0 + farthest
    return below and abs(first.x0 - rule.x0) <= _NOTE_INDENT


def _short_rules(rules: Sequence[Rule], top: float) -> list[Rule]:
    """Rules below `top` that are as wide as those above notes; several may be columns or a form."""
    shortest, longest = _RULE_WIDTHS
    return [
        rule
        for rule in rules
        if rule.horizontal and shortest <= rule.x1 - rule.x0 <= longest and rule.y0 > top
    ]


def _split_notes(piece: Piece) -> list[Piece]:
    """One piece for each note: a note begins at a raised mark, at a number that counts on from the
    one before, or at a sign.
    """
    first, *others = piece.lines
    parts = [[first]]
    last = _number(first.text)
    signed = _SIGN.match(first.text) is not None
    for line in others:
        number = _number(line.text)
        counts = number is not None and last is not None and number == last + 1
        if line.note or counts or (signed and _SIGN.match(line.text)):
            parts.append([line])
            last = number if number is not None else last
        else:
            parts[-1].append(line)
    return [replace(piece, lines=tuple(part), note=True) for part in parts]


def _number(text: str) -> int | None:
    match = re.match(r"\d{1,3}(?=\s)", text)
    return int(match[0]) if match else None
