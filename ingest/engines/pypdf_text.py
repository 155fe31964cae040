"""The second reader: text of a PDF by pypdf, for files and pages that PDFium cannot open.

It gives lines without their places, so a page comes as one column of text in one size. Runs in
the child process only; pypdf raises far more than its own errors on broken files.
"""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf

from ingest.engines.sheets import LETTER_PAPER, MOST_BOOKMARKS, Bookmark, FileInfo, Sheet, Word

_WIDTH, _HEIGHT = LETTER_PAPER
# Points, of the one column that a page becomes: size and leading, left and upper margin.
_SIZE, _STEP, _LEFT, _TOP = 11.0, 13.5, 72.0, 130.0
_ADVANCE = 0.5 * _SIZE


class NeedsPasswordError(Exception):
    """The file opens with a password only, and the empty one is not it."""


class PypdfFile:
    """A PDF opened with pypdf.

    Raises `NeedsPasswordError`, and whatever pypdf raises on a file it cannot open.
    """

    name = "pypdf"

    def __init__(self, path: Path) -> None:
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        self._pdf = pypdf.PdfReader(path, strict=False)
        if self._pdf.is_encrypted and not self._pdf.decrypt(""):
            raise NeedsPasswordError

    def __len__(self) -> int:
        return len(self._pdf.pages)

    def source(self) -> FileInfo:
        """What the file says of itself; parts that cannot be read are left out."""
        try:
            info = {
                str(key).lstrip("/"): str(value)
                for key, value in (self._pdf.metadata or {}).items()
            }
        except Exception:
            info = {}
        marks: list[Bookmark] = []
        try:
            self._collect(self._pdf.outline, 1, marks)
        except Exception:
            marks = marks[:MOST_BOOKMARKS]
        return FileInfo(self.name, info, tuple(marks))

    def _collect(self, entries: list[Any], level: int, marks: list[Bookmark]) -> None:
        for entry in entries:
            if len(marks) >= MOST_BOOKMARKS:
                return
            if isinstance(entry, list):
                self._collect(entry, level + 1, marks)
                continue
            page = self._pdf.get_destination_page_number(entry)
            marks.append(Bookmark(str(entry.title), level, 0 if page is None else page + 1))

    def sheet(self, number: int) -> Sheet:
        """Read page `number` (1-based); raises whatever pypdf raises."""
        page = self._pdf.pages[number - 1]
        text = page.extract_text()
        lines = text.splitlines()
        height = max(_HEIGHT, 2 * _TOP + _STEP * len(lines))
        words = tuple(
            word for row, line in enumerate(lines) for word in _words(line, _TOP + _STEP * row)
        )
        images = 0.0 if text.strip() else _image_share(page)
        label = self._labels[number - 1] if self._labels else ""
        return Sheet(number, _WIDTH, height, words, image_share=images, label=label)

    @cached_property
    def _labels(self) -> list[str]:
        """What the file calls its pages; nothing where it calls them nothing."""
        try:
            return list(self._pdf.page_labels) if "/PageLabels" in self._pdf.root_object else []
        except Exception:
            return []


def _words(line: str, base: float) -> list[Word]:
    """The words of a line, as wide as letters of one width make them."""
    words, place = [], 0
    for part in line.split():
        place = line.index(part, place)
        x0 = _LEFT + place * _ADVANCE
        place += len(part)
        words.append(Word(part, x0, _LEFT + place * _ADVANCE, base, _SIZE, False, False))
    return words


def _image_share(page: Any) -> float:
    """1 for a page that draws a picture, 0 for one that does not: pypdf tells no places."""
    objects = (page.get("/Resources") or {}).get("/XObject") or {}
    found = (objects[name].get_object().get("/Subtype") for name in objects)
    return 1.0 if any(kind == "/Image" for kind in found) else 0.0
