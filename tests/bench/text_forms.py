"""The form of a plain text: headings, paragraphs, bullets, tables, boxes and footnotes.

The rules look at form alone (blank lines, length, capitals, tabs, superscripts), never at what is
said. What none of them knows is a paragraph, so no word is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

MARK = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
"""The mark of a footnote: superscript digits."""

_NOTE = re.compile(rf"(?:- )?(\d{{1,3}}|{MARK.pattern})\s+(\S.*)", re.DOTALL)
_BULLET = re.compile(r"[•●▪◦‣·*–-]\s+(\S.*)", re.DOTALL)
_BOX = re.compile(r"Box \w{1,4}\b")
_TABLE = re.compile(r"Table \w")
_SOURCES = re.compile(r"Sources?:")
_SECTION = re.compile(r"[IVX]+\.\s|Appendix\b|Annex\b")

HEADING_LETTERS, HEADING_WORDS = 90, 14
LONGEST_RUN = 3
"""More headings than this in a row are a title page or a list."""
TITLE_WITHIN = 3
"""Short lines that open a text, of which the first that could be a heading is the title."""
WIDE = range(45, 101)
"""Letters of a line that was broken because it was full; one of its own is mostly apart."""
BOX_LENGTH = 8
"""Paragraphs after a box's heading among which the line of its sources is looked for."""
LONGEST_NOTE = 3000
"""Letters of a footnote; a longer one would not go on a page and is a paragraph."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 or 2."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. cut: notes stood between it and what is before it."""

    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item of a list, without its bullet."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `rows` may differ in length. caption: empty where there is none."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its heading and what stands in it."""

    title: str
    parts: tuple[Paragraph | Bullet, ...]


Piece = Heading | Paragraph | Bullet | Table
Form = Piece | Box


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text by its form. notes: by the number of their mark; each mark stands in `forms`.

    title: empty where no heading opens the text.
    """

    title: str
    forms: tuple[Form, ...]
    notes: dict[int, str]


def shaped(text: str) -> Shaped:
    """The forms of a text, in order; line ends and the kind of white space do not count."""
    notes: dict[int, str] = {}
    pieces = list(_pieces(unicodedata.normalize("NFC", text), notes))
    title, pieces = _title(pieces)
    forms = tuple(_boxed(_levelled(_captioned(_mended(pieces)))))
    marked = {number_of(mark) for form in forms for mark in MARK.findall(_words(form))}
    lost = [Paragraph(f"{number} {note}") for number, note in notes.items() if number not in marked]
    kept = {number: note for number, note in notes.items() if number in marked}
    return Shaped(title, (*forms, *lost), kept)


def number_of(mark: str) -> int:
    """The number that a mark, or a note's own number, says."""
    return int(unicodedata.normalize("NFKC", mark))


def _groups(text: str) -> Iterator[list[str]]:
    """Lines between blank ones; a tab is kept, other white space is a blank."""
    group: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            cells = [" ".join(cell.split()) for cell in line.strip("\n ").split("\t")]
            group.append("\t".join(cells))
        elif group:
            yield group
            group = []


def _pieces(text: str, notes: dict[int, str]) -> Iterator[Piece]:
    """What stands in each group; notes go into `notes` instead."""
    marked: set[int] = set()
    cut = False
    for group in _groups(text):
        lines, found = _without_notes(group, marked, max(notes, default=0))
        notes.update(found)
        cut = cut or bool(found)
        for piece in _of_group(lines):
            yield replace(piece, cut=cut) if isinstance(piece, Paragraph) else piece
            cut = False
        marked |= {number_of(mark) for line in lines for mark in MARK.findall(line)}


def _without_notes(
    group: Sequence[str], marked: set[int], last: int
) -> tuple[list[str], dict[int, str]]:
    """A group's lines that are no notes, and its notes.

    A note opens with a number whose mark stood before it, higher than the `last` note's. In lines
    broken at full width it runs on to the next note.
    """
    lines: list[str] = []
    notes: dict[int, str] = {}
    for line in group:
        match = _NOTE.fullmatch(line)
        number = number_of(match[1]) if match else 0
        if match and number in marked and number > last and len(line) <= LONGEST_NOTE:
            last = number
            notes[number] = match[2]
        elif notes and last in notes and _broken(group):
            notes[last] += f" {line}"
        else:
            lines.append(line)
    return lines, notes


def _broken(lines: Sequence[str]) -> bool:
    """Whether lines are one paragraph, broken at full width."""
    lengths = [len(line) for line in lines[:-1]]
    return len(lengths) > 1 and min(lengths) in WIDE and max(lengths) in WIDE


def _of_group(group: Sequence[str]) -> Iterator[Piece]:
    if _broken(group) and not any("\t" in line or _BULLET.fullmatch(line) for line in group):
        yield Paragraph(" ".join(group))
        return
    lines = _whole_items(group)
    for tabbed, run in groupby(range(len(lines)), key=lambda number: "\t" in lines[number]):
        if tabbed:
            yield Table("", tuple(tuple(lines[number].split("\t")) for number in run))
        else:
            yield from (_of_line(lines, number) for number in run)


