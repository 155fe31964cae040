"""Signing in and out, what a session is worth, and who is kept out."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from index.curating import curators
from index.files.home import Home
from index.library import Library
from index.rows.database import LibraryError
from web.app import create_app
from web.cli.desk_commands import curator
from web.context.state import Access
from web.guard.access import LIFETIME_SECONDS
from web.guard.secret import read_secret, secret_file
from web.serve import access_to

PASSWORD = "four plain words here"  # noqa: S105 - of a library that a test makes
SECRET = "s" * 40
OPEN_TO_ALL = ("sign.sign_in", "pages.icon", "health.alive", "health.ready")


@pytest.fixture
def desk_client(desk_library: Library) -> FlaskClient:
    return create_app(desk_library, Access(SECRET)).test_client()


def token_of(client: FlaskClient, address: str = "/curate/sign-in") -> str:
    return re.search(r'name="token" value="([^"]+)"', client.get(address).text).group(1)


def sign_in(client: FlaskClient, password: str = PASSWORD, **fields: str) -> TestResponse:
    form = {"token": token_of(client), "name": "anna", "password": password} | fields
    return client.post("/curate/sign-in", data=form)


def test_a_curator_signs_in_and_out(desk_client: FlaskClient) -> None:
    asked = desk_client.get("/curate/")
    assert (asked.status_code, asked.location) == (303, "/curate/sign-in?next=/curate/")
    done = sign_in(desk_client, next="/curate/")
    assert (done.status_code, done.location) == (303, "/curate/")
    cookie = done.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    page = desk_client.get("/curate/")
    assert page.status_code == 200
    assert "anna" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    desk_client.post("/curate/sign-out", data={"token": token_of(desk_client, "/curate/")})
    assert desk_client.get("/curate/").status_code == 303


def test_a_form_sent_after_the_session_ended_is_shown_and_leads_to_signing_in(
    desk_client: FlaskClient,
) -> None:
    form = {"token": "x", "title": "Ein <b>Titel</b>", "authors": "A\nB", "year": ""}
    came_from = {"Referer": "http://localhost/curate/drafts/abc?x=1"}
    refused = desk_client.post("/curate/drafts/abc", data=form, headers=came_from)
    assert refused.status_code == 403
    page = html.fromstring(refused.text)
    (button,) = page.xpath("//a[.='Sign in']/@href")
    assert button == "/curate/sign-in?next=/curate/drafts/abc?x%3D1"
    assert page.xpath("//main//dt/text()") == ["Title", "Authors"]
    assert page.xpath("//main//dd/p/text()") == ["Ein <b>Titel</b>", "A", "B"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Referer": "http://elsewhere.example/curate/"},
        {"Referer": "http://localhost/curate/", "Origin": "http://elsewhere.example"},
        {"Referer": "http://localhost/curate/", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_what_another_site_sent_is_not_shown(desk_client: FlaskClient, headers) -> None:
    refused = desk_client.post("/curate/drafts/abc", data={"title": "Pay here"}, headers=headers)
    assert refused.status_code == 403
    assert "Pay here" not in refused.text
    assert "elsewhere" not in refused.text


def test_over_tls_the_cookie_is_for_tls_alone(desk_client: FlaskClient) -> None:
    page = desk_client.get("/curate/sign-in", base_url="https://localhost")
    assert "Secure" in page.headers["Set-Cookie"]


def test_a_reader_is_given_no_cookie(desk_client: FlaskClient) -> None:
    for address in ("/", "/documents", "/?q=rent", "/grid"):
        answer = desk_client.get(address)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("wrong", [{"password": "four plain words her"}, {"name": "berta"}])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(desk_client: FlaskClient, wrong) -> None:
    answer = sign_in(desk_client, **wrong)
    assert answer.status_code == 403
    page = html.fromstring(answer.text)
    refused = page.xpath("//input[@aria-invalid='true']")
    assert [field.get("name") for field in refused] == ["name", "password"]
    for field in refused:
        said = page.get_element_by_id(field.get("aria-describedby")).text_content()
        assert said == "No curator has this name and this password."
    assert PASSWORD not in answer.text
    assert desk_client.get("/curate/").status_code == 303


@pytest.mark.parametrize(
    "outside", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", ""]
)
def test_signing_in_leads_nowhere_else(desk_client: FlaskClient, outside: str) -> None:
    assert sign_in(desk_client, next=outside).location == "/curate/"


def test_signing_in_gives_a_session_of_its_own(desk_client: FlaskClient) -> None:
    before = token_of(desk_client)
    sign_in(desk_client)
    assert token_of(desk_client, "/curate/") != before


def test_signing_out_everywhere_ends_the_other_browsers_too(desk_library: Library) -> None:
    app = create_app(desk_library, Access(SECRET))
    one, other = app.test_client(), app.test_client()
    for client in (one, other):
        sign_in(client)
    one.post("/curate/sign-out-everywhere", data={"token": token_of(one, "/curate/")})
    assert one.get("/curate/").status_code == 303
    assert other.get("/curate/").status_code == 303


def test_a_stolen_cookie_is_worth_nothing_after_signing_out_everywhere(
    desk_library: Library, desk_client: FlaskClient
) -> None:
    sign_in(desk_client)
    curators.sign_out_everywhere(desk_library, "anna")
    assert desk_client.get("/curate/").status_code == 303


def test_removing_or_changing_a_curator_ends_the_session(
    desk_library: Library, desk_client: FlaskClient
) -> None:
    sign_in(desk_client)
    curators.change_password(desk_library, "Anna", "another four words", "test")
    assert desk_client.get("/curate/").status_code == 303
    assert sign_in(desk_client).status_code == 403
    assert sign_in(desk_client, "another four words").status_code == 303
    curators.remove(desk_library, "anna", "test")
    assert desk_client.get("/curate/").status_code == 303


def test_a_session_ends_after_a_working_day(desk_client: FlaskClient) -> None:
    sign_in(desk_client)
    for hours, status in ((11, 200), (13, 303)):
        with desk_client.session_transaction() as session:
            session["at"] -= hours * 3600
        assert desk_client.get("/curate/").status_code == status
        with desk_client.session_transaction() as session:
            session["at"] += hours * 3600
    assert LIFETIME_SECONDS == 12 * 3600


def test_a_cookie_that_another_server_signed_is_none(desk_library: Library) -> None:
    theirs = create_app(desk_library, Access("t" * 40)).test_client()
    sign_in(theirs)
    ours = create_app(desk_library, Access(SECRET)).test_client()
    ours.set_cookie("waymark", theirs.get_cookie("waymark").value)
    assert ours.get("/curate/").status_code == 303


def test_failed_tries_make_the_next_one_wait(desk_client: FlaskClient) -> None:
    token = token_of(desk_client)
    form = {"token": token, "name": "anna", "password": "wrong wrong wrong"}
    statuses = [desk_client.post("/curate/sign-in", data=form).status_code for _ in range(7)]
    assert statuses == [403] * 5 + [429] * 2
    right = desk_client.post("/curate/sign-in", data=form | {"password": PASSWORD})
    assert right.status_code == 429
    assert "aria-invalid" not in right.text
    assert int(right.headers["Retry-After"]) >= 1


# Without curators, and in private


def test_a_server_without_curators_says_what_makes_one(library: Library) -> None:
    client = create_app(library).test_client()
    for address in ("/curate/", "/curate/sign-in"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "waymark curator add NAME" in answer.text
    assert "For curators" not in client.get("/").text


def test_a_private_library_shows_nothing_to_strangers(desk_library: Library) -> None:
    client = create_app(desk_library, Access(SECRET, private=True)).test_client()
    for rule in client.application.url_map.iter_rules():
        if rule.arguments or "GET" not in rule.methods:
            continue
        answer = client.get(str(rule))
        open_to_all = rule.endpoint in OPEN_TO_ALL
        assert answer.status_code in ((200, 302, 503) if open_to_all else (303, 401)), rule
        assert "Borland" not in answer.text
    (document,) = [d for d in documents(desk_library) if d.file_name == "borland.pdf"]
    for end in ("", "/file", "/pages/1.png", "/cite.ris"):
        assert client.get(f"/documents/{document.document_id}{end}").status_code == 303
    batch = client.post("/api/v1/batch", json={"questions": ["rent"]})
    assert batch.status_code == 401
    assert client.get("/static/style.css").status_code == 200
    sign_in(client)
    assert client.get("/documents").status_code == 200


def documents(library: Library):
    with library.catalog() as catalog:
        return catalog.documents()


def test_nothing_of_a_private_library_is_kept_by_a_browser(desk_library: Library) -> None:
    key = {"Authorization": f"Bearer {curators.make_key(desk_library, 'anna', 'a', 'test')}"}
    client = create_app(desk_library, Access(SECRET, private=True)).test_client()
    (document,) = [d for d in documents(desk_library) if d.file_name == "borland.pdf"]
    address = f"/documents/{document.document_id}"
    assert client.get("/api/v1/documents", headers=key).headers["Cache-Control"] == "no-store"
    sign_in(client)
    for end in ("", "/file", "/pages/1.png", "/cite.ris"):
        answer = client.get(f"{address}{end}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), end
    assert client.get("/static/style.css").headers["Cache-Control"] != "no-store"
    anybody = create_app(desk_library, Access(SECRET)).test_client()
    assert "no-store" not in anybody.get(f"{address}/pages/1.png").headers["Cache-Control"]
    assert anybody.get("/api/v1/documents").headers["Cache-Control"] == "no-cache"


def test_a_key_reads_a_private_library(desk_library: Library) -> None:
    key = curators.make_key(desk_library, "anna", "harvest", "test")
    client = create_app(desk_library, Access(SECRET, private=True)).test_client()
    for given, status in ((key, 200), (key[:-1], 401), ("", 401)):
        headers = {"Authorization": f"Bearer {given}"}
        assert client.get("/api/v1/documents", headers=headers).status_code == status
    assert client.get("/documents", headers={"Authorization": f"Bearer {key}"}).status_code == 303


# Where it may be served


def test_others_are_let_in_only_where_there_is_a_curator(library: Library) -> None:
    assert access_to(library, "127.0.0.1", private=False) == Access()
    for host, private in (("0.0.0.0", False), ("127.0.0.1", True)):  # noqa: S104 - nothing listens
        with pytest.raises(LibraryError, match="waymark curator add NAME"):
            access_to(library, host, private)


def test_others_are_let_in_only_where_there_is_a_secret(
    desk_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WAYMARK_SECRET", raising=False)
    with pytest.raises(LibraryError, match="waymark curator password NAME"):
        access_to(desk_library, "192.168.1.5", private=False)
    monkeypatch.setenv("WAYMARK_SECRET", "short")
    with pytest.raises(LibraryError, match="32 characters"):
        access_to(desk_library, "192.168.1.5", private=False)
    monkeypatch.setenv("WAYMARK_SECRET", SECRET)
    assert access_to(desk_library, "192.168.1.5", private=True) == Access(SECRET, private=True)


# The commands


@pytest.fixture
def told(copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """told("add", "anna", typed=…): what a command says and its status."""
    monkeypatch.delenv("WAYMARK_SECRET", raising=False)
    home = str(tmp_path / "home")
    copy_library(Path(home))

    def tell(*args: str, typed: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(curator, args, input=typed, obj=home)
        return done.exit_code, done.output

    return tell


def test_curators_are_made_on_the_command_line(told, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert told("add", "anna", typed="too short\n")[0] == 2
    assert not secret_file(home).exists()
    assert told("add", "anna", typed=PASSWORD + "\n")[0] == 0
    assert stat.S_IMODE(secret_file(home).stat().st_mode) == 0o600
    assert len(read_secret(home)) >= 32
    status, said = told("add", "Anna", typed=PASSWORD + "\n")
    assert (status, "already" in said) == (2, True)
    status, said = told("key", "anna", "--for", "harvest")
    assert said.startswith("wmk_")
    assert said.strip() not in told("list")[1]
    assert "key harvest" in told("list")[1]
    assert told("key", "anna", "--for", "harvest", "--remove")[0] == 0
    assert "harvest" not in told("list")[1]
    assert told("remove", "anna")[0] == 0
    assert told("remove", "anna")[0] == 2
    assert told("list") == (0, "")


def test_a_secret_that_is_there_is_kept(told, tmp_path: Path) -> None:
    told("add", "anna", typed=PASSWORD + "\n")
    before = read_secret(Home(tmp_path / "home"))
    told("add", "berta", typed=PASSWORD + "\n")
    assert read_secret(Home(tmp_path / "home")) == before
