"""Whoever adds a document hears what of it stands in another one already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index import bin, build
from index.build import Added
from index.duplicates import repeated
from index.library import Library

SAVED_ANEW = b"\n% saved anew\n"


@pytest.fixture
def copy(copy_library: Callable[..., Library], tmp_path: Path) -> Library:
    return copy_library(tmp_path / "home")


def add(library: Library, *paths: Path) -> list[str]:
    events = build.add(library, paths)
    return [event.document_id for event in events if isinstance(event, Added)]


def id_of(library: Library, file: str) -> str:
    with library.catalog() as catalog:
        (found,) = [d.document_id for d in catalog.documents() if d.file_name == file]
        return found


def saved_anew(path: Path, to: Path) -> Path:
    to.write_bytes(path.read_bytes() + SAVED_ANEW)
    return to


def test_other_bytes_with_the_same_text_are_named(
    copy: Library, shelf: Path, tmp_path: Path
) -> None:
    (name,) = add(copy, saved_anew(shelf / "borland.pdf", tmp_path / "again.pdf"))
    borland = id_of(copy, "borland.pdf")
    assert list(repeated(copy, [name])) == [
        f"{name}: 100 % of its text is in {borland} (Resettlement in Borland 2016)"
    ]


def test_the_share_is_of_what_was_added(copy: Library, tmp_path: Path) -> None:
    """20 words of a report and 8 others: 13 of 21 runs of eight words stand in the report."""
    taken = (
        "Families waited nine months for a flat. Rents rose by twelve per cent in the capital, and "
        "the number of"
    )
    assert len(taken.split()) == 20
    path = tmp_path / "notes.txt"
    path.write_text(f"{taken} boats that went out to sea was large.")
    (name,) = add(copy, path)
    borland = id_of(copy, "borland.pdf")
    assert list(repeated(copy, [name])) == [
        f"{name}: 62 % of its text is in {borland} (Resettlement in Borland 2016)"
    ]


def test_of_two_added_together_the_later_is_named(copy: Library, tmp_path: Path) -> None:
    text = "The harbour master counted every boat that came in, and wrote it down for the council."
    (tmp_path / "one.txt").write_text(text)
    (tmp_path / "two.txt").write_text(f"{text}\n")
    one, two = add(copy, tmp_path / "one.txt", tmp_path / "two.txt")
    assert list(repeated(copy, [one, two])) == [f"{two}: 100 % of its text is in {one} (one)"]


def test_new_texts_and_what_is_not_in_the_library_are_passed_over(
    copy: Library, shelf: Path, tmp_path: Path
) -> None:
    (name,) = add(copy, saved_anew(shelf / "borland.pdf", tmp_path / "again.pdf"))
    assert list(repeated(copy, [id_of(copy, "weather.pdf"), "0123456789abcdef"])) == []
    bin.withdraw(copy, id_of(copy, "borland.pdf"), "ann")
    assert list(repeated(copy, [name])) == []
