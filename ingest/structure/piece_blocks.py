"""The pieces of a document become its blocks: headings with their levels, items, rows, notes.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.engines.sheets import Bookmark
from ingest.prose.clean import Vocabulary, join
from ingest.prose.list_marks import item_text
from ingest.prose.paragraphs import Norms, Piece
from ingest.prose.piece_text import text_of
from ingest.prose.row_words import in_parts
from ingest.records import Block, BlockKind
from ingest.structure.heading_levels import endings, levels_of
from ingest.structure.headings import continued, is_sentence, run_over, said_again
from ingest.structure.junk import is_contents_entry, is_contents_heading, without_leaders

_LEADING = (BlockKind.PARAGRAPH, BlockKind.LIST)
# Part of a piece's lines that are entries of a contents page.
_ENTRIES = 0.4


def blocks_of(
    pieces: Sequence[Piece], norms: Norms, outline: Sequence[Bookmark], vocabulary: Vocabulary
) -> list[tuple[Block, Piece]]:
    """The blocks of a document, each with the piece that it was made of.

    pieces: of all pages, in reading order. outline: of the PDF.
    """
    texts = [text_of(piece, vocabulary) for piece in pieces]
    levels = _levels_of_body(pieces, texts, norms, outline)
    texts, levels = _with_whole_headings(pieces, texts, levels, vocabulary)
    ends = endings(pieces, texts, levels)
    blocks = []
    for index, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        for block in _blocks_from(piece, text, levels.get(index, 0)):
            leads = block.kind in _LEADING and piece.bold and piece.row is None
            end = ends.get(index, 0) if leads else 0
            blocks.append((replace(block, boxed=piece.boxed, leads=leads, ends=end), piece))
    return blocks


def _levels_of_body(
    pieces: Sequence[Piece], texts: Sequence[str], norms: Norms, outline: Sequence[Bookmark]
) -> dict[int, int]:
    """The levels of the pieces that are headings, by their places; notes are none."""
    body = _body(pieces)
    own_texts = [texts[place] for place in body]
    levels = levels_of([pieces[place] for place in body], own_texts, norms, outline)
    return {body[place]: level for place, level in levels.items()}


def _body(pieces: Sequence[Piece]) -> list[int]:
    """The places of the pieces that are no notes."""
    return [place for place, piece in enumerate(pieces) if not piece.note]


def _with_whole_headings(
    pieces: Sequence[Piece],
    texts: Sequence[str],
    levels: Mapping[int, int],
    vocabulary: Vocabulary,
) -> tuple[list[str], dict[int, int]]:
    """The texts and levels of the pieces, each heading whole in its first piece.

    The other pieces of a heading have no text.
    """
    done, ranks = list(texts), dict(levels)
    for rest, first in continued(pieces, done, ranks).items():
        done[first] = f"{done[first]} {done[rest]}"
        done[rest] = ""
    for rest, first in run_over(pieces, done, ranks, _body(pieces)).items():
        done[first] = join(done[first], done[rest], vocabulary)
        done[rest] = ""
        # The end that tells a bold sentence from a heading stood in the next column.
        if is_sentence(done[first]):
            del ranks[first]
    for again, first in said_again(done, ranks).items():
        done[again], ranks[again] = done[first], ranks[first]
    return done, ranks


def _blocks_from(piece: Piece, text: str, level: int) -> list[Block]:
    """A piece as blocks: several of a contents page or a long row, one of all else.

    level: of a heading; 0 of what is none.
    """
    if piece.row:
        kind = BlockKind.BOILERPLATE if piece.row.loose else BlockKind.TABLE
        parts = [(part.page or piece.page, *part.written()) for part in in_parts(piece.row)]
        return [Block(kind, words, page, page_breaks=breaks) for page, words, breaks in parts]
    lines = [line.text for line in piece.lines]
    listed = len(lines) > 3 and is_contents_heading(lines[0])
    if listed or sum(map(is_contents_entry, lines)) > _ENTRIES * len(lines):
        return [Block(BlockKind.CONTENTS, without_leaders(line), piece.page) for line in lines]
    if piece.note or piece.aside:
        return [Block(BlockKind.FOOTNOTE, text, piece.page)]
    if level:
        return [Block(BlockKind.HEADING, text, piece.page, level)]
    if piece.list_item:
        return [Block(BlockKind.LIST, item_text(text), piece.page)]
    return [Block(BlockKind.PARAGRAPH, text, piece.page)]
