"""The application over the shared library, as a test client and as a server for a browser."""

from __future__ import annotations

import io
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from selenium import webdriver
from selenium.webdriver.remote.webdriver import WebDriver
from waitress.server import create_server
from werkzeug.test import TestResponse

from index.curating import curators
from index.curating.desk import Worker
from index.curating.jobs import Job
from index.library import Library
from index.rows import database, shelf
from web.app import create_app
from web.context.state import Access, state_of

Look = Callable[..., html.HtmlElement]


@pytest.fixture(scope="session")
def app(library: Library) -> Flask:
    made = create_app(library)
    assert state_of(made).readiness.wait(60)
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def look(client: FlaskClient) -> Look:
    """look(address, status=200): the page there, parsed."""

    def get(address: str, status: int = 200) -> html.HtmlElement:
        answer = client.get(address)
        assert answer.status_code == status, answer.text
        return html.fromstring(answer.text)

    return get


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Where the application is really served."""
    with served(app) as found:
        yield found


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port; its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    closing = threading.Event()

    def run() -> None:
        try:
            server.run()
        except OSError:  # it may wait for a socket that is closed under it
            if not closing.is_set():
                raise

    threading.Thread(target=run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        closing.set()
        server.close()


@pytest.fixture(scope="session")
def serve() -> Callable[[Flask], AbstractContextManager[str]]:
    """serve(app): a context in which an application is served; its address."""
    return served


TWINNING = (
    "The agency of Norland twinned with the agency of Sudland for a year. Two mentors sat with "
    "the caseworkers during the first arrivals and coached them, until the unit of Sudland ran "
    "the second group alone and wrote its own handbook of procedures."
)
MARKET = (
    "Bakers opened at six in the old market and closed at noon, when the fountain was cleaned and "
    "the stalls of the florists were put up along the western wall of the square."
)


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory, make_pdf) -> Path:
    """What a curator hands in: two reports, their texts, and odd files."""
    folder = tmp_path_factory.mktemp("handed-in")
    pages = [("1. Twinning", TWINNING), ("2. Market", MARKET)]
    make_pdf(folder / "norland.pdf", pages, "How Norland and Sudland twinned")
    make_pdf(folder / "market.pdf", [("The market", MARKET)], "What the market square sold")
    (folder / "twinning.txt").write_text(TWINNING, "utf-8")
    (folder / "market.txt").write_text(MARKET, "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00" * 500)
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "sheet.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    return folder


@pytest.fixture
def files(handed_in: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(handed_in, tmp_path / "files"))


CURATOR, PASSWORD, SECRET = "anna", "four plain words here", "s" * 40
COOKIE = "waymark"


@dataclass(frozen=True)
class Desk:
    """A curator, anna, who is signed in to a library of her own."""

    library: Library
    client: FlaskClient

    def look(self, address: str, status: int = 200) -> html.HtmlElement:
        """The page there, parsed."""
        answer = self.client.get(address)
        assert answer.status_code == status, answer.text
        return html.fromstring(answer.text)

    def token(self) -> str:
        return self.look("/curate/upload").xpath("//input[@name='token']/@value")[0]

    def send(self, address: str, **fields: object) -> TestResponse:
        """Post a form with the session's token."""
        return self.client.post(address, data={"token": self.token()} | fields)

    def upload(self, *paths: Path) -> TestResponse:
        files = [(io.BytesIO(path.read_bytes()), path.name) for path in paths]
        return self.send("/curate/upload", files=files)

    def work(self) -> list[Job]:
        """Do what waits; the jobs that ended."""
        worker = Worker(self.library)
        return list(iter(worker.step, None))

    def draft_of(self, name: str) -> str:
        """The id of the draft that was read from a file."""
        with self.library.catalog() as catalog:
            listed = shelf.listing(catalog.connection)
        (found,) = [one.document_id for one in listed if one.file_name == name]
        return found


