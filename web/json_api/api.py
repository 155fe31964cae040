"""The JSON API under /api/v1. Errors are problem details (RFC 9457)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from index.derived.filters import NAMES
from index.rows.records import StoredPassage, page_as_dict
from index.tagging.tag_dicts import by_facet
from search.browsing.facets import passing
from search.browsing.grid import grid, serves
from search.find import plain
from search.formats.contract import answer_as_dict, note_as_dict
from search.ranking.source_notes import notes_of, notes_of_all
from search.records import SourceNote
from web.context import current, freshness, parameters
from web.context.limits import MOST_RESULTS
from web.context.problems import json_response
from web.json_api.openapi import description, parameters_of
from web.json_api.paging import MOST_ITEMS, USUAL_ITEMS, Key, page_of
from web.readers.documents import document_or_404
from web.readers.gone import passage_problem
from web.readers.initiatives import known_initiatives

blueprint = Blueprint("api", __name__)
freshness.register(blueprint)

_T = TypeVar("_T")

_SHOWN = 80
"""Characters of an unknown name that are repeated."""


@blueprint.before_app_request
def only_known_parameters() -> None:
    """Refuse a query of the API that would not be followed: a filter under a wrong name would limit
    nothing, and neither would one whose value is not UTF-8, such as %FC.

    :raise 400: for a parameter that the API's description does not have, for two values of one that
        takes a single value, and for a query that is not UTF-8.
    """
    if request.url_rule is None or not request.path.startswith("/api/v1/"):
        return
    try:
        unquote_to_bytes(request.query_string).decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("The query is not UTF-8: write ü as %C3%BC.") from None
    path = re.sub(r"<(\w+)>", r"{\1}", request.url_rule.rule)
    known = parameters_of(current.library().taxonomy, path)
    # Filters whose name is almost right are left to `web.context.parameters`, which says the name.
    filter_names = {*NAMES, *NAMES.values()} if "goal" in known else ()
    for name in request.args:
        if name not in known and name.casefold() not in filter_names:
            choices = ", ".join(known) or "none"
            raise BadRequest(
                f"'{name[:_SHOWN]}' is no parameter of this address; there are: {choices}."
            )
        # An empty value of a filter does not count.
        values = {one for one in request.args.getlist(name) if one or name not in NAMES}
        if len(values) > 1 and not known.get(name, True):
            raise BadRequest(f"'{name}' is given more than once: it takes one value.")


@blueprint.get("/api/v1/search")
def search() -> Response:
    """Ranked passages for `q`; `k` results; filters as on the search page.

    :raise 400: when `q` is missing, `k` is no number from 1 to 100, or a filter names what is
        not there.
    """
    question = plain(request.args.get("q", ""))
    if not question:
        raise BadRequest("The parameter q, the question, is missing or has no letter and no digit.")
    library = current.library()
    count = parameters.number("k", 10, 1, MOST_RESULTS)
    answer = current.answer(question, count, parameters.filters())
    freshness.answered_by(answer.generation)
    return json_response(answer_as_dict(answer, library.taxonomy, request.args.get("id", "q1")))


@blueprint.get("/api/v1/documents")
def documents() -> Response:
    """The documents by title, `limit` of them after `cursor`.

    :raise 400: for a limit or a cursor that is none.
    """
    with current.library().catalog() as catalog:
        every = catalog.documents()
    shown, following = _page(every, lambda one: (one.metadata.title.casefold(), one.document_id))
    return json_response({"documents": [one.as_dict() for one in shown], "next": following})


@blueprint.get("/api/v1/documents/<document_id>")
def document(document_id: str) -> Response:
    """One document with the health of its pages and the ids of its passages.

    :raise 404: if there is no document with this id.
    """
    found = document_or_404(document_id)
    with current.library().catalog() as catalog:
        pages = list(map(page_as_dict, catalog.pages(document_id)))
        passages = list(catalog.passage_ids(document_id).values())
    return json_response(found.as_dict() | {"page_health": pages, "passage_ids": passages})


@blueprint.get("/api/v1/documents/<document_id>/passages")
def passages(document_id: str) -> Response:
    """The passages of a document in its order, `limit` of them after `cursor`.

    :raise 404: if there is no document with this id.
    :raise 400: for a limit or a cursor that is none.
    """
    document_or_404(document_id)
    with current.library().catalog() as catalog:
        every = catalog.passages_of(document_id)
        shown, following = _page(every, lambda one: (one.passage.position,))
        notes = notes_of_all(catalog, shown)
    return json_response({"passages": list(map(_passage, shown, notes)), "next": following})


@blueprint.get("/api/v1/passages/<passage_id>")
def passage(passage_id: str) -> Response:
    """One passage with its document. :raise 404: if there is no passage with this id."""
    with current.library().catalog() as catalog:
        try:
            stored = catalog.passage(passage_id)
        except KeyError:
            raise passage_problem(passage_id) from None
        notes = notes_of(catalog, stored)
    return json_response(
        _passage(stored, notes) | {"document": document_or_404(stored.document_id).as_dict()}
    )


@blueprint.get("/api/v1/tags")
def tags() -> Response:
    """Each label of each facet, and how many passages carry it; filters as on the search page.

    :raise 400: for filters that name what is not there.
    """
    taxonomy, columns = current.library().taxonomy, current.holdings().columns
    carried = columns.carries[passing(columns, parameters.filters())].sum(axis=0).tolist()
    facets = [
        {
            "id": facet.id,
            "title": facet.title,
            "labels": [
                {
                    "label": label.id,
                    "title": label.title,
                    "plain": label.plain,
                    "definition": label.definition,
                    "passages": carried[columns.labels.index(label.id)],
                }
                for label in facet.labels
            ],
        }
        for facet in taxonomy.facets
    ]
    return json_response({"taxonomy": f"{taxonomy.id}/{taxonomy.version}", "facets": facets})


@blueprint.get("/api/v1/initiatives")
def initiatives() -> Response:
    """Known initiatives with their sources; none for a library with other tags."""
    return json_response({"initiatives": [asdict(one) for one in known_initiatives()]})


@blueprint.get("/api/v1/grid")
def cells() -> Response:
    """The grid of goals and activities; filters as on the search page.

    :raise 400: for filters that name what is not there.
    """
    taxonomy = current.library().taxonomy
    found = grid(current.holdings().columns, taxonomy, serves(taxonomy), parameters.filters())
    every = [asdict(cell) for row in found.rows for cell in row]
    return json_response({"passages": found.passages, "cells": every})


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """The description of this API, in OpenAPI 3.1."""
    return json_response(description(current.library().taxonomy))


def _page(items: Iterable[_T], key: Callable[[_T], Key]) -> tuple[list[_T], str | None]:
    limit = parameters.number("limit", USUAL_ITEMS, 1, MOST_ITEMS)
    return page_of(items, key, request.args.get("cursor", ""), limit)


def _passage(stored: StoredPassage, notes: Sequence[SourceNote]) -> dict[str, Any]:
    pointed_to = [{"offset": note.offset, **note_as_dict(note)} for note in notes]
    return {
        **stored.as_dict(),
        **by_facet(stored.tags, current.library().taxonomy),
        **({"notes": pointed_to} if pointed_to else {}),
    }
