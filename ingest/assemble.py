"""Lines of a whole document become its pages of blocks.

Pure. `pages_of` says the order of the steps, and `_pieces_of` those of a page. A page's lines lose
what repeats on other pages; boxes, charts, tables and columns of text are told apart and put into
reading order; each becomes pieces, a piece being the lines of one paragraph, item, heading or
table row; notes are told from text. The pieces of all pages then become blocks: headings get their
levels, paragraphs are joined over columns and pages, and what is no substance is marked.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.engines.sheets import Bookmark, Rule
from ingest.figures.boxes import (
    Box,
    boxes_of,
    ending,
    in_columns,
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
from ingest.prose.clean import Vocabulary
from ingest.prose.endnotes import endnotes_of, largest_print
from ingest.prose.footnotes import footnotes_of
from ingest.prose.furniture import without_furniture, without_stamps
from ingest.prose.layout import Chain, chains_of, parted_by_rules, whole_lines
from ingest.prose.line_numbers import without_line_numbers
from ingest.prose.lines import Line
from ingest.prose.margins import margins_of
from ingest.prose.paragraphs import Norms, Piece, norms_of, pieces_of
from ingest.prose.printed_pages import printed_numbers
from ingest.prose.ruled_heads import without_ruled_heads
from ingest.prose.sentences import SENTENCE_END
from ingest.prose.text import letters_of
from ingest.records import Block, Health, Page
from ingest.structure.contents_page import joined_entries
from ingest.structure.junk import marked
from ingest.structure.note_places import with_marks
from ingest.structure.piece_blocks import blocks_of
from ingest.structure.pull_quotes import without_pull_quotes
from ingest.structure.stitch import stitched
from ingest.structure.web_pages import with_dates_in_place
from ingest.tabular.captions import above_tables, with_their_tables
from ingest.tabular.page_ends import under_label_above, without_rest_of_row
from ingest.tabular.table_rows import Header, rows_of, same_columns
from ingest.tabular.table_search import tables_in
from ingest.tabular.tables import Table
from ingest.tabular.turned_names import with_turned_names

# Pages on which a note in the margin says the same, as a running head does.
_HEADS = 3
# Of the size of the text: what is larger in the margin may be a heading.
_LARGER = 1.12
# Of the pages: more are not full by chance.
_FRAMED = 0.2
# Of the size of the text; notes at the foot of a page are set smaller.
_TEXT_SIZE = 0.95


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


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all pages of a document say about how each of them is set.

    outlined: by page, the letters of the headings that the outline says stand there.
    largest_note: size of endnotes at most, points.
    framed: most pages stand in a frame, which therefore is no box.
    """

    norms: Norms
    vocabulary: Vocabulary
    outlined: Mapping[int, Collection[str]]
    largest_note: float
    framed: bool


def pages_of(printed: Sequence[Printed], outline: Sequence[Bookmark]) -> tuple[Page, ...]:
    """The pages with their blocks; pages that are not text keep none."""
    printed = _without_line_numbers(printed)
    text = [page for page in printed if page.health is Health.TEXT]
    text, norms = _without_furniture(_without_stamps(text))
    setting = _setting_of(text, norms, outline)
    pieces = _with_side_headings(_without_side_heads(_pieces_of(text, setting)), norms.size)
    blocks = stitched(blocks_of(pieces, norms, outline, setting.vocabulary), setting.vocabulary)
    blocks = marked(blocks, last_page=printed[-1].number if printed else 0)
    blocks = with_dates_in_place(blocks)
    blocks = labels_together(blocks)
    blocks = with_their_tables(blocks)
    blocks = without_pull_quotes(blocks)
    return with_marks(_paged(printed, blocks), {page.number: page.lines for page in printed})


def _without_line_numbers(pages: Sequence[Printed]) -> list[Printed]:
    kept = without_line_numbers([page.lines for page in pages])
    return [replace(page, lines=tuple(lines)) for page, lines in zip(pages, kept, strict=True)]


