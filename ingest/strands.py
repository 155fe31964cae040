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
# Longer text outside boxes is no line of a cover.
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
    """Group blocks by heading and kind; a strand of body text is not broken by footnotes, nor by
    what is set beside it.
    """
    headings: list[Block] = []
    outside: list[Block] | None = None
    body: list[Block] = []
    aside: list[list[Block]] = []
    beside: list[list[Block]] = []
    bare = opened = False

    def flush() -> Iterator[Strand]:
        if body:
            yield Strand(BlockKind.PARAGRAPH, _path(headings), tuple(body))
        yield from _apart((*aside, *beside), _path(headings))
        body.clear()
        aside.clear()
        beside.clear()

    for block in blocks:
        path, outside = _around_box(block, headings, outside, bare=bare, opened=opened)
        path = _still_open(path, block, bare=bare)
        if path is not headings:
            yield from flush()
            headings = path
        if block.kind is BlockKind.HEADING:
            yield from flush()
            if bare and block.level <= headings[-1].level:
                yield Strand(BlockKind.PARAGRAPH, _path(headings[:-1]), (headings[-1],))
            headings = [*[h for h in headings if h.level < block.level], block]
            bare = True
        elif block.kind in BODY:
            if any(group[0].kind is not BlockKind.FOOTNOTE for group in aside):
                yield from flush()
            body.append(block)
            bare = False
            opened = opened or (not block.boxed and len(block.text) > _LONGEST_LINE)
        else:
            bare = False
            _put_aside(beside if block.beside else aside, block)
    yield from flush()
    if bare:
        yield Strand(BlockKind.PARAGRAPH, _path(headings[:-1]), (headings[-1],))


def _apart(groups: Sequence[Sequence[Block]], section: tuple[str, ...]) -> Iterator[Strand]:
    for blocks in groups:
        yield Strand(blocks[0].kind, section, tuple(blocks))


def _put_aside(aside: list[list[Block]], block: Block) -> None:
    if aside and aside[-1][0].kind is block.kind:
        aside[-1].append(block)
    else:
        aside.append([block])


def _around_box(
    block: Block, headings: list[Block], outside: list[Block] | None, *, bare: bool, opened: bool
) -> tuple[list[Block], list[Block] | None]:
    """The headings that hold for a block, and those of the text around the box it stands in.

    bare: no text stands under the last heading yet. opened: text outside boxes came before.
    """
    if block.boxed:
        return headings, headings if outside is None else outside
    if outside is not None and not bare and _is_aside(headings, outside, opened=opened):
        return outside, None
    return headings, None


def _still_open(headings: list[Block], block: Block, *, bare: bool) -> list[Block]:
    """The headings, less those that a bold sentence ends; none does right below a heading.

    bare: no text stands under the last heading yet.
    """
    kept = [heading for heading in headings if heading.level < block.ends]
    return kept if block.ends and not bare and len(kept) < len(headings) else headings


def _is_aside(boxed: Sequence[Block], outside: Sequence[Block], *, opened: bool) -> bool:
    """Whether the headings of a box hold for the box alone.

    Those of a shaded chapter opening hold for what follows too: they rank as the chapter does,
    or are numbered; or nothing but a cover came before. opened: more than that did.
    """
    own = [heading for heading in boxed if heading not in outside]
    above = outside[0].level if outside else 0
    return bool((outside or opened) and own) and all(
        heading.level > above and not heading.text[:1].isdigit() for heading in own
    )


def _path(headings: Sequence[Block]) -> tuple[str, ...]:
    return tuple(heading.text for heading in headings)
