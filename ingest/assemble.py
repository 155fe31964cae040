"""Lines of a whole document become its pages of blocks.

Pure. The stages in order: furniture off, reading order, pieces, footnotes, headings, joining
over lines, columns and pages, and the marking of what is no substance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.boxes import boxes_of, by_box, in_order
from ingest.chart_labels import labels_together
from ingest.clean import Vocabulary, closed_up, join
from ingest.footnotes import footnotes_of
from ingest.furniture import without_furniture
from ingest.headings import continued, levels_of, run_over
from ingest.junk import is_contents_entry, is_contents_heading, marked, without_leaders
from ingest.layout import (
    Chain,
    chains_of,
    joined_entries,
    margins_of,
    whole_lines,
)
from ingest.lines import Line
from ingest.paragraphs import Norms, Piece, item_text, letters_of, norms_of, pieces_of
from ingest.records import Block, BlockKind, Health, Page
from ingest.row_words import goes_on, joined
from ingest.sheets import Bookmark, Rule
from ingest.stitch import stitched
from ingest.table_rows import Header, rows_of, same_columns
from ingest.table_search import tables_in
from ingest.tables import Table


@dataclass(frozen=True, slots=True)
class Printed:
    """A page with its words made into lines.

    aside: lines that run in another direction. width, height: points.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    aside: tuple[Line, ...] = ()
    rules: tuple[Rule, ...] = ()
    health: Health = Health.TEXT
    label: str = ""


def pages_of(printed: Sequence[Printed], outline: Sequence[Bookmark]) -> tuple[Page, ...]:
    """The pages with their blocks; pages that are not text keep none."""
    readable = [page for page in printed if page.health is Health.TEXT]
    bodies = without_furniture([page.lines for page in readable], [p.height for p in readable])
    norms = norms_of(bodies)
    vocabulary = Vocabulary(line.text for lines in bodies for line in lines)
    pieces: list[Piece] = []
    notes: set[int] = set()
    titles: defaultdict[int, set[str]] = defaultdict(set)
    for mark in outline:
        titles[mark.page].add(letters_of(mark.text))
    header: Header | None = None
    for page, lines in zip(readable, bodies, strict=True):
        layout = _laid_out(page, lines)
        carried = header if _goes_on(layout, header) else None
        found, header = _pieces(layout, page, norms, vocabulary, carried, titles[page.number])
        if carried is not None:
            found = _rest_of_row_joined(pieces, found, vocabulary)
        found, page_notes = footnotes_of(found, norms, page.rules, page.height)
        notes.update(len(pieces) + index for index in page_notes)
        pieces.extend(found)
    blocks = _blocks(pieces, notes, norms, outline, vocabulary)
    last = printed[-1].number if printed else 0
    return _paged(printed, labels_together(marked(stitched(blocks, vocabulary), last)))


@dataclass(frozen=True, slots=True)
class _Part:
    """A chain of text or a table; boxed: it stands in a frame or on a shaded panel."""

    content: Chain | Table
    boxed: bool = False


def _laid_out(page: Printed, lines: Sequence[Line]) -> list[_Part]:
    """Chains of text and tables of a page, as a reader takes them."""
    tables, rest = tables_in(joined_entries(lines), page.rules)
    places = {
        Chain(table.lines, table.x0, table.x1, table.top, table.bottom): table for table in tables
    }
    boxes = boxes_of(page.rules, rest)
    chains = [chain for part in by_box(rest, boxes) for chain in chains_of(part)]
    ordered = in_order([*chains, *places], boxes)
    parts = [_Part(places.get(chain, chain), boxed) for chain, boxed in ordered]
    return parts + [_Part(chain) for chain in chains_of(whole_lines(page.aside))]


