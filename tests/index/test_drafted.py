"""A draft put right and handed to the library, and what the log says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import audit, bin, drafted, incoming, shelf
from index.database import LibraryError
from index.desk import Worker
from index.edit import edit
from index.library import Library
from index.shelf import Shelved
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
    assert line.detail == took + ("" if at_once else f" | replaces: none -> {old.document_id}")


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


def read(library: Library, name: str) -> Shelved:
    incoming.receive(library, name, [TEXT], "ann")
    worker = Worker(library)
    while worker.step() is not None:
        pass
    with library.catalog() as catalog:
        (one,) = shelf.listing(catalog.connection, shelf.ShelfState.DRAFT)
        return shelf.get(catalog.connection, one.document_id)
