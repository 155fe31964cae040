"""A PDF file becomes pages of blocks, or a failure that says what to do about it.

The work is done in a child process (`ingest.isolated.sandbox`, `ingest.isolated.pdf_child`): first
with PDFium, then, for files it cannot read, with pypdf. Of 5,147 PDFs either alone opened 4,866 to
4,965 and the two together 4,990 and more, so both are kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.isolated.pipe_records import metadata_of_record, page_of_record
from ingest.isolated.sandbox import Breach, Limits, run_python
from ingest.records import Failure, Health, Metadata, Page, Reason

_HEADER = b"%PDF-"
# ISO 32000-1, implementation note 13: the header may stand anywhere in the first 1024 bytes.
_HEADER_WITHIN = 1024
_ENGINES = ("pypdfium2", "pypdf")
_RUN = "from ingest.isolated.pdf_child import main; main()"
# After these the second engine is worth a try; the others hold for it too.
_TRY_AGAIN = {Reason.DAMAGED, Reason.CRASHED}

_MENDS = {
    Reason.MISSING: "check the path",
    Reason.UNREADABLE: "check the permissions of the file",
    Reason.ENCRYPTED: "save a copy without a password, then add that",
    Reason.DAMAGED: "open it in a PDF viewer and save it again, or ask for a fresh copy",
    Reason.TOO_LARGE: "split it into parts and add those",
    Reason.TOO_SLOW: "print it to a new PDF and add that",
    Reason.CRASHED: "print it to a new PDF and add that",
    Reason.NOTHING_TO_READ: "",
}


@dataclass(frozen=True, slots=True)
class PdfReading:
    """A PDF as read.

    engine: which reader opened it, "pypdfium2" or "pypdf".
    """

    metadata: Metadata
    pages: tuple[Page, ...]
    engine: str


def read_pdf(path: Path, limits: Limits) -> PdfReading | Failure:
    """The pages of a PDF. Never raises for what is in the file, and ends within the limits.

    A file with at least one readable page is a reading; its scanned, empty and garbled pages
    say so in their health.
    """
    trouble = _unfit(path, limits)
    if trouble is not None:
        return trouble
    first: Failure | None = None
    for engine in _ENGINES:
        found = _read_with(engine, path, limits)
        if isinstance(found, PdfReading) or found.reason not in _TRY_AGAIN:
            return found
        first = first or found
    return first or _failure(path, Reason.DAMAGED, "no reader can open it")


def _failure(path: Path, reason: Reason, message: str, mend: str = "") -> Failure:
    return Failure(path, reason, message, mend=mend or _MENDS[reason])


def _unfit(path: Path, limits: Limits) -> Failure | None:
    """Why the file need not be opened at all."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_HEADER_WITHIN)
    except FileNotFoundError:
        return _failure(path, Reason.MISSING, "no such file")
    except OSError as error:
        return _failure(path, Reason.UNREADABLE, f"it cannot be opened: {error.strerror}")
    if not size:
        return _failure(path, Reason.DAMAGED, "empty file", "ask for a fresh copy")
    if size > limits.file_bytes:
        return _failure(
            path,
            Reason.TOO_LARGE,
            f"the file has {size >> 20} MiB; at most {limits.file_bytes >> 20} MiB are read",
        )
    if _HEADER not in start:
        mend = "add the original PDF, or give the file the ending of what it is"
        return _failure(path, Reason.DAMAGED, "not a PDF, whatever its name says", mend)
    return None


def _read_with(engine: str, path: Path, limits: Limits) -> PdfReading | Failure:
    arguments = [str(path.resolve()), engine, str(limits.pages)]
    answer = run_python(_RUN, arguments, limits)
    if isinstance(answer, Breach):
        return _failure(path, answer.reason, answer.message)
    try:
        record = json.loads(answer)
        if "trouble" in record:
            return _failure_from(path, record["trouble"], record["detail"], limits)
        metadata = metadata_of_record(record["metadata"])
        pages = tuple(page_of_record(page) for page in record["pages"])
        reading = PdfReading(metadata, pages, record["engine"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return _failure(path, Reason.CRASHED, "the reader broke down over it")
    return _unread(path, pages) or reading


def _failure_from(path: Path, trouble: str, detail: str, limits: Limits) -> Failure:
    """The failure that the child reports, in words for the user."""
    if trouble == "pages":
        message = f"it has {detail} pages; at most {limits.pages} are read"
        return _failure(path, Reason.TOO_LARGE, message)
    if trouble == "memory":
        message = f"reading it takes more than {limits.memory_bytes >> 20} MiB of memory"
        return _failure(path, Reason.TOO_LARGE, message)
    if trouble == "encrypted":
        return _failure(path, Reason.ENCRYPTED, "it is locked with a password")
    why = f" [{detail}]" if detail else ""
    return _failure(path, Reason.DAMAGED, f"the PDF is damaged{why}")


def _unread(path: Path, pages: Sequence[Page]) -> Failure | None:
    """Why no page can be read; None where one can."""
    healths = {page.health for page in pages}
    if Health.TEXT in healths:
        return None
    if not pages:
        return _failure(path, Reason.DAMAGED, "the PDF has no pages")
    if Health.SCANNED in healths:
        message = "all its pages are scanned pictures without text"
        mend = "install OCRmyPDF, or run it on the file, then add it again"
    elif Health.GARBLED in healths:
        message = "its text comes out as meaningless characters"
        mend = "run OCRmyPDF --force-ocr on it, then add it again"
    else:
        message, mend = "its pages are empty", "check that it is the right file"
    return _failure(path, Reason.NOTHING_TO_READ, message, mend)
