"""The levels of headings in their document.

Pure. By the PDF outline and numbering, then by look: what is set larger ranks higher.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from ingest.engines.sheets import Bookmark
from ingest.prose.paragraphs import Norms, Piece
from ingest.prose.text import letters_of
from ingest.structure.front_matter import parts_of_their_own
from ingest.structure.headings import (
    CAPTION,
    LABEL,
    LONGEST,
    NUMBER,
    HeadingStyle,
    is_heading,
    is_sentence,
    style_of,
)

# The deepest level that a block may have.
_DEEPEST = 6
_ANNEX = re.compile(r"(?:annex|appendix|anhang|annexe)\s+[IVXA-H]{1,4}\b[.:)]?\s", re.IGNORECASE)
_ROMAN = re.compile(r"^[IVX]{1,5}\.\s+[^\W\d_]")
_LETTER = re.compile(r"^[A-H]\.\s+[^\W\d_]")
_PLAIN_NUMBER = re.compile(r"^\d{1,2}\.\s+[^\W\d_]")
# Headings that Roman numbers, and letters, count in a document that has both.
_FEWEST_OF_SCHEME = 2
# Headings of one look, beside which a single one a point larger is a slip.
_USUAL = 5
# Letters of an entry of the outline that tell it from others.
_FEWEST_LETTERS = 4
_ARTICLE = re.compile(r"(article|artikel|artículo)\s+\d", re.IGNORECASE)
_PART = re.compile(
    r"(?:part|annex|appendix|teil|anhang|partie|annexe|parte|anexo)\s+(?:\d{1,2}|[IVX]{1,5}|[A-H])\b",
    re.IGNORECASE,
)
_LABEL_LEVELS = {"section": 2, "abschnitt": 2, "article": 3, "artikel": 3, "artículo": 3, "§": 3}


def levels_of(
    pieces: Sequence[Piece], texts: Sequence[str], norms: Norms, outline: Sequence[Bookmark]
) -> dict[int, int]:
    """The level, 1 to 6, of each piece that is a heading, by its place in `pieces`.

    First each heading by itself: by the outline, its number, or its look. Then the rules that move
    headings by what stands around them, each of which sees what the one before it made.
    texts: of the pieces, joined.
    """
    outlined = _outlined(pieces, texts, outline)
    found = {
        index
        for index, (piece, text) in enumerate(zip(pieces, texts, strict=True))
        if index in outlined or is_heading(piece, text, norms)
    }
    styles = _evened({index: style_of(pieces[index], texts[index]) for index in found})
    ranks = _ranks(styles, texts, outlined)
    levels = {}
    for index in found:
        depth = outlined.get(index) or _depth(texts[index]) or ranks[styles[index]]
        levels[index] = min(_DEEPEST, max(1, depth))
    settled = {index for index in found if index in outlined or pieces[index].boxed}
    levels |= dict.fromkeys(parts_of_their_own(texts, levels, styles, settled), 1)
    levels = _below_labels(levels, texts, styles, settled)
    levels = _below_letters(levels, texts, outlined)
    levels = _below_numbers(levels, texts, styles, settled)
    return _below_what_is_around(levels, pieces, texts, outlined)


def _evened(styles: dict[int, HeadingStyle]) -> dict[int, HeadingStyle]:
    """The styles; one that only one heading has is made the usual one that is a point smaller."""
    often = Counter(styles.values())
    smaller = {style: style._replace(size=style.size - 1) for style in often if often[style] == 1}
    sisters = {style: usual for style, usual in smaller.items() if often[usual] >= _USUAL}
    return {index: sisters.get(style, style) for index, style in styles.items()}


def _below_labels(
    levels: dict[int, int],
    texts: Sequence[str],
    styles: dict[int, HeadingStyle],
    settled: Collection[int],
) -> dict[int, int]:
    """The levels; within an annex or a part that counts from 1 again, headings go below its own.

    "1. How often were you host?" in "Annex C" is no chapter where it is set smaller, nor is
    "Part 2" of a questionnaire there. settled: places of headings that keep their level.
    """
    found = dict(levels)
    held: list[int] = []
    again = False
    for index in sorted(levels):
        while held and styles[held[-1]].size <= styles[index].size:
            held.pop()
            again = False
        depth = _depth(texts[index])
        if held and depth and index not in settled:
            again = again or depth == 1
            found[index] = min(_DEEPEST, found[held[-1]] + depth) if again else levels[index]
        if _PART.match(texts[index]) and (held or found[index] == 1):
            held.append(index)
            again = False
    return found


def _below_numbers(
    levels: dict[int, int],
    texts: Sequence[str],
    styles: dict[int, HeadingStyle],
    settled: Collection[int],
) -> dict[int, int]:
    """The levels; headings without a number go one below the numbered heading they look like.

    At least two of them must follow it: a single one may be the end of its chapter.
    settled: places of headings that keep their level.
    """
    parts: defaultdict[int, list[int]] = defaultdict(list)
    above: int | None = None
    for index in sorted(levels):
        if _depth(texts[index]):
            above = index
        elif levels[index] == 1:
            above = None
        elif above is not None and index not in settled and styles[index] == styles[above]:
            parts[above].append(index)
    found = dict(levels)
    for above, below in parts.items():
        if len(below) > 1:
            found |= dict.fromkeys(below, min(_DEEPEST, levels[above] + 1))
    return found


def _below_what_is_around(
    levels: dict[int, int], pieces: Sequence[Piece], texts: Sequence[str], outlined: Collection[int]
) -> dict[int, int]:
    """The levels; headings in a box go below the last heading outside it, whatever their size.

    What is numbered or outlined keeps its level, as do chapters, which may open on a panel.
    """
    found = dict(levels)
    around = down = 0
    for index in sorted(levels):
        if not pieces[index].boxed:
            around, down = levels[index], 0
        elif levels[index] > 1 and index not in outlined and not _depth(texts[index]):
            down = max(down, around + 1 - levels[index])
            found[index] = min(_DEEPEST, levels[index] + down)
    return found


def _below_letters(
    levels: dict[int, int], texts: Sequence[str], outlined: dict[int, int]
) -> dict[int, int]:
    """The levels; "1." goes below "II." and "B." in a document that counts by both of these."""
    roman, letter = (
        [levels[index] for index in levels if scheme.match(texts[index])]
        for scheme in (_ROMAN, _LETTER)
    )
    if min(len(roman), len(letter)) < _FEWEST_OF_SCHEME:
        return levels
    lowest = Counter(letter).most_common(1)[0][0]
    return {
        index: min(_DEEPEST, lowest + 1)
        if _PLAIN_NUMBER.match(texts[index]) and index not in outlined
        else level
        for index, level in levels.items()
    }


def endings(
    pieces: Sequence[Piece], texts: Sequence[str], levels: dict[int, int]
) -> dict[int, int]:
    """Bold sentences that end the headings above them: their places, each with the highest level of
    the headings that it ends.

    "Challenge #2: ..." is too long for a heading, and yet what stood under "Challenge #1: ..." is
    over. It ends headings that rank below it by their look. A sentence in a box ends nothing
    around the box; nor does one right below a heading, nor a caption.
    """
    found = {}
    held: list[int] = []
    for index, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        if piece.boxed or not text or CAPTION.match(text):
            continue
        if index in levels:
            held = [*[place for place in held if levels[place] < levels[index]], index]
        elif piece.bold and index - 1 not in levels and is_sentence(text):
            style = style_of(piece, text)
            while held and style_of(pieces[held[-1]], texts[held[-1]]) < style:
                found[index] = levels[held.pop()]
    return found


def _depth(text: str) -> int:
    """The level that a heading's number states: 1 for "2", 2 for "2.1"; 0 where it has none."""
    label = LABEL.fullmatch(text) or _ARTICLE.match(text)
    if label:
        return _LABEL_LEVELS.get(label[1].lower(), 1)
    match = NUMBER.match(text)
    if not match:
        return 1 if _ANNEX.match(text) else 0
    return (match["number"] or match["tight"]).count(".") + 1


