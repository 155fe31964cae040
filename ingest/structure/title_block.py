"""The title block: what stands above the text on a first page, or alone on a cover.

Pure. Kind of paper, title, subtitle, publisher and date are no sections, and no part of the
first paragraph: as headings they stood in every section path below them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.prose.text import letters_of
from ingest.records import Block, BlockKind, Page
from ingest.structure.front_matter import is_named

# Pages that may have a title block, and blocks of such a page that are looked at.
_FIRST_PAGES = 3
_FIRST_BLOCKS = 12
# Letters that tell a line of the title from chance.
_FEWEST_LETTERS = 8
# Lines below the title, and characters of one.
_LINES_BELOW = 4
_LONGEST_LINE = 80
_ENDS = (".", ":", "?", "!", ";")


def set_apart(pages: Sequence[Page], title: str) -> tuple[Page, ...]:
    """The pages, the blocks of their title blocks as boilerplate.

    Looked for on the first three pages, and only where the title itself, or a line of it, is
    among the first dozen blocks; elsewhere, and where it is all there is, nothing changes. A
    heading such as "List of abbreviations" below the title ends it.
    """
    wanted = letters_of(title)
    done = (
        *(_page(page, wanted) for page in pages[:_FIRST_PAGES]),
        *pages[_FIRST_PAGES:],
    )
    left = any(block.kind is not BlockKind.BOILERPLATE for page in done for block in page.blocks)
    return done if left else tuple(pages)


def _page(page: Page, wanted: str) -> Page:
    """A page, its title block set apart. wanted: letters of the title."""
    end = _end(page, wanted)
    lines = [replace(block, kind=BlockKind.BOILERPLATE, level=0) for block in page.blocks[:end]]
    return replace(page, blocks=(*lines, *page.blocks[end:]))


def _end(page: Page, wanted: str) -> int:
    """How many blocks belong to the title block; 0 where there is none."""
    blocks = page.blocks
    first = next((i for i, block in enumerate(blocks) if _is_text(block)), len(blocks))
    above = blocks[: min(first, _FIRST_BLOCKS)]
    cover = page.number == 1 or first == len(blocks)
    named = [i for i, block in enumerate(above) if _names(block, wanted, cover=cover)]
    if not named:
        return 0
    if not cover:
        return named[-1] + 1
    below = range(named[-1] + 1, first)
    end = next((i for i in below if _opens_part(blocks[i])), first)
    if first == len(blocks):
        return min(end, len(above))
    end = min(end, named[-1] + 1 + _LINES_BELOW)
    # A heading right above the text is the heading of that text, unless it is the title.
    while end > named[-1] + 1 and blocks[end - 1].kind is BlockKind.HEADING:
        end -= 1
    return end


def _opens_part(block: Block) -> bool:
    """Whether a block is the heading of a foreword, a list of abbreviations or the like."""
    return block.kind is BlockKind.HEADING and is_named(block.text)


def _is_text(block: Block) -> bool:
    """Whether a block is more than a line of a title block."""
    if block.kind in {BlockKind.HEADING, BlockKind.BOILERPLATE}:
        return False
    plain = block.kind is BlockKind.PARAGRAPH
    return not plain or len(block.text) > _LONGEST_LINE or block.text.endswith(_ENDS)


def _names(block: Block, wanted: str, *, cover: bool) -> bool:
    """Whether a block is the title or, on a cover or a first page, a line of it."""
    letters = letters_of(block.text)
    part = cover and len(letters) >= _FEWEST_LETTERS and letters in wanted
    return bool(wanted) and (letters == wanted or part)
