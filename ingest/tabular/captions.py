"""A table's caption goes with its rows: alone it answers nothing, and without it they may say too
little.

Pure. Of 60 starter documents 31 captions were passages of their own, and came up for questions
that the rows below them answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.prose.layout import Chain, chain_of
from ingest.prose.lines import Line
from ingest.records import Block, BlockKind
from ingest.tabular.tables import Table

# Characters of a caption.
_LONGEST = 200
_NAMED = re.compile(
    r"^(?:table|tableau|tabelle|tabla|tabella|tabela|tabel|cuadro|quadro|tab\.|"
    r"figure|abbildung|figura|figuur|gráfico)\s*(?:[A-Z][-.–]?)?\d+(?P<mark>\s*[.:–—])?",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?][\"”’»)\]]*$")
# Parts of the font size: how far below a caption the table begins, two lines of it stand apart,
# and a heading stands above it.
_DISTANCE = 2.5
_STEP = 1.6
_HEADING_STEP = 3.5
# A heading above a caption is so much bigger.
_BIGGER = 1.1
# Lines of a caption.
_MOST_LINES = 3
# Part of the font size: lines on one baseline are nearer.
_LEVEL = 0.3
# Points by which a caption may stand out of its table.
_OUTSIDE = 6.0


def is_caption(line: Line) -> bool:
    """Whether a line begins as the caption of a table does: "Table 3: "."""
    found = _NAMED.match(line.text)
    return found is not None and found["mark"] is not None


def above_tables(lines: Sequence[Line], tables: Sequence[Table]) -> list[Chain]:
    """The captions right above the tables of a page with their headings, as wide as the tables.

    With the width of its table a caption is read after all columns that end above the table, even
    if it stands below only one of them. Of two tables close below one caption the upper has it.
    """
    found: dict[Line, Chain] = {}
    for table in sorted(tables, key=lambda table: table.top):
        if caption := _lines_above(lines, table):
            whole = replace(chain_of(caption), x0=table.x0, x1=table.x1)
            found.setdefault(caption[-1], whole)
    return list(found.values())


def _lines_above(lines: Sequence[Line], table: Table) -> list[Line]:
    """The lines of a table's caption and of the headings over it, from the top; empty if none."""
    over = [
        line
        for line in lines
        if line.bottom <= table.top + 1.0 and min(line.x1, table.x1) - max(line.x0, table.x0) > 1.0
    ]
    over.sort(key=lambda line: -line.base)
    caption = _caption_of(table, over)
    return [*_headings(caption, over[len(caption) :]), *caption] if caption else []


def _caption_of(table: Table, over: Sequence[Line]) -> list[Line]:
    """The lines of the caption, if there is one and nothing stands beside it.

    over: the lines above the table, the lowest first.
    """
    caption: list[Line] = []
    for line in over[:_MOST_LINES]:
        if caption:
            near = _LEVEL * line.size < caption[0].base - line.base < _STEP * line.size
        else:
            near = table.top - line.bottom < _DISTANCE * line.size
        within = table.x0 - _OUTSIDE <= line.x0 and line.x1 <= table.x1 + _OUTSIDE
        if not near or not within:
            return []
        caption.insert(0, line)
        if _NAMED.match(line.text):
            return caption if _is_named(" ".join(one.text for one in caption)) else []
    return []


def _headings(caption: Sequence[Line], over: Sequence[Line]) -> list[Line]:
    """The bigger bold lines right above a caption. over: those above it, the lowest first."""
    found: list[Line] = []
    for line in over:
        step = (found or caption)[0].base - line.base
        bigger = line.bold and line.size > _BIGGER * caption[0].size
        if not bigger or not _LEVEL * line.size < step < _HEADING_STEP * line.size:
            break
        found.insert(0, line)
    return found


def with_their_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, a caption that stands right above a table being of the table's kind."""
    return [
        replace(block, kind=BlockKind.TABLE) if _is_caption(block, after) else block
        for block, after in zip(blocks, [*blocks[1:], None], strict=False)
    ]


def _is_caption(block: Block, after: Block | None) -> bool:
    if after is None or after.kind is not BlockKind.TABLE or after.page != block.page:
        return False
    return block.kind is BlockKind.PARAGRAPH and _is_named(block.text)


def _is_named(text: str) -> bool:
    """Whether a text is a caption: "Table 3. What was seen.", not "Table 3 shows that it is."."""
    named = _NAMED.match(text)
    short = len(text) <= _LONGEST
    return short and named is not None and bool(named["mark"] or not _ENDED.search(text))
