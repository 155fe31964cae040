"""The API's description (OpenAPI 3.1), put together from what the library's tags are."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any

from corpus.taxonomy import Taxonomy
from ingest.kinds import KINDS

MOST_RESULTS = 100
"""Results of one search through the API."""

_SCHEMAS = Path(__file__).parent / "static" / "api-schemas.json"


def description(taxonomy: Taxonomy) -> dict[str, Any]:
    """The description as a dictionary; its enumerations are the library's labels."""
    filters = [
        _parameter("goal", "Only passages with this goal.", taxonomy.goals.label_ids),
        _parameter("activity", "Only passages with this activity.", taxonomy.activities.label_ids),
        _parameter("kind", "Only documents of this kind.", KINDS),
        _parameter("publisher", "Only documents of this publisher."),
        _parameter("language", "Only documents in this language (ISO 639-1)."),
        _parameter("document", "Only this document."),
        _parameter("year", "A year, or a range: 2010..2018, 2010.., ..2018.", repeated=False),
    ]
    question = [
        _parameter("q", "The question.", repeated=False) | {"required": True},
        {
            "name": "k",
            "in": "query",
            "description": "How many results.",
            "schema": {"type": "integer", "minimum": 1, "maximum": MOST_RESULTS, "default": 10},
        },
        _parameter("id", "An id to find the answer again by.", repeated=False),
    ]
    paths = {
        "/api/v1/search": _get("Ranked passages for a question", "Answer", [*question, *filters]),
        "/api/v1/documents": _get("All documents", "Documents", []),
        "/api/v1/documents/{document_id}": _get(
            "One document", "DocumentWithPages", [_in_path("document_id")]
        ),
        "/api/v1/passages/{passage_id}": _get("One passage", "Passage", [_in_path("passage_id")]),
        "/api/v1/grid": _get("Passages by goal and activity", "Grid", filters),
        "/api/v1/openapi.json": _get("This description", "Any", []),
        "/healthz": _get("Whether the library can be read", "Health", []),
    }
    schemas = json.loads(_SCHEMAS.read_text(encoding="utf-8"))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Waymark", "version": metadata.version("waymark")},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _parameter(
    name: str, about: str, values: tuple[str, ...] = (), *, repeated: bool = True
) -> dict[str, Any]:
    value: dict[str, Any] = {"type": "string"} | ({"enum": list(values)} if values else {})
    schema = {"type": "array", "items": value} if repeated else value
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _get(summary: str, schema: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {"description": summary, "content": body},
                "default": {"description": "What went wrong", "content": problem},
            },
        }
    }
