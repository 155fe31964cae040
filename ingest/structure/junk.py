"""Contents pages, reference lists and imprints: kept, but marked, so that they rank below.

Pure. To hide substance is the worse error: each rule wants strong evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.prose.text import letters_of
from ingest.records import Block, BlockKind

_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|(?:_\s?){5,}")
# "version 10.0" ends in no page number.
_ENTRY_END = re.compile(
    r"(?:\s|(?<!\d)[.…_])(?:\(?(?:\d{1,3}|[ivxl]{1,6})\)?|[–—-] (?:\d{1,3}|[ivxl]{1,6}) [–—-])$"
)
# The page number of an entry that fills its line: "Training and mentoring12".
_GLUED_END = re.compile(r"[^\W\d_]{3}\d{1,3}$")
_CONTENTS_HEADING = re.compile(
    r"^(?:table of |list of |liste des |verzeichnis |lista de )?"
    r"(?:contents?|tables|figures|boxes|abbildungen|tabellen|tableaux|inhalt(?:sverzeichnis)?|"
    r"inhaltsübersicht|sommaire|table des matières|índice|contenido|indice|inhoud(?:sopgave)?|"
    r"innehåll(?:sförteckning)?|sumário)\b.{0,12}$",
    re.IGNORECASE,
)
_BEFORE_HEADING = (
    r"^(?:[\dIVXA-H.]{1,5}\s+|(?:annexe?|appendix|anhang|anexo) \w+\s?[.:–-]?\s*)?"
    r"(?:list of |liste des )?"
)
_REFERENCES_HEADING = re.compile(
    _BEFORE_HEADING + r"(?:references|bibliography|works cited|literature cited|reference list|"
    r"selected bibliography|bibliographie|références|"
    r"références bibliographiques|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|"
    r"bibliografía|referencias|fuentes|bibliografia|referências|literatuur(?:lijst)?|"
    r"referencias bibliográficas|referências bibliográficas|obras citadas|"
    r"(?:geraadpleegde )?(?:literatuur|bronnen)|bronvermelding|referenties|referenser|"
    r"källor|sources)"
    r"(?: (?:and|et|und|y) (?:references|références|literatur|notes|quellen|referencias))?\s*:?$",
    re.IGNORECASE,
)
_REVIEWED_HEADING = re.compile(
    _BEFORE_HEADING + r"documents (?:reviewed|consulted|consultés)\s*:?$", re.IGNORECASE
)
_ASIDE_HEADING = re.compile(
    r"^(?:acknowledge?ments?|remerciements|danksagung|agradecimientos|dankwoord|tack|"
    r"disclaimer|legal notice|imprint|impressum|haftungsausschluss|mentions légales|"
    r"aviso legal)\s*:?$",
    re.IGNORECASE,
)
_NOTES_HEADING = re.compile(
    r"^(?:end\s?notes|notes|notes and references|anmerkungen|endnoten|notes de fin|"
    r"notas(?: finais| finales)?|(?:eind)?noten)\s*:?$",
    re.IGNORECASE,
)
_ITEM_NUMBER = re.compile(r"(\d{1,3})\.\s")
# Items of a list of notes at the end of a document, and the part that names a year or an address.
_FEWEST_NOTES = 5
_CITED = 0.4
_AFTER_NOTES = {BlockKind.BOILERPLATE, BlockKind.FOOTNOTE}
_NUMBERED_NOTE = re.compile(r"^[\[(]?\d{1,3}[\])]?[.:]?\s")
_IMPRINT = re.compile(
    r"©|\bISBN\b|\bISSN\b|\ball rights reserved\b|\bcreative commons\b|\bcopyright\b|"
    r"\bdesignations employed\b|\bopinions expressed in (?:this|the) (?:report|publication)\b|"
    r"\btous droits réservés\b|\balle rechte vorbehalten\b|\bopen government licen[cs]e\b|"
    r"\bImpressum\b|\bmust not be (?:copied|reproduced)\b|(?-i:\bPrinted|\bPRINTED) (?:in|on)\b|"
    r"\bno part of this publication\b|^this publication is available at\b",
    re.IGNORECASE,
)
_BLANK_PAGE = re.compile(
    r"^[(\[]?(?:this page (?:is |was |has been )?(?:intentionally |deliberately )?(?:left )?blank|"
    r"diese seite (?:ist|wurde|bleibt) .{0,20}(?:leer|frei)|"
    r"page (?:laissée )?(?:intentionnellement )?(?:vide|blanche))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b|\bn\.d\.|\bs\.d\.|https?://|\bwww\.")
# A document with its year, and not how documents were read: that takes sentences.
_SHORT_ENTRY = re.compile(rf"^(?=.{{1,200}}$).*?(?:{_YEAR.pattern})")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:com|org|net|int|gov|edu|eu|uk|de|fr|ch)(?:/\S*)?"
)
_TEXTS = {BlockKind.PARAGRAPH, BlockKind.LIST}
# The longest of each, in characters.
_LONGEST_HEADING = 60
_LONGEST_ENTRY = 250
_ENTRY_LINE = 120
_LONGEST_FIGURES = 60
_LONGEST_IMPRINT = 900
# Below a table or a box: how a list of its sources begins, how many it has, and how long it is.
_SOURCES = re.compile(r"(?:sources|quellen|fuentes|bronnen|källor)\s*:", re.IGNORECASE)
_FEWEST_SOURCES = 3
_SHORTEST_SOURCES = 150
_CLOSED = re.compile(r"[.!?][\"”’»)>\]]*$")
# Part of the text under a heading that fits what the heading says.
_FITTING = 0.6
_ANYTHING = re.compile("")


def marked(blocks: Sequence[Block], last_page: int) -> list[Block]:
    """The blocks, those that are no substance renamed by what they are."""
    blocks = _contents(blocks)
    blocks = _sections(blocks, _REFERENCES_HEADING, BlockKind.REFERENCE, _YEAR)
    blocks = _sections(blocks, _REVIEWED_HEADING, BlockKind.REFERENCE, _SHORT_ENTRY)
    blocks = _sections(blocks, _ASIDE_HEADING, BlockKind.BOILERPLATE, _ANYTHING)
    blocks = _sections(blocks, _NOTES_HEADING, BlockKind.FOOTNOTE, _NUMBERED_NOTE)
    return _closing_notes(_sources([_imprint(block, last_page) for block in blocks]))


def is_figures(block: Block) -> bool:
    """Whether a block holds no word: the number of a chapter, labels of a chart, a bare link."""
    if block.kind not in _TEXTS and block.kind is not BlockKind.FOOTNOTE:
        return False
    figures = len(block.text) <= _LONGEST_FIGURES and not any(map(str.isalpha, block.text))
    # "2013." is the end of a sentence.
    return (figures and not block.text.endswith((".", ";"))) or bool(_LINK.fullmatch(block.text))


def is_contents_entry(text: str) -> bool:
    """Whether a line reads "Introduction ........ 5"."""
    return bool(_LEADERS.search(text) and _ENTRY_END.search(text))


def is_contents_heading(text: str) -> bool:
    """Whether a line reads "Table of contents" or the like."""
    return len(text) < _LONGEST_HEADING and bool(_CONTENTS_HEADING.match(text))


def without_leaders(text: str) -> str:
    """A contents entry with its dots as one space."""
    return re.sub(r"\s+", " ", _LEADERS.sub(" ", text)).strip()


def _contents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the entries of contents marked: those with leaders, and after a heading such
    as "Contents" also those without.
    """
    done: list[Block] = []
    heads = _Headings(blocks)
    open_page = 0
    for place, block in enumerate(blocks):
        if is_contents_heading(block.text):
            open_page = block.page
            done.append(block if block.kind is BlockKind.HEADING else _entry_of(block))
            continue
        entry = is_contents_entry(block.text)
        if not entry and open_page and block.page - open_page <= 1:
            entry = (
                _ends_as_entry(block)
                or _entry_over_two_lines(blocks, place, done)
                or (block.kind in _TEXTS and heads.are_named(block.text, place))
            )
        if entry:
            open_page = max(open_page, block.page)
            done.append(_entry_of(block))
            continue
        if block.kind in _TEXTS and len(block.text) > _LONGEST_ENTRY:
            open_page = 0
        done.append(block)
    return done


