"""Lines of a whole document become its pages of blocks.

Pure. The stages in order: furniture off, reading order, pieces, footnotes, headings, joining
over lines, columns and pages, and the marking of what is no substance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.engines.sheets import Bookmark, Rule
from ingest.figures.boxes import (
    Box,
    boxes_of,
    by_box,
    ending,
    in_order,
    is_frame,
    rest_of,
    start_of,
)
from ingest.figures.chart_labels import labels_together
from ingest.figures.chart_pieces import chart_pieces, with_captions_below
from ingest.figures.charts import Chart, charts_in, with_turned
from ingest.figures.key_figures import key_figures_in
from ingest.prose.addresses import within_columns
from ingest.prose.clean import Vocabulary, join
from ingest.prose.endnotes import endnotes_of, largest_print
from ingest.prose.footnotes import footnotes_of
from ingest.prose.furniture import without_furniture, without_ruled_heads, without_stamps
from ingest.prose.layout import Chain, chains_of, parted_by_rules, whole_lines
from ingest.prose.line_numbers import without_line_numbers
from ingest.prose.lines import Line
from ingest.prose.list_marks import item_text
from ingest.prose.margins import margins_of
from ingest.prose.paragraphs import Norms, Piece, norms_of, pieces_of
from ingest.prose.piece_text import text_of
from ingest.prose.printed_pages import printed_numbers
from ingest.prose.row_words import in_parts
from ingest.prose.text import letters_of
from ingest.records import Block, BlockKind, Health, Page
from ingest.structure.contents_page import joined_entries
from ingest.structure.heading_levels import endings, levels_of
from ingest.structure.headings import continued, is_sentence, run_over, said_again
from ingest.structure.junk import is_contents_entry, is_contents_heading, marked, without_leaders
from ingest.structure.note_places import with_marks
from ingest.structure.pull_quotes import without_pull_quotes
from ingest.structure.stitch import stitched
from ingest.structure.web_pages import with_dates_in_place
from ingest.tabular.captions import above_tables, with_their_tables
from ingest.tabular.page_ends import under_label_above, without_rest_of_row
from ingest.tabular.table_rows import Header, rows_of, same_columns
from ingest.tabular.table_search import tables_in
from ingest.tabular.tables import Table
from ingest.tabular.turned_names import with_turned_names

_HEADS = 3
_LEADING = (BlockKind.PARAGRAPH, BlockKind.LIST)
# Of the pages: more are not full by chance.
_FRAMED = 0.2


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
    printed = _uncounted(printed)
    readable = _unstamped([page for page in printed if page.health is Health.TEXT])
    bodies = without_furniture([page.lines for page in readable], [p.height for p in readable])
    norms = norms_of(bodies)
    heights = [page.height for page in readable]
    bodies = without_ruled_heads(bodies, [page.rules for page in readable], heights, norms.size)
    vocabulary = Vocabulary(line.text for lines in bodies for line in lines)
    pieces: list[Piece] = []
    notes: set[int] = set()
    counted = 0
    endnote_size = largest_print((line for lines in bodies for line in lines), norms)
    titles: defaultdict[int, set[str]] = defaultdict(set)
    for mark in outline:
        titles[mark.page].add(letters_of(mark.text))
    header: Header | None = None
    box: Box | None = None
    framed = _are_framed(readable, bodies)
    after = [*((page.rules, lines) for page, lines in zip(readable, bodies, strict=True)), ((), ())]
    for page, lines, next_page in zip(readable, bodies, after[1:], strict=True):
        boxes = [*boxes_of(page.rules, lines), *rest_of(box, page.rules, lines)]
        boxes += start_of(*next_page, page.rules, lines)
        box = ending(boxes, lines)
        layout = _laid_out(page, lines, boxes, framed)
        carried = header if _goes_on(layout, header) else None
        walls = header.walls if header is not None else ()
        found, header = _pieces(layout, page, norms, vocabulary, carried, titles[page.number])
        if walls:
            found = without_rest_of_row(pieces, found, vocabulary, walls)
            found = under_label_above(pieces, found)
        endnotes = endnotes_of(found, norms, counted, endnote_size)
        found, counted = endnotes or (found, 0)
        page_notes = set(range(len(found)))
        if not counted:
            found, page_notes = footnotes_of(found, norms, page.rules, page.height)
        notes.update(len(pieces) + index for index in page_notes)
        pieces.extend(found)
    pieces, notes = _without_side_heads(pieces, notes)
    blocks = _blocks(pieces, notes, norms, outline, vocabulary)
    last = printed[-1].number if printed else 0
    whole = labels_together(with_dates_in_place(marked(stitched(blocks, vocabulary), last)))
    pages = _paged(printed, without_pull_quotes(with_their_tables(whole)))
    return with_marks(pages, {page.number: page.lines for page in printed})


def _uncounted(printed: Sequence[Printed]) -> list[Printed]:
    kept = without_line_numbers([page.lines for page in printed])
    return [replace(page, lines=tuple(lines)) for page, lines in zip(printed, kept, strict=True)]


def _unstamped(printed: Sequence[Printed]) -> list[Printed]:
    asides = without_stamps([page.aside for page in printed])
    return [replace(page, aside=tuple(aside)) for page, aside in zip(printed, asides, strict=True)]


def _without_side_heads(pieces: Sequence[Piece], notes: set[int]) -> tuple[list[Piece], set[int]]:
    """The pieces less running heads in the margin: notes that say the same on three pages."""
    said = Counter(
        words for words, _ in {(_letters(piece), piece.page) for piece in pieces if piece.aside}
    )
    kept = [
        n for n, piece in enumerate(pieces) if not piece.aside or said[_letters(piece)] < _HEADS
    ]
    places = {old: new for new, old in enumerate(kept)}
    return [pieces[n] for n in kept], {places[n] for n in notes if n in places}


def _letters(piece: Piece) -> str:
    return letters_of("".join(line.text for line in piece.lines))


@dataclass(frozen=True, slots=True)
class _Part:
    """Text, a table or a chart; boxed: it stands in a frame or on a shaded panel."""

    content: Chain | Table | Chart
    boxed: bool = False


def _are_framed(pages: Sequence[Printed], bodies: Sequence[Sequence[Line]]) -> bool:
    """Whether a box around a page's text is how the document is set, not a panel."""
    frames = sum(
        any(is_frame(box, lines) for box in boxes_of(page.rules, lines))
        for page, lines in zip(pages, bodies, strict=True)
    )
    return frames > _FRAMED * len(pages)


