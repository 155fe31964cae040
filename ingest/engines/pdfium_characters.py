"""Characters of a PDF page, by PDFium: where each stands, how it is set, and what it really is.

PDFium is C++ and not thread-safe: this module runs in the child process only
(`ingest.isolated.pdf_child`). Each question costs a call through ctypes of 1.0 µs, and a page has
3,600 characters.
"""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.engines.ligatures import letters, named, plain_width, suspicious
from ingest.engines.turns import turn_of

_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
# Computer Modern's "bold extended" and its kin (CMBX12, SFBX1000) state weights of 545 to 570.
_TEX_BOLD = re.compile(r"(?:^|\+)(?:cm|sf|ec|la)(?:ss)?bx")
_BOLD_WEIGHT = 600
# Some fonts report weights such as 4284; CSS and OpenType end at 1000.
_WEIGHT_LIMIT = 1000
BRACKETED = re.compile(r"\(\d{1,3}\)|(?:\d{4}|[^\W\d_]|[)\]”’»%])\d{1,3}[)\]”’».,;:]+(?=\s|$)")
"""A mark of a note within a word, which is smaller than what stands around it: "(1)", "women39).".
"""

_MAYBE_LIGATURE = re.compile("[fT]")
_TAIL = re.compile(r"[^\W\d_]*$")
_HEAD = re.compile(r"[^\W\d_]*")
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


@dataclass(slots=True)
class LearntWords:
    """What the pages read so far tell about the words of the file; each page adds to it.

    plain_widths: how wide the narrowest "f" and "T" of each font is, in parts of the font size,
        by the font's name and the letter; kept from the first page on that seems to lack letters.
    whole: words in which no space is lost, so that each is looked at once.
    """

    plain_widths: dict[tuple[str, str], float] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)


class TextStyle(NamedTuple):
    """How a text object is set: its baseline and size in points, and its direction.

    base: y of the baseline for upright text, else the like coordinate of text so turned.
    turn: as `turns.turn_of` has it.
    """

    base: float
    size: float
    bold: bool
    turn: int


class Characters:
    """The characters of one page and where they stand, in PDF coordinates."""

    def __init__(self, textpage: pdfium.PdfTextPage, learnt: LearntWords) -> None:
        self._page = textpage.raw
        self._address = ctypes.cast(textpage.raw, ctypes.c_void_p)
        count = raw.FPDFText_CountChars(self._page)
        text = textpage.get_text_range() if count > 0 else ""
        if len(text) != count:
            # Characters beyond the 16-bit plane or without a code: the two counts drift apart.
            text = "".join(self._character(i) for i in range(count))
        self.text = named(text)
        self._styles: dict[int, TextStyle] = {}
        self._bold_fonts: dict[int, bool] = {}
        self._font_names: dict[int, str] = {}
        self._box = (ctypes.c_double * 4)()
        first = ctypes.addressof(self._box)
        self._sides = [first + place * ctypes.sizeof(ctypes.c_double) for place in range(4)]
        self.bracketed = BRACKETED.search(text) is not None
        self.whole = learnt.whole
        self.words = learnt.whole.union(text.split())
        self._plain_widths = learnt.plain_widths
        self._lost = self._lost_letters() if learnt.plain_widths or suspicious(text) else {}

    def _character(self, index: int) -> str:
        code = raw.FPDFText_GetUnicode(self._page, index)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\0"

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, right, bottom, top of the character at `index`."""
        _char_box(self._address, index, *self._sides)
        left, right, bottom, top = self._box
        return left, right, bottom, top

    def object(self, index: int) -> int:
        """Which text object the character belongs to; 0 where PDFium made the character up."""
        return _text_object(self._address, index) or 0

    def style(self, index: int, owner: int) -> TextStyle:
        """How the text object `owner` is set, which holds the character at `index`."""
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

    def _read_style(self, index: int, owner: int) -> TextStyle:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._page, index, matrix)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._page, index, x, y)
        size = raw.FPDFText_GetFontSize(self._page, index)
        size = round(abs(size) * math.hypot(matrix.c, matrix.d), 2)
        turn = turn_of(matrix.a, matrix.b, size)
        base = (y.value, -x.value, -y.value, x.value)[turn % 4]
        return TextStyle(round(base, 2), size, self._bold(index, owner), turn)

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
        """The name of the character's font, as the font's handle is another on each page."""
        font = _font_of(owner) or 0
        if font not in self._font_names:
            self._font_names[font] = self._name(index)
        return self._font_names[font]
