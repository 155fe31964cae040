"""The questions that are drawn for each curator, by several threads at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import html

import web.context.decks
from corpus import taxonomy
from index.curating import curators, jobs
from index.files.home import Home
from index.learning.queue import TagQuestion
from index.library import Library
from index.rows import database
from web.app import create_app
from web.context.decks import Decks
from web.context.state import Access

SOON = 20
"""Seconds in which what does not wait is done, on a busy machine."""


class Slow:
    """Draws as `index.learning.queue.queue` does, once it is let go on; `begun` counts."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go_on = threading.Event()
        self.times = 0
        self._real = web.context.decks.queue

    def __call__(self, library: Library, count: int) -> list[TagQuestion]:
        self.times += 1
        self.begun.release()
        assert self.go_on.wait(60)
        return self._real(library, count)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    drawing = Slow()
    monkeypatch.setattr(web.context.decks, "queue", drawing)
    return drawing


@pytest.fixture
def pool(slow: Slow) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads
        slow.go_on.set()


def test_who_has_questions_left_does_not_wait_for_a_drawing(
    library: Library, slow: Slow, pool: ThreadPoolExecutor
) -> None:
    decks = Decks()
    slow.go_on.set()
    first = decks.next(library, "anna")
    assert first is not None
    slow.go_on.clear()
    slow.begun.acquire()
    drawn = pool.submit(decks.next, library, "ben")
    assert slow.begun.acquire(timeout=SOON)
    try:
        assert pool.submit(decks.next, library, "anna").result(SOON) == first
        pool.submit(decks.skip, "anna", first).result(SOON)
        second = pool.submit(decks.next, library, "anna").result(SOON)
        assert second not in (None, first)
        assert not drawn.done()
    finally:
        slow.go_on.set()
    assert drawn.result(SOON) == first  # what anna skipped may be asked of ben


def test_two_pages_of_a_curator_draw_once(
    library: Library, slow: Slow, pool: ThreadPoolExecutor
) -> None:
    decks = Decks()
    both = [pool.submit(decks.next, library, "anna") for _ in range(2)]
    assert slow.begun.acquire(timeout=SOON)
    slow.go_on.set()
    one, other = (future.result(SOON) for future in both)
    assert one == other
    assert one is not None
    assert slow.times == 1


def test_what_is_skipped_during_a_drawing_is_not_asked(
    library: Library, slow: Slow, pool: ThreadPoolExecutor
) -> None:
    slow.go_on.set()
    usual = Decks().next(library, "anna")
    assert usual is not None
    slow.go_on.clear()
    slow.begun.acquire()
    decks = Decks()
    drawn = pool.submit(decks.next, library, "anna")
    assert slow.begun.acquire(timeout=SOON)
    pool.submit(decks.skip, "anna", usual).result(SOON)
    slow.go_on.set()
    assert drawn.result(SOON) not in (None, usual)


def test_the_last_training_is_named_however_much_was_read_since(desk) -> None:
    assert "Last training" not in desk.look("/curate/review").text_content()
    job = jobs.train(desk.library, "anna")
    with desk.library.catalog() as catalog:
        held = jobs.claim(catalog.connection, "w")
        assert held is not None
        jobs.fail(catalog.connection, held, "there is nothing to learn from")
        with database.note(catalog.connection):
            for number in range(500):
                jobs.enqueue(catalog.connection, jobs.Task.READ, f"{number}", "a.pdf", "anna")
    page = desk.look("/curate/review").text_content()
    assert "failed: there is nothing to learn from" in page.partition("Last training")[2]
    assert desk.look(f"/curate/training/{job.job_id}", 404) is not None


def test_another_field_is_told_how_its_tagger_is_learned_and_has_no_button(
    lend_models: Callable[[Path], None], tmp_path: Path
) -> None:
    text = taxonomy.STARTER.read_text(encoding="utf-8")
    path = tmp_path / "housing.toml"
    path.write_text(text.replace('"mentoring"', '"home-visits"').replace("peer-support", "housing"))
    lend_models(tmp_path / "home")
    made = Library.create(Home(tmp_path / "home"), taxonomy_file=path)
    curators.add(made, "anna", "four plain words here", "test")
    client = create_app(made, Access("s" * 40)).test_client()
    token = html.fromstring(client.get("/curate/sign-in").text).xpath("//input[@name='token']")[0]
    form = {"token": token.value, "name": "anna", "password": "four plain words here"}
    assert client.post("/curate/sign-in", data=form).status_code == 303
    way = "This library has tags of its own (housing/1): label passages, then 'waymark train"
    page = html.fromstring(client.get("/curate/review").text)
    assert way.lower() in page.text_content().lower()
    assert not page.xpath("//button[.='Train the tagger now']")
    said = html.fromstring(client.get("/scorecard").text).text_content()
    assert way in said
    assert "not on this library, which has tags of its own" in said
