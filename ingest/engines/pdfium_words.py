"""Words of a PDF page, by PDFium: where each stands and how it is set.

PDFium is C++ and not thread-safe: this module runs in the child process only
(`ingest.isolated.pdf_child`). Each character costs a call through ctypes, so only the first and
last character of a word are looked at (1.0 µs a call; a page has 3,600 characters and 600 words).
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.engines.ligatures import letters, named, plain_width, suspicious
from ingest.engines.lost_spaces import has_letters, in_letters, in_suspect
from ingest.engines.raised_figures import SIZE, height_of, place_of
from ingest.engines.right_to_left import as_read, is_right_to_left
from ingest.engines.sheets import Word
from ingest.engines.turns import SLANTED, turn_of

_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
# Computer Modern's "bold extended" and its kin (CMBX12, SFBX1000) state weights of 545 to 570.
_TEX_BOLD = re.compile(r"(?:^|\+)(?:cm|sf|ec|la)(?:ss)?bx")
_BOLD_WEIGHT = 600
# Some fonts report weights such as 4284; CSS and OpenType end at 1000.
_WEIGHT_LIMIT = 1000
_WORD = re.compile(r"[^\s\x00]+")
# A marker between brackets is smaller than they are, one within a word too: "(1)", "women39).".
_BRACKETED = re.compile(r"\(\d{1,3}\)|(?:\d{4}|[^\W\d_]|[)\]”’»%])\d{1,3}[)\]”’».,;:]+(?=\s|$)")
_MAYBE_LIGATURE = re.compile("[fT]")
_TAIL = re.compile(r"[^\W\d_]*$")
_HEAD = re.compile(r"[^\W\d_]*")
# Worth a look at every character: long enough to hide a lost space, or a capital inside.
_SUSPECT = re.compile(r"[a-zß-ÿ][A-Z]|\S{19}|[a-z][.,;:][A-Za-z]")
# What stands for the hyphen of a divided word.
_LINE_END = "\u00ad\u2010\u0002\ufffe"


def _plain(function: Any, *types: Any) -> Any:
    """A PDFium function that takes and gives addresses as integers.

    The generated binding makes pointer objects at each call: 1.26 µs against .67 for a box.
    types: of the result, then of the arguments.
    """
    prototype = ctypes.CFUNCTYPE(*types)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value or 0)


_ADDRESS = ctypes.c_void_p
_text_object = _plain(raw.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, ctypes.c_int)
_font_of = _plain(raw.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
_render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int, _ADDRESS)
_char_box = _plain(raw.FPDFText_GetCharBox, ctypes.c_int, _ADDRESS, ctypes.c_int, *[_ADDRESS] * 4)


PageBox = tuple[float, float, float, float]
"""Left, bottom, right, top in PDF coordinates."""


class _Style(NamedTuple):
    """Look of a text object. turn: of its direction, as `turns.turn_of` has it."""

    base: float
    size: float
    bold: bool
    turn: int


class _Characters:
    """The characters of one page and where they stand, in PDF coordinates."""

    def __init__(
        self,
        textpage: pdfium.PdfTextPage,
        plain_widths: dict[tuple[str, str], float],
        whole: set[str],
    ) -> None:
        self._page = textpage.raw
        self._address = ctypes.cast(textpage.raw, ctypes.c_void_p)
        count = raw.FPDFText_CountChars(self._page)
        text = textpage.get_text_range() if count > 0 else ""
        if len(text) != count:
            # Characters beyond the 16-bit plane or without a code: the two counts drift apart.
            text = "".join(self._character(i) for i in range(count))
        self.text = named(text)
        self._styles: dict[int, _Style] = {}
        self._bold_fonts: dict[int, bool] = {}
        self._font_names: dict[int, str] = {}
        self.bracketed = _BRACKETED.search(text) is not None
        self._box = (ctypes.c_double * 4)()
        first = ctypes.addressof(self._box)
        self._sides = [first + place * ctypes.sizeof(ctypes.c_double) for place in range(4)]
        self.whole = whole
        self.words = whole.union(text.split())
        self._plain_widths = plain_widths
        self._lost = self._lost_letters() if plain_widths or suspicious(text) else {}

    def _character(self, index: int) -> str:
        code = raw.FPDFText_GetUnicode(self._page, index)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\0"

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, right, bottom, top."""
        _char_box(self._address, index, *self._sides)
        left, right, bottom, top = self._box
        return left, right, bottom, top

    def object(self, index: int) -> int:
        """Which text object the character belongs to; 0 where PDFium made the character up."""
        return _text_object(self._address, index) or 0

    def style(self, index: int, owner: int) -> _Style:
        """Look of the text object `owner`, which holds the character at `index`."""
        known = self._styles.get(owner)
        if known is None:
            known = self._read_style(index, owner)
            if owner:
                self._styles[owner] = known
        return known

    def word(self, start: int, end: int) -> str:
        """The characters [start, end), ligatures that the font hides spelt out."""
        text = self.text[start:end]
        if not self._lost or ("f" not in text and "T" not in text):
            return text
        return "".join(self._lost.get(i, self.text[i]) for i in range(start, end))

    def _lost_letters(self) -> dict[int, str]:
        """Places of glyphs called "f" or "T" that are ligatures, with their letters."""
        widths: dict[int, tuple[tuple[str, str], float]] = {}
        for match in _MAYBE_LIGATURE.finditer(self.text):
            index = match.start()
            owner = self.object(index)
            if not owner:
                continue
            left, right, _, _ = self.box(index)
            if index + 1 < len(self.text) and self.box(index + 1)[0] < right - 0.3 * (right - left):
                continue  # the reader spelt it out: both letters have the box of the glyph
            width = (right - left) / (self.style(index, owner).size or 1.0)
            key = (self._font_name(index, owner), match[0])
            widths[index] = (key, width)
            self._plain_widths[key] = min(width, self._plain_widths.get(key, width))
        found = {}
        for index, (key, width) in widths.items():
            before = _TAIL.search(self.text, max(0, index - 20), index)
            divided = self.text[index + 1 : index + 2] in _LINE_END
            after = _HEAD.match(self.text, index + 1 + divided)
            head, tail = before[0] if before else "", after[0] if after else ""
            plain = plain_width(key[1], self._plain_widths[key], head + key[1] + tail)
            spelt = letters(key[1], width / (plain or 1.0), head, tail)
            if spelt != key[1]:
                found[index] = spelt
        return found

    def typewriter(self, owner: int) -> bool:
        """Whether the font of the text object `owner` sets i as wide as m.

        Its letters stand apart as lost spaces do.
        """
        font = ctypes.cast(_font_of(owner) if owner else 0, raw.FPDF_FONT)
        widths = ctypes.c_float(), ctypes.c_float()
        for letter, width in zip("im", widths, strict=True):
            raw.FPDFFont_GetGlyphWidth(font, ord(letter), 100.0, width)
        return 0 < widths[0].value == widths[1].value

    def _read_style(self, index: int, owner: int) -> _Style:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._page, index, matrix)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._page, index, x, y)
        size = raw.FPDFText_GetFontSize(self._page, index)
        size = round(abs(size) * math.hypot(matrix.c, matrix.d), 2)
        turn = turn_of(matrix.a, matrix.b, size)
        base = (y.value, -x.value, -y.value, x.value)[turn % 4]
        return _Style(round(base, 2), size, self._bold(index, owner), turn)

    def _bold(self, index: int, owner: int) -> bool:
        """Bold by weight, by name, or by an outline drawn around the letters."""
        if not owner:
            return False
        if _render_mode(owner) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE:
            return True
        font = _font_of(owner)
        if font not in self._bold_fonts:
            self._bold_fonts[font] = self._bold_font(index)
        return self._bold_fonts[font]

    def _bold_font(self, index: int) -> bool:
        weight = raw.FPDFText_GetFontWeight(self._page, index)
        if _BOLD_WEIGHT <= weight <= _WEIGHT_LIMIT:
            return True
        lowered = self._name(index).lower()
        return any(mark in lowered for mark in _BOLD_NAMES) or bool(_TEX_BOLD.search(lowered))

    def _name(self, index: int) -> str:
        name = ctypes.create_string_buffer(96)
        raw.FPDFText_GetFontInfo(self._page, index, name, 96, ctypes.c_int())
        return name.value.decode("latin-1")

    def _font_name(self, index: int, owner: int) -> str:
        """Of the character's font; the handle is another on each page."""
        font = _font_of(owner) or 0
        if font not in self._font_names:
            self._font_names[font] = self._name(index)
        return self._font_names[font]


