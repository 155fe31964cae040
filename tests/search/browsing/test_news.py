"""What is new to a question is new text: not the old one again, in a new edition or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.curating import bin, drafted, incoming
from index.curating.desk import Worker
from index.library import Library
from index.rows import database
from index.rows.saved import last_number_at
from search.browsing.news import all_news

ASKED = "How many boats came into the harbour?"
OLD = "In the spring 412 boats came into the harbour, more than in any spring before."
NEW = "In the autumn 97 boats came into the harbour, fewer than in any autumn before."
CHANGED = OLD.replace("412", "421")


@pytest.fixture
def grown(copy_library: Callable[..., Library], tmp_path: Path) -> Library:
    return copy_library(tmp_path / "home")


def publish(library: Library, name: str, *parts: str, replaces: str = "") -> str:
    """Publish a text, a heading and a passage a part; returns its id."""
    text = "\n\n".join(f"# Season {n}\n\n{part}" for n, part in enumerate(parts)).encode()
    draft = incoming.receive(library, name, [text], "ann").subject[:16]
    worker = Worker(library)
    worker.step()
    drafted.publish(library, draft, "ann", replaces)
    worker.step()
    return draft


def now(library: Library) -> int:
    with library.catalog() as catalog:
        return last_number_at(catalog, str(database.generation(catalog.connection)))


def news(library: Library, last_number: int) -> list[str]:
    (found,) = all_news(library, [ASKED], last_number)
    return [result.stored.passage.text for result in found.results]


def test_a_new_edition_brings_only_what_it_adds(grown: Library) -> None:
    first = publish(grown, "harbour.txt", OLD)
    before = now(grown)
    publish(grown, "harbour-2.txt", OLD.upper(), NEW, replaces=first)
    assert news(grown, before) == [NEW]


def test_a_figure_that_was_put_right_is_new(grown: Library) -> None:
    first = publish(grown, "harbour.txt", OLD)
    before = now(grown)
    publish(grown, "harbour-2.txt", CHANGED, replaces=first)
    assert news(grown, before) == [CHANGED]


def test_what_stood_in_the_version_before_the_last_is_old(grown: Library) -> None:
    first = publish(grown, "harbour.txt", OLD)
    before = now(grown)
    second = publish(grown, "harbour-2.txt", NEW, replaces=first)
    publish(grown, "harbour-3.txt", NEW, OLD, replaces=second)
    assert news(grown, before) == [NEW]


def test_a_version_that_came_and_went_since_hides_nothing(grown: Library) -> None:
    before = now(grown)
    first = publish(grown, "harbour.txt", OLD)
    assert news(grown, before) == [OLD]
    publish(grown, "harbour-2.txt", OLD, "The council met.", replaces=first)
    assert news(grown, before) == [OLD]


def test_what_another_document_says_already_is_not_new(grown: Library) -> None:
    publish(grown, "harbour.txt", OLD)
    before = now(grown)
    publish(grown, "elsewhere.txt", OLD, NEW)
    assert news(grown, before) == [NEW]


def test_what_came_twice_is_told_once(grown: Library) -> None:
    before = now(grown)
    publish(grown, "harbour.txt", NEW)
    publish(grown, "elsewhere.txt", NEW, "The council met.")
    assert news(grown, before) == [NEW]


def test_what_has_no_substance_is_no_news(grown: Library) -> None:
    before = now(grown)
    name = publish(grown, "harbour.txt", NEW)
    assert news(grown, before) == [NEW]
    with grown.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute(
            "UPDATE passages SET kind = 'boilerplate' WHERE document_id = ?", (name,)
        )
    assert news(grown, before) == []


def test_what_was_taken_out_and_came_back_is_new(grown: Library) -> None:
    name = publish(grown, "harbour.txt", NEW)
    before = now(grown)
    bin.withdraw(grown, name, "ann")
    assert news(grown, before) == []
    bin.restore(grown, name, "ann")
    Worker(grown).step()
    assert news(grown, before) == [NEW]
