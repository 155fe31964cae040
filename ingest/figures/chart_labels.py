"""Labels of a chart, a map or a diagram: put together with their caption, apart from the text.

Pure. Five short blocks or more in a row that end no sentence are such labels, or a list of names
that reads as well in one line. Under a caption three are enough, and some may be longer. Figures
stay with them where each stands next to its label. A scale, or the values of a pie chart before
its legend, are put apart: beside a label they would seem to be its value.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.records import Block, BlockKind

# Labels in a row without a caption, of which so many are paragraphs or numbers; under a caption;
# and where they are all that stands on a page below a caption.
_FEWEST = 5
_FEWEST_PLAIN = 3
_FEWEST_CAPTIONED = 3
_FEWEST_ON_PAGE = 8
# Characters: of a label, of one under a caption, of a line that is no text, of a caption.
_LONGEST = 45
_LONGEST_CAPTIONED = 220
_LONGEST_LINE = 90
_LONGEST_CAPTION = 200
# More headings in a row are the boxes of a diagram.
_MOST_HEADINGS = 2
_ENDED = re.compile(r"(?<!\betc)[.!?:;…,。][\"”’»)\]]*$", re.IGNORECASE)
_CAPTION = re.compile(
    r"^(?:figure|fig\.|chart|graph|map|abbildung|graphique|carte|gráfico|mapa)\s*\d", re.IGNORECASE
)

_YEARS = re.compile(r"(?:(?:19|20)\d\d[; ]*)+")
_HEADING = BlockKind.HEADING
_WORDS = {BlockKind.PARAGRAPH, BlockKind.LIST}
# A number alone is marked as boilerplate.
_PLAIN = {BlockKind.PARAGRAPH, BlockKind.BOILERPLATE}


def labels_together(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, runs of labels each as one block of the kind of a table's rows.

    A heading within a run is a label too; one that ends the run opens the text after it. Figures
    of a captioned chart that belong to no label are boilerplate after it.
    """
    done: list[Block] = []
    place = 0
    while place < len(blocks):
        captioned = bool(done) and _is_caption(done[-1], blocks[place].page)
        labels = _under_caption(blocks, place) if captioned else _without_caption(blocks, place)
        if not labels:
            done.append(blocks[place])
            place += 1
            continue
        place += len(labels)
        if captioned:
            loose = _loose_figures(labels)
            own = [label for label in labels if label not in loose]
            done.append(_together([done.pop(), *own], BlockKind.TABLE))
            done += [_together(loose, BlockKind.BOILERPLATE)] if loose else []
            continue
        if _is_caption_of(blocks, place, labels[0].page):
            labels.insert(0, blocks[place])
            place += 1
        done.append(_together(labels, BlockKind.TABLE))
    return done


def _together(blocks: Sequence[Block], kind: BlockKind) -> Block:
    text = "; ".join(block.text.removeprefix("- ") for block in blocks)
    return replace(blocks[0], kind=kind, level=0, text=text)


def _loose_figures(labels: Sequence[Block]) -> list[Block]:
    """The figures under a caption that belong to no label.

    Where one figure follows another it is open whose they are, and all are loose. Elsewhere only
    those are that stand several in a block, as a scale does; those of a row are parted by ";".
    """
    figures = [block for block in labels if _is_figures(block.text)]
    scales = [block for block in figures if " " in block.text.replace("; ", "")]
    parts = [part for block in labels if block not in scales for part in block.text.split("; ")]
    in_turn = not any(_is_figures(a) and _is_figures(b) for a, b in itertools.pairwise(parts))
    return scales if in_turn else figures


def _is_figures(text: str) -> bool:
    """Whether a text has figures only, and others than years."""
    return not any(map(str.isalpha, text)) and not _YEARS.fullmatch(text)


def _without_caption(blocks: Sequence[Block], start: int) -> list[Block]:
    """The labels that begin at `start`; none where too few do, and none on a cover."""
    page = blocks[start].page
    if (page == 1 and _is_cover(blocks)) or (
        _is_caption(blocks[start], page) and _under_caption(blocks, start + 1)
    ):
        return []
    run = _run_of_labels(blocks, start, _LONGEST)
    plain = sum(block.kind in _PLAIN for block in run)
    return run if len(run) >= _FEWEST and plain >= _FEWEST_PLAIN else []