def _without_stamps(pages: Sequence[Printed]) -> list[Printed]:
    kept = without_stamps([page.aside for page in pages])
    return [replace(page, aside=tuple(aside)) for page, aside in zip(pages, kept, strict=True)]


def _without_furniture(pages: Sequence[Printed]) -> tuple[list[Printed], Norms]:
    """The pages less what repeats at their edges, and what is usual in the text that is left."""
    heights = [page.height for page in pages]
    kept = without_furniture([page.lines for page in pages], heights)
    norms = norms_of(kept)
    kept = without_ruled_heads(kept, [page.rules for page in pages], heights, norms.size)
    bare = [replace(page, lines=tuple(lines)) for page, lines in zip(pages, kept, strict=True)]
    return bare, norms


def _setting_of(pages: Sequence[Printed], norms: Norms, outline: Sequence[Bookmark]) -> _Setting:
    """What the pages say together. pages: those with text, without furniture."""
    lines = [line for page in pages for line in page.lines]
    outlined: defaultdict[int, set[str]] = defaultdict(set)
    for mark in outline:
        outlined[mark.page].add(letters_of(mark.text))
    return _Setting(
        norms=norms,
        vocabulary=Vocabulary(line.text for line in lines),
        outlined=dict(outlined),
        largest_note=largest_print(lines, norms),
        framed=_are_framed(pages),
    )


def _are_framed(pages: Sequence[Printed]) -> bool:
    """Whether a box around a page's text is how the document is set, not a panel."""
    frames = sum(
        any(is_frame(box, page.lines) for box in boxes_of(page.rules, page.lines)) for page in pages
    )
    return frames > _FRAMED * len(pages)


def _pieces_of(pages: Sequence[Printed], setting: _Setting) -> list[Piece]:
    """The pieces of all pages in reading order, notes marked.

    A table, a box and a count of endnotes may go on over a page end; so each page is read with
    what the page before left open.
    """
    pieces: list[Piece] = []
    header: Header | None = None
    box: Box | None = None
    endnotes = 0
    for page, after in itertools.zip_longest(pages, pages[1:]):
        boxes = _boxes_on(page, box, after)
        box = ending(boxes, page.lines)
        layout = _laid_out(page, boxes, framed=setting.framed)
        layout = layout if header is None else _table_first(layout)
        walls = header.walls if header is not None else ()
        carried = header if _goes_on(layout, header) else None
        found, header = _pieces_on(page, layout, setting, carried)
        if walls:
            found = without_rest_of_row(pieces, found, setting.vocabulary, walls)
            found = under_label_above(pieces, found)
        found, endnotes = _with_notes(found, page, setting, endnotes)
        pieces += found
    return pieces


def _boxes_on(page: Printed, before: Box | None, after: Printed | None) -> list[Box]:
    """The boxes of a page, with the rest of one from the page before and the start of one that the
    page after goes on with.
    """
    boxes = [*boxes_of(page.rules, page.lines), *rest_of(before, page.rules, page.lines)]
    if after is not None:
        boxes += start_of(after.rules, after.lines, page.rules, page.lines)
    return boxes


@dataclass(frozen=True, slots=True)
class _Part:
    """Text, a table or a chart; boxed: it stands in a frame or on a shaded panel."""

    content: Chain | Table | Chart
    boxed: bool = False


def _laid_out(page: Printed, boxes: Sequence[Box], *, framed: bool) -> list[_Part]:
    """The parts of a page as a reader takes them: charts and tables first taken out of its lines,
    the rest in columns, and all of it in reading order.

    framed: boxes around all the text of a page mean nothing.
    """
    # A panel with rounded corners is no cell.
    cornered = [rule for rule in page.rules if not rule.rounded]
    charts, left = charts_in(page.lines, cornered)
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
        box
        for box in boxes
        if any(map(box.holds, rest)) and not (framed and is_frame(box, page.lines))
    ]
    captions = above_tables(rest, tables)
    named = {line for caption in captions for line in caption.lines}
    text = [line for line in rest if line not in named]
    whole = captions + in_columns(text, boxes, [*places])
    chains = [part for chain in whole for part in parted_by_rules(chain, page.rules)]
    ordered = in_order([*chains, *places], boxes)
    parts = [_Part(places.get(chain, chain), boxed) for chain, boxed in ordered]
    return parts + [_Part(chain) for chain in chains_of(whole_lines(aside))]


