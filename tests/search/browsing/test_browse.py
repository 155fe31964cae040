"""Passages without a question, over a library whose tags the tests write themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.derived import columns
from index.derived.filters import Filters
from index.library import Library
from search.browsing.browse import browse
from search.records import Answer

MANY = 2_500


@pytest.fixture
def tagged(copy_library, tmp_path: Path) -> Iterator[tuple[Library, sqlite3.Connection, int]]:
    """A library of 2,500 passages more, all alike and each evidence of one goal, .6 sure; its
    rows; and the number of the first of them.
    """
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        connection = catalog.connection
        (first,) = connection.execute("SELECT max(number) + 1 FROM passages").fetchone()
        names = [row[1] for row in connection.execute("PRAGMA table_info(passages)")]
        own = {"number": "?1", "passage_id": "'p' || ?1", "position": "?1"}
        copied = ", ".join(own.get(name, name) for name in names)
        rows = [(number,) for number in range(first, first + MANY)]
        connection.execute("BEGIN")  # each row would else be a change of its own, and synced
        connection.execute("DELETE FROM tags")
        connection.executemany(
            f"INSERT INTO passages SELECT {copied} FROM passages WHERE number = 1",  # noqa: S608 - own text
            rows,
        )
        connection.executemany("INSERT INTO tags VALUES (?, 'motivational', .6, 0, 9)", rows)
        connection.execute("COMMIT")
        yield library, connection, first


def browsed(library: Library, filters: Filters, k: int = 3) -> Answer:
    with library.catalog() as catalog:
        read = columns.load(catalog, library.taxonomy.label_ids)
    return browse(library, read, filters, k)


def found(answer: Answer, first: int) -> list[tuple[int, float]]:
    return [(result.stored.number - first, result.score) for result in answer.results]


def test_the_surest_come_first_wherever_they_stand(tagged) -> None:
    library, connection, first = tagged
    connection.execute(
        "UPDATE tags SET probability = .9, start = 3 WHERE number = ?", (first + 2_400,)
    )
    connection.execute("UPDATE tags SET probability = .8 WHERE number = ?", (first + 2_499,))
    answer = browsed(library, Filters(goals=("motivational",)))
    assert found(answer, first) == [(2_400, 0.9), (2_499, 0.8), (0, 0.6)]
    assert answer.results[0].quote.start == 3


def test_the_less_sure_of_two_facets_decides(tagged) -> None:
    library, connection, first = tagged
    rows = [(7, "mentoring", 0.5), (2_300, "mentoring", 0.55), (2_300, "general-training", 0.7)]
    connection.executemany(
        "INSERT INTO tags VALUES (? + ?, ?, ?, 0, 5)",
        [(first, place, label, sure) for place, label, sure in rows],
    )
    both = Filters(goals=("motivational",), activities=("mentoring",))
    assert found(browsed(library, both), first) == [(2_300, 0.55), (7, 0.5)]
    # Of one facet the surer of the chosen labels counts: .7 of training, .6 of the goal.
    either = Filters(goals=("motivational",), activities=("mentoring", "general-training"))
    assert found(browsed(library, either), first) == [(2_300, 0.6), (7, 0.5)]


def test_what_somebody_added_is_sure_and_what_was_rejected_is_gone(tagged) -> None:
    library, connection, first = tagged
    connection.executemany(
        "INSERT INTO decisions (passage_id, label, verdict, who, at)"
        " VALUES (?, 'motivational', ?, 'ada', '')",
        [(f"p{first}", "reject"), (f"p{first + 2_200}", "accept")],
    )
    connection.execute("DELETE FROM tags WHERE number = ?", (first + 2_100,))
    connection.execute(
        "INSERT INTO decisions (passage_id, label, verdict, who, at)"
        " VALUES (?, 'motivational', 'add', 'ada', '')",
        (f"p{first + 2_100}",),
    )
    answer = browsed(library, Filters(goals=("motivational",)))
    assert found(answer, first) == [(2_100, 1.0), (1, 0.6), (2, 0.6)]


def test_without_labels_the_order_is_the_librarys_and_nothing_is_marked(tagged) -> None:
    library, _connection, _first = tagged
    answer = browsed(library, Filters(kinds=("report",)), 2)
    numbers = [result.stored.number for result in answer.results]
    assert numbers == sorted(numbers)
    assert [(result.score, result.quote.end) for result in answer.results] == [(1.0, 0)] * 2


def test_nothing_passes_and_nothing_is_found(tagged) -> None:
    library, _connection, _first = tagged
    answer = browsed(library, Filters(goals=("operational",)))
    assert (answer.answered, answer.results) == (False, ())
    assert browsed(library, Filters(publishers=("Nobody",))).results == ()
