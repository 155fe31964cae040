"""What runs in the child process: a PDF and a page in, a PNG out.

The parent side is `ingest.isolated.page_picture`.
"""

from __future__ import annotations

import ctypes
import struct
import sys
import zlib
from collections.abc import Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.isolated.page_picture import PNG
from ingest.isolated.quote_place import ranges

_TALLEST = 4
"""Heights over width beyond which a page is drawn smaller: it would fill memory."""

_MARK = (1.0, 0.90, 0.45)
"""What red, green and blue are multiplied by under a mark: black stays black, white is yellow."""

_MARGIN = 2
"""Pixels a mark reaches beyond the letters."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels from the top left."""


def main() -> None:
    """Draw page `sys.argv[2]` of `sys.argv[1]`, `sys.argv[3]` pixels wide, marking `sys.argv[4]`.

    Writes a PNG to stdout, or nothing when the page cannot be drawn.
    """
    path, number, width, quote = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    try:
        picture = _picture(path, number, width, quote)
    except Exception:
        return
    sys.stdout.buffer.write(picture)
    sys.stdout.buffer.flush()


def _picture(path: str, number: int, width: int, quote: str) -> bytes:
    """A page as a PNG. Raises whatever PDFium raises, and ValueError for channels unknown here."""
    document = pypdfium2.PdfDocument(path)
    page = document[number - 1]
    across, down = page.get_size()
    scale = min(width / across, width * _TALLEST / down)
    bitmap = page.render(scale=scale, rev_byteorder=True, draw_annots=True)
    pixels, stride = bytearray(bitmap.buffer), bitmap.stride
    if bitmap.n_channels == 1:
        return png(pixels, bitmap.width, bitmap.height, stride, 1)
    if bitmap.n_channels != 3:
        raise ValueError(f"{bitmap.n_channels} channels")
    boxes = _boxes(page, quote, bitmap.width, bitmap.height) if quote else []
    if boxes:
        mark(pixels, stride, boxes)
    return png(pixels, bitmap.width, bitmap.height, stride, 3)


def _boxes(page: Any, quote: str, width: int, height: int) -> list[Box]:
    """Boxes of the quote's words, a line of print each, inside the picture."""
    text = page.get_textpage()
    count = max(0, pdfium.FPDFText_CountChars(text))
    characters = [_character(pdfium.FPDFText_GetUnicode(text, i)) for i in range(count)]
    boxes = []
    for first, end in ranges(characters, quote):
        for index in range(text.count_rects(first, end - first)):
            left, bottom, right, top = text.get_rect(index)
            corners = [_pixel(page, width, height, x, y) for x, y in ((left, top), (right, bottom))]
            xs, ys = zip(*corners, strict=True)
            boxes.append(
                (
                    max(0, min(xs) - _MARGIN),
                    max(0, min(ys) - _MARGIN),
                    min(width, max(xs) + _MARGIN),
                    min(height, max(ys) + _MARGIN),
                )
            )
    return boxes


def _character(code: int) -> str:
    """A UTF-16 unit as text; half of a pair is none."""
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def _pixel(page: Any, width: int, height: int, x: float, y: float) -> tuple[int, int]:
    """A place on the page as a pixel, whatever its rotation and crop."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(
        page, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value, down.value


def mark(pixels: bytearray, stride: int, boxes: Sequence[Box]) -> None:
    """Multiply the pixels under some boxes, three bytes each, by the colour of the mark.

    Boxes of neighbouring words and lines overlap; a pixel under two of them is marked once.
    """
    for row in range(min(box[1] for box in boxes), max(box[3] for box in boxes)):
        spans = [(left, right) for left, top, right, bottom in boxes if top <= row < bottom]
        for left, right in joined(spans):
            for channel, factor in enumerate(_MARK):
                part = slice(row * stride + 3 * left + channel, row * stride + 3 * right, 3)
                pixels[part] = pixels[part].translate(_TABLES[factor])


def joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of pixels, from left to right, those that touch made into one; empty ones dropped."""
    found: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        elif left < right:
            found.append((left, right))
    return found


_TABLES = {factor: bytes(int(value * factor) for value in range(256)) for factor in _MARK}


def png(pixels: bytearray, width: int, height: int, stride: int, channels: int) -> bytes:
    """Pixels as a PNG (W3C, PNG Specification, third edition): 8 bits, grey or RGB.

    Rows take filter 0: printed pages pack as well without a prediction.
    """
    starts = range(0, stride * height, stride)
    rows = b"".join(b"\0" + pixels[start : start + width * channels] for start in starts)
    head = struct.pack(">IIBBBBB", width, height, 8, 2 if channels == 3 else 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return PNG + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
