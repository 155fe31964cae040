"""Pages and errors for passages and documents that were withdrawn or replaced."""

from __future__ import annotations

from flask import render_template
from werkzeug.exceptions import Gone, NotFound
from werkzeug.wrappers import Response

from index.rows import replaced, shelf
from index.rows.replaced import Resolved
from index.rows.shelf import ShelfState
from search.formats import cite
from web.context import current, parameters


class LeftError(Gone):
    """A document or passage left the library. newer: the id of its newest version that is in the
    library, or empty. The message names that version, by its `title` where that is given.
    """

    def __init__(self, state: ShelfState, newer: str, title: str = "") -> None:
        super().__init__(_said(state, newer, title))
        self.newer = newer


def passage_page(name: str) -> Response:
    """The page of a passage that left the library. A replaced passage is shown (200) with the quote
    of the query marked, so that a citation of it can be checked; a withdrawn one is not (410).

    :raise 400: when start or end is no number. :raise 404: if the library never had it.
    """
    found = _resolved(name)
    quote = parameters.quote(found.passage) if found.passage else None
    status = 200 if found.state is ShelfState.REPLACED and found.passage else 410
    where = cite.pages(found.stored, quote) if found.stored and quote else ""
    page = render_template("gone.html", found=found, quote=quote, where=where)
    return Response(page, status, mimetype="text/html")


def passage_problem(name: str) -> Gone | NotFound:
    """The error for a program that asks for a passage that is not in the library."""
    try:
        found = _resolved(name)
    except NotFound as error:
        return error
    return LeftError(found.state, found.replaced_by)


def document_problem(document_id: str) -> Gone | NotFound:
    """The error for a document that is not in the library."""
    with current.library().catalog() as catalog:
        newer = replaced.successor(catalog.connection, document_id)
        title = catalog.document(newer).metadata.title if newer else ""
        try:
            state = shelf.get(catalog.connection, document_id).state
        except KeyError:
            state = ShelfState.REPLACED if newer else ShelfState.DRAFT
    if state is ShelfState.DRAFT:
        return NotFound("There is no document with this id in the library.")
    return LeftError(state, newer, title)


def _said(state: ShelfState, newer: str, title: str) -> str:
    if newer:
        named = f"“{title}” ({newer})" if title else f"the document {newer}"
        return f"It was {state}; its newest version is {named}."
    return f"It was {state} and is no longer in the library."


def _resolved(name: str) -> Resolved:
    with current.library().catalog() as catalog:
        found = replaced.resolve(catalog.connection, name)
    if found is None:
        raise NotFound("There is no passage with this address in the library.")
    return found
