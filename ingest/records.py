"""What reading a file yields, stage by stage.

A `Document` holds `Page`s, a page holds `Block`s in reading order, and passages
(`ingest.passages`) are cut from the blocks. A file, or a line of a JSONL file, that cannot
be read yields a `Failure` in place of a document.

All records are frozen. Page numbers are 1-based and count as the PDF viewer counts, not as
the page is labelled in print; files without pages have a single page 1. Offsets are in
characters (code points) from the start of the text they belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path

SECTION_SEPARATOR = " > "
"""Between the headings of a section in one line, as the index and the JSON have it."""


class Health(StrEnum):
    """What could be read of a page."""

    TEXT = "text"
    SCANNED = "scanned"
    """A picture with no text layer: needs OCR."""
    EMPTY = "empty"
    GARBLED = "garbled"
    """Text that is not language, such as glyph numbers from a font without a map."""

    @property
    def unread(self) -> bool:
        """Whether such a page has text, or may have, that could not be read."""
        return self in (Health.SCANNED, Health.GARBLED)


class BlockKind(StrEnum):
    """The part a block plays on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    """One list item; its lead-in is the paragraph before it."""
    TABLE = "table"
    """One table row, written with its column names so that it can be read alone."""
    FOOTNOTE = "footnote"
    CONTENTS = "contents"
    """An entry of a table of contents, list of figures or index."""
    REFERENCE = "reference"
    """An entry of a reference list."""
    BOILERPLATE = "boilerplate"
    """Title block, imprint, copyright, acknowledgements, disclaimers."""

    @property
    def substance(self) -> bool:
        """Whether such a block says something, and so may be an answer."""
        return self not in (BlockKind.CONTENTS, BlockKind.REFERENCE, BlockKind.BOILERPLATE)


class Reason(StrEnum):
    """Why a file, or a line of one, is not in."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    """The system refuses to open it."""
    UNSUPPORTED = "unsupported"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    TOO_SLOW = "too slow"
    CRASHED = "crashed"
    NOTHING_TO_READ = "nothing to read"
    INVALID = "invalid"
    """A line or a field that breaks the format's rules."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that its author set as one thing.

    text: NFKC, single spaces, no line breaks, not empty.
    page: the page on which the block begins.
    level: 1 (chapter) to 6 for headings, 0 for everything else.
    page_breaks: offsets in `text`, ascending, each with the page that begins there, for a
        paragraph that runs over a page end; empty for most blocks.
    boxed: it stands in a frame or on a shaded panel, apart from the text around it.
    leads: it is set bold, and what it says is about the text after it.
    beside: it says again what the text says, which goes on around it.
    ends: level of the headings that hold no longer from here on, those below them too; 0 for
        none. Set for bold sentences, which may part a chapter though they are no headings.
    marks: offsets in `text`, each with the number of a note that stood behind it, as "15" or "*".
    note: the number of the note that the block is the beginning of; empty for most.
    """

    kind: BlockKind
    text: str
    page: int
    level: int = 0
    page_breaks: tuple[tuple[int, int], ...] = ()
    boxed: bool = False
    leads: bool = False
    beside: bool = False
    ends: int = 0
    marks: tuple[tuple[int, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what could be read of it.

    number: 1-based, as the viewer counts.
    label: as the file calls it ("iv", "Cover"); empty where it calls it nothing.
    printed: the number that is printed on it ("iv", "12"); empty where that is `number`, or is not
        known for certain.
    """

    number: int
    health: Health
    blocks: tuple[Block, ...] = ()
    label: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; empty or None where it says nothing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    year: int | None = None
    language: str = ""
    """ISO 639-1, lower case."""
    url: str = ""
    kind: str = ""
    """One of `ingest.metadata.kinds.KINDS`."""

    def replaced_by(self, stated: Metadata) -> Metadata:
        """What `stated` states, and this where it states nothing."""
        names = (field.name for field in fields(Metadata))
        return replace(
            self, **{name: getattr(stated, name) for name in names if getattr(stated, name)}
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read.

    path: where it was read from.
    file_sha256: of the file's bytes, 64 hex digits.
    content_sha256: identity of the document. Equal to `file_sha256` except for a line of a
        JSONL file, where it is the digest of that line's fields.
    source_id: the id a JSONL line carries; empty otherwise.
    """

    path: Path
    file_sha256: str
    content_sha256: str
    metadata: Metadata
    pages: tuple[Page, ...]
    source_id: str = ""


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def on_one_line(name: str) -> str:
    """A file's name as it can be told in a line: line ends and other control characters, with which
    it could forge lines and steer a terminal, as Python writes them.
    """
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), name)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a place in one, that could not be read.

    place: "line 12", "page 3", or empty for the whole file.
    mend: what the user can do about it, in the imperative; may be empty.
    """

    path: Path
    reason: Reason
    message: str
    place: str = ""
    mend: str = ""

    def __str__(self) -> str:
        path = on_one_line(str(self.path))
        where = f"{path}, {self.place}" if self.place else path
        line = f"{where}: {self.message}"
        return f"{line} ({self.mend})" if self.mend else line


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A note that a passage points to.

    offset: in the passage's text, behind which the note's mark stood. label: the mark ("15").
    position: of the passage, of the same document, in which the note stands. start, end: offsets
    in that one's text, the note's number left out.
    """

    offset: int
    label: str
    position: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is searched, ranked, tagged and shown as one.

    position: 0-based, in document order; with the document's content digest it makes the
        passage's stable id.
    text: whole sentences wherever the document has sentences.
    section: headings from the outermost to the innermost; may be empty.
    kind: of the blocks it is made of. Paragraphs and lists go together as PARAGRAPH.
    page_first, page_last: of the text, 1-based.
    page_breaks: as in `Block`, offsets in `text`.
    notes: that it points to, by ascending offset; none where the file was read before they were
        kept.
    """

    position: int
    text: str
    section: tuple[str, ...]
    kind: BlockKind
    page_first: int
    page_last: int
    page_breaks: tuple[tuple[int, int], ...] = ()
    notes: tuple[NoteLink, ...] = ()

    @property
    def section_path(self) -> str:
        """The headings in one line; empty where there are none."""
        return SECTION_SEPARATOR.join(self.section)

    def page_at(self, offset: int) -> int:
        """The page on which the character at `offset` stands."""
        page = self.page_first
        for start, number in self.page_breaks:
            if start > offset:
                break
            page = number
        return page
