"""A draft put right and handed to the library, and what the log says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.curating import bin, drafted, incoming
from index.curating.desk import Worker
from index.edit import edit
from index.library import Library
from index.rows import audit, shelf
from index.rows.database import LibraryError
from index.rows.shelf import Shelved
from ingest.records import Metadata

TEXT = b"""A mentor came to the town of Borland and sat with the people of the agency for a year.
They wrote down what they had learned, and in the second year they worked on their own.
"""


def test_publishing_is_logged_with_its_job_and_what_is_replaced(
    copy_library: Callable[..., Library], tmp_path: Path
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        old = catalog.documents()[0].document_id
    for name, text in (("one.txt", b"A mentor came to town."), ("two.txt", b"It rained all day.")):
        incoming.receive(library, name, [text], "ann")
    worker = Worker(library)
    while worker.step() is not None:
        pass
    with library.catalog() as catalog:
        listed = sorted(shelf.listing(catalog.connection, "draft"), key=lambda item: item.title)
    one, two = (item.document_id for item in listed)
    with pytest.raises(LibraryError, match="there is no document 'ffff' in the library to replace"):
        drafted.publish(library, one, "ann", replaces="ffff")
    bin.withdraw(library, old, "ann")
    with pytest.raises(LibraryError) as refused:
        drafted.publish(library, two, "bob", replaces=old)
    says = "Evaluation of study visits, which two is to replace, is in the bin: put it back, or"
    assert says in str(refused.value)
    bin.restore(library, old, "ann")
    worker.step()
    alone = drafted.publish(library, one, "ann")
    instead = drafted.publish(library, two, "bob", replaces=old)
    with library.catalog() as catalog:
        lines = audit.entries(catalog.connection)
    said = {line.subject: line for line in lines if line.action == "publish"}
    assert (said[one].who, said[one].action) == ("ann", "publish")
    assert said[one].detail == f"job {alone.job_id}"
    assert said[two].detail == f"job {instead.job_id}, as the new version of {old}"


def test_what_a_person_looked_at_is_no_guess_any_longer(
    copy_library: Callable[..., Library], tmp_path: Path
) -> None:
    library = copy_library(tmp_path / "home")
    before = read(library, "fair 1999.txt")
    assert before.guesses["language"].confidence < 1
    after = drafted.put_right(library, before.document_id, lambda draft: draft, "ann")
    assert after.metadata == before.metadata
    assert set(after.guesses) == set(before.guesses)
    assert {guess.source for guess in after.guesses.values()} == {"confirmed"}
    assert {guess.confidence for guess in after.guesses.values()} == {1.0}
    with library.catalog() as catalog:
        assert shelf.get(catalog.connection, before.document_id) == after
        lines = audit.entries(catalog.connection, subject=before.document_id)
    assert lines == []  # nothing was changed
    part = drafted.correct(library, before.document_id, Metadata(kind="brief"), "ann")
    assert part.guesses["kind"].source == "corrected"


@pytest.mark.parametrize("at_once", [True, False])
def test_a_new_version_takes_over_what_a_person_put_right(
    copy_library: Callable[..., Library], tmp_path: Path, at_once: bool
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        old = catalog.documents()[0]
    mended = Metadata(title="Mended", year=1901, kind="guidance", url="https://example.org/old")
    edit(library, old.document_id, mended, "ann")
    draft = read(library, "new.txt")
    assert (draft.metadata.kind, draft.metadata.url) == ("report", "")
    if at_once:
        drafted.publish(library, draft.document_id, "bob", old.document_id)
    else:
        to = replace(draft, replaces=old.document_id)
        drafted.put_right(library, draft.document_id, lambda _: to, "bob")
    with library.catalog() as catalog:
        after = shelf.get(catalog.connection, draft.document_id)
        line = next(
            line
            for line in audit.entries(catalog.connection, subject=draft.document_id)
            if line.action == "correct"
        )
    assert after.metadata == replace(draft.metadata, kind="guidance", url=mended.url)
    assert after.replaces == old.document_id
    guess = after.guesses["kind"]
    assert (guess.source, guess.value, guess.confidence) == ("the old version", "guidance", 0.7)
    took = f"url: none -> {mended.url} | kind: report -> guidance"
    assert line.detail == f"{took} | replaces: none -> {old.document_id}"


def test_a_new_version_keeps_what_a_person_said_and_what_it_says_itself(
    copy_library: Callable[..., Library], tmp_path: Path
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        old = catalog.documents()[0].document_id
    edit(library, old, Metadata(kind="guidance", publisher="Old house"), "ann")
    draft = read(library, "new.txt")
    drafted.correct(library, draft.document_id, Metadata(kind="brief"), "bob")

    def typed(now: Shelved) -> Shelved:
        mine = replace(now.metadata, publisher="New house")
        return replace(now, metadata=mine, replaces=old)

    after = drafted.put_right(library, draft.document_id, typed, "bob")
    assert (after.metadata.kind, after.metadata.publisher) == ("brief", "New house")
    with library.catalog() as catalog:  # a machine read it of the old one, no person said so
        assert catalog.document(old).metadata.language == "en"
    assert after.metadata.language == draft.metadata.language


STATED = b"""---
title: Second
publisher: New house
url: https://example.org/new
---
"""


@pytest.mark.parametrize("put", [drafted.put_right, drafted.put_right_and_publish])
def test_a_new_version_keeps_what_stands_in_its_file(
    copy_library: Callable[..., Library], tmp_path: Path, put: Callable[..., Shelved]
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        old = catalog.documents()[0].document_id
    mended = Metadata(publisher="Old house", url="https://example.org/old", authors=("A. One",))
    edit(library, old, mended, "ann")
    draft = read(library, "new.md", STATED + TEXT)
    assert (draft.metadata.publisher, draft.metadata.url) == (
        "New house",
        "https://example.org/new",
    )
    after = put(library, draft.document_id, lambda now: replace(now, replaces=old), "bob")
    assert after.metadata == replace(draft.metadata, authors=("A. One",))
    assert after.guesses["authors"].source == "the old version"


def test_what_a_person_saw_is_published_and_what_was_empty_is_taken_over(
    copy_library: Callable[..., Library], tmp_path: Path
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        old = catalog.documents()[0].document_id
    edit(library, old, Metadata(kind="guidance", publisher="Old house"), "ann")
    draft = read(library, "new.txt")
    after = drafted.put_right_and_publish(
        library, draft.document_id, lambda now: replace(now, replaces=old), "bob"
    )
    assert after.metadata == replace(draft.metadata, publisher="Old house")  # kind: a report
    worker = Worker(library)
    assert [job.state for job in iter(worker.step, None)] == ["done"]
    with library.catalog() as catalog:
        assert catalog.document(draft.document_id).metadata == after.metadata


def test_what_cannot_be_published_is_not_put_right_either(
    copy_library: Callable[..., Library], tmp_path: Path
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        old = catalog.documents()[0].document_id
    draft = read(library, "new.txt")
    chosen = drafted.put_right(
        library, draft.document_id, lambda now: replace(now, replaces=old), "bob"
    )
    bin.withdraw(library, old, "ann")

    def typed(now: Shelved) -> Shelved:
        return replace(now, metadata=replace(now.metadata, title="Typed"))

    with pytest.raises(LibraryError, match="which Typed is to replace, is in the bin"):
        drafted.put_right_and_publish(library, draft.document_id, typed, "bob")
    with library.catalog() as catalog:
        assert shelf.get(catalog.connection, draft.document_id) == chosen
    assert Worker(library).step() is None


def test_another_old_version_hands_down_its_own_details(
    copy_library: Callable[..., Library], tmp_path: Path
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        first, second = (one.document_id for one in catalog.documents()[:2])
    told = Metadata(authors=("A. One", "B. Two"), publisher="One house", kind="guidance")
    edit(library, first, told, "ann")
    edit(library, second, Metadata(publisher="Two houses"), "ann")
    draft = read(library, "new.txt")

    def choose(old: str, **typed: str) -> Metadata:
        def to(now: Shelved) -> Shelved:
            return replace(now, replaces=old, metadata=replace(now.metadata, **typed))

        return drafted.put_right(library, draft.document_id, to, "bob").metadata

    theirs = {"authors": told.authors, "publisher": "One house", "kind": "guidance"}
    assert choose(first) == replace(draft.metadata, **theirs)
    assert choose(second) == replace(draft.metadata, publisher="Two houses")
    assert choose("", title="New") == replace(draft.metadata, title="New")
    choose(first)
    assert choose(second, publisher="Typed") == replace(
        draft.metadata, title="New", publisher="Typed"
    )
    choose("", publisher="")
    assert choose(first).authors == told.authors
    choose(first)  # looked at, and left
    assert choose(second).authors == told.authors


def read(library: Library, name: str, text: bytes = TEXT) -> Shelved:
    incoming.receive(library, name, [text], "ann")
    worker = Worker(library)
    while worker.step() is not None:
        pass
    with library.catalog() as catalog:
        (one,) = shelf.listing(catalog.connection, shelf.ShelfState.DRAFT)
        return shelf.get(catalog.connection, one.document_id)
