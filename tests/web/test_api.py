"""The JSON API: the contract's fields, its refusals as problem details, and the health check."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def test_an_answer_has_the_fields_that_scripts_rely_on(client: FlaskClient, borland):
    answer = client.get("/api/v1/search", query_string={"q": "backlash among voters", "k": 2})
    assert answer.mimetype == "application/json"
    body = answer.get_json()
    assert body["id"] == "q1"
    assert body["question"] == "backlash among voters"
    assert [result["rank"] for result in body["results"]] == [1, 2]
    first = body["results"][0]
    assert first["document_id"] == borland
    assert first["file"] == "borland.pdf"
    assert first["quote"]["page"] == 2
    quote = first["text"][first["quote"]["start"] : first["quote"]["end"]]
    assert "backlash" in quote
    assert 0 <= first["score"] <= 1


def test_a_script_may_name_its_question(client: FlaskClient):
    assert client.get("/api/v1/search?q=rent&id=r7").get_json()["id"] == "r7"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "q"),
        ("q=%20", "q"),
        ("q=rent&k=0", "k"),
        ("q=rent&k=101", "k"),
        ("q=rent&k=ten", "k"),
        ("q=rent&k=%C2%B2", "k"),
        ("q=rent&goal=nonsense", "nonsense"),
        ("q=rent&year=x", "x"),
    ],
)
def test_a_wrong_call_is_a_problem_that_says_what_is_wrong(client: FlaskClient, query, said):
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json()
    assert body["status"] == 400
    assert said in body["detail"]


def test_health_says_how_much_there_is(client: FlaskClient):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["status"] == "ok"
    assert body["documents"] == 3
    assert body["passages"] >= 3
