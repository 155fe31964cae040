"""Paragraphs that run over the end of a column or page become one block.

Pure. Footnotes, tables, captions and boxes may stand between the two halves; they keep their
place after the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.clean import Vocabulary, join
from ingest.paragraphs import Piece
from ingest.records import Block, BlockKind

_FLOWING = {BlockKind.PARAGRAPH, BlockKind.LIST}
_BETWEEN = {BlockKind.FOOTNOTE, BlockKind.TABLE}
_ENDED = re.compile(r"[.!?:;…][\"”’»)\]]*$")
_CAPTION = re.compile(
    r"^(?:table|figure|box|chart|graph|map|tabelle|abbildung|tableau|graphique|encadré|source|"
    r"quelle|note)s?\s*[\d:.]",
    re.IGNORECASE,
)
_BROKEN_OFF = re.compile(r"[^\W\d_]+,?-?$")
_SAME_PRINT = 0.15
# A paragraph that goes on reaches the end of its column, give or take this many letter sizes.
_FULL = 3.0


def stitched(blocks: Sequence[tuple[Block, Piece]], vocabulary: Vocabulary) -> list[Block]:
    """The blocks, halves of a paragraph joined; `page_breaks` says where each page begins."""
    done: list[Block] = []
    tails: list[Piece] = []
    for block, piece in blocks:
        place = _open_place(done, tails, block, piece)
        if place is None:
            done.append(block)
            tails.append(piece)
            continue
        done[place] = _joined(done[place], block, vocabulary)
        tails[place] = piece
    return done


def _open_place(
    done: Sequence[Block], tails: Sequence[Piece], block: Block, piece: Piece
) -> int | None:
    """Which earlier block this one carries on, if any."""
    if block.kind is BlockKind.FOOTNOTE:
        return _open_note(done, block)
    if block.kind is not BlockKind.PARAGRAPH or _CAPTION.match(block.text):
        return None
    for place in range(len(done) - 1, max(-1, len(done) - 40), -1):
        earlier = done[place]
        if tails[place].boxed != piece.boxed or _may_stand_between(earlier):
            continue
        if earlier.kind not in _FLOWING or not _adjoin(tails[place], piece):
            return _before_a_box(done, tails, block, piece)
        if _goes_on(earlier, tails[place], block, piece):
            return place
        return _before_a_box(done, tails, block, piece)
    return None


def _may_stand_between(block: Block) -> bool:
    caption = block.kind is BlockKind.PARAGRAPH and _CAPTION.match(block.text)
    return block.kind in _BETWEEN or bool(caption)


def _before_a_box(
    done: Sequence[Block], tails: Sequence[Piece], block: Block, piece: Piece
) -> int | None:
    """The paragraph broken off above a box with headings of its own, if this carries it on.

    Wanted is a single one, in the same print, that stops in mid-sentence at the end of a full
    line, on this page or the one before; 13 public reports have 22 such, all
    rightly joined.
    """
    if not block.text[:1].islower() or not _is_prose(piece):
        return None
    found = [
        place
        for place in range(max(0, len(done) - 40), len(done))
        if done[place].kind is BlockKind.PARAGRAPH
        and _BROKEN_OFF.search(done[place].text)
        and 0 <= piece.page - tails[place].page <= 1
        and _is_prose(tails[place])
        and abs(tails[place].size - piece.size) <= _SAME_PRINT
        and tails[place].column[1] - tails[place].lines[-1].x1 < _FULL * piece.size
        and _adjoin(tails[place], piece)
    ]
    return found[0] if len(found) == 1 else None


def _adjoin(tail: Piece, piece: Piece) -> bool:
    """Whether the halves stand at the end of one column or page and the start of the next."""
    if piece.page == tail.page:
        return piece.column != tail.column or piece.lines[0].base < tail.lines[-1].base
    return piece.page - tail.page == 1


def _goes_on(earlier: Block, tail: Piece, block: Block, piece: Piece) -> bool:
    if abs(tail.size - piece.size) > 0.08 * max(tail.size, piece.size):
        return False
    text = earlier.text
    if text.endswith(("-", "\u00ad")) and block.text[:1].isalpha():
        return True
    if _ENDED.search(text):
        return False
    if block.text[:1].islower():
        return True
    last = tail.lines[-1]
    full = tail.column[1] - last.x1 < _FULL * last.size and len(tail.lines) > 1
    return full and (block.text[:1].isalnum() or block.text[:1] in '“"(«') and _is_prose(piece)


def _is_prose(piece: Piece) -> bool:
    return len(piece.lines) > 1 and len(piece.lines[0].text) > 30


def _open_note(done: Sequence[Block], block: Block) -> int | None:
    """A footnote without a number carries on the last note of the page before."""
    if block.text[:1].isdigit() or not block.text[:1].islower():
        return None
    for place in range(len(done) - 1, max(-1, len(done) - 40), -1):
        earlier = done[place]
        if earlier.kind is BlockKind.FOOTNOTE:
            near = block.page - earlier.page <= 1
            return place if near and not _ENDED.search(earlier.text) else None
    return None


def _joined(first: Block, second: Block, vocabulary: Vocabulary) -> Block:
    text = join(first.text, second.text, vocabulary)
    last_page = first.page_breaks[-1][1] if first.page_breaks else first.page
    if second.page == last_page:
        return replace(first, text=text)
    # A divided word belongs to the page on which it began.
    begin = len(text) - len(second.text)
    while 0 < begin < len(text) and not text[begin - 1].isspace():
        begin += 1
    return replace(
        first, text=text, page_breaks=(*first.page_breaks, (min(begin, len(text) - 1), second.page))
    )