def _ranks(
    styles: dict[int, HeadingStyle], texts: Sequence[str], outlined: dict[int, int]
) -> dict[HeadingStyle, int]:
    """The level of each style: as its outlined or numbered headings say, else by its size."""
    said: dict[HeadingStyle, Counter[int]] = defaultdict(Counter)
    for index, style in styles.items():
        depth = outlined.get(index) or _depth(texts[index])
        if depth:
            said[style][depth] += 1
    often = Counter(styles.values())
    ranks: dict[HeadingStyle, int] = {}
    deepest = 0
    for style in sorted(often, reverse=True):
        known = said[style].total() * 2 >= often[style]
        ranks[style] = said[style].most_common(1)[0][0] if known else deepest + 1
        # A style used once, on the cover, puts nothing below itself.
        if known or often[style] > 1:
            deepest = max(deepest, ranks[style])
    return ranks


def _outlined(
    pieces: Sequence[Piece], texts: Sequence[str], outline: Sequence[Bookmark]
) -> dict[int, int]:
    """The pieces that the outline names on their page: their places, with their level there."""
    wanted: dict[tuple[int, str], int] = {}
    for mark in outline:
        key = letters_of(mark.text)
        if len(key) >= _FEWEST_LETTERS and mark.page:
            wanted.setdefault((mark.page, key), mark.level)
    if not wanted:
        return {}
    found: dict[int, int] = {}
    for index, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        if piece.row or len(text) > 2 * LONGEST or is_sentence(text):
            continue
        key = letters_of(text)
        level = wanted.get((piece.page, key)) or wanted.get((piece.page, key.lstrip("0123456789")))
        if level:
            found[index] = level
    return found
