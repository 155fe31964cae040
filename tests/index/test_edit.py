"""All that is known of a document, put as given: in one change, with its line in the log."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.edit import change, edit
from index.library import Library
from index.rows import audit, database
from index.rows.database import LibraryError
from index.rows.records import StoredDocument
from ingest.records import Metadata
from search.find import find


@pytest.fixture
def copy(copy_library, tmp_path: Path) -> Library:
    return copy_library(tmp_path / "home")


def harbour(library: Library) -> StoredDocument:
    with library.catalog() as catalog:
        (found,) = [d for d in catalog.documents() if d.file_name == "weather.pdf"]
        return found


def generation(library: Library) -> int:
    with library.catalog() as catalog:
        return database.generation(catalog.connection)


def logged(library: Library) -> list[tuple[str, str, str, str]]:
    """What was done since the documents were added."""
    with library.catalog() as catalog:
        lines = audit.entries(catalog.connection)
    said = [(line.who, line.action, line.subject, line.detail) for line in lines]
    return [line for line in said if line[1] != "add"]


def test_all_fields_at_once_are_one_change(copy: Library) -> None:
    name = harbour(copy).document_id
    edit(copy, name, Metadata(publisher="Port office", url="https://port.example"), "ann")
    before, was = generation(copy), harbour(copy).metadata
    given = replace(was, title="Zanzibar ferries", publisher="", year=2012)
    now = change(copy, name, lambda _: given, "bob")
    assert now == harbour(copy)
    assert now.metadata == given
    assert generation(copy) == before + 1
    assert logged(copy)[0] == (
        "bob",
        "edit",
        name,
        "title: Harbour notes 2011 -> Zanzibar ferries | publisher: Port office -> none"
        " | year: 2011 -> 2012",
    )
    assert find(copy, "zanzibar").results[0].document.document_id == name
    emptied = replace(given, url="")  # nothing that the views hold
    assert change(copy, name, lambda _: emptied, "bob").metadata == emptied
    assert copy.views().generation == before + 2
    change(copy, name, lambda _: emptied, "bob")
    assert (generation(copy), len(logged(copy))) == (before + 2, 3)


@pytest.mark.parametrize("given", [{"title": "Ferries"}, {"publisher": "Port office"}])
def test_without_its_line_in_the_log_nothing_changes(
    copy: Library, monkeypatch: pytest.MonkeyPatch, given: dict[str, str]
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    before, was = generation(copy), harbour(copy)
    monkeypatch.setattr(audit, "record", killed)
    after = replace(was.metadata, **given)
    with pytest.raises(KeyboardInterrupt):
        edit(copy, was.document_id, after, "ann")
    with pytest.raises(KeyboardInterrupt):
        change(copy, was.document_id, lambda _: after, "ann")
    assert (generation(copy), harbour(copy), logged(copy)) == (before, was, [])


def test_a_title_cannot_be_emptied_and_what_is_gone_not_be_changed(copy: Library) -> None:
    was = harbour(copy)
    with pytest.raises(LibraryError, match="needs a title"):
        change(copy, was.document_id, lambda _: Metadata(title=" "), "ann")
    with pytest.raises(KeyError):
        change(copy, "0" * 16, lambda now: now, "ann")
    assert (harbour(copy), logged(copy)) == (was, [])