def _pieces(
    layout: Sequence[_Part],
    page: Printed,
    norms: Norms,
    vocabulary: Vocabulary,
    header: Header | None,
    titles: Collection[str],
) -> tuple[list[Piece], Header | None]:
    """The page's pieces in reading order, and the header of the table that ends the page.

    header: of the table that the page goes on with. titles: letters of the page's headings.
    """
    pieces: list[Piece] = []
    margins = margins_of([p.content for p in layout if isinstance(p.content, Chain)])
    for place, (part, boxed) in enumerate((p.content, p.boxed) for p in layout):
        if isinstance(part, Table):
            rows, header = rows_of(part, vocabulary, None if place else header, page.number)
            column = (part.x0, part.x1)
            pieces += [Piece(part.lines[:1], page.number, column, row=row) for row in rows]
        else:
            found = pieces_of(part, page.number, norms, titles)
            found = [replace(piece, aside=part in margins, boxed=boxed) for piece in found]
            pieces += found
            # Notes at the foot do not part a table from its continuation.
            if any(piece.size > 0.95 * norms.size for piece in found):
                header = None
    return pieces, header


def _goes_on(layout: Sequence[_Part], header: Header | None) -> bool:
    """Whether a page begins with more of the table that ended the page before."""
    first = layout[0].content if layout else None
    return isinstance(first, Table) and header is not None and same_columns(header, first)


def _rest_of_row_joined(
    before: list[Piece], found: list[Piece], vocabulary: Vocabulary
) -> list[Piece]:
    """The page's pieces less the rest of a row, which goes to its beginning, in `before`."""
    last = next((n for n in range(len(before) - 1, -1, -1) if before[n].row), None)
    above = before[last].row if last is not None else None
    below = found[0].row if found else None
    if last is None or above is None or below is None or not goes_on(above, below):
        return found
    before[last] = replace(before[last], row=joined(above, below, vocabulary))
    return found[1:]


def _blocks(
    pieces: Sequence[Piece],
    notes: set[int],
    norms: Norms,
    outline: Sequence[Bookmark],
    vocabulary: Vocabulary,
) -> list[tuple[Block, Piece]]:
    texts = [_text(piece, vocabulary) for piece in pieces]
    body = [index for index in range(len(pieces)) if index not in notes]
    levels = levels_of([pieces[i] for i in body], [texts[i] for i in body], norms, outline)
    level_at = {body[index]: level for index, level in levels.items()}
    for index, first in continued(pieces, texts, level_at).items():
        texts[first] = f"{texts[first]} {texts[index]}"
        texts[index] = ""
    for index, first in run_over(pieces, texts, level_at, body).items():
        texts[first] = join(texts[first], texts[index], vocabulary)
        texts[index] = ""
    blocks = []
    for index, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        for block in _block(piece, text, index in notes, level_at.get(index, 0)):
            blocks.append((block, piece))
    return blocks


def _text(piece: Piece, vocabulary: Vocabulary) -> str:
    text = ""
    if piece.row:
        return piece.row.text
    for line in piece.lines:
        text = join(text, line.text, vocabulary)
    text = closed_up(text)
    return text.replace("\u00ad", "") if not text.endswith("\u00ad") else text


def _block(piece: Piece, text: str, note: bool, level: int) -> list[Block]:
    if piece.row:
        words, breaks = piece.row.written()
        return [Block(BlockKind.TABLE, words, piece.page, page_breaks=breaks)]
    entries = sum(is_contents_entry(line.text) for line in piece.lines)
    listed = len(piece.lines) > 3 and is_contents_heading(piece.lines[0].text)
    if entries > 0.4 * len(piece.lines) or listed:
        lines = [line.text for line in piece.lines]
        return [Block(BlockKind.CONTENTS, without_leaders(line), piece.page) for line in lines]
    if note:
        return [Block(BlockKind.FOOTNOTE, text, piece.page)]
    if level:
        return [Block(BlockKind.HEADING, text, piece.page, level)]
    if piece.list_item:
        return [Block(BlockKind.LIST, item_text(text), piece.page)]
    return [Block(BlockKind.PARAGRAPH, text, piece.page)]


def _paged(printed: Sequence[Printed], blocks: Sequence[Block]) -> tuple[Page, ...]:
    by_page: dict[int, list[Block]] = {page.number: [] for page in printed}
    for block in blocks:
        text = block.text.replace("\u00ad", "").strip()
        if text:
            by_page[block.page].append(replace(block, text=text))
    return tuple(
        Page(page.number, page.health, tuple(by_page[page.number]), page.label) for page in printed
    )
