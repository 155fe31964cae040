"""The application over the shared library, as a test client and as a server for a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import waitress
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

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
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture(scope="session")
def borland(library: Library) -> str:
    """The id of the report with three pages."""
    with library.catalog() as catalog:
        (found,) = [d for d in catalog.documents() if d.file_name == "borland.pdf"]
    return found.document_id


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")
