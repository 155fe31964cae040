"""The lines of a file or of standard input, as texts and tables come."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO

from corpus.signatures import not_text
from index.cli.terminal import fail


@contextmanager
def text_of(file: Path | None, name: str) -> Iterator[Iterator[str]]:
    """The lines of a file, or of standard input (None), cut at line ends alone. The command ends
    where the file is packed or a spreadsheet, and no text.

    UTF-16 is known by its mark, as spreadsheets save "Unicode text". Bytes that are neither that
    nor UTF-8 become characters that `ingest.prose.text.fault` finds. Raises OSError as `open` does.
    name: of the file, as it was given.
    """
    with nullcontext(sys.stdin.buffer) if file is None else file.open("rb") as data:
        stream = _decoded(data)
        try:
            yield _of_text(stream, name)
        finally:
            stream.detach()


def _recognisable(error: UnicodeError) -> tuple[str, int]:
    """In place of half a character, what `ingest.prose.text.fault` finds."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


_NOT_UTF_16 = "waymark.not_utf_16"
codecs.register_error(_NOT_UTF_16, _recognisable)


def _decoded(data: BinaryIO) -> io.TextIOWrapper:
    first = data.peek(2)[:2] if isinstance(data, io.BufferedReader) else b""
    if first in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return io.TextIOWrapper(data, "utf-16", _NOT_UTF_16, newline="")
    return io.TextIOWrapper(data, "utf-8-sig", "surrogateescape", newline="")


def _of_text(stream: TextIO, name: str) -> Iterator[str]:
    first = stream.readline()
    if found := not_text(first.encode("utf-8", "surrogateescape")):
        fail(f"{name}: {': '.join(found)}")
    return chain([first] if first else (), stream)