def _whole_items(lines: Sequence[str]) -> list[str]:
    """Lines, those of an item that runs on over the next ones joined."""
    whole: list[str] = []
    for line in lines:
        runs_on = whole and _BULLET.fullmatch(whole[-1]) and not _ended(whole[-1])
        if runs_on and not _BULLET.fullmatch(line) and "\t" not in line:
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return whole


def _of_line(lines: Sequence[str], number: int) -> Piece:
    line = lines[number]
    if bullet := _BULLET.fullmatch(line):
        return Bullet(bullet[1])
    if _could_head(line) and _stands_apart(lines, number):
        return Heading(line, 1 if line.isupper() or _SECTION.match(line) else 2)
    return Paragraph(line)


def _could_head(line: str) -> bool:
    """Short, opening with a capital or a digit, and not ending as a sentence does."""
    return (
        len(line) <= HEADING_LETTERS
        and len(line.split()) <= HEADING_WORDS
        and (line[0].isupper() or line[0].isdigit())
        and line[-1] not in ".,;:!"
        and any(letter.isalpha() for letter in line)
    )


def _stands_apart(lines: Sequence[str], number: int) -> bool:
    """Alone between blank lines, or over a paragraph that is long."""
    if len(lines) == 1:
        return True
    after = next((line for line in lines[number:] if not _could_head(line)), "")
    return len(after) > HEADING_LETTERS and all(map(_could_head, lines[: number + 1]))


def _ended(text: str) -> bool:
    """Whether a text ends as a sentence does, marks, quotation marks and emphasis aside."""
    return MARK.sub("", text).rstrip("*)\"'\u2019\u201d]> ").endswith((".", "!", "?", ":", ";"))


def _title(pieces: list[Piece]) -> tuple[str, list[Piece]]:
    for number, piece in enumerate(pieces[:TITLE_WITHIN]):
        if not isinstance(piece, Heading | Paragraph) or len(piece.text) > HEADING_LETTERS:
            break
        if _could_head(piece.text):
            words = piece.text.split()
            if sum(word[0].isalpha() for word in words) > len(words) / 2:  # no date
                return piece.text, pieces[:number] + pieces[number + 1 :]
    return "", pieces


def _mended(pieces: Sequence[Piece]) -> list[Piece]:
    """Paragraphs and bullets made whole that the notes of a page's foot cut in two."""
    whole: list[Piece] = []
    for piece in pieces:
        before = whole[-1] if whole else None
        if (
            isinstance(piece, Paragraph)
            and piece.cut
            and isinstance(before, Paragraph | Bullet)
            and not _ended(before.text)
        ):
            whole[-1] = replace(before, text=f"{before.text} {piece.text}")
        else:
            whole.append(replace(piece, cut=False) if isinstance(piece, Paragraph) else piece)
    return whole


def _captioned(pieces: Sequence[Piece]) -> list[Piece]:
    """Tables with the line over them that names them."""
    told: list[Piece] = []
    for piece in pieces:
        before = told[-1] if told else None
        if (
            isinstance(piece, Table)
            and isinstance(before, Heading | Paragraph)
            and _TABLE.match(before.text)
        ):
            told[-1] = replace(piece, caption=before.text)
        else:
            told.append(piece)
    return told


def _levelled(pieces: Sequence[Piece]) -> list[Piece]:
    """Headings of long runs made paragraphs but the last. A text that opens with a heading of
    level 2 has one level only.
    """
    kept: list[Piece] = []
    run = 0
    for piece in [*pieces, None]:
        if run > LONGEST_RUN and not isinstance(piece, Heading):
            kept[-run:-1] = [_plain(heading) for heading in kept[-run:-1]]
        run = run + 1 if isinstance(piece, Heading) else 0
        if piece is not None:
            kept.append(piece)
    if next((piece.level for piece in kept if isinstance(piece, Heading)), 1) == 1:
        return kept
    return [replace(piece, level=1) if isinstance(piece, Heading) else piece for piece in kept]


def _plain(piece: Piece) -> Piece:
    return Paragraph(piece.text) if isinstance(piece, Heading) else piece


def _boxed(pieces: Sequence[Piece]) -> Iterator[Form]:
    """What stands between a line "Box 1 …" and its sources, or the one paragraph after it."""
    number = 0
    while number < len(pieces):
        piece = pieces[number]
        number += 1
        if not (isinstance(piece, Heading) and _BOX.match(piece.text)):
            yield piece
            continue
        parts: list[Paragraph | Bullet] = []
        for inner in pieces[number : number + BOX_LENGTH]:
            if not isinstance(inner, Paragraph | Bullet):
                break
            parts.append(inner)
        closing = [place for place, part in enumerate(parts, 1) if _SOURCES.match(part.text)]
        parts = parts[: closing[0] if closing else 1]
        number += len(parts)
        yield Box(piece.text, tuple(parts))


def _words(form: Form) -> str:
    match form:
        case Table(caption, rows):
            return "\n".join([caption, *(cell for row in rows for cell in row)])
        case Box(title, parts):
            return "\n".join([title, *(part.text for part in parts)])
        case _:
            return form.text
