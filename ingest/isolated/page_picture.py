"""A page of a PDF as a picture, with the words of a quote marked where they stand.

PDFium draws in a child process (`ingest.isolated.sandbox`, `ingest.isolated.page_picture_child`).
"""

from __future__ import annotations

from pathlib import Path

from ingest.isolated.sandbox import Breach, Limits, run_python
from ingest.records import Reason

PNG = b"\x89PNG\r\n\x1a\n"

WIDTH = 1000
"""Pixels across: a printed A4 page is then read without effort, and weighs 100 to 300 kB."""

_RUN = "from ingest.isolated.page_picture_child import main; main()"
_LONGEST_QUOTE = 4_000
_LIMITS = Limits(
    wall_seconds=20, cpu_seconds=15, memory_bytes=1 << 30, output_bytes=24 << 20, pages=1
)


def page_picture(
    path: Path, page: int, quote: str = "", limits: Limits = _LIMITS
) -> bytes | Breach:
    """Page `page`, 1-based, as a PNG `WIDTH` pixels wide, the quote's words on a yellow ground.

    Marks nothing when the page does not hold the quote. Never raises for what is in the file, and
    ends within the limits; a page that cannot be drawn, or is not there, is a `Breach`.
    """
    words = quote.replace("\0", "")[:_LONGEST_QUOTE]
    answer = run_python(_RUN, [str(path.resolve()), str(page), str(WIDTH), words], limits)
    if isinstance(answer, Breach) or answer.startswith(PNG):
        return answer
    return Breach(Reason.DAMAGED, "this page cannot be drawn")
