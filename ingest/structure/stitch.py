"""Paragraphs that run over the end of a column or page become one block.

Pure. Footnotes, tables, captions and boxes may stand between the two halves; they keep their
place after the whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.prose.breaks import first_word_width
from ingest.prose.clean import Vocabulary, begin_of_rest, join
from ingest.prose.language import differ
from ingest.prose.line_ends import LETTERS
from ingest.prose.paragraphs import OPENS_CHAIN, Piece
from ingest.prose.sentences import CLOSERS, leads_on
from ingest.records import Block, BlockKind
from ingest.structure.headings import CAPTION_WORDS
from ingest.structure.junk import is_figures

_FLOWING = {BlockKind.PARAGRAPH, BlockKind.LIST}
# So early only the numbers of a chart are boilerplate.
_BETWEEN = {BlockKind.FOOTNOTE, BlockKind.TABLE, BlockKind.BOILERPLATE}
_ENDED = re.compile(rf"(?:[.!?:;…](?<!\.\.\.)){CLOSERS}$")
_CAPTION = re.compile(
    rf"^(?:{CAPTION_WORDS}|source|quelle|note)s?\s*(?:[A-Z][-.–]?\d|[\d:.])", re.IGNORECASE
)
_BROKEN_OFF = re.compile(r"[^\W\d_]+,?-?$")
# After these a sentence goes on, however short its line.
_OPEN_END = re.compile(
    r"\b(?:the|an?|of|in|on|for|by|with|from|to|and|or|der|die|das|und|von|für|mit|le|la|les|des?|"
    r"du|et|pour|el|los|las|del|y|het|een|van|och)$"
)
_QUOTES = "“”\"‘„‚«‹'"
_OPENERS = f"{_QUOTES}($€£"
# The end of a sentence: "in / 2013."
_FIGURES = re.compile(r"[\d(][\d.,%()–/ -]*[.;]")
_NUMBER = re.compile(r"\d{1,3}\b")
_SAME_PRINT = 0.15
# A paragraph that goes on reaches the end of its column, give or take this many letter sizes.
_FULL = 3.0
# A label of a chart is so much narrower than the column of a text, and so short.
_NARROW = 0.5
_LABEL = 60
# Blocks back to which the first half is looked for; farther if a box or a column stands between.
_NEAR = 40
_FARTHEST = 80
# Pages back on which the first half may stand, as figures may fill one between.
_PAGES = 2
# Points between the left sides of a column over a page end.
_FLUSH = 2.0
# Part of its column that a line set ragged fills, in a paragraph of so many lines.
_RAGGED = 0.6
_FEWEST_LINES = 3
# Points between the right ends of justified lines.
_EVEN = 1.5
# Parts of the size by which a first line is set in, and a quotation; a blank.
_SET_IN = 1.5
_INDENT = (0.8, 4.0)
_BLANK = 0.25


class _Done(NamedTuple):
    """A block, as far as it is joined, and the last of the pieces it was made of."""

    block: Block
    tail: Piece


def stitched(blocks: Sequence[tuple[Block, Piece]], vocabulary: Vocabulary) -> list[Block]:
    """The blocks, halves of a paragraph joined; `page_breaks` says where each page begins."""
    done: list[_Done] = []
    for index, (block, piece) in enumerate(blocks):
        if block.kind is BlockKind.FOOTNOTE:
            after = [other for other, _ in blocks[index + 1 : index + _FARTHEST]]
            place = None if piece.aside else _open_note(done, block, after)
        elif block.kind not in _FLOWING or _CAPTION.match(block.text):
            place = None
        else:
            place = _open_place(done, block, piece)
            place = _in_own_column(done, block, piece) if place is None else place
        if place is None:
            done.append(_Done(block, piece))
        else:
            done[place] = _Done(_joined(done[place].block, block, vocabulary), piece)
    return [one.block for one in done]


def _open_place(done: Sequence[_Done], block: Block, piece: Piece) -> int | None:
    """The place of the earlier block that this one carries on, if there is one.

    done: the blocks before it.
    """
    boxed: set[int] = set()
    titles = _said_twice(done) if piece.boxed else ()
    for place in range(len(done) - 1, max(-1, len(done) - _NEAR), -1):
        earlier, tail = done[place]
        if tail.boxed and not piece.boxed:
            boxed.add(earlier.page)
        if tail.boxed != piece.boxed or _may_stand_between(earlier):
            continue
        if earlier.kind is BlockKind.HEADING and earlier.text in titles:
            continue  # the box's, said again
        if differ(earlier.text, block.text):
            continue  # the column beside it, in another language
        if earlier.kind not in _FLOWING or not _adjoin(tail, piece, boxed):
            return _before_a_box(done, block, piece)
        if _goes_on(earlier, tail, block, piece):
            return place
        return _before_a_box(done, block, piece)
    return None


def _recent(done: Sequence[_Done]) -> list[tuple[int, _Done]]:
    """The blocks that are near enough to be carried on, with their places."""
    first = max(0, len(done) - _FARTHEST)
    return list(enumerate(done[first:], first))


def _said_twice(done: Sequence[_Done]) -> set[str]:
    """Titles of boxes that run over several pages and say their title on each."""
    said = Counter(
        block.text
        for _, (block, tail) in _recent(done)
        if block.kind is BlockKind.HEADING and tail.boxed
    )
    return {text for text, times in said.items() if times > 1}


def _may_stand_between(block: Block) -> bool:
    caption = block.kind is BlockKind.PARAGRAPH and _CAPTION.match(block.text)
    return block.kind in _BETWEEN or bool(caption) or is_figures(block)


def _before_a_box(done: Sequence[_Done], block: Block, piece: Piece) -> int | None:
    """The paragraph broken off above a box with headings of its own, if this one carries it on.

    It must be the only one in the same print that stops in mid-sentence at the end of a full line,
    on this page, the page before, or before a page without text in that print.
    """
    if not _begins_small(block) or not _is_prose(piece):
        return None
    between = piece.page - 1
    alike = [(place, one) for place, one in _recent(done) if _is_like(one.tail, piece)]
    text_between = any(one.tail.page == between for _, one in alike)
    first = between if text_between else piece.page - _PAGES
    found = [
        place
        for place, (earlier, tail) in alike
        if earlier.kind is BlockKind.PARAGRAPH
        and _BROKEN_OFF.search(earlier.text)
        and tail.page >= first
        and tail.column[1] - tail.lines[-1].x1 < _FULL * piece.size
        and _adjoin(tail, piece, (between,))
    ]
    return found[0] if len(found) == 1 else None


def _begins_small(block: Block) -> bool:
    """Whether a block goes on in small letters, and is no item "a)"."""
    return block.kind is BlockKind.PARAGRAPH and block.text[:1].islower()


def _in_own_column(done: Sequence[_Done], block: Block, piece: Piece) -> int | None:
    """The text that was broken off on the page before in the column which this one opens, if there
    is only one.

    So cells go on, and texts in two languages side by side.
    """
    if not _begins_small(block) or piece.gap_above < OPENS_CHAIN:
        return None
    found = [
        place
        for place, (earlier, tail) in _recent(done)
        if earlier.kind in _FLOWING
        and _BROKEN_OFF.search(earlier.text)
        and tail.page == piece.page - 1
        and tail.boxed == piece.boxed
        and abs(tail.column[0] - piece.column[0]) <= _FLUSH
        and len(earlier.text) > _LABEL
        and _is_full(tail, ragged=True)
        and _is_same_print(tail, piece)
        and not differ(earlier.text, block.text)
    ]
    return found[0] if len(found) == 1 else None


def _adjoin(tail: Piece, piece: Piece, boxed: Collection[int]) -> bool:
    """Whether the halves stand at the end of one column or page and the start of the next.

    boxed: pages with boxes, which may fill whole pages between the two.
    """
    if piece.page == tail.page:
        return piece.column != tail.column or piece.lines[0].base < tail.lines[-1].base
    between = range(tail.page + 1, piece.page)
    return piece.page > tail.page and all(page in boxed for page in between)


def _is_like(tail: Piece, piece: Piece) -> bool:
    """Whether an earlier piece is prose in the same print, both in a box or neither."""
    same = abs(tail.size - piece.size) <= _SAME_PRINT and tail.boxed == piece.boxed
    return same and _is_prose(tail)


def _goes_on(earlier: Block, tail: Piece, block: Block, piece: Piece) -> bool:
    """Whether a block goes on with an earlier one, whose last piece is `tail`."""
    if not _is_same_print(tail, piece):
        return False
    text = earlier.text
    if text.endswith(("-", "\u00ad")) and block.text[:1].isalpha():
        return block.kind is BlockKind.PARAGRAPH
    if _is_label(earlier, tail, piece):
        return False
    if leads_on(text, block.text) or block.kind is BlockKind.LIST:
        # "see Fig." leads to "12) lies", which is no item.
        return (
            leads_on(text, block.text) and block.text[:1].isalnum() and _is_full(tail, ragged=True)
        )
    in_letters = LETTERS.search(text) and block.text[:1].islower()
    if _ENDED.search(text) and not in_letters:
        return earlier.kind is BlockKind.PARAGRAPH and _is_not_set_in(tail, piece)
    return _is_broken_off(earlier, tail, block, piece)


def _is_broken_off(earlier: Block, tail: Piece, block: Block, piece: Piece) -> bool:
    """Whether a text that ends in mid-sentence goes on with a later one."""
    if block.text.lstrip(_QUOTES)[:1].islower() or _FIGURES.fullmatch(block.text):
        return True
    if piece.page == tail.page and piece.lines[0].base > tail.lines[-1].base:
        return False  # the next column begins higher; this is the label of a chart, and text
    if _closes_line(piece, tail) and _is_full(tail, ragged=False):
        return True
    full = _is_full(tail, ragged=earlier.kind is BlockKind.PARAGRAPH)
    first = block.text[:1]
    opens = first.isalnum() or first in _OPENERS
    unfinished = full or first == "(" or _OPEN_END.search(earlier.text)
    return bool(unfinished) and opens and _is_prose(piece)


def _closes_line(piece: Piece, tail: Piece) -> bool:
    """Whether a piece is the last line of a sentence at the top of its column: "277 each.".

    The column is as wide as that of `tail`, or at its side; what a picture is called is neither.
    """
    widths = [right - left for left, right in (piece.column, tail.column)]
    at_side = abs(piece.column[0] - tail.column[0]) <= _FLUSH
    opens = piece.gap_above >= OPENS_CHAIN and len(piece.lines) == 1 and not piece.bold
    in_column = at_side or widths[0] >= _NARROW * widths[1]
    return opens and in_column and piece.lines[0].text.endswith(".")


def _is_not_set_in(tail: Piece, piece: Piece) -> bool:
    """Whether a column opens with a line at its side, after a paragraph with its first line set in
    that fills its last: a new paragraph would be set in too.
    """
    if len(tail.lines) < 2 or piece.gap_above < OPENS_CHAIN:
        return False
    first, second = tail.lines[:2]
    set_in = _INDENT[0] * first.size < first.x0 - second.x0 < _INDENT[1] * first.size
    flush = all(line.x0 - piece.column[0] < _FLUSH for line in piece.lines[:2])
    return set_in and flush and _is_prose(piece) and not _had_room(tail, piece)


def _had_room(tail: Piece, piece: Piece) -> bool:
    """Whether the first word of a piece had room in the last line of an earlier one."""
    line = piece.lines[0]
    return tail.column[1] - tail.lines[-1].x1 > first_word_width(line) + _BLANK * line.size


def _is_same_print(tail: Piece, piece: Piece) -> bool:
    """Whether both halves are set alike, though not all over: links are smaller."""
    ends = {line.size for line in tail.lines}
    starts = {piece.size, piece.lines[0].size}
    return any(abs(a - b) <= 0.08 * max(a, b) for a in ends for b in starts)


def _is_label(earlier: Block, tail: Piece, piece: Piece) -> bool:
    """Whether a short block stands in no column as wide as the paragraph: a chart's label."""
    widths = [right - left for left, right in (tail.column, piece.column)]
    return len(earlier.text) < _LABEL and widths[0] < _NARROW * widths[1]


