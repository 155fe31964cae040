"""Words of a PDF page, made of the characters that PDFium finds there.

Runs in the child process only (`ingest.isolated.pdf_child`). Each character costs a call, so only
the first and last one of a word are looked at, unless the word looks like several: a page has 3,600
characters and 600 words.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium

from ingest.engines.lost_spaces import has_letters, in_letters, in_suspect
from ingest.engines.pdfium_characters import BRACKETED, Characters, LearntWords, TextStyle
from ingest.engines.raised_figures import SIZE, height_of, place_of
from ingest.engines.right_to_left import as_read, is_right_to_left
from ingest.engines.sheets import PageBox, Word
from ingest.engines.turns import SLANTED

_WORD = re.compile(r"[^\s\x00]+")
# Worth a look at every character: long enough to hide a lost space, or a capital inside.
_SUSPECT = re.compile(r"[a-zß-ÿ][A-Z]|\S{19}|[a-z][.,;:][A-Za-z]")


class PageWords(NamedTuple):
    """The words of a page in content order, placed from the upper left corner as it is turned.

    along: words that run in the page's main direction. aside: the others.
    turn: the main direction in quarter turns anticlockwise, 0 to 3.
    """

    along: tuple[Word, ...]
    aside: tuple[Word, ...]
    turn: int


class _Placed(NamedTuple):
    """A word and the direction it runs in."""

    word: Word
    turn: int


def _pieces(chars: Characters, start: int, end: int) -> Iterator[tuple[int, int, TextStyle]]:
    """Parts of the characters [start, end) that share a style: a superscript is its own part."""
    first = chars.object(start)
    style = chars.style(start, first)
    edges = chars.text[start] + chars.text[end - 2 : end]
    raised = _raised(chars, start, end, style) if not edges.isalpha() else []
    if raised:
        yield from raised
        return
    last = chars.object(end - 1)
    same = last == first or chars.style(end - 1, last)[:2] == style[:2]
    if same and not (chars.bracketed and BRACKETED.search(chars.text, start, end)):
        yield start, end, style
        return
    begin = start
    for index in range(start + 1, end):
        owner = chars.object(index)
        if not owner or owner == first:
            continue
        here = chars.style(index, owner)
        first = owner
        if here[:2] != style[:2]:
            yield begin, index, style
            begin, style = index, here
    # "batter- / ies.24" is one word, whose halves stand on two lines.
    yield from (begin > start and _raised(chars, begin, end, style)) or [(begin, end, style)]


def _raised(
    chars: Characters, start: int, end: int, style: TextStyle
) -> list[tuple[int, int, TextStyle]]:
    """The parts around figures that the font raises, if there are such."""
    place = place_of(chars.text[start:end]) if not style.turn else None
    if place is None:
        return []
    first, after = start + place[0], start + place[1]
    boxes = [chars.box(index)[2:] for index in range(first, after)]
    height = height_of(boxes, style.base, style.size)
    figures = style._replace(base=style.base + height, size=round(SIZE * style.size, 2))
    parts = [(start, first, style), (first, after, figures), (after, end, style)]
    return [part for part in parts if part[0] < part[1]] if height else []


def _split_lost_spaces(
    chars: Characters, start: int, end: int, style: TextStyle, *, suspect: bool
) -> Iterator[tuple[int, int]]:
    """Parts of a word between which the page shows a gap. suspect: it looks like several."""
    text = chars.text[start:end]
    if not suspect and (text in chars.whole or not has_letters(text)):
        chars.whole.add(text)  # a short word too: between known words a narrower gap tells
        yield start, end
        return
    boxes = [chars.box(index) for index in range(start, end)]
    gaps = [(b[0] - a[1]) / (style.size or 1.0) for a, b in itertools.pairwise(boxes)]
    places = in_suspect(text, gaps) if suspect else in_letters(text, gaps, chars.words)
    if places and chars.typewriter(chars.object(start)):
        places = []
    if not places:
        chars.whole.add(text)
    yield from itertools.pairwise([start, *(start + place for place in places), end])


def _place(
    chars: Characters, span: tuple[int, int], style: TextStyle, page: PageBox, *, glued: bool
) -> _Placed:
    """The characters of `span` as a word, from the upper left corner of the page as turned."""
    start, end = span
    first = chars.box(start)
    last = chars.box(end - 1) if end - start > 1 else first
    turn = style.turn
    if turn == 0:
        x0, x1, base = first[0] - page[0], last[1] - page[0], page[3] - style.base
    elif turn == 1:
        x0, x1, base = first[2] - page[1], last[3] - page[1], -page[0] - style.base
    elif turn == 2:
        x0, x1, base = page[2] - first[1], page[2] - last[0], -page[1] - style.base
    else:
        x0, x1, base = page[3] - first[3], page[3] - last[2], page[2] - style.base
    text = chars.word(start, end)
    if turn == 0 and is_right_to_left(text):
        text, x0, x1 = as_read(chars.text[start:end], [*map(chars.box, range(start, end))], page[0])
    return _Placed(Word(text, x0, max(x0, x1), base, style.size, style.bold, glued), turn)


def _placed_words(chars: Characters, page: PageBox) -> list[_Placed]:
    found: list[_Placed] = []
    spans = [match.span() for match in _WORD.finditer(chars.text)]
    starts = [start for start, _ in spans]
    suspects = {bisect_right(starts, match.start()) - 1 for match in _SUSPECT.finditer(chars.text)}
    for place, (word_start, word_end) in enumerate(spans):
        glued = False
        for start, end, style in _pieces(chars, word_start, word_end):
            if style.turn:
                found.append(_place(chars, (start, end), style, page, glued=glued))
                glued = True
                continue
            parts = _split_lost_spaces(chars, start, end, style, suspect=place in suspects)
            for begin, stop in parts:
                joined = glued and begin == start
                found.append(_place(chars, (begin, stop), style, page, glued=joined))
                glued = True
    return found


def page_words(textpage: pdfium.PdfTextPage, page: PageBox, learnt: LearntWords) -> PageWords:
    """The words of a page.

    page: its box. learnt: from the pages before; what this one tells is added to it.
    """
    placed = _placed_words(Characters(textpage, learnt), page)
    weight = Counter[int]()
    for word, turn in placed:
        weight[turn] += len(word.text)
    del weight[SLANTED]
    main = weight.most_common(1)[0][0] if weight else 0
    return PageWords(
        tuple(word for word, turn in placed if turn == main),
        tuple(word for word, turn in placed if turn != main),
        main,
    )
