"""Where sentences begin and end in running text.

A small rule splitter: a sentence ends at . ! ? or … (with closing quotes and brackets) before
white space and something that can begin a sentence, unless the full stop belongs to an
abbreviation, an initial, a letter, a number or a list mark. Line breaks always end a sentence,
because passages put one between blocks.
"""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof st hon rev gen col lt sen rep gov pres
    art arts para paras par sec sect ch chap fig figs tab no nos nr vol vols pp ed eds
    cf ca approx al ibid op cit vs v viz resp incl excl est dept
    inc ltd co corp plc univ assn bros pub stat
    jan feb mar apr jun jul aug sep sept oct nov dec
    e.g i.e u.s u.k u.n e.u a.m p.m n.b ph.d
    mme mlle av bd env éd chap al p.ex c.-à-d
    abs bzw ca evtl ggf inkl nr rn rz sog str usw vgl z.b d.h u.a i.d.r i.v.m gem ziff
    sr sra srta dña núm pág págs p.ej ee.uu aprox
    """.split()
)

_MONTHS = frozenset(
    "janv févr fév avr juil déc mär mrz mrt okt dez ene abr dic fev lug ott".split()
)
"""Short months of other languages; in capitals they are acronyms ("AVR")."""

CLOSERS = r"(?:\s»)?[\"”“’‘»«)\]]*"
"""What may close behind the last stop of a text, as a pattern: German quotations end in “ or «,
French ones in » behind a space."""

SENTENCE_END = re.compile(rf"[.!?:;]{CLOSERS}$")
"""How a line ends that ends a sentence, or the part of one before a list: stops, a colon and a
semicolon, and what closes behind them."""

_END = re.compile(r"(?<![.!?…])[.!?…]++(?:\s»(?=[\s.,;:)]))?[\"'”“’‘»«)\]]*+(?=\s)")
"""Stops, what closes behind them, and space. Stops are not tried twice: with plain repeats a line
of 20,000 exclamation marks took four seconds. The group between them may be: Python 3.11.2 loses
its place after a possessive group (https://github.com/python/cpython/issues/100061)."""

_NEAR = 64
"""Characters looked at on either side of a stop: all of a line made the work grow with its square
(3.5 s for 50,000 stops on one line)."""

_INITIAL = re.compile(r"[A-ZÄÖÜ]\.\s")
_LETTER = re.compile(r"[^\W\d_]\.")
_SHORT_WORDS = frozenset("bcdmnopstuvz")
"""Small letters that stand for a word; others may end a sentence: "il y en a.", "S. 5 f."."""
_BEFORE = "(\"'“‘«["
_OPENERS = "\"'“‘«([¿¡–—-•"


def spans(text: str) -> list[tuple[int, int]]:
    """Sentences of `text` as (start, end) offsets, in order, without surrounding white space.

    The spans do not overlap and leave out nothing but white space.
    """
    found: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        found.extend(_line_spans(line, offset))
        offset += len(line) + 1
    return found


def _line_spans(line: str, offset: int) -> list[tuple[int, int]]:
    """The sentences of a line that begins at `offset` of its text."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(line):
        if _ends_sentence(line, match.start(), match.end()):
            found.append((start, match.end()))
            start = match.end()
    found.append((start, len(line)))
    trimmed = []
    for begin, end in found:
        piece = line[begin:end]
        if stripped := piece.strip():
            lead = len(piece) - len(piece.lstrip())
            trimmed.append((offset + begin + lead, offset + begin + lead + len(stripped)))
    return trimmed


def _ends_sentence(line: str, stop: int, end: int) -> bool:
    """Whether the stop at `stop`, with its closers up to `end`, ends a sentence."""
    rest = line[end : end + _NEAR].lstrip().lstrip(_OPENERS).lstrip()
    if not rest:
        return True
    if rest[0].islower():
        return False
    if line[stop] != "." or line[stop : stop + 2] == "..":
        return True
    before = ["", "", *line[max(0, stop - _NEAR) : stop].rsplit(None, 2)]
    earlier, word = (part.lstrip(_BEFORE) for part in before[-2:])
    if word.isdigit() and len(word) <= 3 and not earlier:
        return False  # a list mark: "12. The visit"
    if len(word) == 1 and word.isalpha():
        return not _is_mark(word, earlier, rest)
    spaced = f"{earlier}{word}" if earlier.endswith(".") else word  # "p. ex"
    is_month = word.lower() in _MONTHS and not word.isupper()
    return not is_month and not {word.lower(), spaced.lower()} & _ABBREVIATIONS


def _is_mark(letter: str, earlier: str, rest: str) -> bool:
    """Whether a letter with a stop is an initial, an abbreviation or one of its letters, or a list
    mark: "J. Smith", "c. 40", "i. V. m.", "u. a. Kinder". earlier: the word before it.
    """
    if letter.isupper() or letter in _SHORT_WORDS or not earlier:
        return True
    return bool(_INITIAL.match(rest) or _LETTER.fullmatch(earlier))