def _laid_out(
    page: Printed, lines: Sequence[Line], boxes: Sequence[Box], framed: bool
) -> list[_Part]:
    """Chains of text and tables of a page, as a reader takes them.

    framed: boxes around all the text of a page mean nothing.
    """
    # A panel with rounded corners is no cell.
    cornered = [rule for rule in page.rules if not rule.rounded]
    charts, left = charts_in(lines, cornered)
    charts, aside = with_turned(charts, page.aside, page.width, page.height)
    numbers, left = key_figures_in(left)
    charts += numbers
    tables, rest = tables_in(within_columns(joined_entries(left)), cornered)
    tables, aside = with_turned_names(tables, aside, page.width, page.height)
    places: dict[Chain, Table | Chart] = {
        Chain(table.lines, table.x0, table.x1, table.top, table.bottom): table for table in tables
    }
    places |= {chart.place: chart for chart in charts}
    # A table may fill a box below its title; its own frame is none.
    boxes = [
        box for box in boxes if any(map(box.holds, rest)) and not (framed and is_frame(box, lines))
    ]
    captions = above_tables(rest, tables)
    named = {line for caption in captions for line in caption.lines}
    text = [line for line in rest if line not in named]
    whole = captions + [chain for part in by_box(text, boxes) for chain in chains_of(part)]
    chains = [part for chain in whole for part in parted_by_rules(chain, page.rules)]
    ordered = in_order([*chains, *places], boxes)
    parts = [_Part(places.get(chain, chain), boxed) for chain, boxed in ordered]
    return parts + [_Part(chain) for chain in chains_of(whole_lines(aside))]


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
            pieces += [
                Piece(part.lines[:1], page.number, column, row=row, boxed=boxed) for row in rows
            ]
        elif isinstance(part, Chart):
            pieces += chart_pieces(part, page.number, boxed=boxed)
            header = None
        else:
            found = pieces_of(part, page.number, norms, titles)
            found = [replace(piece, aside=part in margins, boxed=boxed) for piece in found]
            pieces += found
            # Notes at the foot do not part a table from its continuation.
            if any(piece.size > 0.95 * norms.size for piece in found):
                header = None
    return with_captions_below(pieces, vocabulary), header


def _goes_on(layout: Sequence[_Part], header: Header | None) -> bool:
    """Whether a page begins with more of the table that ended the page before."""
    first = layout[0].content if layout else None
    return isinstance(first, Table) and header is not None and same_columns(header, first)


def _blocks(
    pieces: Sequence[Piece],
    notes: set[int],
    norms: Norms,
    outline: Sequence[Bookmark],
    vocabulary: Vocabulary,
) -> list[tuple[Block, Piece]]:
    texts = [text_of(piece, vocabulary) for piece in pieces]
    body = [index for index in range(len(pieces)) if index not in notes]
    levels = levels_of([pieces[i] for i in body], [texts[i] for i in body], norms, outline)
    level_at = {body[index]: level for index, level in levels.items()}
    for index, first in continued(pieces, texts, level_at).items():
        texts[first] = f"{texts[first]} {texts[index]}"
        texts[index] = ""
    for index, first in run_over(pieces, texts, level_at, body).items():
        texts[first] = join(texts[first], texts[index], vocabulary)
        texts[index] = ""
        # The end that tells a bold sentence from a heading stood in the next column.
        if is_sentence(texts[first]):
            del level_at[first]
    for index, first in said_again(texts, level_at).items():
        texts[index], level_at[index] = texts[first], level_at[first]
    ends = endings(pieces, texts, level_at)
    blocks = []
    for index, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        for block in _block(piece, text, index in notes, level_at.get(index, 0)):
            leads = block.kind in _LEADING and piece.bold and piece.row is None
            whole = replace(block, boxed=piece.boxed, leads=leads, ends=leads * ends.get(index, 0))
            blocks.append((whole, piece))
    return blocks


def _block(piece: Piece, text: str, note: bool, level: int) -> list[Block]:
    if piece.row:
        parts = [(part.page or piece.page, *part.written()) for part in in_parts(piece.row)]
        kind = BlockKind.BOILERPLATE if piece.row.loose else BlockKind.TABLE
        return [Block(kind, words, page, 0, breaks) for page, words, breaks in parts]
    entries = sum(is_contents_entry(line.text) for line in piece.lines)
    listed = len(piece.lines) > 3 and is_contents_heading(piece.lines[0].text)
    if entries > 0.4 * len(piece.lines) or listed:
        lines = [line.text for line in piece.lines]
        return [Block(BlockKind.CONTENTS, without_leaders(line), piece.page) for line in lines]
    if note or piece.aside:
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
    numbers = printed_numbers(
        [page.lines for page in printed],
        [page.height for page in printed],
        [page.label for page in printed],
    )
    return tuple(
        Page(page.number, page.health, tuple(by_page[page.number]), page.label, number)
        for page, number in zip(printed, numbers, strict=True)
    )
