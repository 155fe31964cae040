"""Digests of passages, of tags and of details: what changes them, and what does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.edit import edit
from index.files.home import Home
from index.learning.decisions import decide, take_back
from index.library import Library
from index.rows import database, digests
from index.transfer import exchange
from ingest.records import Metadata


@pytest.fixture
def copy(copy_library, tmp_path: Path) -> Library:
    return copy_library(tmp_path / "home")


def both(library: Library) -> tuple[str, str]:
    """The digests of tags and of details."""
    with library.catalog() as catalog:
        return digests.of_tags(catalog.connection), digests.of_details(catalog.connection)


def read(library: Library) -> str:
    """The digest of passages."""
    with library.catalog() as catalog:
        return digests.of_passages(catalog.connection)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE passages SET text = text || ' ' WHERE position = 0",
        "UPDATE passages SET section = '[\"Else\"]' WHERE position = 0",
        "UPDATE passages SET page_last = page_last + 1 WHERE position = 0",
        "UPDATE pages SET printed = 'xvi' WHERE number = 1",
    ],
)
def test_what_is_read_otherwise_changes_the_digest_of_passages_alone(
    copy: Library, change: str
) -> None:
    before, others = read(copy), both(copy)
    assert re.fullmatch("[0-9a-f]{64}", before)
    with copy.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute(change)
    assert (read(copy) != before, both(copy)) == (True, others)


def passages(library: Library) -> list[str]:
    with library.catalog() as catalog:
        return sorted(
            name for one in catalog.document_ids() for name in catalog.passage_ids(one).values()
        )


def test_a_decision_changes_the_digest_of_tags_alone(copy: Library) -> None:
    before, details = both(copy)
    assert re.fullmatch("[0-9a-f]{64}", before)
    one, other = passages(copy)[:2]
    seen = [before]
    for passage, verdict in ((one, "add"), (one, "accept"), (other, "add")):
        made = decide(copy, passage, "operational", verdict, "test")
        tags, still = both(copy)
        assert still == details
        assert tags not in seen
        seen.append(tags)
    take_back(copy, made.decision_id, "test")
    assert both(copy) == (seen[2], details)


def test_an_edit_changes_the_digest_of_details_alone(copy: Library) -> None:
    (tags, before), texts = both(copy), read(copy)
    with copy.catalog() as catalog:
        name = min(catalog.document_ids())
    edit(copy, name, Metadata(year=1999), "test")
    still, details = both(copy)
    assert (still, details != before, read(copy)) == (tags, True, texts)


def test_a_copy_made_of_plain_files_has_the_digests_of_its_original(
    copy: Library, tmp_path: Path
) -> None:
    decide(copy, passages(copy)[0], "operational", "add", "test")
    exchange.write(copy, tmp_path / "out")
    again = exchange.read(tmp_path / "out", Home(tmp_path / "again"))
    assert (*both(again), read(again)) == (*both(copy), read(copy))
