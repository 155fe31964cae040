"""The notes that a passage points to, as the library keeps them: JSON, a list a note."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ingest.records import NoteLink


def as_lists(notes: Iterable[NoteLink]) -> list[list[int | str]]:
    """Each note as [offset, label, position, start, end], see `ingest.records.NoteLink`."""
    return [[note.offset, note.label, note.position, note.start, note.end] for note in notes]


def from_lists(lists: Iterable[Sequence[Any]]) -> tuple[NoteLink, ...]:
    """What `as_lists` made lists of."""
    return tuple(NoteLink(*values) for values in lists)


def notes_as_stored(notes: Iterable[NoteLink]) -> str:
    """Notes as a column of `passages` has them."""
    return json.dumps(as_lists(notes), ensure_ascii=False)


def read_notes(stored: str) -> tuple[NoteLink, ...]:
    """Notes of a column of `passages`; most have none."""
    return () if stored == "[]" else from_lists(json.loads(stored))
