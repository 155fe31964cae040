"""What a PDF says of itself, by where it says it: its information, its first pages, its name.

`ingest.read` settles on one value a field; a curator who checks it wants to know which of the three
stand behind it. Read in a child process like the text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ingest.isolated.pipe_records import metadata_of_record
from ingest.isolated.sandbox import Breach, Limits, run_python
from ingest.records import Metadata

_RUN = "from ingest.isolated.pdf_says_child import main; main()"
_LIMITS = Limits(wall_seconds=30, cpu_seconds=25, memory_bytes=1 << 30, output_bytes=1 << 20)


@dataclass(frozen=True, slots=True)
class Says:
    """What each source says on its own; empty where it says nothing.

    stated: the PDF's information dictionary; its year is the year the file was made.
    printed: the first three pages. named: the file's name.
    """

    stated: Metadata
    printed: Metadata
    named: Metadata


def says(path: Path, limits: Limits = _LIMITS) -> Says:
    """What a PDF says of itself; nothing where it cannot be read within the limits."""
    answer = run_python(_RUN, [str(path.resolve())], limits)
    if isinstance(answer, Breach):
        return Says(Metadata(), Metadata(), Metadata())
    try:
        record = json.loads(answer)
        return Says(*(metadata_of_record(record[name]) for name in ("stated", "printed", "named")))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Says(Metadata(), Metadata(), Metadata())
