"""Blocks of a document in groups: those of one kind under one heading, in one language.

Pure. Whatever goes into one passage is in one strand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from ingest.prose.language import by_language
from ingest.records import Block, BlockKind
from ingest.structure.web_pages import says_nothing

BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST})
# Characters: longer text outside boxes is no line of a cover.
_LONGEST_LINE = 80


@dataclass(frozen=True, slots=True)
class Strand:
    """Consecutive blocks of one kind under one heading."""

    kind: BlockKind
    section: tuple[str, ...]
    blocks: tuple[Block, ...]


def strands_of(blocks: Sequence[Block]) -> list[Strand]:
    """The strands of a document, in its order; text that says nothing on its own as boilerplate."""
    return [_marked(strand) for strand in _in_one_language(list(_grouped(blocks)))]


def _in_one_language(strands: Sequence[Strand]) -> Iterator[Strand]:
    """The strands, body text parted where a document in two languages goes to the other."""
    body = [strand for strand in strands if strand.kind is BlockKind.PARAGRAPH]
    languages = iter(by_language([block.text for strand in body for block in strand.blocks]))
    for strand in strands:
        if strand.kind is not BlockKind.PARAGRAPH:
            yield strand
            continue
        said = [(next(languages), block) for block in strand.blocks]
        for _, part in groupby(said, key=itemgetter(0)):
            yield replace(strand, blocks=tuple(block for _, block in part))


def _marked(strand: Strand) -> Strand:
    """A strand of text that says nothing on its own as boilerplate."""
    texts = [block.text for block in strand.blocks]
    empty = strand.kind is BlockKind.PARAGRAPH and says_nothing(texts, "".join(strand.section[-1:]))
    return replace(strand, kind=BlockKind.BOILERPLATE) if empty else strand


def _grouped(blocks: Sequence[Block]) -> Iterator[Strand]:
    """The blocks grouped by heading and kind."""
    grouping = _Grouping()
    for block in blocks:
        yield from grouping.strands_before(block)
    yield from grouping.last_strands()


class _Grouping:
    """Blocks one after the other, grouped until a heading or another kind of block ends the group.

    Body text is not broken by footnotes, nor by what is set beside it: they wait for its end.
    """

    def __init__(self) -> None:
        self._headings: list[Block] = []
        self._outside: list[Block] | None = None
        """In a box, the headings of the text around it."""
        self._body: list[Block] = []
        self._aside: list[list[Block]] = []
        self._beside: list[list[Block]] = []
        self._bare = False
        """No text stands under the last heading yet."""
        self._opened = False
        """More than the lines of a cover came, outside boxes."""

    def strands_before(self, block: Block) -> Iterator[Strand]:
        """Take a block in; the strands that end before it."""
        headings = self._without_ended(self._around(block), block)
        if headings is not self._headings:
            yield from self._flushed()
            self._headings = headings
        if block.kind is BlockKind.HEADING:
            yield from self._flushed()
            if self._bare and block.level <= self._headings[-1].level:
                yield self._lone_heading()
            above = [heading for heading in self._headings if heading.level < block.level]
            self._headings = [*above, block]
            self._bare = True
            return
        self._bare = False
        if block.kind not in BODY:
            _put_aside(self._beside if block.beside else self._aside, block)
            return
        if any(group[0].kind is not BlockKind.FOOTNOTE for group in self._aside):
            yield from self._flushed()
        self._body.append(block)
        self._opened = self._opened or (not block.boxed and len(block.text) > _LONGEST_LINE)

    def last_strands(self) -> Iterator[Strand]:
        """The strands that the end of the document ends."""
        yield from self._flushed()
        if self._bare:
            yield self._lone_heading()

    def _flushed(self) -> Iterator[Strand]:
        """The body text so far, then what waited for its end."""
        section = _path(self._headings)
        if self._body:
            yield Strand(BlockKind.PARAGRAPH, section, tuple(self._body))
        for group in (*self._aside, *self._beside):
            yield Strand(group[0].kind, section, tuple(group))
        self._body, self._aside, self._beside = [], [], []

    def _lone_heading(self) -> Strand:
        """The last heading, which nothing stands under, as text."""
        *above, heading = self._headings
        return Strand(BlockKind.PARAGRAPH, _path(above), (heading,))

    def _around(self, block: Block) -> list[Block]:
        """The headings so far, or behind a box those of the text around it."""
        outside = self._outside
        if block.boxed:
            self._outside = self._headings if outside is None else outside
            return self._headings
        self._outside = None
        if outside is None or self._bare or not self._is_of_box_alone(outside):
            return self._headings
        return outside

    def _is_of_box_alone(self, outside: Sequence[Block]) -> bool:
        """Whether the headings of the box just left hold for that box alone.

        Those of a shaded chapter opening hold for what follows too: they rank as the chapter
        does, or are numbered, or nothing but a cover came before them.
        """
        own = [heading for heading in self._headings if heading not in outside]
        above = outside[0].level if outside else 0
        return bool((outside or self._opened) and own) and all(
            heading.level > above and not heading.text[:1].isdigit() for heading in own
        )

    def _without_ended(self, headings: list[Block], block: Block) -> list[Block]:
        """The headings less those that a bold sentence ends; right below a heading it ends none."""
        kept = [heading for heading in headings if heading.level < block.ends]
        ended = block.ends and not self._bare and len(kept) < len(headings)
        return kept if ended else headings


def _put_aside(groups: list[list[Block]], block: Block) -> None:
    """Put a block into the last group, or into a new one if that is of another kind."""
    if groups and groups[-1][0].kind is block.kind:
        groups[-1].append(block)
    else:
        groups.append([block])


def _path(headings: Sequence[Block]) -> tuple[str, ...]:
    return tuple(heading.text for heading in headings)