class _Placed(NamedTuple):
    word: Word
    turn: int


def _pieces(chars: _Characters, start: int, end: int) -> Iterator[tuple[int, int, _Style]]:
    """Parts of the characters [start, end) that share a style: a superscript is its own part."""
    first = chars.object(start)
    style = chars.style(start, first)
    edges = chars.text[start] + chars.text[end - 2 : end]
    raised = _raised(chars, start, end, style) if not edges.isalpha() else []
    if raised:
        yield from raised
        return
    last = chars.object(end - 1)
    same = last == first or chars.style(end - 1, last)[:2] == style[:2]
    if same and not (chars.bracketed and _BRACKETED.search(chars.text, start, end)):
        yield start, end, style
        return
    begin = start
    for index in range(start + 1, end):
        owner = chars.object(index)
        if not owner or owner == first:
            continue
        here = chars.style(index, owner)
        first = owner
        if here[:2] != style[:2]:
            yield begin, index, style
            begin, style = index, here
    # "batter- / ies.24" is one word, whose halves stand on two lines.
    yield from (begin > start and _raised(chars, begin, end, style)) or [(begin, end, style)]


def _raised(
    chars: _Characters, start: int, end: int, style: _Style
) -> list[tuple[int, int, _Style]]:
    """The parts around figures that the font raises, if there are such."""
    place = place_of(chars.text[start:end]) if not style.turn else None
    if place is None:
        return []
    first, after = start + place[0], start + place[1]
    boxes = [chars.box(index)[2:] for index in range(first, after)]
    height = height_of(boxes, style.base, style.size)
    figures = style._replace(base=style.base + height, size=round(SIZE * style.size, 2))
    parts = [(start, first, style), (first, after, figures), (after, end, style)]
    return [part for part in parts if part[0] < part[1]] if height else []