def _is_full(tail: Piece, *, ragged: bool) -> bool:
    """Whether a paragraph's last line goes on to the end of its column.

    ragged: it may end earlier, as a line set ragged does.
    """
    last = tail.lines[-1]
    left, right = tail.column
    aside = last.x0 - left
    if aside > _SET_IN * last.size and last.x1 <= right - aside:
        right -= aside  # a quotation is set in on both sides
    ends = [line.x1 for line in tail.lines[:-1]]
    justified = len(ends) > 1 and max(ends) - min(ends) <= _EVEN
    if ragged and len(tail.lines) >= _FEWEST_LINES and not justified:
        return last.x1 - left > _RAGGED * (right - left)
    right = max(ends) if justified else right
    return len(tail.lines) > 1 and right - last.x1 < _FULL * last.size


def _is_prose(piece: Piece) -> bool:
    """Whether a piece is more than a label: several lines, the first of them long."""
    return len(piece.lines) > 1 and len(piece.lines[0].text) > 30


def _open_note(done: Sequence[_Done], block: Block, after: Sequence[Block]) -> int | None:
    """The last note of the page before, if this one carries it on. after: the blocks behind it."""
    for place in range(len(done) - 1, max(-1, len(done) - _NEAR), -1):
        earlier, tail = done[place]
        if earlier.kind is BlockKind.FOOTNOTE:
            open_end = block.page - earlier.page <= 1 and not _ENDED.search(earlier.text)
            goes_on = block.text[:1].islower() or _is_rest(block, earlier, tail, after)
            return place if open_end and goes_on else None
    return None


def _is_rest(block: Block, earlier: Block, tail: Piece, after: Sequence[Block]) -> bool:
    """Whether a note broken off in a full line goes on with a figure or a capital.

    Then the note behind it counts on from the one broken off, if the page has more notes.
    """
    number = _number(earlier.text)
    if number is None or block.page != tail.page + 1 or not _is_full(tail, ragged=False):
        return False
    behind = [one for one in after if one.kind is BlockKind.FOOTNOTE and one.page == block.page]
    counted = _number(behind[0].text) == number + 1 if behind else True
    # They may count from 1 on each page.
    return counted and block.text[:1].isalnum() and _number(block.text) not in (1, number + 1)


def _number(text: str) -> int | None:
    match = _NUMBER.match(text)
    return int(match[0]) if match else None


def _joined(first: Block, second: Block, vocabulary: Vocabulary) -> Block:
    """A block and the one that carries it on, with the page break between them if there is one."""
    text = join(first.text, second.text, vocabulary)
    last_page = first.page_breaks[-1][1] if first.page_breaks else first.page
    if second.page == last_page:
        return replace(first, text=text)
    page_break = (begin_of_rest(text, second.text), second.page)
    return replace(first, text=text, page_breaks=(*first.page_breaks, page_break))
