"""On which pages of a set PDF an answer stands, as pypdf reads it, which Waymark does not use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import known
from known import KnownAnswer, KnownQuestion
from pypdf import PdfReader
from set_texts import FOOT, HEAD

WHOLE = 0.9
"""Share of an answer's runs with which a page has it all: a note's mark may stand in it."""
LEAST = 0.5
"""Share that two neighbouring pages must have together."""
SOME = 0.1
"""Share of the runs with which a page has a part of an answer that goes over two."""

Pages = Sequence[frozenset[str]]
"""The runs of five words on each page of a document, see `known.runs_of`."""


def pages_of(pdf: Path) -> Pages:
    """Read a PDF's pages, without running heads and feet."""
    return [known.runs_of(_body(page)) for page in PdfReader(pdf).pages]


def _body(page: Any) -> str:
    parts: list[str] = []
    top = float(page.mediabox.top) - HEAD

    def keep(text: str, _user: Any, place: Sequence[float], *_: Any) -> None:
        if not text.strip() or FOOT < place[5] < top:
            parts.append(text)

    page.extract_text(visitor_text=keep)
    return "".join(parts)


def standing(runs: frozenset[str], pages: Pages) -> list[int]:
    """Pages, 1-based, on which an answer of these runs stands: each that has it whole, or the two
    neighbours that have most of it together. Empty when it stands nowhere.
    """
    shares = [len(runs & page) / max(1, len(runs)) for page in pages]
    whole = [number for number, share in enumerate(shares, start=1) if share >= WHOLE]
    if whole:
        return whole
    pairs = zip(pages, [*pages[1:], frozenset()], strict=True)
    together = [len(runs & (one | other)) / max(1, len(runs)) for one, other in pairs]
    best = max(together, default=0.0)
    if best < LEAST:
        return []
    first = together.index(best)
    return [place + 1 for place in (first, first + 1) if sum(shares[place : place + 1]) >= SOME]


def load(path: Path, pdfs: Sequence[Path]) -> tuple[KnownQuestion, ...]:
    """The questions of a set whose answers name a text and no page, with the pages of its PDF.

    Raises QuestionsError as `known.load` does, and for an answer that stands on no page.
    """
    pages: Mapping[str, Pages] = {pdf.stem: pages_of(pdf) for pdf in pdfs}

    def placed(entry: dict[str, Any]) -> tuple[KnownAnswer, ...]:
        name, runs = Path(str(entry["file"])).stem, frozenset(map(str, entry["runs"]))
        found = standing(runs, pages[name])
        if not found:
            raise ValueError(f"an answer stands on no page of {name}.pdf")
        return tuple(KnownAnswer(f"{name}.pdf", page, runs) for page in found)

    return known.load(path, placed)
