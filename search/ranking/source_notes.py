"""The notes that passages point to, with their words: where a figure is from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from textwrap import shorten

from index.rows.catalog import Catalog
from index.rows.records import StoredDocument, StoredPassage, passage_id
from ingest.records import NoteLink
from search.records import Quote, Result, SourceNote

_SHOWN = 240
"""Characters of a note that are shown beside a quote; 77 % of the notes that marks of the 13
reports name have no more."""


def with_notes(catalog: Catalog, results: Sequence[Result]) -> tuple[Result, ...]:
    """Results, each with the notes that its passage points to."""
    stands_in = _passages(catalog, (result.stored for result in results))
    return tuple(
        replace(result, notes=_notes(result.stored, stands_in))
        if result.stored.passage.notes
        else result
        for result in results
    )


def notes_of(catalog: Catalog, stored: StoredPassage) -> tuple[SourceNote, ...]:
    """The notes that a passage points to, in the order of their marks."""
    (found,) = notes_of_all(catalog, [stored])
    return found


def notes_of_all(catalog: Catalog, stored: Sequence[StoredPassage]) -> list[tuple[SourceNote, ...]]:
    """As `notes_of`, of each of many passages, looked up at once."""
    stands_in = _passages(catalog, stored)
    return [_notes(one, stands_in) for one in stored]


def in_quote(notes: Iterable[SourceNote], quote: Quote) -> tuple[SourceNote, ...]:
    """Those of a passage's notes whose marks stand in a quote, each once."""
    found = (note for note in notes if quote.start < note.offset <= quote.end)
    return tuple({(note.passage_id, note.start): note for note in found}.values())


def named(note: SourceNote, document: StoredDocument, word: str = "") -> str:
    """A note by its mark and page: "Footnote 15, p. 9 (printed 4)"; "Footnote 15" where its
    document has no pages. word: before the printed number.
    """
    printed = f" (printed {word}{note.printed})" if note.printed else ""
    return f"Footnote {note.label}" + (f", p. {note.page}{printed}" if document.has_pages else "")


def in_words(note: SourceNote, document: StoredDocument) -> str:
    """A note in a cell of a table: "Footnote 15, p. 9 (printed p. 4): Council of Wages, 2018."."""
    return f"{named(note, document, 'p. ')}: {note.text}"


def in_short(note: SourceNote) -> str:
    """The words of a note as they stand beside a quote: cut behind a word where they are many."""
    return shorten(note.text, _SHOWN, placeholder=" …")


def _passages(catalog: Catalog, stored: Iterable[StoredPassage]) -> dict[str, StoredPassage]:
    """The passages in which the notes stand, by their ids."""
    names = {_name(one, link) for one in stored for link in one.passage.notes}
    return catalog.passages_by_id(names)


def _name(stored: StoredPassage, link: NoteLink) -> str:
    return passage_id(stored.document_id, link.position)


def _notes(stored: StoredPassage, stands_in: Mapping[str, StoredPassage]) -> tuple[SourceNote, ...]:
    return tuple(
        _note(link, stands_in[name])
        for link in stored.passage.notes
        if (name := _name(stored, link)) in stands_in
    )


def _note(link: NoteLink, holder: StoredPassage) -> SourceNote:
    page = holder.passage.page_at(link.start)
    return SourceNote(
        offset=link.offset,
        label=link.label,
        passage_id=holder.passage_id,
        start=link.start,
        end=link.end,
        page=page,
        printed=holder.printed_on(page),
        text=holder.passage.text[link.start : link.end],
    )
