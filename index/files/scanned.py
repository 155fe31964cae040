"""PDFs without any text, read through OCRmyPDF: by the desk and when files are added.

Ids and the original that is kept are those of the file itself; only the text is from the copy that
OCRmyPDF makes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from index.files import ocr
from index.files.home import Home
from index.files.ocr import OcrError
from ingest.isolated.pdf_says import says
from ingest.isolated.sandbox import Limits
from ingest.metadata import manifest
from ingest.read import read
from ingest.records import Document, Failure, Health, Metadata, Reason

_PREFIX, _SUFFIX = "scanned-", ".part"
"""Begin and end the name of the folder, inside the library's, in which OCRmyPDF reads a file that
is added. The doctor reports what ends so as left over, unless a writer is at work."""


def can_be_read(path: Path, parts: Sequence[Document | Failure]) -> bool:
    """Whether OCRmyPDF can read a file: it is installed, and the file is a PDF in which reading
    found no text. parts: what reading gave.
    """
    return path.suffix.lower() == ".pdf" and _is_scanned(parts) and ocr.installed()


def with_text(
    source: Path,
    sha256: str,
    limits: Limits,
    folder: Path,
    step: Callable[[], None],
    unread: Sequence[int] = (),
) -> tuple[Document | Failure, ...]:
    """What a PDF holds once OCRmyPDF has read its scanned pages.

    sha256: of the file, which ids are made of. folder: empty; the copy with text is left there,
    under the file's name, and the documents' paths are the copy's. step, unread: as for
    `ocr.add_text`. Raises OcrError when it fails, or finds no words.
    """
    copy = folder / source.name
    ocr.add_text(source, copy, step, unread)
    parts = tuple(read(copy, sha256, limits))
    if _is_scanned(parts):
        raise OcrError(f"{ocr.NAME} found no words on its pages", "ask for a better scan")
    return tuple(_with_own_year(source, copy, part) for part in parts)


def read_scanned(
    path: Path, sha256: str, limits: Limits, home: Home
) -> tuple[Document | Failure, ...]:
    """What a scanned PDF holds, as if the text were its own: documents have its path, and what is
    stated of it. A failure where OCRmyPDF fails.

    To be called under the writer's lock, see `remove_left`.
    """
    try:
        with tempfile.TemporaryDirectory(
            _SUFFIX, _PREFIX, home.path, ignore_cleanup_errors=True
        ) as folder:
            parts = with_text(path, sha256, limits, Path(folder), _go_on)
    except OcrError as error:
        return (Failure(path, Reason.NOTHING_TO_READ, error.message, mend=error.mend),)
    except OSError as error:
        where = error.filename or home.path
        why = f"{ocr.NAME} could not be run on it: {error.strerror or error}: {where}"
        return (Failure(path, Reason.UNREADABLE, why, mend="mend that, then add it again"),)
    stated = manifest.stated_of(path)
    return tuple(_as_of(path, stated, part) for part in parts)


def remove_left(home: Home) -> None:
    """Remove the folders that killed writers left. To be called under the writer's lock, when no
    other writer can have one.
    """
    for left in home.path.glob(f"{_PREFIX}*{_SUFFIX}"):
        shutil.rmtree(left, ignore_errors=True)


def _is_scanned(parts: Sequence[Document | Failure]) -> bool:
    """Whether reading refused a PDF because no page has text."""
    return any(
        isinstance(part, Failure)
        and part.reason is Reason.NOTHING_TO_READ
        and Health.SCANNED in part.message
        for part in parts
    )


def _with_own_year(source: Path, copy: Path, part: Document | Failure) -> Document | Failure:
    """A part without the year in which it was read. OCRmyPDF 17.13 dates its copy of an undated
    file with today, which would pass for the year of publication.
    """
    if isinstance(part, Failure) or says(source).stated.year is not None:
        return part
    said = says(copy)
    year = said.printed.year or said.named.year
    return replace(part, metadata=replace(part.metadata, year=year))


def _as_of(path: Path, stated: Metadata, part: Document | Failure) -> Document | Failure:
    """A part of the copy as one of the file."""
    if isinstance(part, Failure):
        return replace(part, path=path)
    return replace(part, path=path, metadata=part.metadata.replaced_by(stated))


def _go_on() -> None:
    """A step that never stops the program: an interrupt ends it without one."""
