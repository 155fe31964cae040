"""Answers packed with gzip: the same words in fewer bytes, and none that hold a secret."""

import gzip

import pytest
from flask.testing import FlaskClient

from index.curating import curators
from web.app import create_app
from web.context.state import Access

TAKES_IT = {"Accept-Encoding": "br;q=1.0, gzip;q=0.8"}

TEXT = [
    "/?q=ministers+who+fear+a+backlash",
    "/documents/{id}",
    "/grid?year=abc",
    "/results.jsonl?q=ministers+who+fear+a+backlash",
    "/grid.svg",
    "/api/v1/search?q=twinning&id=x",
    "/static/style.css",
]


@pytest.mark.parametrize("address", TEXT)
def test_text_is_packed_for_who_takes_it_so(client: FlaskClient, borland, address):
    address = address.format(id=borland)
    plain = client.get(address, headers={"Accept-Encoding": "gzip;q=0, br"})
    packed = client.get(address, headers=TAKES_IT)
    assert packed.status_code == plain.status_code
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 1.5
    words = gzip.decompress(packed.data)
    if "took_ms" not in plain.text:  # a time, which differs
        assert words == plain.data
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.vary
    head = client.head(address, headers=TAKES_IT)
    assert head.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("address", ["/documents/{id}/file", "/healthz/alive"])
def test_what_is_short_or_no_text_is_sent_as_it_is(client: FlaskClient, borland, address):
    answer = client.get(address.format(id=borland), headers=TAKES_IT)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_a_part_of_a_file_is_that_part(client: FlaskClient):
    whole = client.get("/static/style.css")
    part = client.get("/static/style.css", headers=TAKES_IT | {"Range": "bytes=100-2099"})
    assert part.status_code == 206
    assert part.data == whole.data[100:2100]


@pytest.mark.parametrize("address", ["/api/v1/search?q=twinning", "/static/style.css"])
def test_what_was_packed_is_known_again(client: FlaskClient, address):
    packed = client.get(address, headers=TAKES_IT)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"].startswith("W/")
    known = {"If-None-Match": packed.headers["ETag"]}
    again = client.get(address, headers=TAKES_IT | known)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == packed.headers["ETag"]


def test_pages_with_a_token_and_those_of_a_curator_are_not_packed(desk):
    reader = desk.client.application.test_client()
    assert reader.get("/guide", headers=TAKES_IT).headers["Content-Encoding"] == "gzip"
    for client, address in [
        (reader, "/suggest"),
        (reader, "/curate/sign-in"),
        (desk.client, "/guide"),
        (desk.client, "/curate/"),
    ]:
        answer = client.get(address, headers=TAKES_IT)
        assert 'name="token"' in answer.text
        assert "Content-Encoding" not in answer.headers


def test_a_private_library_is_packed_for_nobody(desk):
    key = curators.make_key(desk.library, "anna", "harvest", "test")
    private = create_app(desk.library, Access("s" * 40, private=True)).test_client()
    with_key = TAKES_IT | {"Authorization": f"Bearer {key}"}
    answer = private.get("/api/v1/tags", headers=with_key)
    assert len(answer.get_json()["facets"]) == 2
    assert "Content-Encoding" not in answer.headers
    assert private.get("/static/style.css", headers=TAKES_IT).headers["Content-Encoding"] == "gzip"
