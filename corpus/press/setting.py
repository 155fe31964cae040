"""From blocks to strips: the look of a starter document, in one place.

All lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.citations import Citation
from corpus.kinds import KINDS
from corpus.press.manuscript import (
    Block,
    Heading,
    Item,
    Manuscript,
    Paragraph,
    Span,
    Spans,
    TableBlock,
    TextBox,
)
from corpus.press.pagination import Band, Frame, RuledLine, Strip
from corpus.press.sources import FrontMatter
from corpus.press.table_setting import set_table
from corpus.press.typography import (
    HAIRLINE,
    Face,
    GlyphRun,
    Measure,
    SetLine,
    Style,
    balanced_lines,
    set_lines,
)

GREY = "#5f6670"
BOX_PADDING = 9.0
BOX_EDGE = 3.0
BOX_TINT = "#eef1f5"
MARKER_GAP = 4.5

ACCENTS = {
    "report": "#1f3a5f",
    "evaluation": "#3f5b2e",
    "brief": "#7a3b1d",
    "guidance": "#0f5c63",
    "minutes": "#4a3a6b",
    "event": "#7a1f3d",
    "podcast": "#5c4a12",
    "page": "#3a3f46",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the press itself says in a language. kinds: in the order of `corpus.kinds.KINDS`."""

    table: str
    sources: str
    notes: str
    kinds: tuple[str, ...]


