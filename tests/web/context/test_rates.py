"""Limits on what one address may ask; readiness."""

import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, request, url_for
from flask.testing import FlaskClient

import search.find
from index.files.home import Home
from index.library import Library
from index.rows import database, saved
from index.rows.document_rows import erase_document
from web.app import create_app
from web.context.answers import AnswerKeeper
from web.context.rates import (
    BURST_SECONDS,
    COSTS,
    LONG_AT_ONCE,
    WITHOUT_QUESTION,
    of_questions,
    reader_of,
)
from web.context.state import keep, state_of
from web.readers.brief import ASPECTS
from web.serve import _rate


def test_a_bucket_gives_a_burst_and_then_its_rate() -> None:
    buckets = of_questions(per_minute=120)
    assert [buckets.take("a", 1, 0.0) for _ in range(60)] == [0.0] * 60
    assert buckets.take("a", 1, 0.0) == 0.5
    assert buckets.take("a", 1, 0.25) == 0.25
    assert buckets.take("a", 1, 0.5) == 0.0
    assert buckets.take("b", 1, 0.5) == 0.0
    # It fills to its burst and not beyond.
    assert [buckets.take("a", 60, 1000.0), buckets.take("a", 1, 1000.0)] == [0.0, 0.5]


def test_a_refused_question_costs_nothing() -> None:
    buckets = of_questions(per_minute=60)
    assert buckets.take("a", BURST_SECONDS, 0.0) == 0.0
    for _ in range(100):
        assert buckets.take("a", 1, 0.5) == 0.5
    assert buckets.take("a", 1, 1.0) == 0.0


def test_the_dearest_call_can_be_made_at_the_lowest_rate() -> None:
    assert of_questions(per_minute=1).take("a", max(COSTS.values()), 0.0) == 0.0


def test_only_the_last_addresses_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.context.rates._MOST_ADDRESSES", 3)
    buckets = of_questions(per_minute=60)
    for address in "abcd":
        buckets.take(address, 30, 0.0)
    assert buckets.take("d", 1, 0.0) == 1.0
    assert buckets.take("a", 1, 0.0) == 0.0


@pytest.mark.parametrize(
    ("address", "reader"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "unix:"),
    ],
)
def test_whose_bucket_an_address_draws_on(address: str, reader: str) -> None:
    assert reader_of(address) == reader


