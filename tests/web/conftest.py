"""The application over the shared library, as a test client and as a server for a browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from waitress.server import create_server

from index import database
from index.home import Home
from index.library import Library
from web.app import create_app

Look = Callable[..., html.HtmlElement]


@pytest.fixture(scope="session")
def app(library: Library) -> Flask:
    return create_app(library)


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
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


@pytest.fixture(scope="session")
def serve() -> Callable[[Flask], AbstractContextManager[str]]:
    """serve(app): a context in which an application is served; its address."""
    return served


@pytest.fixture(scope="session")
def borland(library: Library) -> str:
    """The id of the report with three pages."""
    with library.catalog() as catalog:
        (found,) = [d for d in catalog.documents() if d.file_name == "borland.pdf"]
    return found.document_id


@pytest.fixture(scope="session")
def tagged(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shared library, tagged by hand: the first passages of two documents.

    borland.pdf: motivational .92, mentoring .81; visits.pdf: motivational .7, general-training .6.
    """
    path = tmp_path_factory.mktemp("tagged") / "home"
    shutil.copytree(library.home.path, path)
    copy = Library.open(Home(path))
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
