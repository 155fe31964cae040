"""The starter documents as they stand: does each PDF come from its source?

Needs no fpdf2: each PDF carries the digest of the source it was set from.
"""

from __future__ import annotations

import re
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from corpus import manuscript, sources
from corpus.sources import SourceError

FOLDER = Path(__file__).with_name("starter")
DIGEST_MARK = "source-sha256:"


def faults(folder: Path = sources.FOLDER, target: Path = FOLDER) -> list[str]:
    """A line for each source that cannot be read, PDF that is missing, stale or without source."""
    found: list[str] = []
    names = set()
    for path in sorted(folder.glob("*.md")):
        names.add(path.stem)
        try:
            source = sources.load(path)
            manuscript.parse(source)
        except SourceError as error:
            found += error.problems
            continue
        found += _pdf_faults(target / f"{path.stem}.pdf", source.sha256)
    found += [
        f"{pdf}: has no source (remove it, or add {pdf.stem}.md)"
        for pdf in sorted(target.glob("*.pdf"))
        if pdf.stem not in names
    ]
    return found


def recorded_digest(pdf: Path) -> str:
    """The sha256 of the source that a PDF says it was set from, or ''. Raises PyPdfError."""
    information = PdfReader(pdf).metadata
    keywords = str(information.get("/Keywords", "")) if information else ""
    found = re.search(rf"{DIGEST_MARK}([0-9a-f]{{64}})", keywords)
    return found[1] if found else ""


def _pdf_faults(pdf: Path, sha256: str) -> list[str]:
    mend = "run python -m corpus.press"
    if not pdf.exists():
        return [f"{pdf}: missing ({mend})"]
    try:
        recorded = recorded_digest(pdf)
    except (PyPdfError, OSError) as error:
        return [f"{pdf}: cannot be read: {error} ({mend})"]
    return [] if recorded == sha256 else [f"{pdf}: not set from the source as it stands ({mend})"]