def _is_cover(blocks: Sequence[Block]) -> bool:
    """Whether nothing on the first of several pages is text: what stands there names the paper."""
    first = itertools.takewhile(lambda block: block.page == 1, blocks)
    names = all(len(b.text) <= _LONGEST_LINE and not _ENDED.search(b.text) for b in first)
    return names and blocks[-1].page > 1


def _under_caption(blocks: Sequence[Block], start: int) -> list[Block]:
    """The labels that begin at `start`, below a caption; at least half of them are short."""
    if start == len(blocks):
        return []
    whole = _page_of_labels(blocks, start)
    if whole:
        return whole
    run = _run_of_labels(blocks, start, _LONGEST_CAPTIONED)
    items = sum(block.kind is BlockKind.LIST and not block.boxed for block in run)
    short = sum(len(block.text) <= _LONGEST for block in run)
    enough = len(run) >= _FEWEST_CAPTIONED or any(_is_number(block) for block in run)
    return run if enough and 2 * items <= len(run) <= 2 * short else []


def _page_of_labels(blocks: Sequence[Block], start: int) -> list[Block]:
    """All that follows a caption on its page, where none of it is a sentence: a diagram."""
    rest = list(itertools.takewhile(lambda b: b.page == blocks[start].page, blocks[start:]))
    short = all(len(b.text) <= _LONGEST_LINE and not _ENDED.search(b.text) for b in rest)
    return rest if short and len(rest) >= _FEWEST_ON_PAGE else []


def _run_of_labels(blocks: Sequence[Block], start: int, longest: int) -> list[Block]:
    """Labels of one page from `start` on, less one or two headings that end the run.

    longest: of a label, in characters.
    """
    run: list[Block] = []
    for block in blocks[start:]:
        opens_box = run and block.kind is _HEADING and block.boxed > run[-1].boxed
        elsewhere = block.page != blocks[start].page or opens_box
        names_other = run and _is_caption(block, block.page)
        if elsewhere or names_other or not _is_label(block, longest):
            break
        run.append(block)
    last = next((n for n, b in enumerate(run[::-1]) if b.boxed or b.kind is not _HEADING), len(run))
    return run[: len(run) - last] if last <= _MOST_HEADINGS else run


def _is_label(block: Block, longest: int) -> bool:
    """Whether a block may be a label. longest: characters of one; more under a caption."""
    if len(block.text) > longest or block.page_breaks:
        return False
    if block.kind is _HEADING:
        return True
    if longest > _LONGEST and _is_label_of_captioned(block):
        return True
    return _is_number(block) or (block.kind in _WORDS and not _ENDED.search(block.text))


def _is_label_of_captioned(block: Block) -> bool:
    """An entry of a legend, the name of a group, or labels that were taken for a table's row."""
    short = len(block.text) <= _LONGEST
    row = block.kind is BlockKind.TABLE and short and ": " not in block.text
    group = block.kind is BlockKind.PARAGRAPH and short and block.text.endswith(":")
    return row or group or (block.kind is BlockKind.LIST and block.boxed)


def _is_number(block: Block) -> bool:
    """Whether a block is a number alone, which was marked as boilerplate."""
    return block.kind is BlockKind.BOILERPLATE and not any(map(str.isalpha, block.text))


def _is_caption_of(blocks: Sequence[Block], place: int, page: int) -> bool:
    """Whether the block behind labels is their caption, and not that of labels below it."""
    own = place < len(blocks) and _is_caption(blocks[place], page)
    return own and not _under_caption(blocks, place + 1)


def _is_caption(block: Block, page: int) -> bool:
    """Whether a block is the caption of a figure, on a given page."""
    return (
        block.kind is BlockKind.PARAGRAPH
        and block.page == page
        and len(block.text) <= _LONGEST_CAPTION
        and bool(_CAPTION.match(block.text))
    )
