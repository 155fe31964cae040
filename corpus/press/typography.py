"""From spans to lines: words measured, lines broken, each run of glyphs given its place.

Knows no PDF: whoever calls brings a `Measure`. All lengths are in points (1/72 inch); x grows to
the right and y downwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from corpus.press.manuscript import Span

INK = "#1a1a1a"
LINK_INK = "#1b4f8a"
HAIRLINE = "#c9ced6"
"""Colour of thin rules."""


class Face(StrEnum):
    """A font of the two families; the value names it in the press."""

    SERIF = "SourceSerifPro-Regular"
    SERIF_BOLD = "SourceSerifPro-Bold"
    SERIF_ITALIC = "SourceSerifPro-It"
    SERIF_BOLD_ITALIC = "SourceSerifPro-BoldIt"
    SANS = "SourceSansPro-Regular"
    SANS_BOLD = "SourceSansPro-Semibold"
    SANS_ITALIC = "SourceSansPro-It"
    SANS_BOLD_ITALIC = "SourceSansPro-SemiboldIt"


Measure = Callable[[str, Face, float], float]
"""Width in points of a text in a face at a size in points."""

_STYLED = {
    (Face.SERIF, True, False): Face.SERIF_BOLD,
    (Face.SERIF, False, True): Face.SERIF_ITALIC,
    (Face.SERIF, True, True): Face.SERIF_BOLD_ITALIC,
    (Face.SANS, True, False): Face.SANS_BOLD,
    (Face.SANS, False, True): Face.SANS_ITALIC,
    (Face.SANS, True, True): Face.SANS_BOLD_ITALIC,
    (Face.SANS_BOLD, False, True): Face.SANS_BOLD_ITALIC,
    (Face.SANS_BOLD, True, True): Face.SANS_BOLD_ITALIC,
}

REFERENCE_SIZE, REFERENCE_RISE = 0.64, 0.34
"""A reference to a footnote, as shares of the size of the text it stands in."""

TIGHTEST, LOOSEST = 0.85, 3.0
"""The smallest and the largest space of a justified line, as shares of the natural space. They are
guesses that were looked at on set pages; a looser line is left ragged."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set; `size` and `leading` (baseline to baseline) in points."""

    face: Face
    size: float
    leading: float
    colour: str = INK
    justified: bool = False

    @property
    def baseline(self) -> float:
        """Points from the top of a line to its baseline. Letters of medium height then stand in the
        middle of the line.
        """
        return self.leading / 2 + self.size * 0.28


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs in one style. x, y: start of the baseline, from the origin of whatever holds it."""

    x: float
    y: float
    width: float
    text: str
    face: Face
    size: float
    colour: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class SetWord:
    """A stretch of text inside which no line may be broken.

    runs: placed from the start of the word.
    glued: follows the word before it without a space, as the parts of a long address do.
    notes: numbers of the footnotes it refers to.
    """

    runs: tuple[GlyphRun, ...]
    width: float
    glued: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SetLine:
    """Words set on one baseline at y = 0, from x = 0. width: from first glyph to last."""

    runs: tuple[GlyphRun, ...]
    width: float
    notes: tuple[int, ...]


def set_lines(
    spans: Iterable[Span], style: Style, width: float, measure: Measure
) -> tuple[SetLine, ...]:
    """Break spans into lines at most `width` wide.

    A word wider than a whole line is cut wherever it must be.
    """
    words = [
        part
        for word in measured_words(spans, style, measure)
        for part in _fitting(word, width, measure)
    ]
    space = measure(" ", style.face, style.size)
    ends = _line_ends(words, width, space, style.justified)
    lines = []
    for start, end in zip([0, *ends], ends, strict=False):
        last = end == len(words)
        lines.append(_line(words[start:end], width, space, style.justified and not last))
    return tuple(lines)


def balanced_lines(
    spans: Sequence[Span], style: Style, width: float, measure: Measure
) -> tuple[SetLine, ...]:
    """As `set_lines`, with lines of about one length: for titles, which end in no lone word."""
    lines = set_lines(spans, style, width, measure)
    for share in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55):
        narrower = set_lines(spans, style, width * share, measure)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def measured_words(spans: Iterable[Span], style: Style, measure: Measure) -> list[SetWord]:
    """The words of spans, in order, with their widths."""
    words: list[SetWord] = []
    open_word = False
    for span in spans:
        for text in re.findall(r" +|[^ ]+", span.text) if not span.note else [""]:
            if text.startswith(" "):
                open_word = False
                continue
            parts = _address_parts(text) if span.link else [text]
            for number, part in enumerate(parts):
                word = _word(replace(span, text=part), style, measure)
                if number:
                    words.append(replace(word, glued=True))
                elif open_word:
                    words[-1] = _joined(words[-1], word)
                else:
                    words.append(word)
                open_word = True
    return words


def _word(span: Span, style: Style, measure: Measure) -> SetWord:
    face = _STYLED.get((style.face, span.bold, span.italic), style.face)
    if span.note:
        text, size, rise = str(span.note), style.size * REFERENCE_SIZE, style.size * REFERENCE_RISE
        width = measure(text, face, size)
        return SetWord(
            (GlyphRun(0, -rise, width, text, face, size, style.colour),), width, False, (span.note,)
        )
    colour = LINK_INK if span.link else style.colour
    width = measure(span.text, face, style.size)
    return SetWord((GlyphRun(0, 0, width, span.text, face, style.size, colour, span.link),), width)


def _joined(first: SetWord, second: SetWord) -> SetWord:
    moved = tuple(replace(run, x=run.x + first.width) for run in second.runs)
    return SetWord(
        first.runs + moved, first.width + second.width, first.glued, first.notes + second.notes
    )


def _address_parts(text: str) -> list[str]:
    """An address cut before its slashes and hyphens: no line ends in a hyphen that looks added."""
    return re.findall(r"(?:https?://|^|[/?&=#%-])[^/?&=#%-]*", text) if "/" in text else [text]


def _fitting(word: SetWord, width: float, measure: Measure) -> Iterator[SetWord]:
    if word.width <= width or len(word.runs) > 1 or len(word.runs[0].text) < 2:
        yield word
        return
    run = word.runs[0]
    count = len(run.text) - 1
    while count > 1 and measure(run.text[:count], run.face, run.size) > width:
        count -= 1
    for number, text in enumerate((run.text[:count], run.text[count:])):
        part = measure(text, run.face, run.size)
        piece = SetWord((replace(run, text=text, width=part),), part, word.glued or number > 0)
        yield from _fitting(piece, width, measure) if number else [piece]


def _line_ends(words: Sequence[SetWord], width: float, space: float, justified: bool) -> list[int]:
    """Where lines end (index after the last word) for the least sum of squared left-over widths.

    The total-fit idea of Knuth and Plass, "Breaking Paragraphs into Lines", Software: Practice and
    Experience 11 (1981), without hyphenation.
    """
    gaps = [0 if word.glued else 1 for word in words]
    widths = [0.0, *accumulate(word.width for word in words)]
    spaces = [0, *accumulate(gaps)]
    best, before = [0.0] + [float("inf")] * len(words), [0] * (len(words) + 1)
    for end in range(1, len(words) + 1):
        for start in range(end - 1, -1, -1):
            between = spaces[end] - spaces[start] - gaps[start]
            left = width - (widths[end] - widths[start]) - between * space
            squeeze = between * space * (1 - TIGHTEST) if justified else 0
            if left < -squeeze - 1e-6 and start < end - 1:
                break
            cost = best[start] + _badness(left / width, end - start, end == len(words))
            if cost < best[end]:
                best[end], before[end] = cost, start
    ends: list[int] = []
    end = len(words)
    while end:
        ends.append(end)
        end = before[end]
    return ends[::-1]


def _badness(left: float, words: int, last: bool) -> float:
    """How ugly a line is; `left` is its free share of the width, negative when squeezed."""
    if last:
        return 0.01 if words == 1 else 0.0
    return left * left * (4 if left < 0 else 1)


def _line(words: Sequence[SetWord], width: float, space: float, justified: bool) -> SetLine:
    between = sum(not word.glued for word in words[1:])
    natural = sum(word.width for word in words) + between * space
    gap = space + (width - natural) / between if between else space
    if not (justified or natural > width) or gap > LOOSEST * space:
        gap = space
    runs: list[GlyphRun] = []
    x = 0.0
    for number, word in enumerate(words):
        if number and not word.glued:
            # A real space glyph, so that readers need not guess words from gaps.
            runs[-1] = replace(runs[-1], text=runs[-1].text + " ")
            x += gap
        runs += [replace(run, x=run.x + x) for run in word.runs]
        x += word.width
    return SetLine(tuple(runs), x, tuple(note for word in words for note in word.notes))
