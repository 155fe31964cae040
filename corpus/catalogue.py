"""Public works worth having in a library of this field, read from TOML into frozen records.

The file holds bibliographic facts alone: what each work is called, who wrote it, where it is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus.kinds import KINDS
from corpus.rules import (
    LANGUAGE,
    TABLE,
    TEXT,
    YEAR,
    BrokenRulesError,
    KeyRule,
    faults,
    faults_of_each,
    list_of,
    one_of,
    toml_of,
)

CATALOGUE = Path(__file__).with_name("catalogue.toml")

FILES = ("pdf", "page")
"""What a link may lead to."""


class CatalogueError(BrokenRulesError):
    """The file breaks the rules, see `BrokenRulesError`."""


@dataclass(frozen=True, slots=True)
class Work:
    """A public work.

    year: None where the citation gives none. kind: one of `corpus.kinds.KINDS`.
    language: ISO 639-1. file: "pdf" when the link leads to the work itself as a PDF, "page" when it
    leads to a web page. link: an https address with a host's name and without port or user.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    kind: str
    language: str
    file: str
    link: str
    year: int | None = None


def load(path: Path = CATALOGUE) -> tuple[Work, ...]:
    """Read a catalogue, in the file's order.

    Raises CatalogueError with every fault of the file. OSError passes through.
    """
    data = toml_of(path, CatalogueError)
    found = faults(data, {"works": list_of(TABLE)}, str(path))
    if found:
        raise CatalogueError(*found)
    works: list[dict[str, Any]] = data["works"]
    found = faults_of_each(works, _RULES, f"{path}: works", unique=("id", "link"))
    if found:
        raise CatalogueError(*found)
    return tuple(Work(**{**entry, "authors": tuple(entry["authors"])}) for entry in works)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value))


def _is_link(value: Any) -> bool:
    if not isinstance(value, str) or not value.isascii() or re.search(r"[\s\x00-\x1f\x7f]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    named = re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", parts.netloc)
    return parts.scheme == "https" and bool(named) and not parts.fragment


_RULES: dict[str, KeyRule] = {
    "id": KeyRule(_is_id, "small letters, digits and single hyphens"),
    "title": TEXT,
    "authors": list_of(TEXT),
    "year": YEAR.or_absent(),
    "publisher": TEXT,
    "kind": one_of(KINDS),
    "language": LANGUAGE,
    "file": one_of(FILES),
    "link": KeyRule(_is_link, "an https:// address with a host's name, without port, user or '#'"),
}
