"""Which pieces of a document are headings, and of what level.

Pure. By the PDF outline, numbering, size, weight, capitals and the space around; precision
counts: a paragraph taken for a heading is lost to its passage.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ingest.front_matter import parts_of_their_own
from ingest.paragraphs import Norms, Piece
from ingest.sheets import Bookmark
from ingest.text import letters_of

DEEPEST = 6
_LONGEST = 180
_LONGEST_WHOLE = 300
_MOST_LINES = 4
_BIGGER = 1.12
_NUMBER = re.compile(
    r"^(?:(?:chapter|part|annex|appendix|section|article|kapitel|teil|anhang|chapitre|partie|annexe)"
    r"\s+)?(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?:\.?\)?|:|\s*[–—]|\s+-)\s+[^\W\d_]"
    r"|(?P<tight>\d{1,2}(?:\.\d{1,2}){1,4})\.?(?-i:[A-ZÀ-Þ][a-zß-ÿ]))",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"(?:annex|appendix|anhang|annexe)\s+[IVXA-H]{1,4}\b[.:)]?\s", re.IGNORECASE)
_ROMAN = re.compile(r"^[IVX]{1,5}\.\s+[^\W\d_]")
_LETTER = re.compile(r"^[A-H]\.\s+[^\W\d_]")
_PLAIN_NUMBER = re.compile(r"^\d{1,2}\.\s+[^\W\d_]")
_FEWEST_OF_SCHEME = 2
_TITLE_WORD = re.compile(
    r"^(?:chapter|annex|appendix|part|anhang|kapitel|teil|annexe|chapitre|partie)\s+[\dIVXA-H]{1,4}\b",
    re.IGNORECASE,
)
# "Article 18" alone on its line; the line below says what it is about.
_LABEL = re.compile(
    r"(chapter|part|title|annex|appendix|section|article|kapitel|teil|anhang|abschnitt|artikel|"
    r"chapitre|partie|titre|annexe|capítulo|artículo|anexo|§)\s+(?:\d{1,3}[a-z]?|[IVXLC]{1,6}|[A-H])\.?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(article|artikel|artículo)\s+\d", re.IGNORECASE)
_LABEL_LEVELS = {"section": 2, "abschnitt": 2, "article": 3, "artikel": 3, "artículo": 3, "§": 3}
# A saying set large beside the text: it opens no section.
_PULL_QUOTE = re.compile(r"[“\"«„].{40}")
# "Recommendation 1." and "The debate in the U.S." are none.
_SENTENCE = re.compile(r"[a-zß-ÿ)][.;,]$|(?:\S+\s+){4}.*(?:[A-ZÀ-Þ]{2}|\d)[.;,]$")
# Within a long text: the end of a sentence and the beginning of another.
_TWO_SENTENCES = re.compile(r"\w{3}[.!?] +[A-Z]")
_ONE_SENTENCE = 100
_CAPTION = re.compile(
    r"^(?:table|figure|box|chart|graph|map|tabelle|abbildung|tableau|graphique|encadré|carte|cuadro|"
    r"gráfico|source|sources|quelle)\s*(?:[A-Z][-.–]?\d|[\d:IVX])",
    re.IGNORECASE,
)

# "Secure access in other countries—continued"
_CONTINUED = re.compile(
    r"\s*[—–(\[-]\s*(?:continued|cont\.|cont[’']d|suite|fortsetzung|continuación|continua)\s*[)\]]?$",
    re.IGNORECASE,
)
# The title of a box, within its frame.
_BOX = re.compile(r"^(?:box|encadré|kasten|recuadro)\b", re.IGNORECASE)


class Style(NamedTuple):
    """How a heading looks; the greater of two is the higher in rank."""

    size: int
    bold: bool
    capitals: bool


def levels_of(
    pieces: Sequence[Piece], texts: Sequence[str], norms: Norms, outline: Sequence[Bookmark]
) -> dict[int, int]:
    """Level, 1 to 6, of each piece that is a heading, by its place in `pieces`.

    texts: of the pieces, joined.
    """
    marked = _outlined(pieces, texts, outline)
    found = {
        index
        for index, (piece, text) in enumerate(zip(pieces, texts, strict=True))
        if index in marked or is_heading(piece, text, norms)
    }
    styles = {index: _style(pieces[index], texts[index]) for index in found}
    ranks = _ranks(styles, texts, marked)
    levels = {}
    for index in found:
        depth = marked.get(index) or _depth(texts[index]) or ranks[styles[index]]
        levels[index] = min(DEEPEST, max(1, depth))
    settled = {index for index in found if index in marked or pieces[index].boxed}
    levels |= dict.fromkeys(parts_of_their_own(texts, levels, styles, settled), 1)
    return _below_letters(levels, texts, marked)


def _below_letters(
    levels: dict[int, int], texts: Sequence[str], marked: dict[int, int]
) -> dict[int, int]:
    """The levels, those of "1." below those of "II." and "B." in a document that has both."""
    roman, letter = (
        [levels[index] for index in levels if scheme.match(texts[index])]
        for scheme in (_ROMAN, _LETTER)
    )
    if min(len(roman), len(letter)) < _FEWEST_OF_SCHEME:
        return levels
    lowest = Counter(letter).most_common(1)[0][0]
    return {
        index: min(DEEPEST, lowest + 1)
        if _PLAIN_NUMBER.match(texts[index]) and index not in marked
        else level
        for index, level in levels.items()
    }


def continued(
    pieces: Sequence[Piece], texts: Sequence[str], levels: dict[int, int]
) -> dict[int, int]:
    """Headings that are the second line of another: their place and the first one's."""
    firsts: dict[int, int] = {}
    for index in sorted(levels):
        before = index - 1
        if before not in levels:
            continue
        first = firsts.get(before, before)
        above, below = pieces[before], pieces[index]
        near = below.page == above.page and 0 < _distance(above, below) < 2.6
        alike = _style(above, texts[before]) == _style(below, texts[index])
        label = before == first and bool(_LABEL.fullmatch(texts[before]))
        new = bool(_NUMBER.match(texts[index]) or _LABEL.fullmatch(texts[index]))
        tight = alike and _distance(above, below) < 1.6 and len(texts[first]) < _LONGEST
        if near and not new and (label or tight):
            firsts[index] = first
    return firsts


