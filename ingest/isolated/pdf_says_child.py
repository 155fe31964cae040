"""What runs in the child process of `ingest.isolated.pdf_says`."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

from ingest.isolated.pdf_child import ENGINES
from ingest.isolated.pipe_records import metadata_record
from ingest.metadata.titles import FIRST_PAGES, metadata_of
from ingest.prose.lines import Line, lines_of


def main() -> None:
    """Say what `sys.argv[1]` says of itself, as JSON on stdout."""
    path = Path(sys.argv[1])
    info: dict[str, str] = {}
    pages: list[list[Line]] = []
    for engine in ENGINES.values():
        with contextlib.suppress(Exception):  # then the other one, then nothing is said
            pdf = engine(path)
            info = pdf.source().info
            for number in range(1, min(len(pdf), FIRST_PAGES) + 1):
                sheet = pdf.sheet(number)
                pages.append(list(lines_of(sheet.words, sheet.rules)))
            break
    said = {
        "stated": metadata_of(info, (), "", ""),
        "printed": metadata_of({}, pages, "", ""),
        "named": metadata_of({}, (), path.stem, ""),
    }
    record = {name: metadata_record(metadata) for name, metadata in said.items()}
    sys.stdout.buffer.write(json.dumps(record).encode("ascii"))
    sys.stdout.buffer.flush()
