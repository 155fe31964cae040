"""A change that a curator asks for: alone with the library, or refused in words."""

from __future__ import annotations

import threading

import pytest
from filelock import Timeout
from werkzeug.exceptions import Conflict, NotFound

from index.derived import views
from index.library import Library
from index.rows import database
from index.rows.database import LibraryError
from web.curate.changes import perform_alone


def can_write(library: Library) -> bool:
    """Whether another thread could begin to write just now."""
    found: list[bool] = []

    def ask() -> None:
        try:
            with views.lock(library.home, wait_seconds=0):
                found.append(True)
        except Timeout:
            found.append(False)

    asker = threading.Thread(target=ask)
    asker.start()
    asker.join()
    return found[0]


def test_no_other_writer_comes_between_the_asking_and_the_change(desk) -> None:
    library = desk.library

    def change() -> tuple[bool, int, bool]:
        before = can_write(library)
        with views.lock(library.home, wait_seconds=None), library.catalog() as catalog:
            with database.change(catalog.connection):
                pass
            reached = database.generation(catalog.connection)
        return before, reached, can_write(library)

    with library.catalog() as catalog:
        generation = database.generation(catalog.connection)
    with desk.client.application.app_context():
        assert perform_alone(change) == (False, generation + 1, False)
    assert can_write(library)


def test_a_change_that_fails_lets_the_next_one_write(desk) -> None:
    def refused() -> None:
        raise LibraryError("a document needs a title")

    def missing() -> None:
        raise KeyError("gone")

    with desk.client.application.app_context():
        with pytest.raises(Conflict, match="needs a title"):
            perform_alone(refused)
        with pytest.raises(NotFound, match="no longer there"):
            perform_alone(missing)
    assert can_write(desk.library)


def test_another_writer_is_waited_for_so_long(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    held, let_go = threading.Event(), threading.Event()

    def write() -> None:
        with views.lock(desk.library.home, wait_seconds=None):
            held.set()
            let_go.wait(20)

    other = threading.Thread(target=write)
    other.start()
    assert held.wait(20)
    with desk.client.application.app_context():
        monkeypatch.setattr("web.curate.changes._WAIT_SECONDS", 0.2)
        with pytest.raises(Conflict, match="try again in a moment"):
            perform_alone(lambda: "changed")
        monkeypatch.setattr("web.curate.changes._WAIT_SECONDS", 20)
        threading.Timer(0.3, let_go.set).start()
        assert perform_alone(lambda: "changed") == "changed"
    other.join()
