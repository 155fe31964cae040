"""Draws the pages of a source, and sets them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from fpdf import FPDF

from corpus.press import manuscript, sources, starter
from corpus.press.manuscript import Manuscript
from corpus.press.pagination import Frame, Placed, RuledLine, TooTallError, paginate
from corpus.press.scan import scanned
from corpus.press.setting import GREY, SHEETS, Setter, StyleSheet
from corpus.press.sources import FrontMatter, Source, SourceError
from corpus.press.typography import HAIRLINE, Face, GlyphRun

A4 = (595.28, 841.89)
MARGIN = 82.0
NARROW_MARGIN = 58.0
HEAD_BASELINE = 46.0
FOOT_BASELINE = A4[1] - 40.0
SMALL = 8.2
NEARLY_EMPTY = 200.0
"""A last page with less than this height set on it is worth avoiding."""

FONT_PACKAGES = {"SourceSerifPro": "font_source_serif_pro", "SourceSansPro": "font_source_sans_pro"}

Pages = Sequence[Sequence[Placed]]


@dataclass(frozen=True, slots=True)
class SetDocument:
    """A document on its pages; sha256: of its source."""

    front: FrontMatter
    sha256: str
    frame: Frame
    pages: tuple[tuple[Placed, ...], ...]


def press(source: Source) -> bytes:
    """The PDF of a source. Raises SourceError for a body that cannot be set."""
    document = lay_out(source)
    last = len(document.pages)
    for page in document.front.scanned_pages:
        if page > last:
            raise SourceError(
                f"{source.path}: scanned_pages: there is no page {page} (the last is {last})"
            )
    plain = draw(document, {})
    wanted = document.front.scanned_pages
    return draw(document, {page: scanned(plain, page) for page in wanted}) if wanted else plain


def lay_out(source: Source) -> SetDocument:
    """Set a source on pages. Raises SourceError."""
    text = manuscript.parse(source)
    frame = _frame(source.front.layout)
    try:
        generous, tight = (_paged(source, text, frame, s) for s in SHEETS[source.front.layout])
    except (TooTallError, MissingGlyphError) as error:
        raise SourceError(f"{source.path}: {error}") from error
    nearly_empty = sum(item.strip.height for item in generous[-1]) < NEARLY_EMPTY
    pages = tight if nearly_empty and len(tight) < len(generous) else generous
    return SetDocument(source.front, source.sha256, frame, pages)


def _paged(
    source: Source, text: Manuscript, frame: Frame, sheet: StyleSheet
) -> tuple[tuple[Placed, ...], ...]:
    setter = Setter(source.front, frame, sheet, measure)
    note_rule = RuledLine(0, 0, 90, 0.5, GREY)
    return paginate(setter.document(text), setter.notes(text), frame, note_rule)


def _frame(layout: str) -> Frame:
    margin, columns = (MARGIN, 1) if layout == "one-column" else (NARROW_MARGIN, 2)
    return Frame(margin, 72, A4[0] - 2 * margin, A4[1] - 68, columns, 20)


class MissingGlyphError(ValueError):
    """A character that the fonts lack."""


def measure(text: str, face: Face, size: float) -> float:
    """Width in points of a text. Raises MissingGlyphError."""
    advances = _advances(face)
    try:
        return sum(advances[character] for character in text) * size
    except KeyError as error:
        raise MissingGlyphError(f"the fonts lack {error.args[0]!a} (write it otherwise)") from None


@cache
def _advances(face: Face) -> Mapping[str, float]:
    """Width of each character in shares of the size."""
    font = TTFont(_font_file(face))
    units, widths = font["head"].unitsPerEm, font["hmtx"]
    return {chr(code): widths[name][0] / units for code, name in font.getBestCmap().items()}


def _font_file(face: Face) -> Path:
    package = FONT_PACKAGES[face.value.partition("-")[0]]
    return Path(str(files(package))) / "files" / f"{face.value}.ttf"


def draw(document: SetDocument, pictures: Mapping[int, bytes]) -> bytes:
    """The PDF of a set document; `pictures` are PNGs that stand in for whole pages, from 1."""
    pdf = _new_pdf(document)
    for number, placed in enumerate(document.pages, start=1):
        pdf.add_page()
        _mark_outline(pdf, placed)
        if number in pictures:
            pdf.image(pictures[number], 0, 0, *A4)
            continue
        _draw_head(pdf, document, number)
        _draw_bands(pdf, placed)
        for item in placed:
            for rule in item.strip.rules:
                _draw_rule(pdf, rule, item.x, item.y)
            for run in item.strip.runs:
                _draw_run(pdf, run, item.x, item.y)
        _draw_foot(pdf, document, number)
    return bytes(pdf.output())


def _new_pdf(document: SetDocument) -> FPDF:
    front = document.front
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    for face in Face:
        pdf.add_font(face.value, "", _font_file(face))
    pdf.set_title(front.title)
    pdf.set_author(front.publisher)
    pdf.set_subject(front.subtitle)
    pdf.set_lang(front.language)
    pdf.set_keywords(f"{starter.DIGEST_MARK}{document.sha256}")
    pdf.set_creator("corpus.press")
    pdf.set_creation_date(datetime(front.year, 1, 1, tzinfo=UTC))
    return pdf


def _mark_outline(pdf: FPDF, placed: Sequence[Placed]) -> None:
    for item in placed:
        if item.strip.level:
            pdf.set_y(item.y)
            pdf.start_section(item.strip.title, item.strip.level - 1, strict=False)


def _draw_head(pdf: FPDF, document: SetDocument, number: int) -> None:
    if number == 1:
        return
    left, width = document.frame.left, document.frame.width
    section = _section_on(document.pages, number)
    room = width - _small_width(section) - 20
    _draw_small(pdf, _shortened(document.front.title, room), left, HEAD_BASELINE)
    _draw_small(pdf, section, left + width - _small_width(section), HEAD_BASELINE)
    _draw_rule(pdf, RuledLine(0, 6, width, 0.4, HAIRLINE), left, HEAD_BASELINE)


def _draw_foot(pdf: FPDF, document: SetDocument, number: int) -> None:
    left, width = document.frame.left, document.frame.width
    label = f"{number} / {len(document.pages)}"
    _draw_small(pdf, document.front.publisher, left, FOOT_BASELINE)
    _draw_small(pdf, label, left + width - _small_width(label), FOOT_BASELINE)


def _section_on(pages: Pages, number: int) -> str:
    """The section a page begins in."""
    titles = [
        item.strip.title for page in pages[: number - 1] for item in page if item.strip.level == 1
    ]
    return _shortened(titles[-1], 200) if titles else ""


def _shortened(text: str, width: float) -> str:
    """A text cut at a word, with an ellipsis, to fit a width."""
    words = text.split(" ")
    while _small_width(" ".join(words)) > width and len(words) > 1:
        words = [*words[:-2], f"{words[-2].rstrip(',:;')}…"]
    return " ".join(words)


def _small_width(text: str) -> float:
    return measure(text, Face.SANS, SMALL)


def _draw_small(pdf: FPDF, text: str, x: float, y: float) -> None:
    if text:
        _draw_run(pdf, GlyphRun(x, y, _small_width(text), text, Face.SANS, SMALL, GREY), 0, 0)


def _draw_run(pdf: FPDF, run: GlyphRun, x: float, y: float) -> None:
    pdf.set_font(run.face.value, size=run.size)
    pdf.set_text_color(run.colour)
    pdf.text(x + run.x, y + run.y, run.text)
    if run.link:
        top = y + run.y - run.size * 0.8
        pdf.link(x + run.x, top, run.width, run.size, run.link)


def _draw_rule(pdf: FPDF, rule: RuledLine, x: float, y: float) -> None:
    pdf.set_draw_color(rule.colour)
    pdf.set_line_width(rule.thickness)
    pdf.line(x + rule.x, y + rule.y, x + rule.x + rule.width, y + rule.y)


def _draw_bands(pdf: FPDF, placed: Sequence[Placed]) -> None:
    """One rectangle behind each run of strips that share a band, so that no seams show."""
    for (bands, x), group in groupby(placed, key=lambda item: (item.strip.bands, item.x)):
        items = list(group)
        top, bottom = items[0].y, items[-1].y + items[-1].strip.height
        for band in bands:
            pdf.set_fill_color(band.colour)
            pdf.rect(x + band.x, top, band.width, bottom - top, style="F")


def set_all(folder: Path = sources.FOLDER, target: Path = starter.FOLDER) -> list[str]:
    """Set every source of a folder and list them in `documents.csv`.

    Returns a line for each fault; the rest is set.
    """
    target.mkdir(exist_ok=True)
    problems: list[str] = []
    fronts: list[FrontMatter] = []
    for path in sorted(folder.glob("*.md")):
        try:
            source = sources.load(path)
            (target / f"{path.stem}.pdf").write_bytes(press(source))
            fronts.append(source.front)
        except SourceError as error:
            problems += error.problems
    (target / starter.LIST).write_text(starter.listed(fronts), encoding="utf-8")
    return problems
