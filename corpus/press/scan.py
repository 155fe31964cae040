"""A page made to look scanned: a grey picture, slightly askew, with grain and no text."""

from __future__ import annotations

import io
import random

import pypdfium2
from PIL import Image

RESOLUTION = 110
TILT = 0.45
"""Degrees."""
LEVELS = 16
"""Greys kept: a picture of 16 greys packs four times as small as one of 256."""
SPECKS = 0.0015
"""Share of the pixels that are grey dust."""
PAPER = 250
"""Grey of the corners that the tilt uncovers."""

_COARSE = [value * LEVELS // 256 * 255 // (LEVELS - 1) for value in range(256)]


def scanned(pdf: bytes, page: int) -> bytes:
    """PNG of a page, 1-based, grey, as a scanner would have it; always the same bytes."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[page - 1].render(scale=RESOLUTION / 72, grayscale=True)
        picture = bitmap.to_pil().convert("L")
    finally:
        document.close()
    picture = picture.rotate(TILT, Image.Resampling.BICUBIC, fillcolor=PAPER)
    stream = io.BytesIO()
    _speckled(picture).point(_COARSE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _speckled(picture: Image.Image) -> Image.Image:
    # No secret hangs on it: the seed is fixed so that the grain is the same in every setting.
    grain = random.Random(2018)  # noqa: S311
    width, height = picture.size
    for _ in range(int(width * height * SPECKS)):
        place = grain.randrange(width), grain.randrange(height)
        picture.putpixel(place, PAPER - grain.randrange(30, 130))
    return picture
