"""What runs in the child process: a PDF in, its pages of blocks out, as one JSON object.

Knows both engines. The parent side is `ingest.isolated.pdf`, which holds the words for the user.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from ingest.assemble import Printed, pages_of
from ingest.engines.sheets import LETTER_PAPER, FileInfo, Sheet
from ingest.isolated.health import verdict
from ingest.isolated.pipe_records import metadata_record, page_record
from ingest.metadata.titles import FIRST_PAGES, metadata_of
from ingest.prose import language
from ingest.prose.lines import lines_of
from ingest.records import Health


class Engine(Protocol):
    """An opened PDF."""

    def __len__(self) -> int: ...
    def source(self) -> FileInfo:
        """What the file says of itself."""
        ...

    def sheet(self, number: int) -> Sheet:
        """Page `number`, 1-based."""
        ...


class TooManyPagesError(Exception):
    """The file has more pages than are read; the argument is their number."""


def _open_pdfium(path: Path) -> Engine:
    from ingest.engines.pdfium_text import PdfiumFile  # noqa: PLC0415 - one engine a child

    return PdfiumFile(path)


def _open_pypdf(path: Path) -> Engine:
    from ingest.engines.pypdf_text import PypdfFile  # noqa: PLC0415 - takes .17 s, and seldom needed

    return PypdfFile(path)


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "pypdfium2": _open_pdfium,
    "pypdf": _open_pypdf,
}


def main() -> None:
    """Read `sys.argv[1]` with the engine `sys.argv[2]`, at most `sys.argv[3]` pages, to stdout."""
    path, engine, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    try:
        answer = reading(path, engine, most)
    except TooManyPagesError as error:
        answer = {"trouble": "pages", "detail": str(error)}
    except MemoryError:
        answer = {"trouble": "memory", "detail": ""}
    except RecursionError:
        answer = {"trouble": "damaged", "detail": "it is nested too deeply"}
    except Exception as error:
        answer = {"trouble": _trouble(error), "detail": _detail(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode("ascii"))
    sys.stdout.buffer.flush()


def _detail(error: Exception) -> str:
    """What may help whoever maintains this program: any error but those by which an engine says
    that a file is damaged, in words that nobody who reads the message can use.
    """
    of_engine = type(error).__module__.partition(".")[0] in ("pypdfium2", "pypdf")
    return "" if of_engine else f"{type(error).__name__}: {error}"[:200]


def _trouble(error: Exception) -> str:
    """What an engine's error means: a password is wanted, or the file is damaged."""
    text = f"{type(error).__name__} {error}".lower()
    return "encrypted" if "password" in text or "security" in text else "damaged"


def reading(path: Path, engine: str, most_pages: int) -> dict[str, Any]:
    """Pages and metadata of a file in the form that goes over the pipe.

    Raises `TooManyPagesError` and whatever the engine raises when it cannot open the file. A
    single page that cannot be read is taken from the other engine, else it is empty.
    """
    pdf = ENGINES[engine](path)
    if len(pdf) > most_pages:
        raise TooManyPagesError(len(pdf))
    printed, unread = [], []
    for number in range(1, len(pdf) + 1):
        try:
            printed.append(_printed(pdf.sheet(number)))
        except Exception:
            printed.append(Printed(number, *LETTER_PAPER, (), health=Health.EMPTY))
            unread.append(number)
    if engine != "pypdf" and unread:
        printed = _second_look(path, printed, unread)
    source = pdf.source()
    sample = "\n".join(line.text for page in printed for line in page.lines)
    first = [page.lines for page in printed[:FIRST_PAGES]]
    metadata = metadata_of(source.info, first, path.stem, language.guess(sample))
    return {
        "engine": source.engine,
        "metadata": metadata_record(metadata),
        "pages": [page_record(page) for page in pages_of(printed, source.outline)],
    }


def _printed(sheet: Sheet) -> Printed:
    """A page with its words made into lines, and whether it can be read."""
    text = " ".join(word.text for word in (*sheet.words, *sheet.aside))
    return Printed(
        number=sheet.number,
        width=sheet.width,
        height=sheet.height,
        lines=tuple(lines_of(sheet.words, sheet.rules)),
        aside=tuple(lines_of(sheet.aside, ())),
        rules=sheet.rules,
        health=verdict(text, sheet.image_share),
        label=sheet.label,
    )


def _second_look(path: Path, printed: list[Printed], unread: list[int]) -> list[Printed]:
    """The pages, with those of `unread` from the second engine where it can read them."""
    try:
        pdf = ENGINES["pypdf"](path)
    except Exception:
        return printed
    for number in unread:
        with contextlib.suppress(Exception):  # then this page stays empty
            found = _printed(pdf.sheet(number))
            printed[number - 1] = replace(found, label=printed[number - 1].label)
    return printed
