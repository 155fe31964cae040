"""Marks of notes and the notes they name, passage by passage.

Pure. A mark is tied to the note on its own page, else on the next page, else in the list of notes
that closes the document. Where two notes may be meant, none is: a wrong source is worse than none.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from ingest.prose.note_marks import ROMAN
from ingest.records import Block, BlockKind, NoteLink, Passage

# Notes in a row that make a list of notes.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a block's text as it stands in a passage.

    begin, length: where it stands in the block's text, and how many characters it has.
    position: of the passage. offset: where it stands in the passage's text.
    """

    block: Block
    begin: int
    length: int
    position: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Note:
    """Where a note stands.

    page: on which it begins. position: of its passage. start, end: offsets in the passage's text.
    listed: it belongs to a list of notes that counts from 1, as one behind the text does.
    """

    page: int
    position: int
    start: int
    end: int
    listed: bool


@dataclass(frozen=True, slots=True)
class _MarkPlace:
    """Where the mark of a note stood: its page, its passage, and the offset in that behind which it
    did.
    """

    label: str
    page: int
    position: int
    offset: int


def tied(passages: Sequence[Passage], parts: Sequence[Part]) -> tuple[Passage, ...]:
    """The passages, each with the notes that its marks name. parts: of all, in document order."""
    notes = _notes(parts)
    marks = [mark for part in parts for mark in _marks(part, passages[part.position])]
    said = Counter(mark.label for mark in marks)
    on_page = {(mark.label, mark.page) for mark in marks}
    links: defaultdict[int, list[NoteLink]] = defaultdict(list)
    for mark in marks:
        meant = notes.get(mark.label, [])
        below = (mark.label, mark.page + 1) not in on_page
        note = _meant(mark, meant, below=below, single=said[mark.label] == 1)
        if note is not None:
            link = NoteLink(mark.offset, mark.label, note.position, note.start, note.end)
            links[mark.position].append(link)
    return tuple(
        replace(passage, notes=tuple(sorted(links[passage.position], key=attrgetter("offset"))))
        if passage.position in links
        else passage
        for passage in passages
    )


def _meant(mark: _MarkPlace, notes: Sequence[_Note], *, below: bool, single: bool) -> _Note | None:
    """Which of the notes with a mark's label the mark names; None where two may be meant.

    Numbers may begin anew on each page or in each chapter, so that several notes have one.
    below: no mark of the next page has the label. single: no other mark at all has it.
    """
    here = [note for note in notes if note.page == mark.page]
    if here or len(notes) != 1:
        return here[0] if len(here) == 1 else None
    (note,) = notes
    follows = note.page == mark.page + 1 and below
    closes = note.listed and note.page > mark.page and single
    return note if follows or closes else None


def _marks(part: Part, passage: Passage) -> Iterator[_MarkPlace]:
    """The marks behind the letters of a part."""
    for place, label in part.block.marks:
        if part.begin < place <= part.begin + part.length:
            offset = part.offset + place - part.begin
            yield _MarkPlace(label, passage.page_at(offset - 1), part.position, offset)


def _notes(parts: Sequence[Part]) -> dict[str, list[_Note]]:
    """The notes of a document by their labels."""
    notes: defaultdict[str, list[_Note]] = defaultdict(list)
    listed = set(_listed(parts))
    for place, part in enumerate(parts):
        label = part.block.note
        if not label or part.begin:
            continue
        end = part.offset + part.length
        for after in range(place + 1, len(parts)):
            more = parts[after]
            if more.block is not part.block or more.position != part.position:
                break
            end = more.offset + more.length
        start = part.offset + _number_before(part.block.text, label)
        if start < end:
            note = _Note(part.block.page, part.position, start, end, place in listed)
            notes[label].append(note)
    return dict(notes)


def _number_before(text: str, label: str) -> int:
    """How many characters stand before the words of a note: the mark of an item, and its number."""
    found = _before(label).match(text)
    return found.end() if found else 0


@functools.cache
def _before(label: str) -> re.Pattern[str]:
    parted = r"\s+" if label.isalnum() else r"\s*"
    number = rf"[\[(]?{re.escape(label)}[\])]?[.:]?{parted}"
    return re.compile(rf"(?:- )?(?:\^ )?(?:{number})?")


def _listed(parts: Sequence[Part]) -> Iterator[int]:
    """Places of the parts with which the notes of a list begin.

    Such a list counts from 1, and no text stands between its notes.
    """
    run: list[int] = []
    for place, part in enumerate(parts):
        if part.block.kind is BlockKind.FOOTNOTE and not (part.block.note and not part.begin):
            continue  # more of a note
        if not _is_next(part.block.note, run):
            yield from run if len(run) >= _FEWEST else ()
            run = []
        if _is_next(part.block.note, run):
            run.append(place)
    yield from run if len(run) >= _FEWEST else ()


def _is_next(label: str, run: Sequence[int]) -> bool:
    """Whether a note of this label counts on from those of `run`, in figures or Roman numbers."""
    return label == str(len(run) + 1) or label in ROMAN[len(run) : len(run) + 1]
