"""What a file or a curator states about a document, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ingest.kinds import KINDS
from ingest.records import Metadata
from ingest.text import tidy

YEARS = range(1800, 2101)
"""Years of publication taken at their word."""


_LANGUAGE = re.compile(r"[A-Za-z]{2}")


def is_language(text: str) -> bool:
    """Whether a text is a language's code of two letters (ISO 639-1), in any case."""
    return _LANGUAGE.fullmatch(text) is not None


def metadata_from(fields: Mapping[str, Any]) -> Metadata:
    """Metadata from loosely typed fields; a field of the wrong type or range is left out."""
    return Metadata(
        title=_text(fields.get("title")),
        authors=_texts(fields.get("authors")),
        publisher=_text(fields.get("publisher")),
        year=year_from(fields.get("year")),
        language=_text(fields.get("language")).lower()[:2],
        url=_text(fields.get("url")),
        kind=_text(fields.get("kind")) if fields.get("kind") in KINDS else "",
    )


def year_from(value: object) -> int | None:
    """A year between 1800 and 2100 from a number or a text of digits, else None."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        year = int(value)
    except ValueError:
        return None
    return year if year in YEARS else None


def _text(value: object) -> str:
    return tidy(value) if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        return ()
    return tuple(text for item in value if (text := _text(item)))
