"""Saved questions, and how far the library went at a day or a generation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.rows import database, saved
from index.rows.catalog import Catalog
from index.rows.saved import SavedError


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(database.create(tmp_path / "library.sqlite")) as connection:
        yield Catalog(connection)


def put(catalog: Catalog, name: str, added_at: str, passages: int) -> None:
    """A document of a few passages, as one change."""
    with database.change(catalog.connection):
        catalog.connection.execute(
            "INSERT INTO documents VALUES (?, ?, '', '', '', '', '[]', '', 2020, '', '', '', ?)",
            (name, name, added_at),
        )
        for position in range(passages):
            catalog.connection.execute(
                "INSERT INTO passages (passage_id, document_id, position, text, section, kind,"
                " page_first, page_last, page_breaks, vector, spans, windows)"
                " VALUES (?, ?, ?, '', '[]', '', 1, 1, '[]', x'', x'', x'')",
                (f"{name}-{position}", name, position),
            )


def test_a_question_is_kept_once_with_plain_blanks(catalog: Catalog) -> None:
    first = saved.save(catalog.connection, "  what did\nit cost? ")
    assert saved.save(catalog.connection, "what did it cost?") == first
    assert [one.question for one in saved.saved(catalog.connection)] == ["what did it cost?"]


def test_keeping_one_leaves_the_generation(catalog: Catalog) -> None:
    saved.save(catalog.connection, "what did it cost?")
    assert database.generation(catalog.connection) == 0


@pytest.mark.parametrize("question", ["", " \n", "x" * 2001])
def test_what_is_no_question_is_refused(catalog: Catalog, question: str) -> None:
    with pytest.raises(SavedError, match="question"):
        saved.save(catalog.connection, question)
    assert saved.saved(catalog.connection) == []


def test_one_that_is_not_there_cannot_be_forgotten(catalog: Catalog) -> None:
    kept = saved.save(catalog.connection, "what did it cost?")
    with pytest.raises(SavedError, match="no saved question 7"):
        saved.forget(catalog.connection, 7)
    saved.forget(catalog.connection, kept.number)
    assert saved.saved(catalog.connection) == []


def test_a_generation_and_a_day_lead_to_the_last_passage_of_then(catalog: Catalog) -> None:
    put(catalog, "first", "2024-03-01T10:00:00+00:00", 3)  # generation 1, passages 1 to 3
    put(catalog, "second", "2024-03-05T10:00:00+00:00", 2)  # generation 2, passages 4 and 5
    assert [saved.last_number_at(catalog, since) for since in ("0", "1", "2")] == [0, 3, 5]
    days = ("2024-02-29", "2024-03-01", "2024-03-02", "2024-03-05", "2024-03-06")
    assert [saved.last_number_at(catalog, day) for day in days] == [0, 0, 3, 3, 5]


def test_one_that_came_in_while_the_clock_was_behind_hides_nothing(catalog: Catalog) -> None:
    put(catalog, "first", "2024-03-01T10:00:00+00:00", 3)
    put(catalog, "second", "2024-03-05T10:00:00+00:00", 2)
    put(catalog, "astray", "2023-01-01T00:00:00+00:00", 1)
    put(catalog, "third", "2024-03-09T10:00:00+00:00", 1)
    days = ("2023-06-01", "2024-03-05", "2024-03-06", "2024-03-10")
    assert [saved.last_number_at(catalog, day) for day in days] == [0, 3, 6, 7]


def test_a_day_to_come_is_refused_and_tomorrow_is_not(catalog: Catalog) -> None:
    today = datetime.now(UTC).date()
    put(catalog, "first", "2024-03-01T10:00:00+00:00", 3)
    for days in (0, 1):  # tomorrow it is already, further east
        assert saved.last_number_at(catalog, str(today + timedelta(days=days))) == 3
    with pytest.raises(SavedError, match="is to come: give today or a day before"):
        saved.last_number_at(catalog, str(today + timedelta(days=3)))


def test_a_removed_document_does_not_move_a_generation(catalog: Catalog) -> None:
    put(catalog, "first", "2024-03-01T10:00:00+00:00", 3)
    put(catalog, "second", "2024-03-05T10:00:00+00:00", 2)
    with database.change(catalog.connection):
        catalog.connection.execute("DELETE FROM documents WHERE document_id = 'second'")
    assert saved.last_number_at(catalog, "2") == 5
    assert saved.last_number_at(catalog, "3") == 3


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("yesterday", "neither a day"),
        ("2024-02-30", "no day of the calendar"),
        ("-1", "neither a day"),
        ("5", "5 is to come"),
        ("", "neither a day"),
    ],
)
def test_what_names_no_time_is_refused(catalog: Catalog, since: str, said: str) -> None:
    with pytest.raises(SavedError, match=said):
        saved.last_number_at(catalog, since)


def test_a_generation_from_before_they_were_kept_asks_for_a_day(catalog: Catalog) -> None:
    put(catalog, "first", "2024-03-01T10:00:00+00:00", 3)
    catalog.connection.execute("DELETE FROM generations")
    with pytest.raises(SavedError, match="give a day"):
        saved.last_number_at(catalog, "1")
