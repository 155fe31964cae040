"""Where the marks of notes stood in the blocks of a PDF, found by the letters around them; and
which blocks are notes.

Pure. Between a line and its block lie twenty stages that move, join and cut text, and none of them
has to know of marks. A place that is not found, or found twice, is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.prose.lines import Line
from ingest.prose.note_marks import ROMAN_NUMBER, NoteMark, letters
from ingest.records import Block, BlockKind, Page

# What a note begins with.
_LABEL = re.compile(rf"[\[(]?(\d{{1,3}}|{ROMAN_NUMBER})[\])]?[.:]?\s|([*†‡§¶‖]{{1,6}})\s*(?=\S)")
# Letters before a mark by which its place is looked for: first so many, then as many as these.
_SURE = 30
_MOST = 120
# Letters that tell the place by the mark's own line alone: a cell or an item may have few.
_FEWEST = 8


def with_marks(pages: Sequence[Page], lines: Mapping[int, Sequence[Line]]) -> tuple[Page, ...]:
    """The pages, each block with the marks that stood in it.

    lines: of each page by its number, in content order.
    """
    found: defaultdict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    open_texts: list[_BlockLetters] = []
    for page in pages:
        texts = [text for text in open_texts if _runs_to(text.block, page.number)]
        for place, block in enumerate(page.blocks):
            if block.kind is not BlockKind.FOOTNOTE:
                texts.append(_BlockLetters(block, (page.number, place)))
        for mark, above in _marks(lines.get(page.number, ())):
            text, offset = _place(mark, above, texts)
            if text is not None:
                found[text.place] += [(offset, label) for label in mark.labels]
        open_texts = texts
    return tuple(
        replace(
            page,
            blocks=tuple(
                _with_its_marks(block, found.get((page.number, place), ()))
                for place, block in enumerate(page.blocks)
            ),
        )
        for page in pages
    )


def _with_its_marks(block: Block, marks: Sequence[tuple[int, str]]) -> Block:
    """A block with the marks that stood in it, and with its number if it is a note."""
    label = _LABEL.match(block.text) if block.kind is BlockKind.FOOTNOTE else None
    if not marks and label is None:
        return block
    return replace(block, marks=tuple(marks), note=label[1] or label[2] if label else "")


class _BlockLetters:
    """The letters of a block that is no note, made when first looked into."""

    def __init__(self, block: Block, place: tuple[int, int]) -> None:
        self.block = block
        self.place = place
        self._letters: str | None = None

    @property
    def letters(self) -> str:
        if self._letters is None:
            self._letters = letters(self.block.text)
        return self._letters

    def behind(self, count: int) -> int:
        """The offset in the block's text behind so many letters."""
        for offset, character in enumerate(self.block.text, start=1):
            count -= character.isalnum()
            if not count:
                return offset
        return len(self.block.text)


def _marks(lines: Sequence[Line]) -> Iterator[tuple[NoteMark, str]]:
    """The marks of a page, each with letters that stand before it in the lines above its own."""
    for place, line in enumerate(lines):
        for mark in line.marks:
            above = ""
            for earlier in reversed(lines[:place]):
                if len(above) + len(mark.before) >= _MOST:
                    break
                above = letters(earlier.text) + above
            yield mark, above


def _place(
    mark: NoteMark, above: str, texts: Sequence[_BlockLetters]
) -> tuple[_BlockLetters | None, int]:
    """The text that a mark stood in and the offset behind which it did; None where that is not
    certain.
    """
    own = mark.before + mark.after
    whole = above + mark.before
    near = whole[-max(_SURE, len(mark.before)) :]
    for before in (near, whole, mark.before):
        key = before + mark.after
        if key == own and (len(key) < _FEWEST or not mark.before):
            break
        holding = [text for text in texts if key in text.letters]
        if len(holding) == 1 and holding[0].letters.count(key) == 1:
            return holding[0], holding[0].behind(holding[0].letters.index(key) + len(before))
    return None, 0


def _runs_to(block: Block, page: int) -> bool:
    """Whether a block of an earlier page has text on this one."""
    return any(number == page for _, number in block.page_breaks)
