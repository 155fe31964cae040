"""Ruling lines and pictures drawn on a PDF page, by PDFium."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.engines.bullets import Dot
from ingest.engines.sheets import PageBox, Rule
from ingest.engines.signs import Shape

# A map or a chart holds tens of thousands of paths; a table holds hundreds.
_OBJECTS = 4000
# Forms within forms.
_DEPTH = 3
# Points: a filled path that is thinner is a line, and a rectangle less high or wide is no cell.
_THIN = 3.0
_SHORTEST = 8.0
# Dotted borders are drawn as squares of the line's width.
_DOT = 1.5
# Rows and columns of the grid by which the part of a page that pictures cover is measured.
_SAMPLES = 24
# Segments of a path: a rectangle has five; one path may draw all borders of a row; more is a
# drawing.
_SIMPLE = 6
_INTRICATE = 300
# Points by which an edge may be off the level or the upright.
_STRAIGHT = 0.3
# A rectangle with rounded corners: its segments at most, its size in points at least, and the parts
# of its sides that are straight. A corner by Chromium has 24 segments; WeasyPrint draws a border as
# two outlines.
_ROUNDED = 128
_PANEL_WIDTH = 150.0
_PANEL_HEIGHT = 40.0
_STRAIGHT_ACROSS = 0.6
_STRAIGHT_DOWN = 0.3
# Part of the page above which a filled rectangle is its background, not a panel.
_BACKGROUND = 0.8
# Of 255, in each colour.
_WHITE = 250
# Width and height of a bullet, points.
_BULLET = (1.8, 7.0)
# A tick or a light in the cell of a table, points.
_SIGN = (5.0, 20.0)


class Rectangle(NamedTuple):
    """A rectangle in points, from the upper left corner of the page as turned."""

    x0: float
    y0: float
    x1: float
    y1: float


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _matrix_of(handle: Any) -> _Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _compose(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """First `inner`, then `outer` (PDF 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _bounds(handle: Any, matrix: _Matrix) -> PageBox | None:
    """The box of an object on the page; None where PDFium knows none."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(handle, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    if matrix is _IDENTITY:
        return left, bottom, right, top
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)


class _Holder(NamedTuple):
    """A page, or a form on it, and PDFium's functions that count and give what it holds.

    depth: of forms within forms; 0 for the page.
    """

    handle: Any
    count: Any
    get: Any
    matrix: _Matrix
    depth: int


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, Any, _Matrix]]:
    """Kind and handle of each path and picture, with the matrix of the form that it lies in.

    Of `_OBJECTS` at most.
    """
    seen = 0
    waiting = [_Holder(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _IDENTITY, 0)]
    while waiting:
        holder = waiting.pop()
        for index in range(holder.count(holder.handle)):
            seen += 1
            if seen > _OBJECTS:
                return
            handle = holder.get(holder.handle, index)
            kind = raw.FPDFPageObj_GetType(handle)
            if kind == raw.FPDF_PAGEOBJ_FORM and holder.depth < _DEPTH:
                waiting.append(_form(handle, holder))
            elif kind in {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE}:
                yield kind, handle, holder.matrix


def _form(handle: Any, holder: _Holder) -> _Holder:
    """A form that lies in another holder."""
    matrix = _compose(_matrix_of(handle), holder.matrix)
    count, get = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
    return _Holder(handle, count, get, matrix, holder.depth + 1)


def _turned(bounds: PageBox, page: PageBox, turn: int) -> Rectangle:
    """From PDF coordinates to the upper left corner of the page as turned."""
    left, bottom, right, top = bounds
    page_left, page_bottom, page_right, page_top = page
    if turn == 0:
        return Rectangle(left - page_left, page_top - top, right - page_left, page_top - bottom)
    if turn == 1:
        return Rectangle(
            bottom - page_bottom, left - page_left, top - page_bottom, right - page_left
        )
    if turn == 2:
        return Rectangle(
            page_right - right, bottom - page_bottom, page_right - left, top - page_bottom
        )
    return Rectangle(page_top - top, page_right - right, page_top - bottom, page_right - left)


def _stroked(handle: Any) -> bool:
    """Whether the outline of a path is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)
    return bool(stroke.value)


def _is_white(handle: Any) -> bool:
    """Whether a path is filled white."""
    shades = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(handle, *shades)
    return bool(known) and min(shade.value for shade in shades[:3]) >= _WHITE


def _segments(handle: Any, matrix: _Matrix) -> Iterator[tuple[int, float, float]]:
    """Kind and end of each segment of a path, on the page."""
    a, b, c, d, e, f = _compose(_matrix_of(handle), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(handle)):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        yield kind, a * x.value + c * y.value + e, b * x.value + d * y.value + f


def _edges(handle: Any, matrix: _Matrix) -> Iterator[PageBox]:
    """The straight upright and level edges of a path up to its first curve."""
    before: tuple[float, float] | None = None
    for kind, x, y in _segments(handle, matrix):
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return  # a drawing
        if kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            left, right = sorted((before[0], x))
            bottom, top = sorted((before[1], y))
            if min(right - left, top - bottom) < _STRAIGHT:
                yield left, bottom, right, top
        before = x, y