def _entry_of(block: Block) -> Block:
    text = without_leaders(block.text) or "…"
    return replace(block, kind=BlockKind.CONTENTS, level=0, text=text)


def _ends_as_entry(block: Block) -> bool:
    """Whether a block is short and ends in a page number."""
    # "- Phase 2" is an item of the text after the contents.
    item = block.text.startswith("- ")
    return not item and len(block.text) < _LONGEST_ENTRY and bool(_ENTRY_END.search(block.text))


class _Headings:
    """The headings of a document by their letters, each with its places among the blocks."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, block in enumerate(blocks):
            if block.kind is BlockKind.HEADING:
                self._places[letters_of(block.text)].append(place)
        self._longest = max(map(len, self._places), default=0)

    def are_named(self, text: str, place: int) -> bool:
        """Whether a text is made of headings that come after a place, in their order.

        So are the contents of a printed web page, whose entries are links without page numbers.
        """
        left = letters_of(text)
        said = bool(left)
        while left:
            found = self._first(left, place)
            if found is None:
                return False
            place, size = found
            left = left[size:]
        return said

    def _first(self, left: str, place: int) -> tuple[int, int] | None:
        """The first heading after a place that `left` begins with: its place and length."""
        after = []
        for size in range(1, min(self._longest, len(left)) + 1):
            places = self._places.get(left[:size], [])
            if (at := bisect_right(places, place)) < len(places):
                after.append((places[at], size))
        return min(after, default=None)


def _entry_over_two_lines(blocks: Sequence[Block], place: int, done: Sequence[Block]) -> bool:
    """Whether a block is the first line of an entry whose page number stands in the next."""
    after = blocks[place + 1 : place + 2]
    return (
        bool(done and done[-1].kind is BlockKind.CONTENTS and after)
        and len(blocks[place].text) < _ENTRY_LINE
        and blocks[place].page == done[-1].page == after[0].page
        and (_ends_as_entry(after[0]) or bool(_GLUED_END.search(blocks[place].text)))
        and not blocks[place].text.endswith(".")
    )


def _sections(
    blocks: Sequence[Block], heading: re.Pattern[str], kind: BlockKind, fits: re.Pattern[str]
) -> list[Block]:
    """The blocks, with text under a heading that matches marked as `kind` if most of it fits."""
    done = list(blocks)
    for index, block in enumerate(blocks):
        if len(block.text) > _LONGEST_HEADING or not heading.match(block.text):
            continue
        end = index + 1
        while end < len(done) and done[end].kind is not BlockKind.HEADING:
            end += 1
        body = [place for place in range(index + 1, end) if done[place].kind in _TEXTS]
        fitting = sum(bool(fits.search(done[place].text)) for place in body)
        if fitting >= _FITTING * len(body):
            for place in body:
                done[place] = replace(done[place], kind=kind)
    return done


def _closing_notes(blocks: list[Block]) -> list[Block]:
    """The blocks, with a list of notes that closes the document marked, which is set as text is."""
    places: list[int] = []
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        found = _ITEM_NUMBER.match(block.text) if block.kind is BlockKind.LIST else None
        if found and (not places or int(found[1]) == int(_number(blocks[places[-1]])) - 1):
            places.append(place)
        elif places or block.kind not in _AFTER_NOTES:
            break
    first = bool(places) and _number(blocks[places[-1]]) == "1"
    cited = sum(bool(_YEAR.search(blocks[place].text)) for place in places)
    if not first or len(places) < _FEWEST_NOTES or cited < _CITED * len(places):
        return blocks
    for place in places:
        blocks[place] = replace(blocks[place], kind=BlockKind.FOOTNOTE)
    # They are notes to all of it, not to the part that stands last, if nothing there leads to them.
    start = places[-1]
    if start and not blocks[start - 1].text.endswith(":"):
        blocks[start] = replace(blocks[start], ends=1)
    return blocks


def _number(block: Block) -> str:
    """The number of an item; empty where it has none."""
    found = _ITEM_NUMBER.match(block.text)
    return found[1] if found else ""


def _sources(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with lists below a table or a box that begin with "Sources:" marked.

    Such a list may run over a column or a page end: what follows and cites as often is more of it.
    """
    done: list[Block] = []
    within = False
    for block in blocks:
        cited = len(_YEAR.findall(block.text))
        text = block.kind in _TEXTS
        opens = len(block.text) >= _SHORTEST_SOURCES and _SOURCES.match(block.text)
        within = text and bool(
            (opens and cited >= _FEWEST_SOURCES)
            or (within and cited >= _FEWEST_SOURCES)
            or (opens and cited and not _CLOSED.search(block.text))
        )
        done.append(replace(block, kind=BlockKind.REFERENCE) if within else block)
    return done


def _imprint(block: Block, last_page: int) -> Block:
    """The block, marked if it says nothing or is an imprint near either end of the document."""
    if _BLANK_PAGE.match(block.text) or is_figures(block):
        return replace(block, kind=BlockKind.BOILERPLATE, level=0)
    near_end = block.page <= 6 or block.page >= last_page - 1
    if (
        near_end
        and block.kind in _TEXTS
        and len(block.text) <= _LONGEST_IMPRINT
        and _IMPRINT.search(block.text)
    ):
        return replace(block, kind=BlockKind.BOILERPLATE)
    return block
