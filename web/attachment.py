"""Answers that are files to be saved."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response
from werkzeug.exceptions import NotFound

from search import cite


def attachment(body: str | bytes, kind: str, name: str) -> Response:
    """A file to be saved. `name` is ours: letters, digits, hyphens and full stops."""
    response = Response(body, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def citations(references: Sequence[cite.Reference], ending: str, name: str) -> Response:
    """References as a file, `name` without its ending.

    :raise 404: for an ending that is no format of citations.
    """
    if ending not in cite.FORMATS:
        raise NotFound(f"Citations come as {', '.join(cite.FORMATS)}.")
    kind, write = cite.FORMATS[ending]
    return attachment(write(references), kind, f"{name}.{ending}")