# fmt: off
WORDS = {
    "en": Words("Table", "Sources", "Notes", (
        "Report", "Evaluation", "Brief", "Guidance", "Minutes", "Event note", "Podcast notes",
        "Page",
    )),
    "fr": Words("Tableau", "Sources", "Notes", (
        "Rapport", "Évaluation", "Note de synthèse", "Guide", "Compte rendu", "Événement",
        "Notes de podcast", "Page",
    )),
    "de": Words("Tabelle", "Quellen", "Anmerkungen", (
        "Bericht", "Evaluierung", "Kurzdossier", "Leitfaden", "Protokoll", "Veranstaltung",
        "Podcast-Notizen", "Seite",
    )),
    "es": Words("Tabla", "Fuentes", "Notas", (
        "Informe", "Evaluación", "Nota informativa", "Guía", "Acta", "Evento",
        "Notas de pódcast", "Página",
    )),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The styles of a layout."""

    body: Style
    small: Style
    headings: tuple[Style, Style]
    paragraph_gap: float


_ONE_COLUMN = StyleSheet(
    body=Style(Face.SERIF, 10.6, 15.2, justified=True),
    small=Style(Face.SERIF, 8.6, 11.4),
    headings=(Style(Face.SANS_BOLD, 15, 19), Style(Face.SANS_BOLD, 11.6, 15.2)),
    paragraph_gap=6.5,
)
_TWO_COLUMN = StyleSheet(
    body=Style(Face.SERIF, 9.6, 13.2),
    small=Style(Face.SERIF, 8.2, 10.8),
    headings=(Style(Face.SANS_BOLD, 12.6, 16), Style(Face.SANS_BOLD, 10.2, 13.2)),
    paragraph_gap=5.0,
)


def _tightened(sheet: StyleSheet) -> StyleSheet:
    body = replace(sheet.body, size=sheet.body.size - 0.2, leading=sheet.body.leading - 0.7)
    return replace(sheet, body=body, paragraph_gap=sheet.paragraph_gap - 1.5)


SHEETS = {
    "one-column": (_ONE_COLUMN, _tightened(_ONE_COLUMN)),
    "two-column": (_TWO_COLUMN, _tightened(_TWO_COLUMN)),
}
"""By layout, the better one first; the second saves a page that would hold a few lines only."""


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets the parts of one document into strips for a frame."""

    front: FrontMatter
    frame: Frame
    sheet: StyleSheet
    measure: Measure

    @property
    def words(self) -> Words:
        """The press's own words in the document's language."""
        return WORDS[self.front.language]

    @property
    def accent(self) -> str:
        """Colour of the document's kind."""
        return ACCENTS[self.front.kind]

    def document(self, manuscript: Manuscript) -> list[Strip]:
        """Title block, body and closing lists; footnotes go to the end in two columns."""
        strips = [*self._title_block(), *self._body(manuscript.blocks)]
        if self.frame.columns > 1 and manuscript.notes:
            strips += self._block(Heading(1, (Span(self.words.notes),)))
            for number, spans in enumerate(manuscript.notes, start=1):
                strips += self._hanging(f"{number}.", spans, self.sheet.small, 15, 2)
        strips += self._block(Heading(1, (Span(self.words.sources),)))
        for citation in self.front.sources:
            strips += _paragraph(self._lines(_citation_spans(citation), self.sheet.small, 0), 4)
        return strips

    def notes(self, manuscript: Manuscript) -> dict[int, Strip]:
        """Footnotes by number, each one strip; none in two columns."""
        if self.frame.columns > 1:
            return {}
        style = replace(self.sheet.small, size=8.2, leading=10.6)
        return {
            number: _stacked(self._note_lines(number, spans, style), style.leading)
            for number, spans in enumerate(manuscript.notes, start=1)
        }

    def _note_lines(self, number: int, spans: Spans, style: Style) -> list[Strip]:
        return self._hanging(str(number), spans, style, 13, 0)

    def _title_block(self) -> Iterator[Strip]:
        width = self.frame.width
        bar = RuledLine(0, 0, width, 4, self.accent)
        yield Strip(16, rules=(bar,), keep=True, spans=True)
        label = Style(Face.SANS_BOLD, 9.6, 14, self.accent)
        title = Style(Face.SANS_BOLD, 25, 29, self.accent)
        subtitle = Style(Face.SANS, 13.2, 17.5, GREY)
        imprint = Style(Face.SANS, 9.2, 14, GREY)
        yield from self._spanning(self.words.kinds[KINDS.index(self.front.kind)].upper(), label, 5)
        yield from self._spanning(self.front.title, title, 4)
        if self.front.subtitle:
            yield from self._spanning(self.front.subtitle, subtitle, 4)
        yield from self._spanning(f"{self.front.publisher} · {self.front.year}", imprint, 4)
        yield Strip(14, rules=(RuledLine(0, 7, width, 0.6, HAIRLINE),), spans=True)

    def _spanning(self, text: str, style: Style, gap: float) -> Iterator[Strip]:
        lines = balanced_lines((Span(text),), style, self.frame.width, self.measure)
        for number, line in enumerate(lines):
            strip = _line_strip(line, style)
            yield replace(strip, space_before=0 if number else gap, keep=True, spans=True)

    def _body(self, blocks: Sequence[Block]) -> Iterator[Strip]:
        tables = 0
        for number, block in enumerate(blocks):
            if isinstance(block, TableBlock):
                tables += 1
                lead = f"{self.words.table} {tables}. "
                yield from set_table(block, lead, self.accent, self.frame.width, self.measure)
                continue
            strips = self._block(block)
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if isinstance(block, Paragraph) and isinstance(following, Item):
                strips[-1] = replace(strips[-1], keep=True)
            yield from strips

    def _block(self, block: Heading | Paragraph | Item | TextBox) -> list[Strip]:
        match block:
            case Heading(level, spans):
                return self._heading(level, spans)
            case Paragraph(spans):
                lines = self._lines(spans, self.sheet.body, 0)
                return _paragraph(lines, self.sheet.paragraph_gap)
            case Item(marker, spans):
                return self._hanging(
                    marker, spans, replace(self.sheet.body, justified=False), 15, 3
                )
            case TextBox(parts):
                return self._box(parts)

    def _heading(self, level: int, spans: Spans) -> list[Strip]:
        style = replace(self.sheet.headings[level - 1], colour=self.accent)
        strips = [replace(strip, keep=True) for strip in self._lines(spans, style, 0)]
        title = "".join(span.text for span in spans)
        before = self.sheet.paragraph_gap + style.size * (0.8 if level == 1 else 0.5)
        strips[0] = replace(strips[0], space_before=before, level=level, title=title)
        strips[-1] = replace(strips[-1], space_after=3.0)
        return strips

    def _lines(self, spans: Spans, style: Style, indent: float) -> list[Strip]:
        width = self.frame.column_width - indent
        lines = set_lines(spans, style, width, self.measure)
        return [_line_strip(line, style, indent) for line in lines]

    def _hanging(
        self, marker: str, spans: Spans, style: Style, indent: float, gap: float
    ) -> list[Strip]:
        """Lines with a marker standing out to their left."""
        strips = self._lines(spans, style, indent)
        width = self.measure(marker, style.face, style.size)
        x, baseline = indent - MARKER_GAP - width, style.baseline
        run = GlyphRun(x, baseline, width, f"{marker} ", style.face, style.size, style.colour)
        strips[0] = replace(strips[0], runs=(run, *strips[0].runs))
        return _paragraph(strips, gap)

    def _box(self, parts: Sequence[Paragraph | Item]) -> list[Strip]:
        style = Style(Face.SANS, self.sheet.body.size - 0.8, self.sheet.body.leading - 1.4)
        inner = replace(
            self.frame, width=self.frame.column_width - 2 * BOX_PADDING - BOX_EDGE, columns=1
        )
        setter = replace(self, frame=inner)
        strips: list[Strip] = [Strip(BOX_PADDING, keep=True)]
        for number, part in enumerate(parts):
            if number:
                strips.append(Strip(4.0))
            if isinstance(part, Item):
                strips += setter._hanging(part.marker, part.spans, style, 15, 0)
            else:
                strips += _paragraph(setter._lines(part.spans, style, 0), 0)
        strips[-1] = replace(strips[-1], keep=True)
        strips.append(Strip(BOX_PADDING))
        strips = [self._tinted(strip) for strip in strips]
        strips[0] = replace(strips[0], space_before=9.0)
        strips[-1] = replace(strips[-1], space_after=9.0)
        return strips

    def _tinted(self, strip: Strip) -> Strip:
        runs = tuple(replace(run, x=run.x + BOX_PADDING + BOX_EDGE) for run in strip.runs)
        edge = Band(0, BOX_EDGE, self.accent)
        bands = (Band(0, self.frame.column_width, BOX_TINT), edge)
        return replace(strip, runs=runs, bands=bands, space_before=0, space_after=0)


def _line_strip(line: SetLine, style: Style, indent: float = 0.0) -> Strip:
    runs = tuple(replace(run, x=run.x + indent, y=run.y + style.baseline) for run in line.runs)
    return Strip(style.leading, runs=runs, notes=line.notes)


def _paragraph(strips: list[Strip], gap: float) -> list[Strip]:
    """Lines that leave no line alone at the head or foot of a column."""
    last = len(strips) - 1
    kept = [
        replace(strip, keep=number < last and (number == 0 or number == last - 1))
        for number, strip in enumerate(strips)
    ]
    kept[0] = replace(kept[0], space_before=gap)
    kept[-1] = replace(kept[-1], space_after=gap)
    return kept


def _stacked(strips: Sequence[Strip], leading: float) -> Strip:
    runs = tuple(
        replace(run, y=run.y + number * leading)
        for number, strip in enumerate(strips)
        for run in strip.runs
    )
    return Strip(leading * len(strips) + 1.5, runs=runs)


def _citation_spans(citation: Citation) -> Spans:
    spans = [
        Span(f"{citation.author} ({citation.year}): "),
        Span(citation.title, italic=True),
        Span("."),
    ]
    rest = [part for part in (citation.publisher, citation.where) if part]
    spans += [Span(f" {part[0].upper()}{part[1:]}.") for part in rest]
    if citation.url:
        spans += [Span(" "), Span(citation.url, link=citation.url)]
    return tuple(spans)
