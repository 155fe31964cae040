"""What the library keeps, as it is written and as it is read back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.records import Document, Metadata, Page, Passage

FloatVector = npt.NDArray[np.float32]
WindowMatrix = npt.NDArray[np.float32]
Spans = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tag:
    """A label that a passage carries.

    probability: 0 to 1.
    start, end: the sentences that earned it, as offsets in the passage's text; all of it for a
        tag that a person added.
    verdict: "accept" or "add" where a person decided, with a probability of 1 where the machine had
        given none; else empty.
    """

    label: str
    probability: float
    start: int
    end: int
    verdict: str = ""

    @property
    def by(self) -> str:
        """Who gave it: "person" where a person accepted or added it, else "machine"."""
        return "person" if self.verdict else "machine"


@dataclass(frozen=True, slots=True)
class Windows:
    """A text's windows of one or two sentences, n of them, as the encoder read them.

    spans: int32 (n, 2), offsets in the text.
    vectors: float32 (n, dim), rows of unit length.
    scores: float32 (n, labels), label scores (`index.encoding.attention`); (0, 0) where there are
    none. scorer: sha256 of the attention that gave them; empty where there are none.
    """

    spans: Spans
    vectors: WindowMatrix
    scores: WindowMatrix
    scorer: str = ""


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage with all that search needs of it.

    vector: float32 (dim,), unit length; kept as float16.
    windows: rounded as `index.rows.stored` reads them back, so that the tagger gets the same
        numbers now and later.
    """

    passage: Passage
    vector: FloatVector
    windows: Windows
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class EncodedDocument:
    """A document that is ready to be written."""

    document: Document
    passages: tuple[EncodedPassage, ...]


def has_pages(file_name: str, pages: int) -> bool:
    """Whether a document with so many pages is cited by them: a web page or a text has one, which
    is all of it.
    """
    return pages > 1 or file_name.lower().endswith(".pdf")


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the library."""

    document_id: str
    file_sha256: str
    file_name: str
    source_id: str
    metadata: Metadata
    added_at: str
    page_count: int
    passage_count: int
    unread_pages: int
    """Pages that are scanned or garbled; empty ones do not count."""

    @property
    def has_pages(self) -> bool:
        """Whether it is cited by its pages."""
        return has_pages(self.file_name, self.page_count)

    def as_dict(self) -> dict[str, Any]:
        """The document as JSON says it everywhere, with the names that a result has too."""
        return {
            "document_id": self.document_id,
            "file": self.file_name,
            "source_id": self.source_id,
            **asdict(self.metadata),
            "added_at": self.added_at,
            "pages": self.page_count,
            "passages": self.passage_count,
            "unread_pages": self.unread_pages,
        }


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage of the library, without its vectors.

    number: its name inside the views, an integer that is never used again.
    printed: pairs of a page and the number printed on it, for pages where this is not their count.
    """

    number: int
    passage_id: str
    document_id: str
    passage: Passage
    tags: tuple[Tag, ...] = field(default=())
    printed: tuple[tuple[int, str], ...] = ()

    def printed_on(self, page: int) -> str | None:
        """The number printed on one of its pages; None where it is the count, or not known."""
        return dict(self.printed).get(page)

    def as_dict(self) -> dict[str, Any]:
        """The passage as JSON says it, without its tags."""
        return {
            "passage_id": self.passage_id,
            "page_first": self.passage.page_first,
            "page_last": self.passage.page_last,
            "printed_page": self.printed_on(self.passage.page_first),
            "section": self.passage.section_path,
            "kind": self.passage.kind.value,
            "text": self.passage.text,
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a library holds."""

    documents: int
    pages: int
    passages: int


def page_as_dict(page: Page) -> dict[str, Any]:
    """How a page could be read, as JSON has it."""
    return {
        "number": page.number,
        "label": page.label,
        "printed_page": page.printed or None,
        "health": page.health.value,
    }


def document_id(content_sha256: str) -> str:
    """The id of the document with this content: 16 hex digits (64 bits)."""
    return content_sha256[:16]


def passage_id(document: str, position: int) -> str:
    """The stable id of a passage: its document's id and its position there."""
    return f"{document}-{position}"