@pytest.fixture
def desk_library(copy_library, tmp_path: Path) -> Library:
    """A copy of the shared library with one curator, anna."""
    copy = copy_library(tmp_path / "home")
    curators.add(copy, CURATOR, PASSWORD, "test")
    return copy


OpenDesk = Callable[..., Desk]


@dataclass(frozen=True)
class SignedIn:
    """A library whose curator, anna, has signed in, and the cookie that her browser got."""

    library: Library
    cookie: str


@pytest.fixture(scope="session")
def signed_in(copy_library, tmp_path_factory: pytest.TempPathFactory) -> SignedIn:
    """She types her password once for all desks: each time takes 0.2 s of processor time."""
    copy = copy_library(tmp_path_factory.mktemp("signed-in") / "home")
    curators.add(copy, CURATOR, PASSWORD, "test")
    client = create_app(copy, Access(SECRET)).test_client()
    page = html.fromstring(client.get("/curate/sign-in").text)
    token = page.xpath("//input[@name='token']/@value")[0]
    form = {"token": token, "name": CURATOR, "password": PASSWORD}
    assert client.post("/curate/sign-in", data=form).status_code == 303
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return SignedIn(copy, cookie.value)


@pytest.fixture(scope="session")
def open_desk(copy_library, signed_in: SignedIn) -> OpenDesk:
    """open_desk(folder): a desk over a copy of the shared library, made there.

    of: another desk's library.
    """

    def open_one(folder: Path, of: Library = signed_in.library) -> Desk:
        copy = copy_library(folder, of)
        client = create_app(copy, Access(SECRET)).test_client()
        client.set_cookie(COOKIE, signed_in.cookie)
        return Desk(copy, client)

    return open_one


@pytest.fixture
def desk(open_desk: OpenDesk, tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "home")


@pytest.fixture(scope="session")
def with_draft(
    open_desk: OpenDesk, handed_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> Library:
    """norland.pdf is read once for all desks that begin with its draft."""
    desk = open_desk(tmp_path_factory.mktemp("with-draft") / "home")
    desk.upload(handed_in / "norland.pdf")
    desk.work()
    return desk.library


@pytest.fixture
def drafting(open_desk: OpenDesk, with_draft: Library, tmp_path: Path) -> Desk:
    """A desk with one draft, norland.pdf."""
    return open_desk(tmp_path / "home", with_draft)


@pytest.fixture(scope="session")
def borland(library: Library) -> str:
    """The id of the report with three pages."""
    with library.catalog() as catalog:
        (found,) = [d for d in catalog.documents() if d.file_name == "borland.pdf"]
    return found.document_id


@pytest.fixture(scope="session")
def tagged(copy_library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shared library, tagged by hand: the first passages of two documents.

    borland.pdf: motivational .92, mentoring .81; visits.pdf: motivational .7, general-training .6.
    """
    copy = copy_library(tmp_path_factory.mktemp("tagged") / "home")
    given = {
        "borland.pdf": [("motivational", 0.92), ("mentoring", 0.81)],
        "visits.pdf": [("motivational", 0.7), ("general-training", 0.6)],
    }
    with copy.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute("DELETE FROM tags")
        for document in catalog.documents():
            first = catalog.passages_of(document.document_id)[0]
            for label, probability in given.get(document.file_name, []):
                catalog.connection.execute(
                    "INSERT INTO tags VALUES (?, ?, ?, ?, ?)",
                    (first.number, label, probability, 0, 20),
                )
    return copy


@pytest.fixture
def tagged_client(tagged: Library) -> FlaskClient:
    return create_app(tagged).test_client()


@pytest.fixture(scope="session")
def start_browser() -> Callable[..., WebDriver]:
    """start_browser(profile, preference=…): Chromium with a profile of its own."""
    return started


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """Chromium with scripts; a module's tests share what it remembers."""
    driver = started(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


def started(profile: Path, **preferences: int) -> WebDriver:
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("no Chromium: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--window-size=1280,900",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(flag)
    options.add_experimental_option("prefs", preferences)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)
