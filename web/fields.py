"""What a curator types about a document, field by field; what is wrong is said, not dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping

from werkzeug.exceptions import BadRequest

from ingest.fields import LINK, YEARS, is_language, is_link, kind_from, metadata_from
from ingest.kinds import KINDS
from ingest.records import Metadata

_LONGEST = 1000


class FieldsError(BadRequest):
    """What was typed and breaks the rules. wrong: field to what it should be."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {said}" for name, said in wrong.items()))
        self.wrong = wrong


def typed(meta: Metadata) -> dict[str, str]:
    """The fields of a form as they stand in it, authors one a line."""
    return {
        "title": meta.title,
        "authors": "\n".join(meta.authors),
        "publisher": meta.publisher,
        "year": str(meta.year or ""),
        "language": meta.language,
        "kind": meta.kind,
        "url": meta.url,
    }


def metadata_of_form(form: Mapping[str, str]) -> Metadata:
    """All fields as the form has them, empty ones too. Authors are set apart by line ends or
    semicolons.

    :raise 400: without a title, and for a year, language, kind or address that is none; as
        `FieldsError`, which names them all.
    """
    given = {name: value.strip() for name, value in form.items()}
    wrong = _wrong(given)
    if not given.get("title"):
        wrong = {"title": "a document needs one."} | wrong
    if wrong:
        raise FieldsError(wrong)
    authors = [part for part in re.split(r"[;\n]", given.get("authors", "")) if part.strip()]
    return metadata_from({**given, "authors": authors})


def metadata_for_all(form: Mapping[str, str]) -> Metadata:
    """What is the same for several documents: publisher, language and kind, where given.

    :raise 400: for a language or kind that is none; as `metadata_of_form`.
    """
    given = {name: form.get(name, "").strip() for name in ("publisher", "language", "kind")}
    if wrong := _wrong(given):
        raise FieldsError(wrong)
    return metadata_from(given)


def _wrong(given: Mapping[str, str]) -> dict[str, str]:
    said = {
        name: f"at most {_LONGEST} characters."
        for name in ("title", "publisher", "url", "authors")
        if len(given.get(name, "")) > _LONGEST
    }
    year = given.get("year", "")
    if year and not (re.fullmatch(r"[0-9]{4}", year) and int(year) in YEARS):
        said["year"] = f"{YEARS[0]} to {YEARS[-1]}, or nothing."
    if given.get("language") and not is_language(given["language"]):
        said["language"] = "two letters, such as en or de (ISO 639-1), or nothing."
    if given.get("kind") and not kind_from(given["kind"]):
        said["kind"] = f"one of {', '.join(KINDS)}."
    if given.get("url") and not is_link(given["url"]):
        said["url"] = f"{LINK}; or nothing."
    return said
