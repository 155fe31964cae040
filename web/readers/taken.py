"""The decision that a curator has just taken: named in the address, so that it can be undone."""

from __future__ import annotations

from flask import request

from index.learning import decisions
from web.context import current, parameters
from web.guard import access


def just_taken() -> decisions.Decision | None:
    """The decision that `done` in the address names, as "<passage id>:<number of the decision>".
    None where there is no such decision, or somebody else took it.
    """
    passage, _, number = request.args.get("done", "").rpartition(":")
    curator = access.curator()
    if curator is None or not parameters.is_number(number):
        return None
    with current.library().catalog() as catalog:
        for made in decisions.history(catalog.connection, passage):
            if made.decision_id == int(number) and made.who == curator.name:
                return made
    return None
