"""Every route that changes anything, walked by those who may not: nothing changes.

The routes come from the application's own map, so one that is added is walked too.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from index.curating import curators
from index.kept import collected, suggestions
from index.library import Library
from index.rows import shelf
from web.app import create_app
from web.context import state
from web.context.state import Access
from web.guard import access

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
SAFE_TO_POST = {"/api/v1/batch", "/api/v1/classify", "/curate/sign-in", "/suggest"}


@pytest.fixture(scope="module")
def peopled(open_desk, tmp_path_factory: pytest.TempPathFactory):
    """A desk with a draft, something in the bin, jobs and a decision. Nothing may change it."""
    tmp_path = tmp_path_factory.mktemp("peopled")
    desk = open_desk(tmp_path / "home")
    (tmp_path / "draft.txt").write_text("The mentors of Arland came back every quarter.", "utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    desk.upload(tmp_path / "draft.txt", tmp_path / "bad.pdf")
    desk.work()
    with desk.library.catalog() as catalog:
        documents = {d.file_name: d.document_id for d in catalog.documents()}
    desk.send(f"/curate/documents/{documents['weather.pdf']}/withdraw")
    passage = f"{documents['borland.pdf']}-0"
    desk.send(f"/curate/passages/{passage}/decide", label="mentoring", verdict="yes")
    made = collected.make(desk.library, "Twinning", "anna")
    collected.put(desk.library, made.collection_id, [documents["visits.pdf"]], "anna")
    suggestions.suggest(desk.library, "A report on Norland")
    return desk, documents["borland.pdf"], passage


def changing(app: Flask) -> list[tuple[str, Rule]]:
    """Methods and routes that may change something."""
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in UNSAFE
        if method in (rule.methods or ()) and rule.rule not in SAFE_TO_POST
    ]


def state_of(library: Library) -> dict[str, object]:
    """Every row but those that reading writes, and every file's bytes.

    Of the encoder when it was written: its 88 MB, read after each request, took half of this
    module's time.
    """
    with library.catalog() as catalog:
        names = [
            name
            for (name,) in catalog.connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        rows: dict[str, object] = {
            name: catalog.connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - own names
            for name in names
        }
    for path in sorted(library.home.path.rglob("*")):
        if path.is_relative_to(library.home.models):
            told = path.stat()
            rows[str(path)] = (told.st_ino, told.st_size, told.st_mtime_ns)
        elif path.is_file() and not path.name.startswith("library.sqlite"):
            rows[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return rows


class Walk:
    """Sends every changing request with good arguments, in some wrong way."""

    def __init__(self, desk, document: str, passage: str) -> None:
        with desk.library.catalog() as catalog:
            draft = shelf.listing(catalog.connection, "draft")[0].document_id
            binned = shelf.listing(catalog.connection, "withdrawn")[0].document_id
            (job,) = catalog.connection.execute("SELECT max(job_id) FROM jobs").fetchone()
            (decision,) = catalog.connection.execute(
                "SELECT max(decision_id) FROM decisions"
            ).fetchone()
            (collection,) = collected.collections(catalog.connection)
            (suggestion,) = suggestions.listing(
                catalog.connection, suggestions.SuggestionState.OPEN
            )
        self.library = desk.library
        self.places = {
            "document_id": document,
            "passage_id": passage,
            "job_id": job,
            "decision_id": decision,
            "collection_id": collection.collection_id,
            "suggestion_id": suggestion.suggestion_id,
        }
        self.draft, self.binned = draft, binned

    def address(self, app: Flask, rule: Rule) -> str:
        values = {name: self.places.get(name, 1) for name in rule.arguments}
        if rule.rule.startswith(("/curate/drafts/", "/curate/shelf/")) and "document_id" in values:
            values["document_id"] = self.draft
        if rule.rule.startswith("/curate/bin/"):
            values["document_id"] = self.binned
        return app.url_map.bind("localhost").build(rule.endpoint, values)

    def fields(self, **more: object) -> dict[str, object]:
        """What makes every form of the desk one that would do something."""
        return {
            "title": "Another title",
            "do": "publish",
            "draft": self.draft,
            "label": "motivational",
            "verdict": "yes",
            "collection": str(self.places["collection_id"]),
            "state": "taken",
            "files": (io.BytesIO(b"Twinning was new."), "new.txt"),
            **more,
        }


def test_there_is_something_to_walk(peopled) -> None:
    walked = {rule.rule for _, rule in changing(peopled[0].client.application)}
    assert len(walked) >= 18
    assert {rule for rule in walked if not rule.startswith(("/curate/", "/api/"))} == set()


def test_without_a_session_nothing_changes(peopled) -> None:
    walk = Walk(*peopled)
    app = create_app(walk.library, Access("s" * 40))
    before = state_of(walk.library)
    for method, rule in changing(app):
        stranger = app.test_client()
        answer = stranger.open(walk.address(app, rule), method=method, data=walk.fields())
        expected = 401 if rule.rule.startswith("/api/") else 403
        assert answer.status_code == expected, (method, rule)
        assert state_of(walk.library) == before, (method, rule)


@pytest.mark.parametrize("token", ["", "x", "é" * 43])
def test_with_a_wrong_token_nothing_changes(peopled, token: str) -> None:
    desk, *_ = peopled
    walk = Walk(*peopled)
    app = desk.client.application
    before = state_of(walk.library)
    for method, rule in changing(app):
        answer = desk.client.open(
            walk.address(app, rule), method=method, data=walk.fields(token=token)
        )
        expected = 401 if rule.rule.startswith("/api/") else 400
        assert answer.status_code == expected, (method, rule)
        assert state_of(walk.library) == before, (method, rule)


def test_the_token_of_another_session_is_a_wrong_one(peopled) -> None:
    desk, document, _ = peopled
    other = desk.client.application.test_client()
    page = other.get("/curate/sign-in").text
    token = page.partition('name="token" value="')[2].partition('"')[0]
    before = state_of(desk.library)
    answer = desk.client.post(f"/curate/documents/{document}/withdraw", data={"token": token})
    assert answer.status_code == 400
    assert state_of(desk.library) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_from_another_site_nothing_changes(peopled, headers: dict[str, str]) -> None:
    desk, *_ = peopled
    walk = Walk(*peopled)
    app = desk.client.application
    token = desk.token()
    before = state_of(walk.library)
    for method, rule in changing(app):
        if rule.rule.startswith("/api/"):  # a key is never sent by a browser of its own accord
            continue
        answer = desk.client.open(
            walk.address(app, rule), method=method, data=walk.fields(token=token), headers=headers
        )
        assert answer.status_code == 403, (method, rule)
        assert state_of(walk.library) == before, (method, rule)


def test_a_referrer_that_is_no_address_is_refused_as_a_missing_one(peopled) -> None:
    stranger = peopled[0].client.application.test_client()
    form = {"title": "Twins"}
    answer = stranger.post("/curate/collections", data=form, headers={"Referer": "http://["})
    assert answer.status_code == 403
    assert "Twins" not in answer.text


def test_by_another_method_nothing_changes(peopled) -> None:
    desk, *_ = peopled
    walk = Walk(*peopled)
    app = desk.client.application
    fields = {"token": desk.token()}
    before = state_of(walk.library)
    for _, rule in changing(app):
        address = walk.address(app, rule)
        for method in ("GET", "HEAD", *UNSAFE):
            if method in (rule.methods or ()) and method in UNSAFE:
                continue
            answer = desk.client.open(address, method=method, data=walk.fields(**fields))
            known = app.url_map.bind("localhost").test(address, method)
            expected = (200, 303, 404) if known else (405,)
            assert answer.status_code in expected, (method, address)
            assert state_of(walk.library) == before, (method, address)


def test_a_cookie_is_no_key_and_a_key_no_cookie(peopled) -> None:
    desk, document, passage = peopled
    key = curators.make_key(desk.library, "anna", "other", "test")
    sent = {"label": "relational", "verdict": "add"}
    before = state_of(desk.library)
    by_cookie = desk.client.post(f"/api/v1/passages/{passage}/decisions", json=sent)
    assert by_cookie.status_code == 401
    assert by_cookie.headers["WWW-Authenticate"].lower().startswith("bearer")
    stranger = desk.client.application.test_client()
    bearer = {"Authorization": f"Bearer {key}"}
    by_key = stranger.post(f"/curate/documents/{document}/withdraw", headers=bearer)
    assert by_key.status_code == 403
    wrong = stranger.post(
        f"/api/v1/passages/{passage}/decisions",
        json=sent,
        headers={"Authorization": f"Bearer {key}x"},
    )
    assert wrong.status_code == 401
    assert state_of(desk.library) == before


def test_a_key_decides(peopled) -> None:
    desk, _, passage = peopled
    key = curators.make_key(desk.library, "anna", "harvest", "test")
    stranger = desk.client.application.test_client()

    def decide(**sent: object) -> TestResponse:
        return stranger.post(
            f"/api/v1/passages/{passage}/decisions",
            json=sent,
            headers={"Authorization": f"Bearer {key}"},
        )

    made = decide(label="relational", verdict="add")
    assert made.status_code == 201
    body = made.get_json()
    assert (body["label"], body["verdict"], body["who"]) == ("relational", "add", "anna")
    shown = stranger.get(f"/api/v1/passages/{passage}").get_json()
    assert "relational" in [tag["label"] for tag in shown["goals"]]
    assert decide(label="cooking", verdict="add").status_code == 400
    assert decide(label="relational", verdict="perhaps").status_code == 400
    assert decide(label=1, verdict=None).status_code == 400
    assert decide(label="relational", verdict="reject", passage="x").status_code == 400


def test_looking_changes_nothing(peopled) -> None:
    """Every address that is read, by a curator: GET is safe."""
    desk, *_ = peopled
    walk = Walk(*peopled)
    app = desk.client.application
    assert state.state_of(app).readiness.wait(60)
    before = {k: v for k, v in state_of(walk.library).items() if "/cache/" not in k}
    read = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or not set(rule.arguments) <= set(walk.places):
            continue
        answer = desk.client.get(walk.address(app, rule))
        # 503: it says that it is not ready yet
        assert answer.status_code < 500 or rule.endpoint == "health.ready", rule
        read += 1
    assert read > 25
    assert {k: v for k, v in state_of(walk.library).items() if "/cache/" not in k} == before


@pytest.mark.parametrize("digits", [18, 19, 25, 5_000])  # 19 of them are beyond 64 bits
def test_a_number_of_any_length_is_no_breakdown(peopled, digits: int) -> None:
    desk, *_ = peopled
    walked = 0
    for rule in desk.client.application.url_map.iter_rules():
        if "<int:" not in rule.rule:
            continue
        address = re.sub("<int:[^>]*>", "9" * digits, rule.rule).replace("<document_id>", "0" * 16)
        answer = desk.send(address) if "POST" in (rule.methods or ()) else desk.client.get(address)
        assert answer.status_code in (400, 404), rule
        walked += 1
    assert walked > 8


def test_what_readers_may_post_is_as_short_as_it_is_said_to_be(peopled) -> None:
    app = peopled[0].client.application
    posted = {r.endpoint for r in app.url_map.iter_rules() if r.rule in SAFE_TO_POST}
    assert posted == access.READERS_MAY_POST


def test_a_file_of_a_refused_form_is_left_nowhere(peopled) -> None:
    desk, *_ = peopled
    shutil.rmtree(desk.library.home.incoming)
    form = {"token": "wrong", "files": (io.BytesIO(b"x" * 100_000), "new.txt")}
    assert desk.client.post("/curate/upload", data=form).status_code == 400
    assert list(desk.library.home.incoming.iterdir()) == []