def said_again(texts: Sequence[str], levels: dict[int, int]) -> dict[int, int]:
    """Headings that say of themselves that they carry on an earlier one: both places."""
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
    """Rests of headings that begin the next column or page: their place and the heading's.

    body: places of the pieces that are no footnotes. A rest begins in small letters and looks
    as the heading does.
    """
    rests: dict[int, int] = {}
    for first, index in itertools.pairwise(place for place in body if texts[place]):
        above, below = pieces[first], pieces[index]
        if (
            first in levels
            and index not in levels
            and below.row is None
            and texts[index][0].islower()
            and above.bold == below.bold
            and abs(above.size - below.size) <= 0.2
            and above.lines[-1].base > below.lines[0].base
            and len(texts[first]) + len(texts[index]) <= _LONGEST_WHOLE
        ):
            rests[index] = first
    return rests


def is_sentence(text: str) -> bool:
    """Whether a text ends as sentences do and headings do not."""
    return bool(_SENTENCE.search(text))


def _distance(above: Piece, below: Piece) -> float:
    """Between the baselines, in parts of the lower one's size."""
    return (below.lines[0].base - above.lines[-1].base) / max(below.size, 1.0)


def is_heading(piece: Piece, text: str, norms: Norms) -> bool:
    """Whether a piece, the outline aside, looks like a heading among text of `norms`."""
    if not _could_be(piece, text):
        return False
    if _LABEL.fullmatch(text) and piece.gap_above > norms.leading:
        return True
    numbered = bool(_NUMBER.match(text) or _TITLE_WORD.match(text))
    apart = piece.gap_above > 1.25 * norms.leading
    if piece.size >= _BIGGER * norms.size:
        return not piece.list_item or numbered or piece.bold
    if piece.bold and piece.size >= 0.88 * norms.size:
        return apart or numbered or len(piece.lines) == 1
    if piece.size < 0.93 * norms.size or not apart:
        return False
    return (_capitals(text) and len(text) >= 5) or (numbered and piece.size > 1.02 * norms.size)


def _could_be(piece: Piece, text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return (
        not piece.row
        and not piece.aside
        and letters >= 3
        and letters > 0.5 * len(text.replace(" ", ""))
        and len(text) <= _LONGEST
        and len(piece.lines) <= _MOST_LINES
        and not is_sentence(text)
        and not (len(text) > _ONE_SENTENCE and _TWO_SENTENCES.search(text))
        and not text.startswith(("-", "•"))
        and not piece.lines[0].note
        and (not _CAPTION.match(text) or (piece.boxed and bool(_BOX.match(text))))
        and not _PULL_QUOTE.match(text)
        and (text[0].isupper() or text[0].isdigit() or text[0] in "“\"'«¿„(")
    )


def _capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def _style(piece: Piece, text: str) -> Style:
    return Style(round(piece.size), piece.bold, _capitals(text))


def _depth(text: str) -> int:
    """Level that the numbering states: 1 for "2", 2 for "2.1"; 0 where there is none."""
    label = _LABEL.fullmatch(text) or _ARTICLE.match(text)
    if label:
        return _LABEL_LEVELS.get(label[1].lower(), 1)
    match = _NUMBER.match(text)
    if not match:
        return 1 if _ANNEX.match(text) else 0
    return (match["number"] or match["tight"]).count(".") + 1


def _ranks(
    styles: dict[int, Style], texts: Sequence[str], marked: dict[int, int]
) -> dict[Style, int]:
    """Level of each style: as its outlined or numbered members say, else by its size."""
    said: dict[Style, Counter[int]] = defaultdict(Counter)
    for index, style in styles.items():
        depth = marked.get(index) or _depth(texts[index])
        if depth:
            said[style][depth] += 1
    often = Counter(styles.values())
    ranks: dict[Style, int] = {}
    deepest = 0
    for style in sorted(often, reverse=True):
        known = said[style].total() * 2 >= often[style]
        ranks[style] = said[style].most_common(1)[0][0] if known else deepest + 1
        # A style used once, on the cover, puts nothing below itself.
        if known or often[style] > 1:
            deepest = max(deepest, ranks[style])
    return ranks


def _outlined(
    pieces: Sequence[Piece], texts: Sequence[str], outline: Sequence[Bookmark]
) -> dict[int, int]:
    """Pieces that the outline names on their page, with their level there."""
    wanted: dict[tuple[int, str], int] = {}
    for mark in outline:
        key = letters_of(mark.text)
        if len(key) >= 4 and mark.page:
            wanted.setdefault((mark.page, key), mark.level)
    if not wanted:
        return {}
    found: dict[int, int] = {}
    for index, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        if piece.row or len(text) > 2 * _LONGEST or is_sentence(text):
            continue
        key = letters_of(text)
        level = wanted.get((piece.page, key)) or wanted.get((piece.page, key.lstrip("0123456789")))
        if level:
            found[index] = level
    return found