def _is_rounded(handle: Any, matrix: _Matrix) -> bool:
    """Whether a path is a rectangle with rounded corners."""
    segments = list(_segments(handle, matrix))
    if not any(kind == raw.FPDF_SEGMENT_BEZIERTO for kind, _, _ in segments):
        return False
    xs, ys = [x for _, x, _ in segments], [y for _, _, y in segments]
    left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    along = dict.fromkeys(("left", "bottom", "right", "top"), 0.0)
    for (_, x0, y0), (kind, x1, y1) in itertools.pairwise(segments):
        if kind != raw.FPDF_SEGMENT_LINETO or max(abs(x0 - x1), abs(y0 - y1)) < _SHORTEST:
            continue
        level, upright = abs(y0 - y1) < _STRAIGHT, abs(x0 - x1) < _STRAIGHT
        if level and min(y0 - bottom, top - y0) < _THIN:
            along["bottom" if y0 - bottom < _THIN else "top"] += abs(x0 - x1)
        elif upright and min(x0 - left, right - x0) < _THIN:
            along["left" if x0 - left < _THIN else "right"] += abs(y0 - y1)
        else:
            return False
    across = min(along["bottom"], along["top"]) > _STRAIGHT_ACROSS * (right - left)
    return across and min(along["left"], along["right"]) > _STRAIGHT_DOWN * (top - bottom)


def _rules_of(handle: Any, box: Rectangle, page: float, *, rounded: bool = False) -> Iterator[Rule]:
    """The lines that a simple path draws: itself when thin, else the edges of its rectangle.

    page: its area, square points. rounded: its corners are.
    """
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if max(width, height) <= _DOT:
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        yield Rule(x0, middle_y, x1, middle_y)
        yield Rule(middle_x, y0, middle_x, y1)
        return
    if min(width, height) <= _THIN:
        yield Rule(x0, y0, x1, y1)
        return
    if min(width, height) < _SHORTEST:
        return
    drawn = _stroked(handle)
    if not drawn and width * height > _BACKGROUND * page:
        return  # a page background
    white = not drawn and _is_white(handle)
    for y in (y0, y1):
        yield Rule(x0, y, x1, y, drawn, white, rounded)
    for x in (x0, x1):
        yield Rule(x, y0, x, y1, drawn, white, rounded)


def _may_hold_text(box: Rectangle, segments: int) -> bool:
    """Whether a path is as large as a panel with text, and as simple."""
    large = box.x1 - box.x0 >= _PANEL_WIDTH and box.y1 - box.y0 >= _PANEL_HEIGHT
    return large and segments <= _ROUNDED


def _is_sign(box: Rectangle) -> bool:
    """Whether a drawing has the size of a letter or two, and is about as wide as high."""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    smallest, biggest = _SIGN
    return smallest <= min(width, height) and max(width, height) <= min(
        biggest, 2 * min(width, height)
    )


def _is_dot(box: Rectangle) -> bool:
    """Whether a path is as small and as wide as high as a bullet."""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    smallest, biggest = _BULLET
    return smallest < min(width, height) and max(width, height) < min(
        biggest, 1.3 * min(width, height)
    )


class Drawing(NamedTuple):
    """What is drawn on a page: ruling lines, pictures, dots as of bullets, small signs."""

    rules: tuple[Rule, ...]
    images: tuple[Rectangle, ...]
    dots: tuple[Dot, ...]
    shapes: tuple[Shape, ...]


def page_drawing(page: pdfium.PdfPage, box: PageBox, turn: int) -> Drawing:
    """Rules, pictures, small dots and small signs of a page.

    box: of the page. turn: quarter turns anticlockwise of the page's text.
    """
    rules: list[Rule] = []
    images: list[Rectangle] = []
    dots: list[Dot] = []
    shapes: list[Shape] = []
    area = (box[2] - box[0]) * (box[3] - box[1])
    for kind, handle, matrix in _objects(page):
        bounds = _bounds(handle, matrix)
        if bounds is None:
            continue
        placed = _turned(bounds, box, turn)
        if _is_sign(placed) and (
            kind == raw.FPDF_PAGEOBJ_IMAGE or raw.FPDFPath_CountSegments(handle) > _SIMPLE
        ):
            shapes.append(Shape(*placed))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(placed)
        elif _is_dot(placed):
            dots.append(Dot(placed.x0, placed.x1, (placed.y0 + placed.y1) / 2))
        else:
            segments = raw.FPDFPath_CountSegments(handle)
            if segments <= _SIMPLE:
                rules.extend(_rules_of(handle, placed, area))
            elif _may_hold_text(placed, segments) and _is_rounded(handle, matrix):
                rules.extend(_rules_of(handle, placed, area, rounded=True))
            elif segments <= _INTRICATE:
                edges = (_turned(edge, box, turn) for edge in _edges(handle, matrix))
                rules.extend(Rule(*edge) for edge in edges)
    return Drawing(tuple(rules), tuple(images), tuple(dots), tuple(shapes))


def cover(images: tuple[Rectangle, ...], width: float, height: float) -> float:
    """Part of the page that the pictures cover together, in [0, 1], by a grid of 24 by 24."""
    if not images or width <= 0 or height <= 0:
        return 0.0
    hit = 0
    for row in range(_SAMPLES):
        y = (row + 0.5) * height / _SAMPLES
        crossing = [image for image in images if image.y0 <= y <= image.y1]
        for column in range(_SAMPLES):
            x = (column + 0.5) * width / _SAMPLES
            hit += any(image.x0 <= x <= image.x1 for image in crossing)
    return hit / _SAMPLES**2
