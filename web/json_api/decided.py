"""What programs with a key write through the API: decisions on tags."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response
from werkzeug.exceptions import BadRequest

from index.learning import decisions
from index.learning.decisions import DecisionError
from web.context import current
from web.context.problems import json_response
from web.curate.changes import perform_alone
from web.guard import access
from web.json_api.posted import body_as_object, refuse_others

blueprint = Blueprint("decided", __name__)


@blueprint.post("/api/v1/passages/<passage_id>/decisions")
def decide(passage_id: str) -> Response:
    """Accept or reject a tag of a passage, or add one, in the name of the key's curator.

    :raise 400: for a label or verdict that is none, a key beside them, or a tag to accept that is
        not there.
    :raise 401: without a key. :raise 404: if there is no such passage.
    """
    body = body_as_object()
    refuse_others(body, "label", "verdict")
    label, verdict = body.get("label"), body.get("verdict")
    if not isinstance(label, str) or not isinstance(verdict, str):
        raise BadRequest("'label' and 'verdict' must be texts.")
    library, who = current.library(), access.who()
    try:
        made = perform_alone(lambda: decisions.decide(library, passage_id, label, verdict, who))
    except DecisionError as error:
        raise BadRequest(f"{error}.") from None
    return json_response(asdict(made), 201)
