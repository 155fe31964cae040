"""Batches, texts, pages of lists, ETags; and what a machine makes up from the description."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
import schemathesis
from flask.testing import FlaskClient
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from index import build
from index.library import Library
from index.tagging.tagger import SHIPPED
from web.app import create_app
from web.json_api.paging import page_of


def test_a_batch_answers_each_question_as_a_search_does(client: FlaskClient):
    body = {"questions": ["storms at sea", {"id": 7, "question": "visits", "year": 2011}], "k": 2}
    first, second = client.post("/api/v1/batch", json=body).get_json()["answers"]
    alone = client.get("/api/v1/search?q=storms at sea&k=2").get_json()
    assert first | {"took_ms": 0} == alone | {"took_ms": 0}
    assert second["id"] == "7"
    assert {result["file"] for result in second["results"]} == {"weather.pdf"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "'questions' must be a list of 1 to 100"),
        ([], "must be a JSON object"),
        ({"questions": ["x"] * 101}, "list of 1 to 100"),
        ({"questions": ["x"], "k": 101}, "k must be a number from 1 to 100"),
        ({"questions": ["x"], "k": True}, "k must be a number"),
        ({"questions": ["x", {"id": "a"}]}, "number 2: the key 'question' is missing"),
        ({"questions": [{"question": "x", "goal": "cooking"}]}, "number 1: 'cooking' is no goal"),
        ({"questions": ["x" * 2_001]}, "number 1: the question has 2,001 characters"),
        ({"questions": ["\ud800"]}, "number 1: half of a character"),
        ({"questions": [{"question": "x", "goals": "y"}]}, "'goals' is called 'goal' here"),
        (
            {"questions": ["x", {"question": "y", "Year": 2010, "year": 2012}]},
            "number 2: the key 'year' is there twice, as 'Year' and 'year'",
        ),
        (
            {"questions": ["x"], "Goals": ["y"]},
            "'Goals' belongs to each question, as its key 'goal'",
        ),
        (
            {"questions": ["x", {"question": "visit", "publisher": "nobody"}]},
            "number 2: 'publisher' is no key here; there are: question, id, goal, activity, year, "
            "kind, document",
        ),
        ({"questions": [{"question": "x", "\ud800": 1}]}, r"'\ud800' is no key here"),
        ({"questions": ["x"], "publisher": "nobody"}, "'publisher' is no key here; there are: que"),
        ({"questions": ["x"], "K": 1}, "'K' is no key here; there are: questions, k."),
        ({"questions": ["x"], "": 1}, "'' is no key here"),
        (
            {"questions": [{"id": "q2", "question": "x"}, "y"]},
            "number 2: the id 'q2' is that of number 1 already",
        ),
    ],
)
def test_a_wrong_batch_is_a_problem_that_names_the_place(client: FlaskClient, body, said):
    answer = client.post("/api/v1/batch", json=body)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert said in answer.get_json()["detail"]


def test_bodies_that_are_no_json(client: FlaskClient):
    deep = b'{"questions": ' + b"[" * 200_000
    wrong = {
        b"": "The body is not valid JSON: see line 1, column 1.",
        b'{"k": 1,\n "k"}': "The body is not valid JSON: see line 2, column 5.",
        deep: "nested too deeply",
        b'{"k": ' + b"9" * 5_000 + b"}": "too long a number",
        b"\xff": "not UTF-8",
        gzip.compress(b"{}"): "The body is compressed with gzip: unpack it first.",
    }
    for body, said in wrong.items():
        answer = client.post("/api/v1/batch", data=body, content_type="application/json")
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"
        assert said in answer.get_json()["detail"]
    answer = client.post("/api/v1/batch", data=b'{"questions": ["x"]}')
    assert answer.status_code == 415
    assert answer.get_json()["detail"] == "The header 'Content-Type: application/json' is missing."
    packed = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    answer = client.post("/api/v1/batch", data=gzip.compress(b"{}"), headers=packed)
    assert answer.status_code == 415
    assert answer.get_json()["detail"] == "The body is packed (gzip): send it unpacked."
    large = client.post("/api/v1/batch", data=b" " * 1_048_577, content_type="application/json")
    assert large.status_code == 413


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-le"])
def test_a_body_is_read_in_any_encoding_of_json(client: FlaskClient, encoding: str):
    body = '{"questions": ["Größe der Häfen"]}'.encode(encoding)
    answer = client.post("/api/v1/batch", data=body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.get_json()["answers"][0]["question"] == "Größe der Häfen"


def test_texts_are_tagged_in_their_order(client: FlaskClient):
    mentoring = (
        "Two officials were seconded for a year to the new agency as mentors and coached its "
        "caseworkers, so that it could run its own missions."
    )
    body = {"texts": [{"id": "m", "text": mentoring}, "Rain fell on 140 days of the year."]}
    one, two = client.post("/api/v1/classify", json=body).get_json()["texts"]
    assert one["id"] == "m"
    assert "mentoring" in [tag["label"] for tag in one["activities"]]
    assert two == {"id": "t2", "goals": [], "activities": []}


@pytest.mark.parametrize("text", ["", " ", 3, None, {"id": "a"}, "x" * 20_001, "\udfff"])
def test_a_text_that_is_none_is_named(client: FlaskClient, text):
    answer = client.post("/api/v1/classify", json={"texts": ["fine", text]})
    assert answer.status_code == 400
    assert "texts, number 2" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([{"id": "z", "text": "a"}, {"id": "z", "text": "b"}], "the id 'z' is that of number 1"),
        (["a", {"id": "t1", "text": "b"}], "the id 't1' is that of number 1 already"),
        (["a", {"text": "b", "Id": "c"}], "'Id' is no key here; there are: id, text."),
        (["a", {"text": "b", "id": True}], "'id' must be a text or a whole number"),
        (["a", {"text": "b", "id": [1]}], "'id' must be a text or a whole number"),
    ],
)
def test_ids_and_keys_of_texts_that_would_go_unseen_are_refused(
    client: FlaskClient, texts: list[object], said: str
):
    answer = client.post("/api/v1/classify", json={"texts": texts})
    assert answer.status_code == 400
    assert f"texts, number 2: {said}" in answer.get_json()["detail"]


def test_an_empty_id_is_none(client: FlaskClient):
    given = [{"id": None, "text": "a"}, {"id": "", "text": "b"}, {"id": 0, "text": "c"}, "d"]
    tagged = client.post("/api/v1/classify", json={"texts": given}).get_json()["texts"]
    assert [one["id"] for one in tagged] == ["t1", "t2", "0", "t4"]


def test_a_key_beside_the_texts_is_refused(client: FlaskClient):
    answer = client.post("/api/v1/classify", json={"texts": ["fine"], "Texts": ["rent"]})
    assert answer.status_code == 400
    assert "'Texts' is no key here; there are: texts." in answer.get_json()["detail"]


def test_no_tagger_is_said_so(library: Library, monkeypatch: pytest.MonkeyPatch):
    unfitting = Library(library.home, library.taxonomy, replace(library.identity, sha256="0" * 64))
    answer = create_app(unfitting).test_client().post("/api/v1/classify", json={"texts": ["x"]})
    assert SHIPPED.is_dir()
    assert answer.status_code == 503
    assert "No tagger" in answer.get_json()["detail"]


def test_tags_are_counted_and_can_be_filtered(tagged_client: FlaskClient):
    def carried(query: str) -> dict[str, int]:
        facets = tagged_client.get(f"/api/v1/tags{query}").get_json()["facets"]
        assert [facet["id"] for facet in facets] == ["goals", "activities"]
        return {one["label"]: one["passages"] for facet in facets for one in facet["labels"]}

    every = carried("")
    assert every["motivational"] == 2
    assert carried("?goal=motivational")["motivational"] == every["motivational"]
    assert sum(carried("?year=1900").values()) == 0


def test_initiatives_have_their_sources(client: FlaskClient):
    every = client.get("/api/v1/initiatives").get_json()["initiatives"]
    assert len(every) > 5
    assert all(one["name"] and one["source"]["title"] for one in every)


def test_documents_and_passages_come_by_pages(client: FlaskClient, borland: str):
    for address, key, name, count in (
        ("/api/v1/documents", "documents", "document_id", 3),
        (f"/api/v1/documents/{borland}/passages", "passages", "passage_id", 3),
    ):
        seen, query = [], "?limit=2"
        for _ in range(count):
            page = client.get(address + query).get_json()
            seen += [item[name] for item in page[key]]
            if page["next"] is None:
                break
            query = f"?limit=2&cursor={page['next']}"
        assert page["next"] is None
        assert seen == [item[name] for item in client.get(address).get_json()[key]]
        assert len(seen) == count
        for wrong in ("limit=0", "limit=501", "cursor=x", "cursor=WzFd%C3%A9", "cursor=bnVsbA"):
            assert client.get(f"{address}?{wrong}").status_code == 400, wrong


def test_a_cursor_outlives_the_item_it_was_made_of():
    items = ["a", "b", "c", "d"]
    shown, cursor = page_of(items, lambda item: (item,), "", 2)
    assert shown == ["a", "b"]
    assert cursor is not None
    assert page_of(["a", "bb", "d"], lambda item: (item,), cursor, 2) == (["bb", "d"], None)


def test_an_etag_holds_until_the_library_changes(copy_library, tmp_path: Path):
    growing = copy_library(tmp_path / "home")
    client = create_app(growing).test_client()
    addresses = ["documents", "search?q=storms", "grid", "tags", "initiatives", "openapi.json"]
    tags = {}
    for address in addresses:
        tags[address] = client.get(f"/api/v1/{address}").headers["ETag"]
        again = client.get(f"/api/v1/{address}", headers={"If-None-Match": tags[address]})
        assert (again.status_code, again.data) == (304, b"")
    (tmp_path / "more.txt").write_text("The group met twice in the harbour.")
    list(build.add(growing, [tmp_path / "more.txt"]))
    for address in addresses:
        fresh = client.get(f"/api/v1/{address}", headers={"If-None-Match": tags[address]})
        assert fresh.status_code == 200
        assert fresh.headers["ETag"] != tags[address]
    assert "ETag" not in client.get("/api/v1/documents/none").headers


def test_nothing_that_the_description_allows_is_a_server_error(address: str):
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    tried = []

    for result in schema.get_all_operations():
        operation = result.ok()

        @hypothesis.settings(
            max_examples=40,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(case=operation.as_strategy())
        def check(case: schemathesis.Case) -> None:
            tried.append(case.operation.path)
            case.call_and_validate(
                checks=[not_a_server_error, content_type_conformance, response_schema_conformance]
            )

        check()
    # The description itself is what was read to begin with.
    assert set(tried) == set(schema.raw_schema["paths"]) - {"/api/v1/openapi.json"}
    assert len(tried) > 200