def _table_first(layout: list[_Part]) -> list[_Part]:
    """The parts of a page, a table before the notes in the margin left of it that open the page."""
    margins = margins_of([part.content for part in layout if isinstance(part.content, Chain)])
    place = next((n for n, part in enumerate(layout) if part.content not in margins), 0)
    if not isinstance(layout[place].content if layout else None, Table):
        return layout
    return [layout[place], *layout[:place], *layout[place + 1 :]]


def _goes_on(layout: Sequence[_Part], header: Header | None) -> bool:
    """Whether a page begins with more of the table that ended the page before."""
    first = layout[0].content if layout else None
    return isinstance(first, Table) and header is not None and same_columns(header, first)


def _pieces_on(
    page: Printed, layout: Sequence[_Part], setting: _Setting, carried: Header | None
) -> tuple[list[Piece], Header | None]:
    """The pieces of a page, and the header of the table that ends it, if one does.

    carried: header of the table that the page goes on with.
    """
    pieces: list[Piece] = []
    header = carried
    margins = margins_of([part.content for part in layout if isinstance(part.content, Chain)])
    outlined = setting.outlined.get(page.number, ())
    for place, part in enumerate(layout):
        content, boxed = part.content, part.boxed
        if isinstance(content, Table):
            above = None if place else carried
            rows, header = rows_of(content, setting.vocabulary, above, page.number)
            lines, column = content.lines[:1], (content.x0, content.x1)
            pieces += [Piece(lines, page.number, column, row=row, boxed=boxed) for row in rows]
        elif isinstance(content, Chart):
            pieces += chart_pieces(content, page.number, boxed=boxed)
            header = None
        else:
            found = pieces_of(content, page.number, setting.norms, outlined)
            aside = content in margins
            pieces += [replace(piece, aside=aside, boxed=boxed) for piece in found]
            # Notes at the foot do not part a table from its continuation.
            if any(piece.size > _TEXT_SIZE * setting.norms.size for piece in found):
                header = None
    return with_captions_below(pieces, setting.vocabulary), header


def _with_notes(
    pieces: list[Piece], page: Printed, setting: _Setting, endnotes: int
) -> tuple[list[Piece], int]:
    """A page's pieces with its notes marked, and how many endnotes there are up to its end; 0
    where it is no page of endnotes.

    endnotes: as many up to the end of the page before.
    """
    found = endnotes_of(pieces, setting.norms, endnotes, setting.largest_note)
    return found or (footnotes_of(pieces, setting.norms, page.rules, page.height), 0)


def _without_side_heads(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces less running heads in the margin: notes that say the same on three pages."""
    said = {(_letters(piece), piece.page) for piece in pieces if piece.aside}
    pages = Counter(letters for letters, _ in said)
    return [piece for piece in pieces if not piece.aside or pages[_letters(piece)] < _HEADS]


def _with_side_headings(pieces: Sequence[Piece], size: float) -> list[Piece]:
    """The pieces, headings that stand at the side of the text no notes. size: of the text, points.

    A saying that is set out of the text ends as a sentence does.
    """
    return [
        replace(piece, aside=False)
        if piece.aside
        and piece.size >= _LARGER * size
        and not SENTENCE_END.search(piece.lines[-1].text)
        else piece
        for piece in pieces
    ]


def _letters(piece: Piece) -> str:
    return letters_of("".join(line.text for line in piece.lines))


def _paged(printed: Sequence[Printed], blocks: Sequence[Block]) -> tuple[Page, ...]:
    """The blocks on the pages on which they begin, without soft hyphens; empty ones go."""
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
