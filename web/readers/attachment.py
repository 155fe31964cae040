"""Answers that are files to be saved."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from flask import Response
from werkzeug.exceptions import NotFound

from index.files.formulas import write_csv
from search.formats import cite

BYTE_ORDER_MARK = "\ufeff"
"""Begins a CSV file; without it spreadsheet programs take the file for Latin-1."""


def attachment(body: str | bytes, kind: str, name: str) -> Response:
    """A file to be saved. name: made by this program, of letters, digits, hyphens and full stops;
    it is not escaped.
    """
    response = Response(body, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    """Rows under a header as CSV, `name` without its ending."""
    stream = io.StringIO()
    write_csv(columns, rows, stream)
    return attachment(BYTE_ORDER_MARK + stream.getvalue(), "text/csv", f"{name}.csv")


def citations(references: Sequence[cite.Reference], ending: str, name: str) -> Response:
    """References as a file, `name` without its ending.

    :raise 404: for an ending that is no format of citations.
    """
    if ending not in cite.FORMATS:
        raise NotFound(f"Citations come as {', '.join(cite.FORMATS)}.")
    kind, write = cite.FORMATS[ending]
    return attachment(write(references), kind, f"{name}.{ending}")
