"""Which pieces of a document look like headings, and which of these are parts of others.

Pure. By numbering, size, weight, capitals and the space around; precision counts: a paragraph
taken for a heading is lost to its passage.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ingest.prose.chapter_heads import CHAPTER_WORDS
from ingest.prose.paragraphs import Norms, Piece, stand_apart
from ingest.prose.text import is_mostly_letters, letters_of
from ingest.structure.junk import is_contents_entry

LONGEST = 180
"""Characters of a heading."""
# Characters of a heading that runs on in the next column or page.
_LONGEST_WHOLE = 300
_MOST_LINES = 4
# Part of the size of the text from which size alone makes a heading.
_BIGGER = 1.12
# Points by which the sizes of a heading's two parts differ.
_ALIKE = 0.2
# Parts of the size of the text that a bold heading has at least; a box may be set smaller.
_SMALL = 0.88
_SMALL_IN_BOX = 0.8
NUMBER = re.compile(
    rf"^(?:(?:{CHAPTER_WORDS}|section|article)\s+)?"
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?:\.?\)?|:|\s*[–—]|\s+-)\s+[^\W\d_]"
    r"|(?P<tight>\d{1,2}(?:\.\d{1,2}){1,4})\.?(?-i:[A-ZÀ-Þ][a-zß-ÿ]))",
    re.IGNORECASE,
)
# Of the third level and deeper, which is often set in italics as large as the text.
_DEEP = re.compile(r"\d{1,2}(?:\.\d{1,2}){2,}\.?\s")
_NUMBER_BEFORE = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[^\W\d_])")
_TITLE_WORD = re.compile(rf"^(?:{CHAPTER_WORDS})\s+[\dIVXA-H]{{1,4}}\b", re.IGNORECASE)
# "Article 18" alone on its line; the line below says what it is about.
LABEL = re.compile(
    r"(chapter|part|title|annex|appendix|section|article|kapitel|teil|anhang|abschnitt|artikel|"
    r"chapitre|partie|titre|annexe|capítulo|artículo|anexo|§)\s+(?:\d{1,3}[a-z]?|[IVXLC]{1,6}|[A-H])\.?",
    re.IGNORECASE,
)
# A saying set large beside the text, which opens no section.
_PULL_QUOTE = re.compile(r"[“\"«„].{40}")
# "Recommendation 1." and "The debate in the U.S." are none.
_SENTENCE = re.compile(r"[a-zß-ÿ)][.;,]$")
_LONG_SENTENCE = re.compile(r"(?:[A-ZÀ-Þ]{2}|\d)[.;,]$")
_FEWEST_WORDS = 5
_FEWEST_LETTERS = 3
# Within a long text: the end of a sentence and the beginning of another.
_TWO_SENTENCES = re.compile(r"\w{3}[.!?] +[A-Z]")
_ONE_SENTENCE = 100
CAPTION_WORDS = "table|figure|box|chart|graph|map|tabelle|abbildung|tableau|graphique|encadré"
"""What a table, a figure or a box is called in its caption, as a pattern in small letters."""
CAPTION = re.compile(
    rf"^(?:{CAPTION_WORDS}|kasten|carte|cuadro|gráfico|recuadro|tabla|figura|"
    r"quadro|tabela|caixa|tabel|figuur|kader|sources?|quelle)\s*"
    r"(?:[A-Z][-.–]?\d|[\d:IVX])",
    re.IGNORECASE,
)

# "Secure access in other countries—continued"
_CONTINUED = re.compile(
    r"\s*[—–(\[-]\s*(?:continued|cont\.|cont[’']d|suite|fortsetzung|continuación|continua)\s*[)\]]?$",
    re.IGNORECASE,
)
# The title of a box, within its frame.
_BOX = re.compile(r"^(?:box|encadré|kasten|recuadro)\b", re.IGNORECASE)


class HeadingStyle(NamedTuple):
    """How a heading looks; the greater of two is the higher in rank."""

    size: int
    bold: bool
    capitals: bool


def continued(
    pieces: Sequence[Piece], texts: Sequence[str], levels: dict[int, int]
) -> dict[int, int]:
    """Headings that go on with the heading before: their places, each with that of the first part.

    texts: of the pieces. levels: of those that are headings, by place.
    """
    firsts: dict[int, int] = {}
    for index in sorted(levels):
        before = index - 1
        if before not in levels:
            continue
        first = firsts.get(before, before)
        above, below = pieces[before], pieces[index]
        near = below.page == above.page and 0 < _distance(above, below) < 2.6
        alike = style_of(above, texts[before]) == style_of(below, texts[index])
        label = bool(LABEL.fullmatch(texts[before]))
        new = bool(NUMBER.match(texts[index]) or LABEL.fullmatch(texts[index]))
        tight = alike and _distance(above, below) < 1.6 and len(texts[first]) < LONGEST
        tight = tight and not stand_apart(above.lines[-1], below.lines[0])
        if near and not new and (label or tight):
            firsts[index] = first
    return firsts


def said_again(texts: Sequence[str], levels: dict[int, int]) -> dict[int, int]:
    """Headings that say "continued" of an earlier one: their places, each with that one's."""
    first: dict[str, int] = {}
    again: dict[int, int] = {}
    for index in sorted(levels):
        stem = _CONTINUED.sub("", texts[index])
        if stem != texts[index] and letters_of(stem) in first:
            again[index] = first[letters_of(stem)]
        elif texts[index]:
            first[letters_of(texts[index])] = index
    return again