def test_a_question_too_many_is_refused_with_the_time_to_wait(
    library: Library, borland: str
) -> None:
    client = create_app(library, per_minute=20).test_client()
    for _ in range(20):
        assert client.get("/api/v1/search?q=").status_code == 400  # asked, though in vain
    refused = client.get("/api/v1/search?q=rent")
    assert refused.status_code == 429
    assert refused.mimetype == "application/problem+json"
    assert refused.get_json()["status"] == 429
    assert "20 questions a minute" in refused.get_json()["detail"]
    assert 1 <= int(refused.headers["Retry-After"]) <= 3
    page = client.get("/?q=rent&kind=report")
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert "This computer or office may ask 20 questions a minute" in page.text
    assert '<a class="button" href="?q=rent&amp;kind=report">Ask again</a>' in page.text
    assert client.get("/").status_code == 200  # no question
    assert client.get("/?goal=motivational").status_code == 200
    assert client.get("/guide?goal=motivational").status_code == 429
    assert client.get("/documents").status_code == 429
    assert client.get("/api/v1/documents").status_code == 429
    assert client.get(f"/documents/{borland}/pages/1").status_code == 429
    assert client.get(f"/api/v1/documents/{borland}/passages").status_code == 429
    assert client.get("/initiatives").status_code == 200
    other = client.get("/?q=rent", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200


@pytest.mark.parametrize(("count", "cost"), [(0, 1), (7, 3), (60, 20)])
def test_the_news_cost_by_how_many_questions_are_saved(
    copy_library, tmp_path: Path, count: int, cost: int
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        for number in range(count):
            saved.save(catalog.connection, f"what did visit {number} change?")
    client = create_app(library, per_minute=1).test_client()
    for number, address in enumerate(("/new", "/new.atom", "/new?q=%3F")):
        reader = {"REMOTE_ADDR": f"192.0.2.{number}"}
        assert client.get(address, environ_base=reader).status_code == 200
        assert left(client, reader) == 20 - cost, address


@pytest.mark.parametrize(("count", "cost"), [(5, 1), (6, 2), (100, 20)])
def test_a_long_call_costs_by_how_much_is_posted(library: Library, count: int, cost: int) -> None:
    client = create_app(library, per_minute=1).test_client()
    for number, (address, name) in enumerate((("batch", "questions"), ("classify", "texts"))):
        reader = {"REMOTE_ADDR": f"192.0.2.{number}"}
        body = {name: ["rent"] * count}
        sent = client.post(f"/api/v1/{address}", json=body, environ_base=reader)
        assert sent.status_code == 200
        assert left(client, reader) == 20 - cost, address
    again = client.post("/api/v1/batch", json={"questions": ["rent"] * 100}, environ_base=reader)
    assert again.status_code == 429
    assert int(again.headers["Retry-After"]) >= 1


def left(client: FlaskClient, reader: dict[str, str]) -> int:
    """How many questions of a reader are taken, asked in vain, before one is refused."""
    statuses = [client.get("/api/v1/search", environ_base=reader).status_code for _ in range(21)]
    return statuses.index(429)


def test_every_cost_is_of_a_route_that_there_is(app: Flask) -> None:
    assert set(COSTS) | set(WITHOUT_QUESTION) <= set(app.view_functions)


@pytest.mark.parametrize("given", [True, False])
def test_every_page_that_asks_costs_something(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: bool
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        saved.save(catalog.connection, "what did the visits change?")
    app = create_app(library)
    asked, real = set(), search.find.answer_of

    def noting(*args: object) -> object:
        asked.add(request.endpoint)
        return real(*args)  # type: ignore[arg-type] # as given

    monkeypatch.setattr(search.find, "answer_of", noting)
    chosen = {aspect.id: aspect.choices[0].id for aspect in ASPECTS}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        places = dict.fromkeys(rule.arguments, 1) | dict.fromkeys(
            {"ending"} & rule.arguments, "csv"
        )
        # The API refuses what it does not know.
        known = {} if rule.rule.startswith("/api/") else chosen
        query = known | {"q": f"rents {rule.endpoint}"} if given else known
        with app.test_request_context():
            address = url_for(rule.endpoint, **(query | places))
        keep(app, replace(state_of(app), answers=AnswerKeeper(library)))
        app.test_client().get(address)
    # The page before a search may ask what it offers, which is the same for everybody.
    free = set() if given else {"pages.search"}
    always = {"brief.page", "news.page", "news.feed"}
    searching = {"pages.search", "pages.results", "api.search"} if given else set()
    assert asked - free == always | searching
    assert all(COSTS[name] for name in asked)


def test_long_calls_leave_threads_to_questions(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(library, per_minute=6000)
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow() -> dict[str, str]:
        begun.release()
        assert go_on.wait(30)
        return {}

    monkeypatch.setitem(app.view_functions, "posted.batch", slow)
    got: list[int] = []

    def post() -> None:
        got.append(app.test_client().post("/api/v1/batch", json={}).status_code)

    threads = [threading.Thread(target=post) for _ in range(LONG_AT_ONCE)]
    for thread in threads:
        thread.start()
        assert begun.acquire(timeout=30)
    refused = app.test_client().post("/api/v1/batch", json={})
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "2"
    assert app.test_client().get("/new").status_code == 503
    assert app.test_client().get("/new?q=rent").status_code == 200
    assert app.test_client().get("/api/v1/search?q=rent").status_code == 200
    go_on.set()
    for thread in threads:
        thread.join(30)
    assert got == [200] * LONG_AT_ONCE
    assert app.test_client().post("/api/v1/batch", json={}).status_code == 200


@pytest.mark.parametrize(
    ("host", "behind_proxy", "asked", "rate"),
    [
        ("127.0.0.1", False, None, 0),
        ("127.0.0.1", True, None, 120),
        ("192.0.2.7", False, None, 120),
        ("192.0.2.7", False, 0, 0),
        ("127.0.0.1", False, 7, 7),
    ],
)
def test_where_there_is_a_limit(
    host: str, behind_proxy: bool, asked: int | None, rate: int
) -> None:
    assert _rate(host, behind_proxy, asked) == rate


@pytest.fixture
def fresh(library: Library, tmp_path: Path) -> Library:
    """A copy of the library whose views and encoder are not open yet."""
    shutil.copytree(library.home.path, tmp_path / "home")
    return Library.open(Home(tmp_path / "home"))


def settled(client: FlaskClient, status: int) -> str:
    """What /healthz/ready says once it answers with a status."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = client.get("/healthz/ready")
        if answer.status_code == status:
            return answer.text
        time.sleep(0.05)
    raise AssertionError(answer.text)


def test_it_is_alive_before_it_is_ready(fresh: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(fresh).test_client()
    go_on, views = threading.Event(), fresh.views
    monkeypatch.setattr(fresh, "views", lambda: (go_on.wait(30), views())[1])
    assert client.get("/healthz/alive").get_json() == {"status": "ok"}
    for address in ("/healthz/ready", "/healthz"):
        early = client.get(address)
        assert early.status_code == 503
        assert early.mimetype == "application/problem+json"
        assert "being opened" in early.get_json()["detail"]
        assert early.headers["Retry-After"] == "2"
    go_on.set()
    settled(client, 200)
    assert client.get("/healthz").get_json()["documents"] == 3


def test_what_keeps_it_from_being_ready_is_said_and_tried_again(
    fresh: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(fresh).test_client()
    views = fresh.views

    def broken() -> None:
        raise OSError("no room")

    monkeypatch.setattr(fresh, "views", broken)
    client.get("/healthz/ready")
    until = time.monotonic() + 30
    while "no room" not in client.get("/healthz/ready").text:
        assert time.monotonic() < until
    assert client.get("/healthz/alive").status_code == 200
    monkeypatch.setattr(fresh, "views", views)
    settled(client, 200)


def test_answering_from_older_views_it_is_ready_and_says_so(fresh: Library) -> None:
    client = create_app(fresh).test_client()
    settled(client, 200)
    assert client.get("/healthz/ready").get_json() == {"status": "ok"}
    generation = fresh.views().generation
    with fresh.catalog() as catalog, database.change(catalog.connection):
        erase_document(catalog.connection, catalog.documents()[0].document_id)
    (fresh.home.views / f"{generation + 1}.part").write_text("in the way")
    assert client.get("/api/v1/search?q=mentors").get_json()["generation"] == generation
    for address in ("/healthz/ready", "/healthz"):
        said = client.get(address).get_json()
        assert said["status"] == "ok"
        assert said["behind"].startswith(f"generation {generation} answers")
        assert str(fresh.home.path) not in said["behind"]


def test_damaged_views_are_built_anew_and_it_is_logged(
    fresh: Library, caplog: pytest.LogCaptureFixture
) -> None:
    generation = fresh.views().generation
    path = next((fresh.home.views / str(generation)).rglob("*.faiss"))
    path.write_bytes(path.read_bytes()[:-1])
    again = Library.open(fresh.home)
    assert again.views().generation == generation
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert f"generation {generation} are built anew" in record.message
    assert "checksum" in record.message
