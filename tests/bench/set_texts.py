"""Plain texts set as PDF by the press, in one column and in two, and whether every word is there.

    python tests/bench/set_texts.py TEXTS TARGET

Sets each .txt file of the folder TEXTS as TARGET/<layout>/<name>.pdf and prints, for each, what of
its words pdfium reads between the running heads and feet.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
from known import RUN, folded
from text_forms import shaped
from text_markdown import markdown

from corpus.citations import Citation
from corpus.press import drawing
from corpus.press.sources import LAYOUTS, FrontMatter, Source
from corpus.press.typography import Face

TEXTS = Path(__file__).parents[3] / "shared" / "seeds"
"""Beside the checkout: texts that may not be copied into it."""

PUBLISHER, YEAR = "Reference text", 2018
HEAD, FOOT = 60.0, 55.0
"""Points from the edges of a page within which the press sets heads and feet."""


@dataclass(frozen=True, slots=True)
class Found:
    """How much of a text stands in its PDF; shares between 0 and 1.

    words: of the text. share: of them that the PDF has, each as often as the text.
    order: of runs of five words that both have once, those that follow the one before them.
    more: words of the PDF that the text lacks: repeated headers, the press's own.
    """

    words: int
    share: float
    order: float
    more: int


def source_of(path: Path, layout: str) -> Source:
    """A text file as a source of the press. Raises OSError, and UnicodeDecodeError for a file
    that is not UTF-8.
    """
    data = path.read_bytes()
    text = shaped(_drawable(data.decode("utf-8")))
    front = FrontMatter(
        id=path.stem,
        title=text.title or path.stem,
        subtitle="",
        kind="report",
        year=YEAR,
        language="en",
        publisher=PUBLISHER,
        layout=layout,
        scanned_pages=(),
        sources=(Citation(PUBLISHER, path.stem, YEAR),),
    )
    return Source(path, front, markdown(text), 1, hashlib.sha256(data).hexdigest())


def set_all(texts: Path, target: Path, layout: str) -> list[Path]:
    """Set every text of a folder that `target` does not hold yet; the PDFs, by name.

    Raises SourceError for a text that the press cannot set.
    """
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for path in sorted(texts.glob("*.txt")):
        pdf = target / f"{path.stem}.pdf"
        if not pdf.is_file():
            pdf.write_bytes(drawing.press(source_of(path, layout)))
        made.append(pdf)
    return made


def _drawable(text: str) -> str:
    """A text whose every character the fonts have; what they lack is a question mark."""
    return text.translate({ord(c): "?" for c in set(text) if not c.isspace() and not _drawn(c)})


@cache
def _drawn(character: str) -> bool:
    try:
        for face in Face:
            drawing.measure(character, face, 1)
    except drawing.MissingGlyphError:
        return False
    return True


def body_of(pdf: Path) -> str:
    """The text of a PDF as pdfium reads it, without running heads and feet."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        parts = []
        for page in document:
            width, height = page.get_size()
            parts.append(page.get_textpage().get_text_bounded(0, FOOT, width, height - HEAD))
        return "\n".join(parts)
    finally:
        document.close()


def found_in(text: str, read: str) -> Found:
    """Compare the words of a text with those of its PDF."""
    wanted, there = folded(text), folded(read)
    both = (Counter(wanted) & Counter(there)).total()
    once, places = _once(wanted), _once(there)
    shared = [places[run] for run in once if run in places]
    follow = sum(one < other for one, other in pairwise(shared))
    return Found(
        len(wanted),
        both / max(1, len(wanted)),
        follow / max(1, len(shared) - 1),
        len(there) - both,
    )


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each run of words stands that stands in one place only, in order."""
    runs = [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]
    counts = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counts[run] == 1}


def main(texts: Path, target: Path) -> None:
    """Set and compare every text in both layouts."""
    print(
        "| text | layout | pages | words | found | in order | more |\n|---|---|---|---|---|---|---|"
    )
    for layout in LAYOUTS:
        for pdf in set_all(texts, target / layout, layout):
            text = (texts / f"{pdf.stem}.txt").read_text(encoding="utf-8")
            found = found_in(text, body_of(pdf))
            document = pypdfium2.PdfDocument(pdf)
            pages = len(document)
            document.close()
            print(
                f"| {pdf.stem[:3]} | {layout} | {pages} | {found.words} | {found.share:.4f} | "
                f"{found.order:.4f} | {found.more} |"
            )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
