"""Standard input, output and error: closed, of another encoding, or before a disk that is full."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

OUTPUT = "standard output"
"""The `filename` of an OSError that writing there raises."""


def prepare() -> None:
    """Let commands find all three, and write any text.

    One that is closed, as some schedulers start programs, is the null device. What is redirected is
    UTF-8, as every file that is written; a terminal shows as escapes what it has no letters for.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            null = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115 - until the program ends
            setattr(sys, name, null)
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        redirected = out is sys.__stdout__ and not out.isatty()
        sys.stdout = out = _utf8(out) if redirected else out
        out.reconfigure(errors="backslashreplace")


def _utf8(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    stream.flush()
    whole_lines = stream.line_buffering or stream.write_through
    raw = _Output(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", line_buffering=whole_lines)


class _Output(io.FileIO):
    """Standard output, which names itself in what it raises, and raises once: what it could not
    take is written again when the program ends.
    """

    _lost = False

    def write(self, data: ReadableBuffer, /) -> int:
        """As for files; once the system has refused, nothing is written."""
        if self._lost:
            return memoryview(data).nbytes
        try:
            return super().write(data)
        except OSError as error:
            self._lost = True
            error.filename = OUTPUT
            raise
