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
    abb kap hrsg jg mio mrd tsd
    sr sra srta dra dña núm pág págs p.ej ee ee.uu aprox
    dhr mevr mw drs blz bijl bijv afb hfst o.a d.w.z m.a.w m.b.t m.n n.a.v t.o.v i.p.v
    """.split()
)

_MONTHS = frozenset(
    "janv févr fév avr juil déc mär mrz mrt okt dez ene abr dic fev lug ott".split()
)
"""Short months of other languages; in capitals they are acronyms ("AVR")."""

_LEADING = frozenset(
    """
    mr mrs ms dr prof art arts para paras sec sect ch chap fig figs tab no nos nr vol vols pp p
    cf ca approx vs viz e.g i.e
    mme mlle m p.ex c.-à-d
    bzw evtl ggf inkl sog vgl z.b d.h ziff abb kap jg s
    sr sra srta dra dña núm pág págs p.ej aprox
    dhr mevr mw blz bijl bijv afb hfst d.w.z m.a.w
    """.split()
)
"""Abbreviations that lead to a name or a number and so end no line's sentence ("vgl. S.")."""

_WORDS = frozenset("no nos art arts par sect est vols".split())
"""Abbreviations that are words too: "they said no.", "à l’est.", "Projekte dieser Art."."""

_NUMBER = re.compile(r"[(\[]?[A-Z]{0,3}[-/.]?\s?\d|[IVXLC]{2,}\b|[VX]\b|[a-zß-ÿ]")
"""What such an abbreviation leads to: "3", "(3)", "L. 511-1", "IV", "bis"."""

_ELIDED = re.compile(r"^(?:[dl]|qu)['’]", re.IGNORECASE)
"""What French leaves of a word before the next: "l’art. 5"."""

_MONTH_NAMES = re.compile(
    r"(?:Januar|Jänner|Februar|März|Mai|Juni|Juli|Oktober|Dezember)\b"
    r"|(?:April|August|September|November) (?:19|20)\d\d\b"
)
"""German months behind the number of a day, with the year where English writes them so too."""

ARTICLES = r"\b(?<!\d )(?<!\bI )(?:der|die|das|dem|den|des|im|am|zum|zur|vom|beim)"
"""What stands before a German ordinal ("der 2. Phase"), as a pattern; no English "10 am" and
"I am"."""

_ORDINAL = re.compile(rf"{ARTICLES}\s+\d{{1,2}}$", re.IGNORECASE)

_BEGINS = re.compile(
    r"(?:D(?:er|ie|as|ann|iese[rs]?)|Sie|Er|Es|Wir|Eine?|The|Th(?:is|ese|ey)|It|He|She|We|L[ae]s?"
    r"|Ils?|Elles?|Cet(?:te)?|Ces?|El|Los|Est[ae]s?)\b|[LC]['’]"
)
"""Words that begin a sentence where a capital stands: no number or abbreviation has them behind it,
unless it leads to a name."""

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

_DAY = 2
"""Figures of a day, and of an ordinal at most."""
_LIST_MARK = 3

_INITIAL = re.compile(r"[A-ZÄÖÜ]\.\s")
_LETTER = re.compile(r"[^\W\d_]\.")
_SHORT_WORDS = frozenset("bcdmnopstuvz")
"""Small letters that stand for a word; others may end a sentence: "il y en a.", "S. 5 f."."""
_BEFORE = "(\"'“‘«["
_OPENERS = "\"'“‘«([¿¡–—-•"


def ends_sentence(text: str, after: str = "") -> bool:
    """Whether a line ends a sentence, or the part of one before a list.

    No full stop does that belongs to an abbreviation which leads to the next line: "cf.", "Fig.".
    after: the next line, as far as it is known.
    """
    return SENTENCE_END.search(text) is not None and not leads_on(text, after)


def leads_on(text: str, after: str = "") -> bool:
    """Whether a line ends with an abbreviation that leads to what the next begins with."""
    if not text.endswith("."):
        return False
    words = ["", "", *text[-_NEAR:-1].split()]
    earlier, word = (part.lstrip(_BEFORE) for part in words[-2:])
    word = _ELIDED.sub("", word)
    # A capital alone is an initial or a label ("Annex A."), but for "Monsieur" and "Seite".
    leading = word.lower() in _LEADING and (len(word) > 1 or word in "MSp")
    return leading and not _is_word(word, earlier, after)


def _is_word(word: str, earlier: str, after: str) -> bool:
    """Whether what may be an abbreviation is a word: behind it comes no number. earlier: the word
    before it. after: the text behind its stop.
    """
    if word in ("No", "Nos") and earlier and earlier[-1] not in ".!?":
        return False
    return word.lower() in _WORDS and not _NUMBER.match(after)


def is_date(text: str) -> bool:
    """Whether a text begins with a day and its month, as German writes them: "3. Mai 2012"."""
    number, _, rest = text.partition(". ")
    return number.isdigit() and len(number) <= _DAY and _MONTH_NAMES.match(rest) is not None


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
    word = _ELIDED.sub("", word)
    if word.isdigit() and _is_counting(line[max(0, stop - _NEAR) : stop], earlier, rest):
        return False
    if len(word) == 1 and word.isalpha():
        return not _is_mark(word, earlier, rest)
    spaced = f"{earlier}{word}" if earlier.endswith(".") else word  # "p. ex"
    is_month = word.lower() in _MONTHS and not word.isupper()
    is_short = is_month or {word.lower(), spaced.lower()} & _ABBREVIATIONS
    begins = not {word.lower(), spaced.lower()} & _LEADING and _BEGINS.match(rest)
    return not is_short or bool(begins) or _is_word(word, earlier, rest)


def _is_counting(text: str, earlier: str, rest: str) -> bool:
    """Whether the number that ends a text is a list mark ("12. The visit") or a German ordinal
    ("der 2. Phase", "bis 3. Mai"). earlier: the word before it.
    """
    digits = len(text.rsplit(None, 1)[-1])
    if not earlier:
        return digits <= _LIST_MARK
    ordinal = _ORDINAL.search(text) and not _BEGINS.match(rest)
    return digits <= _DAY and bool(ordinal or _MONTH_NAMES.match(rest))


def _is_mark(letter: str, earlier: str, rest: str) -> bool:
    """Whether a letter with a stop is an initial, an abbreviation or one of its letters, or a list
    mark: "J. Smith", "c. 40", "i. V. m.", "u. a. Kinder". earlier: the word before it.
    """
    if letter.isupper() or letter in _SHORT_WORDS or not earlier:
        return True
    return bool(_INITIAL.match(rest) or _LETTER.fullmatch(earlier))
