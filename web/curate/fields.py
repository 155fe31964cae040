"""What a curator types about a document, field by field, and what is wrong with it in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from werkzeug.exceptions import BadRequest

from ingest.language_names import language_code
from ingest.metadata.fields import (
    LINK,
    YEARS,
    is_broken_cell,
    is_language,
    is_link,
    kind_from,
    metadata_from,
)
from ingest.metadata.kinds import KINDS
from ingest.records import Metadata

_LONGEST = 1000
"""Characters of a field."""

FOR_ALL = ("publisher", "language", "kind")
"""What several documents may have in common."""


class FieldsError(BadRequest):
    """Fields of a form that break the rules. wrong: by field, what it should hold."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {said}" for name, said in wrong.items()))
        self.wrong = wrong


def typed(meta: Metadata) -> dict[str, str]:
    """The texts of a form's fields that show these details; authors one a line."""
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
    """The details that a form states, in all fields that it has. Authors are parted by line ends
    or semicolons, since a comma may be part of a name.

    :raise 400: for an empty title, a text that is a spreadsheet's error, and a year, language, kind
        or link that is none; as `FieldsError`, which names all of them.
    """
    given = _stripped(form)
    wrong = _wrong(given)
    if given.get("title") == "":
        wrong = {"title": "a document needs one."} | wrong
    if wrong:
        raise FieldsError(wrong)
    return metadata_from({**given, "authors": _names(given)})


def metadata_for_all(form: Mapping[str, str]) -> Metadata:
    """The details in `FOR_ALL` that a form states, for several documents.

    :raise 400: for a language or kind that is none; as `metadata_of_form`.
    """
    given = _stripped({name: form.get(name, "") for name in FOR_ALL})
    if wrong := _wrong(given):
        raise FieldsError(wrong)
    return metadata_from(given)


def left_wrong(given: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    """Fields that broke the rules when the form was shown and were left so: by field, what it
    should hold. There are such fields because old imports took whatever stood in a file.
    """
    return {name: said for name, said in _wrong(shown).items() if given.get(name) == shown[name]}


def still_wrong(meta: Metadata) -> str:
    """A sentence that names the fields of a document that still break the rules; or empty."""
    names = [{"url": "the link"}.get(name, f"the {name}") for name in _wrong(typed(meta))]
    return f" Still to correct: {', '.join(names)}." if names else ""


def _stripped(form: Mapping[str, str]) -> dict[str, str]:
    """What was typed, without blanks around it, and a language's name as its code."""
    given = {name: value.strip() for name, value in form.items()}
    if "language" in given:
        given["language"] = language_code(given["language"])
    return given


def _names(given: Mapping[str, str]) -> list[str]:
    return [name for part in re.split(r"[;\n]", given.get("authors", "")) if (name := part.strip())]


def _wrong(given: Mapping[str, str]) -> dict[str, str]:
    """By field that breaks the rules, what it should hold."""
    said = {
        name: f"at most {_LONGEST} characters."
        for name in ("title", "publisher", "url", "authors")
        if len(given.get(name, "")) > _LONGEST
    }
    texts = {name: [given.get(name, "")] for name in ("title", "publisher")}
    for name, values in (texts | {"authors": _names(given)}).items():
        broken = next(filter(is_broken_cell, values), "")
        if broken:
            said[name] = f"“{broken}” is what a spreadsheet writes for a formula that fails."
    year = given.get("year", "")
    if year and not (re.fullmatch(r"[0-9]{4}", year) and int(year) in YEARS):
        said["year"] = f"{YEARS[0]} to {YEARS[-1]}, or nothing."
    if given.get("language") and not is_language(given["language"]):
        said["language"] = (
            "its English name or two letters, such as en or de (ISO 639-1); or nothing."
        )
    if given.get("kind") and not kind_from(given["kind"]):
        said["kind"] = f"one of {', '.join(KINDS)}."
    if given.get("url") and not is_link(given["url"]):
        said["url"] = f"{LINK}; or nothing."
    return said
