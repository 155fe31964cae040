"""Labels of a chart, a map or a diagram: put together with their caption, apart from the text.

Pure. Five short blocks and more in a row that end no sentence are such labels, or a list of
names that reads as well in one line: all 14 runs of 13 public reports were, and the starter
documents have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.records import Block, BlockKind

_FEWEST = 5
_FEWEST_PLAIN = 3
_LONGEST = 45
_LONGEST_CAPTION = 200
_ENDED = re.compile(r"[.!?:;…,][\"”’»)\]]*$")
_CAPTION = re.compile(
    r"^(?:figure|fig\.|chart|graph|map|abbildung|graphique|carte|gráfico|mapa)\s*\d", re.IGNORECASE
)


def labels_together(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, runs of labels each as one block of the kind of a table's rows.

    A heading within a run is a label too; one that ends the run opens the text after it.
    """
    done: list[Block] = []
    for run in _runs(blocks):
        end = len(run)
        while end and run[end - 1].kind is BlockKind.HEADING:
            end -= 1
        labels, after = run[:end], run[end:]
        plain = sum(block.kind is BlockKind.PARAGRAPH for block in labels)
        if len(labels) < _FEWEST or plain < _FEWEST_PLAIN:
            done += run
            continue
        if done and _is_caption(done[-1], labels[0].page):
            labels.insert(0, done.pop())
        text = "; ".join(block.text for block in labels)
        done.append(replace(labels[0], kind=BlockKind.TABLE, level=0, text=text))
        done += after
    return done


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Short blocks of a page that follow each other, together; every other block alone."""
    run: list[Block] = []
    for block in blocks:
        if run and (not _is_short(block) or block.page != run[-1].page):
            yield run
            run = []
        if _is_short(block):
            run.append(block)
        else:
            yield [block]
    if run:
        yield run


def _is_short(block: Block) -> bool:
    return (
        block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        and len(block.text) <= _LONGEST
        and not block.page_breaks
        and not _ENDED.search(block.text)
    )


def _is_caption(block: Block, page: int) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and block.page == page
        and len(block.text) <= _LONGEST_CAPTION
        and bool(_CAPTION.match(block.text))
    )
