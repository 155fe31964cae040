"""The API's description (OpenAPI 3.1), whose enumerations are the tags of the library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from corpus.taxonomy import Taxonomy
from ingest.metadata.kinds import KINDS
from search.find import LONGEST_QUESTION
from web.context.limits import LARGEST_BODY, LONGEST_TEXT, MOST_POSTED, MOST_RESULTS
from web.json_api.paging import MOST_ITEMS, USUAL_ITEMS

_SCHEMAS = Path(__file__).parent.parent / "static" / "api-schemas.json"

_ABOUT = f"""\
Ask a library of policy reports; get passages with document, page and quote.

Limits: {MOST_RESULTS} results a question; {MOST_POSTED} questions or texts a call;
{LONGEST_QUESTION:,} characters of a question count in /search, and /batch refuses longer ones;
{LONGEST_TEXT:,} characters a text; {MOST_ITEMS} items a page of a list; {LARGEST_BODY:,} bytes a
body, which {MOST_POSTED} texts of 10,000 plain letters fill. Lists come by pages: the next one is
asked for with the cursor in "next", which is null at the end. Answers to GET carry an ETag that
changes with the library's generation; send it back as If-None-Match. Errors are problem details
(RFC 9457). A parameter that is not described is refused, and so is a key of a body, of a question
or of a text, and a second value where one is taken, since a limit that is passed over goes unseen.
Nothing here changes the library but decisions on tags; those need a curator's key, sent as
"Authorization: Bearer wmk_…".
"""


_KEY = {"type": "http", "scheme": "bearer", "description": "Made with: waymark curator key NAME"}


def description(taxonomy: Taxonomy) -> dict[str, Any]:
    """The description as a dictionary; its enumerations are the library's labels."""
    schemas = json.loads(_SCHEMAS.read_text(encoding="utf-8"))
    version = metadata.version("waymark")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Waymark", "version": version, "description": _ABOUT},
        "paths": _paths(taxonomy),
        "components": {"schemas": schemas, "securitySchemes": {"key": _KEY}},
    }


@cache
def parameters_of(taxonomy: Taxonomy, path: str) -> Mapping[str, bool]:
    """The query parameters that the description has for a path, and whether each may be repeated.
    Empty for a path that it does not have.
    """
    operations = description(taxonomy)["paths"].get(path, {}).values()
    return {
        parameter["name"]: parameter["schema"]["type"] == "array"
        for operation in operations
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    }


def _paths(taxonomy: Taxonomy) -> dict[str, Any]:
    filters = _filters(taxonomy)
    question = [
        _parameter("q", "The question.", repeated=False) | {"required": True},
        _count("k", "How many results.", MOST_RESULTS, 10),
        _parameter("id", "An id to find the answer again by.", repeated=False),
    ]
    pages = [
        _count("limit", "How many items.", MOST_ITEMS, USUAL_ITEMS),
        _parameter("cursor", "Where the page before ended.", repeated=False),
    ]
    document = _in_path("document_id")
    return {
        "/api/v1/search": _get("Ranked passages for a question", "Answer", [*question, *filters]),
        "/api/v1/batch": _post("Ranked passages for many questions", "Questions", "Answers"),
        "/api/v1/documents": _get("The documents, by title", "Documents", pages),
        "/api/v1/documents/{document_id}": _get("One document", "DocumentWithPages", [document]),
        "/api/v1/documents/{document_id}/passages": _get(
            "The passages of a document, in its order", "Passages", [document, *pages]
        ),
        "/api/v1/passages/{passage_id}": _get("One passage", "Passage", [_in_path("passage_id")]),
        "/api/v1/passages/{passage_id}/decisions": _decisions(),
        "/api/v1/tags": _get("The tags, and how many passages carry each", "Tags", filters),
        "/api/v1/classify": _post("Tags for texts", "Texts", "TaggedTexts"),
        "/api/v1/grid": _get("Passages by goal and activity", "Grid", filters),
        "/api/v1/initiatives": _get("Known initiatives", "Initiatives", []),
        "/api/v1/scorecard": _get("How good finding and tagging are", "Scorecard", []),
        "/api/v1/openapi.json": _get("This description", "Any", []),
        "/healthz": _get("As ready, and how much the library holds", "Health", []),
        "/healthz/alive": _get("Whether the server answers at all", "Alive", []),
        "/healthz/ready": _get("Whether questions are answered at once", "Alive", []),
    }


def _filters(taxonomy: Taxonomy) -> list[dict[str, Any]]:
    return [
        _parameter("goal", "Only passages with this goal.", taxonomy.goals.label_ids),
        _parameter("activity", "Only passages with this activity.", taxonomy.activities.label_ids),
        _parameter("kind", "Only documents of this kind.", KINDS),
        _parameter("publisher", "Only documents of this publisher."),
        _parameter("language", "Only documents in this language (ISO 639-1)."),
        _parameter("document", "Only this document."),
        _parameter(
            "year", "A year, or a range: 2010..2018, 2010-2018, 2010.. or ..2018.", repeated=False
        ),
    ]


def _parameter(
    name: str, about: str, values: tuple[str, ...] = (), *, repeated: bool = True
) -> dict[str, Any]:
    value: dict[str, Any] = {"type": "string"} | ({"enum": list(values)} if values else {})
    schema = {"type": "array", "items": value} if repeated else value
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _count(name: str, about: str, most: int, usual: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _get(summary: str, schema: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    answers = _answers(summary, schema) | {"304": {"description": "As the ETag says, unchanged"}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _post(summary: str, asked: str, schema: str) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": _named(asked)}}}
    return {
        "post": {"summary": summary, "requestBody": body, "responses": _answers(summary, schema)}
    }


def _decisions() -> dict[str, Any]:
    summary = "Accept, reject or add a tag of a passage"
    described = _post(summary, "NewDecision", "Decision")["post"]
    described["responses"]["201"] = described["responses"].pop("200")
    return {
        "post": {**described, "parameters": [_in_path("passage_id")], "security": [{"key": []}]}
    }


def _answers(summary: str, schema: str) -> dict[str, Any]:
    body = {"application/json": {"schema": _named(schema)}}
    problem = {"application/problem+json": {"schema": _named("Problem")}}
    return {
        "200": {"description": summary, "content": body},
        "default": {"description": "What went wrong", "content": problem},
    }


def _named(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}
