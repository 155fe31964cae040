"""What a curator types about a document, field by field; what is wrong is said, not dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping

from werkzeug.exceptions import BadRequest

from ingest.fields import YEARS, metadata_from
from ingest.kinds import KINDS
from ingest.records import Metadata

_LONGEST = 1000


def metadata_of_form(form: Mapping[str, str]) -> Metadata:
    """All fields as the form has them, empty ones too. Authors are set apart by line ends or
    semicolons.

    :raise 400: without a title, and for a year, language, kind or address that is none.
    """
    given = {name: value.strip() for name, value in form.items()}
    for name in ("title", "publisher", "url", "authors"):
        if len(given.get(name, "")) > _LONGEST:
            raise BadRequest(f"{name}: at most {_LONGEST} characters.")
    if not given.get("title"):
        raise BadRequest("title: a document needs one.")
    year = given.get("year", "")
    if year and not (re.fullmatch(r"[0-9]{4}", year) and int(year) in YEARS):
        raise BadRequest(f"year: {YEARS.start} to {YEARS.stop - 1}, or nothing.")
    if given.get("language") and not re.fullmatch(r"[A-Za-z]{2}", given["language"]):
        raise BadRequest("language: two letters, such as en or de (ISO 639-1), or nothing.")
    if given.get("kind") and given["kind"] not in KINDS:
        raise BadRequest(f"kind: one of {', '.join(KINDS)}.")
    if given.get("url") and not re.match(r"https?://[^\s/]", given["url"]):
        raise BadRequest("url: an address that begins with https:// or http://, or nothing.")
    authors = [part for part in re.split(r"[;\n]", given.get("authors", "")) if part.strip()]
    return metadata_from({**given, "authors": authors})
