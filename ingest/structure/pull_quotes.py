"""Pull quotes: a sentence of the text that is set a second time, large, as an ornament.

Pure. Kept as text they become passages that rank beside the sentence they repeat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.records import Block, BlockKind

_FEWEST_WORDS = 8
# Characters; the longest of eleven in a report had 198.
_LONGEST = 250
_ENDS = re.compile(r"[.!?…][\"'”’»)]*$")
_WORD = re.compile(r"[^\W_]+")
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST})


def without_pull_quotes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, pull quotes among them as boilerplate beside the text.

    A pull quote is a paragraph outside boxes of at least eight words and at most 250 characters
    that ends as a sentence does, and of which every word stands, in a row, in a longer paragraph or
    list item outside boxes: on the same page, or one page on or back where that text runs over to
    or from it. That one stays as it is.
    """
    running = [block for block in blocks if block.kind in _RUNNING and not block.boxed]
    said = [part for block in running for part in _by_page(block)]
    return [
        replace(block, kind=BlockKind.BOILERPLATE, beside=True)
        if _may_be(block) and _is_repeated(block, said)
        else block
        for block in blocks
    ]


def _by_page(block: Block) -> list[tuple[set[int], str]]:
    """The words of a block on each of its pages, with the pages of the block that are at most one
    away.
    """
    starts = [(0, block.page), *block.page_breaks]
    ends = [*(at for at, _ in block.page_breaks), len(block.text)]
    return [
        ({near for _, near in starts if abs(near - page) <= 1}, _words(block.text[at:end]))
        for (at, page), end in zip(starts, ends, strict=True)
    ]


def _words(text: str) -> str:
    """The words of a text, each between blanks."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _may_be(block: Block) -> bool:
    """Whether a block by itself looks like a pull quote."""
    short = block.kind is BlockKind.PARAGRAPH and len(block.text) <= _LONGEST
    return short and not block.boxed and _ENDS.search(block.text) is not None


def _is_repeated(block: Block, said: Sequence[tuple[set[int], str]]) -> bool:
    """Whether a longer text on the page of a block, or near, has all its words in a row."""
    words = _words(block.text)
    return words.count(" ") > _FEWEST_WORDS and any(
        block.page in pages and len(other) > len(words) and words in other for pages, other in said
    )
