"""The Markdown sources of the starter documents: their front matter, read into frozen records.

A source is a text file `<id>.md` that opens with YAML between two lines `---`. The body is left as
text; `corpus.press.manuscript` reads it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.citations import CITATION_RULES, Citation
from corpus.kinds import KINDS
from corpus.rules import (
    LANGUAGE,
    STRING,
    TABLE,
    TEXT,
    YEAR,
    BrokenRulesError,
    KeyRule,
    faults,
    list_of,
    one_of,
    whole_number,
)

FOLDER = Path(__file__).parents[1] / "sources"

LAYOUTS = ("one-column", "two-column")

FENCE = "---"

_FRONT_RULES: dict[str, KeyRule] = {
    "id": TEXT,
    "title": TEXT,
    "subtitle": STRING.or_absent(),
    "kind": one_of(KINDS),
    "year": YEAR,
    "language": LANGUAGE,
    "publisher": TEXT,
    "layout": one_of(LAYOUTS),
    "scanned_pages": list_of(whole_number(1, 999), least=0),
    "sources": list_of(TABLE),
}


class SourceError(BrokenRulesError):
    """The file breaks the rules, see `BrokenRulesError`; a line of it may be named, not a key."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a source says of itself.

    year: of the newest citation.
    scanned_pages: 1-based numbers of the pages to be set as pictures.
    """

    id: str
    title: str
    subtitle: str
    kind: str
    year: int
    language: str
    publisher: str
    layout: str
    scanned_pages: tuple[int, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source file.

    body_line: 1-based line of the file on which the body begins.
    sha256: of the file's bytes, 64 hex digits.
    """

    path: Path
    front: FrontMatter
    body: str
    body_line: int
    sha256: str


def load(path: Path) -> Source:
    """Read one source. Raises SourceError with every fault of its front matter."""
    data = path.read_bytes()
    try:
        lines = unicodedata.normalize("NFC", data.decode("utf-8")).splitlines()
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: byte {error.start} is not UTF-8 (save it as UTF-8)") from error
    end = _closing_fence(lines, path)
    return Source(
        path=path,
        front=parse_front("\n".join(lines[1:end]), path),
        body="\n".join(lines[end + 1 :]) + "\n",
        body_line=end + 2,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def parse_front(text: str, path: Path) -> FrontMatter:
    """Read front matter from YAML text. `path` names it in errors and must be called `<id>.md`.

    Raises SourceError with one line for each key that is missing, unknown or of the wrong type.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 2}" if mark else ""
        raise SourceError(
            f"{path}{place}: not valid YAML (quote texts that hold a colon)"
        ) from error
    problems = faults(data, _FRONT_RULES, str(path))
    if not problems and data["id"] != path.stem:
        problems = [f"{path}: id: is '{data['id']}' (must be the file's name, '{path.stem}')"]
    if not problems:
        for number, entry in enumerate(data["sources"], start=1):
            problems += faults(entry, CITATION_RULES, f"{path}: sources, number {number}")
    if problems:
        raise SourceError(*problems)
    fields = {key: data.get(key, "") for key in _FRONT_RULES}
    fields["scanned_pages"] = tuple(data["scanned_pages"])
    fields["sources"] = tuple(Citation(**entry) for entry in data["sources"])
    return FrontMatter(**fields)


def _closing_fence(lines: list[str], path: Path) -> int:
    if not lines or lines[0].rstrip() != FENCE:
        raise SourceError(f"{path}, line 1: no front matter (begin the file with '{FENCE}')")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return number
    raise SourceError(f"{path}: front matter does not end (close it with '{FENCE}')")
