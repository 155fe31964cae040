"""Standard input, output and error, where one is closed, has another encoding, or leads to a full
disk.
"""

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
    """Make all three usable, for any text.

    One that is closed, as under some schedulers, becomes the null device. Redirected output is
    UTF-8, as is every file that is written. A terminal gets escapes for what it cannot show.
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
    """Standard output that names itself in an error, and raises one only once: Python writes what
    could not be written again when the program ends.
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
