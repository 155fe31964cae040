"""The starter documents as they stand: does each PDF come from its source?

Needs no fpdf2: each PDF carries the digest of the source it was set from.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from corpus.press import manuscript, sources
from corpus.press.sources import FrontMatter, SourceError

FOLDER = Path(__file__).parents[1] / "starter"
LIST = "documents.csv"
"""What the sources state of each PDF, in the form that `waymark add` reads beside files."""
DIGEST_MARK = "source-sha256:"


def faults(folder: Path = sources.FOLDER, target: Path = FOLDER) -> list[str]:
    """A line for each source that cannot be read, PDF that is missing, stale or without source."""
    found: list[str] = []
    fronts: list[FrontMatter] = []
    names = set()
    for path in sorted(folder.glob("*.md")):
        names.add(path.stem)
        try:
            source = sources.load(path)
            manuscript.parse(source)
        except SourceError as error:
            found += error.problems
            continue
        fronts.append(source.front)
        found += _pdf_faults(target / f"{path.stem}.pdf", source.sha256)
    found += [
        f"{pdf}: has no source (remove it, or add {pdf.stem}.md)"
        for pdf in sorted(target.glob("*.pdf"))
        if pdf.stem not in names
    ]
    list_path = target / LIST
    if not list_path.is_file() or list_path.read_text(encoding="utf-8") != listed(fronts):
        found.append(f"{list_path}: not as the sources state it (run python -m corpus.press)")
    return found


def listed(fronts: Sequence[FrontMatter]) -> str:
    """The text of `documents.csv` for these documents."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["file", "title", "publisher", "year", "language", "kind"])
    for front in fronts:
        row = [
            f"{front.id}.pdf",
            front.title,
            front.publisher,
            front.year,
            front.language,
            front.kind,
        ]
        writer.writerow(row)
    return out.getvalue()


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
