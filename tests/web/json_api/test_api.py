"""The JSON API: the contract's fields, its refusals as problem details, and the health check."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from index.files.home import Home
from search.find import LONGEST_QUESTION
from web.app import create_app
from web.context.limits import LONGEST_TEXT, MOST_POSTED, MOST_RESULTS
from web.json_api.paging import MOST_ITEMS


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


def test_a_language_may_be_written_in_capitals_and_is_told_of_each_result(client: FlaskClient):
    plain, capital = (
        client.get(f"/api/v1/search?q=rent&language={code}").get_json()["results"]
        for code in ("en", "EN")
    )
    assert {one["language"] for one in plain} == {"en"}
    assert capital == plain


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "q"),
        ("q=%20", "q"),
        ("q=%3F%3F", "no letter and no digit"),
        ("q=rent&k=0", "k"),
        ("q=rent&k=101", "k"),
        ("q=rent&k=ten", "k"),
        ("q=rent&k=%C2%B2", "k"),
        ("q=rent&goal=nonsense", "nonsense"),
        ("q=rent&year=x", "x"),
        ("q=rent&year=2010&year=2016", "'year' is given more than once: it takes one value"),
        ("q=rent&q=flats", "'q' is given more than once"),
        ("q=rent&k=1&k=3", "'k' is given more than once"),
        ("q=rent&k=&k=3", "'k' is given more than once"),
        ("q=rent&id=a&id=b", "'id' is given more than once"),
        (
            "q=rent&document=nope",
            "'nope' is no document of this library; the list of documents has their ids",
        ),
        ("q=rent&language=de", "'de' is no language of this library; there are: en"),
        ("q=rent&publisher=Nobody", "'Nobody' is no publisher of this library"),
        ("q=rent&goals=operational", "'goals' is called 'goal' here"),
        ("q=rent&Year=2011", "'Year' is called 'year' here"),
        (
            "q=rent&year_from=2020",
            "'year_from' is no parameter of this address; there are: q, k, id, goal, activity, "
            "kind, publisher, language, document, year.",
        ),
        ("q=rent&since=60", "'since' is no parameter"),
        ("q=rent&=60", "'' is no parameter"),
    ],
)
def test_a_wrong_call_is_a_problem_that_says_what_is_wrong(client: FlaskClient, query, said):
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json()
    assert body["status"] == 400
    assert said in body["detail"]


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("documents?find=mentor", "limit, cursor"),
        ("documents/{id}?goal=operational", "none"),
        ("documents/{id}/passages?k=5", "limit, cursor"),
        ("passages/{id}-0?limit=5", "none"),
        ("initiatives?goal=operational", "none"),
        ("openapi.json?q=rent", "none"),
        ("scorecard?q=rent", "none"),
    ],
)
def test_a_parameter_that_would_go_unseen_is_refused(client: FlaskClient, borland, address, there):
    answer = client.get(f"/api/v1/{address.format(id=borland)}")
    assert answer.status_code == 400
    assert answer.get_json()["detail"].endswith(
        f"is no parameter of this address; there are: {there}."
    )
    known = client.get(f"/api/v1/{address.format(id=borland).split('?')[0]}")
    assert known.status_code == 200


@pytest.mark.parametrize("query", ["q=Gefl%FCchtete", "q=rent&id=%E9", "q=Gefl\xfcchtete"])
def test_a_query_that_is_not_utf_8_is_refused(client: FlaskClient, query: str):
    answer = client.get("/api/v1/search", environ_overrides={"QUERY_STRING": query})
    assert answer.status_code == 400
    assert answer.get_json()["detail"] == "The query is not UTF-8: write ü as %C3%BC."
    assert client.get("/api/v1/search?q=Gefl%C3%BCchtete").get_json()["question"] == "Geflüchtete"


def test_what_is_posted_takes_no_parameters(client: FlaskClient):
    body = {"questions": ["rent"]}
    answer = client.post("/api/v1/batch?k=5", json=body)
    assert "'k' is no parameter of this address" in answer.get_json()["detail"]
    assert client.post("/api/v1/batch", json=body).status_code == 200


def test_pages_pass_over_what_others_hang_on_their_address(client: FlaskClient):
    assert client.get("/documents?utm_source=mail").status_code == 200


def test_filters_are_checked_wherever_they_stand(client: FlaskClient, borland):
    for address in ("/api/v1/tags", "/api/v1/grid"):
        for query in ("document=nope", f"document={borland}&document=nope", "year=2010&year=2016"):
            assert client.get(f"{address}?{query}").status_code == 400, query
        for query in (f"document={borland}", "document=", "year=2016&year=2016", "year=&year=2016"):
            assert client.get(f"{address}?{query}").status_code == 200, query


def test_health_says_how_much_there_is(client: FlaskClient):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["status"] == "ok"
    assert body["documents"] == 3
    assert body["passages"] >= 3


def test_what_is_not_there_is_a_problem_too(client: FlaskClient):
    for address in ("/api/v1/nowhere", "/api/v1/passages/none", "/api/v1/documents/none"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["status"] == 404


def test_a_method_that_is_not_allowed_says_which_are(client: FlaskClient):
    answer = client.post("/api/v1/search?q=rent")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_documents_and_their_passages_can_be_walked(client: FlaskClient, borland):
    documents = client.get("/api/v1/documents").get_json()["documents"]
    assert [document["title"] for document in documents] == [
        "Evaluation of study visits",
        "Harbour notes 2011",
        "Resettlement in Borland 2016",
    ]
    one = client.get(f"/api/v1/documents/{borland}").get_json()
    assert [page["number"] for page in one["page_health"]] == [1, 2, 3]
    assert len(one["passage_ids"]) == one["passages"]
    passage = client.get(f"/api/v1/passages/{one['passage_ids'][0]}").get_json()
    assert passage["text"].startswith("The reception agency of Arland")
    assert passage["document"]["document_id"] == borland


def test_the_grid_has_a_cell_for_each_pair(tagged_client: FlaskClient):
    cells = tagged_client.get("/api/v1/grid").get_json()["cells"]
    full = {(c["goal"], c["activity"]): c["passages"] for c in cells if c["passages"]}
    assert len(cells) == 25
    assert full == {("motivational", "mentoring"): 1, ("motivational", "general-training"): 1}


def test_the_description_covers_every_address_and_no_other(client: FlaskClient, app):
    described = client.get("/api/v1/openapi.json").get_json()
    routes = {
        str(rule).replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/healthz"))
    }
    assert set(described["paths"]) == routes


def test_the_description_names_the_methods_that_are_allowed(client: FlaskClient, app):
    described = client.get("/api/v1/openapi.json").get_json()["paths"]
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(("/api/", "/healthz")):
            methods = {name.lower() for name in rule.methods - {"HEAD", "OPTIONS"}}
            assert set(described[str(rule).replace("<", "{").replace(">", "}")]) == methods


def test_the_limits_in_the_description_are_those_that_hold(client: FlaskClient):
    description = client.get("/api/v1/openapi.json").get_json()
    schemas, paths = description["components"]["schemas"], description["paths"]
    assert schemas["Questions"]["properties"]["questions"]["maxItems"] == MOST_POSTED
    assert schemas["Questions"]["properties"]["k"]["maximum"] == MOST_RESULTS
    assert schemas["Texts"]["properties"]["texts"]["maxItems"] == MOST_POSTED
    assert schemas["Texts"]["properties"]["texts"]["items"]["anyOf"][0]["maxLength"] == LONGEST_TEXT
    assert schemas["Question"]["anyOf"][0]["maxLength"] == LONGEST_QUESTION
    (limit,) = [p for p in paths["/api/v1/documents"]["get"]["parameters"] if p["name"] == "limit"]
    assert limit["schema"]["maximum"] == MOST_ITEMS
    for number in (MOST_POSTED, MOST_RESULTS, LONGEST_TEXT, LONGEST_QUESTION, MOST_ITEMS):
        assert f"{number:,}" in description["info"]["description"]


def test_every_schema_that_is_named_is_there_and_holds_for_what_is_sent(client: FlaskClient):
    text = client.get("/api/v1/openapi.json").text
    schemas = json.loads(text)["components"]["schemas"]
    for name in re.findall(r"#/components/schemas/(\w+)", text):
        assert name in schemas
    sent = {
        "Answer": client.get("/api/v1/search?q=rent").get_json(),
        "Documents": client.get("/api/v1/documents").get_json(),
        "Health": client.get("/healthz").get_json(),
        "Grid": client.get("/api/v1/grid").get_json(),
        "Tags": client.get("/api/v1/tags").get_json(),
        "Answers": client.post("/api/v1/batch", json={"questions": ["rent"]}).get_json(),
        "TaggedTexts": client.post("/api/v1/classify", json={"texts": ["rent"]}).get_json(),
        "Initiatives": client.get("/api/v1/initiatives").get_json(),
        "Problem": client.get("/api/v1/search").get_json(),
    }
    sent["Result"] = sent["Answer"]["results"][0]
    sent["Document"] = sent["Documents"]["documents"][0]
    for name, body in sent.items():
        assert set(schemas[name]["required"]) <= set(body), name
        assert set(body) <= set(schemas[name]["properties"]), name


def test_a_library_that_cannot_be_read_is_said_so(tmp_path, copy_library):
    home = Home(tmp_path / "home")
    client = create_app(copy_library(home.path)).test_client()
    home.database.write_bytes(b"this is no database any more" * 100)
    for path in home.path.glob("library.sqlite-*"):
        path.unlink()
    page = client.get("/?q=rent")
    assert page.status_code == 503
    assert "backup" in page.text
    assert "Traceback" not in page.text
    health = client.get("/healthz")
    assert health.status_code == 503
    assert health.mimetype == "application/problem+json"