def run_over(
    pieces: Sequence[Piece],
    texts: Sequence[str],
    levels: dict[int, int],
    body: Sequence[int],
) -> dict[int, int]:
    """Pieces that go on with a heading in the next column or page: their places, each with that of
    the heading.

    Such a rest begins in small letters and looks as the heading does. On the next page smaller
    print may stand before it, as in the margin before the rest of a saying.
    body: places of the pieces that are no footnotes.
    """
    rests: dict[int, int] = {}
    places = [place for place in body if texts[place]]
    for first, after in itertools.pairwise(places):
        if first not in levels:
            continue
        index = _next_as_large(pieces, places, first) or after
        above, below = pieces[first], pieces[index]
        if (
            index not in levels
            and below.row is None
            and texts[index][0].islower()
            and above.bold == below.bold
            and abs(above.size - below.size) <= _ALIKE
            and above.lines[-1].base > below.lines[0].base
            and len(texts[first]) + len(texts[index]) <= _LONGEST_WHOLE
        ):
            rests[index] = first
    return rests


def _next_as_large(pieces: Sequence[Piece], places: Sequence[int], first: int) -> int | None:
    """The first place on the next page of a piece as large as the heading at `first`, the last text
    of its page.
    """
    page, size = pieces[first].page, pieces[first].size
    after = (places[n] for n in range(bisect_right(places, first), len(places)))
    near = itertools.takewhile(lambda place: pieces[place].page == page + 1, after)
    return next((place for place in near if pieces[place].size >= size - _ALIKE), None)


def is_sentence(text: str) -> bool:
    """Whether a text, of any length, ends as sentences do and headings do not."""
    # Words counted apart: one expression for both took 8 s for a paragraph of 30,000 characters.
    if _LONG_SENTENCE.search(text):
        return len(text.split()) >= _FEWEST_WORDS
    return _SENTENCE.search(text) is not None


def _distance(above: Piece, below: Piece) -> float:
    """From the baseline of one piece to that of the next, in letter sizes of the lower one."""
    return (below.lines[0].base - above.lines[-1].base) / max(below.size, 1.0)


def is_heading(piece: Piece, text: str, norms: Norms) -> bool:
    """Whether a piece, the outline aside, looks like a heading among text of `norms`."""
    if not _could_be(piece, text):
        return False
    if LABEL.fullmatch(text) and piece.gap_above > norms.leading:
        return True
    numbered = bool(NUMBER.match(text) or _TITLE_WORD.match(text))
    apart = piece.gap_above > 1.25 * norms.leading
    if piece.size >= _BIGGER * norms.size:
        return not piece.list_item or numbered or piece.bold
    if piece.bold and piece.size >= (_SMALL_IN_BOX if piece.boxed else _SMALL) * norms.size:
        return apart or numbered or len(piece.lines) == 1
    if piece.size < 0.93 * norms.size or not apart:
        return False
    deep = len(piece.lines) == 1 and bool(_DEEP.match(text))
    larger = piece.size > 1.02 * norms.size
    return (_capitals(text) and len(text) >= 5) or (numbered and (larger or deep))


def _could_be(piece: Piece, text: str) -> bool:
    """Whether nothing in a piece's text or place keeps it from being a heading."""
    words = _NUMBER_BEFORE.sub("", text)
    return (
        not piece.row
        and not piece.aside
        and is_mostly_letters(words, _FEWEST_LETTERS)
        and len(text) <= LONGEST
        and len(piece.lines) <= _MOST_LINES
        and not is_sentence(text)
        and not (len(text) > _ONE_SENTENCE and _TWO_SENTENCES.search(text))
        and not piece.lines[0].note
        and (not CAPTION.match(text) or (piece.boxed and bool(_BOX.match(text))))
        and not _PULL_QUOTE.match(text)
        and not is_contents_entry(text)
        and (text[0].isupper() or text[0].isdigit() or text[0] in "“\"'«¿„(")
    )


def _capitals(text: str) -> bool:
    """Whether a text is set in capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def style_of(piece: Piece, text: str) -> HeadingStyle:
    """How a piece of this text looks; the size in whole points."""
    return HeadingStyle(round(piece.size), piece.bold, _capitals(text))