def _split_lost_spaces(
    chars: _Characters, start: int, end: int, style: _Style, *, suspect: bool
) -> Iterator[tuple[int, int]]:
    """Parts of a word between which the page shows a gap. suspect: it looks like several."""
    text = chars.text[start:end]
    if not suspect and (text in chars.whole or not has_letters(text)):
        chars.whole.add(text)  # a short word too: between known words a narrower gap tells
        yield start, end
        return
    boxes = [chars.box(index) for index in range(start, end)]
    gaps = [(b[0] - a[1]) / (style.size or 1.0) for a, b in itertools.pairwise(boxes)]
    places = in_suspect(text, gaps) if suspect else in_letters(text, gaps, chars.words)
    if places and chars.typewriter(chars.object(start)):
        places = []
    if not places:
        chars.whole.add(text)
    yield from itertools.pairwise([start, *(start + place for place in places), end])


def _place(
    chars: _Characters, span: tuple[int, int], style: _Style, page: PageBox, *, glued: bool
) -> _Placed:
    """The characters of `span` as a word, from the upper left corner of the page as turned."""
    start, end = span
    first = chars.box(start)
    last = chars.box(end - 1) if end - start > 1 else first
    turn = style.turn
    if turn == 0:
        x0, x1, base = first[0] - page[0], last[1] - page[0], page[3] - style.base
    elif turn == 1:
        x0, x1, base = first[2] - page[1], last[3] - page[1], -page[0] - style.base
    elif turn == 2:
        x0, x1, base = page[2] - first[1], page[2] - last[0], -page[1] - style.base
    else:
        x0, x1, base = page[3] - first[3], page[3] - last[2], page[2] - style.base
    text = chars.word(start, end)
    if turn == 0 and is_right_to_left(text):
        text, x0, x1 = as_read(chars.text[start:end], [*map(chars.box, range(start, end))], page[0])
    return _Placed(Word(text, x0, max(x0, x1), base, style.size, style.bold, glued), turn)


def _placed_words(chars: _Characters, page: PageBox) -> list[_Placed]:
    found: list[_Placed] = []
    spans = [match.span() for match in _WORD.finditer(chars.text)]
    starts = [start for start, _ in spans]
    suspects = {bisect_right(starts, match.start()) - 1 for match in _SUSPECT.finditer(chars.text)}
    for place, (word_start, word_end) in enumerate(spans):
        glued = False
        for start, end, style in _pieces(chars, word_start, word_end):
            if style.turn:
                found.append(_place(chars, (start, end), style, page, glued=glued))
                glued = True
                continue
            parts = _split_lost_spaces(chars, start, end, style, suspect=place in suspects)
            for begin, stop in parts:
                joined = glued and begin == start
                found.append(_place(chars, (begin, stop), style, page, glued=joined))
                glued = True
    return found


def page_words(
    textpage: pdfium.PdfTextPage,
    page: PageBox,
    plain_widths: dict[tuple[str, str], float],
    whole: set[str],
) -> tuple[tuple[Word, ...], tuple[Word, ...], int]:
    """Words along the page's main direction, the others, and the main direction.

    Both in content order, placed from the upper left corner of the page as turned. page: its
    box in PDF coordinates. plain_widths: narrowest "f" and "T" of each font so far, in parts of
    the font size, kept from page to page once one page looked as if letters were missing. whole:
    words in which no space was lost so far, looked at once, kept likewise. The
    direction is in quarter turns anticlockwise, 0 to 3.
    """
    placed = _placed_words(_Characters(textpage, plain_widths, whole), page)
    weight = Counter[int]()
    for word, turn in placed:
        weight[turn] += len(word.text)
    del weight[SLANTED]
    main = weight.most_common(1)[0][0] if weight else 0
    return (
        tuple(word for word, turn in placed if turn == main),
        tuple(word for word, turn in placed if turn != main),
        main,
    )
