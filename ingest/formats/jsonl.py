"""JSON lines to documents: one object a line with id, title, text and optional fields."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.metadata.fields import is_broken_cell, metadata_from
from ingest.prose import text
from ingest.records import Metadata, Page

KEYS = ("id", "title", "text", "year", "publisher", "url", "language", "kind", "authors")


_OF_A_LIST = ("[", "]")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line that holds a document.

    digest: sha256 over the fields of `KEYS`, so that spacing and key order do not matter.
    """

    number: int
    source_id: str
    digest: str
    metadata: Metadata
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that does not, and why."""

    number: int
    message: str


def read(data: bytes) -> Iterator[DocumentLine | BadLine]:
    """Each line of the file that is not blank, in order, as a document or as what is wrong.

    The file is UTF-8, or UTF-16 that says so by its mark.
    """
    seen: dict[str, int] = {}
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # of Windows' shell
        data = text.decode(data).encode(errors="replace")
    for number, raw in enumerate(data.splitlines(), start=1):
        if not raw.strip():
            continue
        line = _line(number, raw)
        if isinstance(line, DocumentLine):
            first = seen.setdefault(line.source_id, number)
            if first != number:
                line = BadLine(number, f"the id '{line.source_id}' is already on line {first}")
        yield line


class _RepeatedKeyError(ValueError):
    """An object that has two values for one key."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        ((repeated, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise _RepeatedKeyError(f"the key {repeated[:100]!r} is there twice")
    return found


def parsed(line: str) -> Any:
    """What a line of JSON says. Raises ValueError, whose message is one line, when it is none, and
    where a key is there twice: Python would take the last and lose the others without a word.
    """
    try:
        return json.loads(line, object_pairs_hook=_object)
    except _RepeatedKeyError:
        raise
    except json.JSONDecodeError as error:
        if line.rstrip().rstrip(",") in _OF_A_LIST or line.rstrip().endswith("},"):
            raise ValueError("not valid JSON lines but part of a list: leave out [ , ]") from None
        raise ValueError(f"not valid JSON: {error.msg}") from None
    except (ValueError, RecursionError):
        # A number of more than 4,300 digits, brackets a thousand deep.
        raise ValueError("not valid JSON") from None


def _line(number: int, raw: bytes) -> DocumentLine | BadLine:
    try:
        entry = parsed(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return BadLine(number, "not UTF-8: save the file as UTF-8")
    except ValueError as error:
        return BadLine(number, str(error))
    return _from_entry(number, entry)


def _from_entry(number: int, entry: Any) -> DocumentLine | BadLine:
    """What line `number` says, as a document or as what is wrong with it."""
    if not isinstance(entry, dict):
        return BadLine(number, "not a JSON object")
    source_id = entry.get("id")
    if isinstance(source_id, int) and not isinstance(source_id, bool):
        source_id = str(source_id)
    if not isinstance(source_id, str) or not source_id.strip():
        return BadLine(number, "the key 'id' is missing or not a text")
    if wrong := text.fault(source_id):
        return BadLine(number, f"the key 'id': {wrong}")
    if wrong := _fault(entry):
        return BadLine(number, wrong)
    pages = text.pages(entry["text"])
    if not any(page.blocks for page in pages):
        return BadLine(number, "the text is empty")
    return DocumentLine(number, source_id, _digest(entry), metadata_from(entry), pages)


def _fault(entry: dict[str, Any]) -> str:
    """What is wrong with an entry's text or another field; empty when nothing is."""
    if not isinstance(entry.get("text"), str):
        return "the key 'text' is missing or not a text"
    for key in KEYS:
        if broken := next(filter(is_broken_cell, _texts(key, entry.get(key))), ""):
            return f"the key '{key}': '{broken.strip()}' is an error of a spreadsheet"
    return ""


def _texts(key: str, value: Any) -> list[str]:
    """The texts of a field: each author is one."""
    if key == "authors" and isinstance(value, str):
        return value.split(";")
    return [text for text in (value if isinstance(value, list) else [value]) if type(text) is str]


def _digest(entry: dict[str, Any]) -> str:
    fields = {key: entry[key] for key in KEYS if key in entry}
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
