"""The tags: two facets of labels, read from a TOML file into frozen records.

Nothing outside the file names a label, so another file makes a library for another field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.rules import parsed_toml
from corpus.signatures import not_text

FACETS = ("goals", "activities")
"""The two facets of every taxonomy: what something was done for, and what was done."""

_ID = re.compile(r"[\w-]+")

STARTER = Path(__file__).with_name("taxonomy.toml")


class TaxonomyError(ValueError):
    """A taxonomy file breaks the rules; the message names file, entry and key."""


@dataclass(frozen=True, slots=True)
class Label:
    """A tag that a passage may carry.

    id: stable, of lower-case letters, digits and hyphens, unique over both facets.
    plain: two to four words an officer would use.
    not_this: what the label is often confused with; may be empty.
    """

    id: str
    title: str
    plain: str
    definition: str
    not_this: str
    cues: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A question about a passage, and the labels that may answer it, in the file's order."""

    id: str
    title: str
    question: str
    labels: tuple[Label, ...]

    @property
    def label_ids(self) -> tuple[str, ...]:
        """Ids of the labels, in order."""
        return tuple(label.id for label in self.labels)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Both facets of one file."""

    id: str
    version: int
    title: str
    goals: Facet
    activities: Facet

    @property
    def key(self) -> str:
        """Id and version, which are kept beside what was learned for the taxonomy."""
        return f"{self.id}/{self.version}"

    @property
    def facets(self) -> tuple[Facet, Facet]:
        """Goals, then activities."""
        return (self.goals, self.activities)

    @property
    def label_ids(self) -> tuple[str, ...]:
        """All label ids: those of the goals, then those of the activities."""
        return self.goals.label_ids + self.activities.label_ids

    @property
    def labels(self) -> tuple[Label, ...]:
        """All labels: the goals, then the activities."""
        return self.goals.labels + self.activities.labels

    def label(self, label_id: str) -> Label:
        """The label with this id; KeyError when there is none."""
        for label in self.labels:
            if label.id == label_id:
                return label
        raise KeyError(label_id)


def load(path: Path = STARTER) -> Taxonomy:
    """Read a taxonomy file.

    Raises TaxonomyError when the file is not TOML in UTF-8, lacks a key, has a label id twice or
    one that is not as `Label` says, or has a facet with fewer than two labels. OSError passes
    through.
    """
    taxonomy = parse(read_text(path), str(path))
    check_ids(taxonomy, str(path))
    return taxonomy


def check_ids(taxonomy: Taxonomy, source: str) -> None:
    """Raise TaxonomyError for an id that cannot be part of an address. `parse` does not check this,
    so that a library that was made with such an id can still be opened.
    """
    for label_id in taxonomy.label_ids:
        if not _ID.fullmatch(label_id) or label_id != label_id.lower():
            raise TaxonomyError(
                f"{source}: the label id '{label_id}' must be of lower-case letters, digits and"
                " hyphens, such as 'home-visits'"
            )


def read_text(path: Path) -> str:
    """The text of a taxonomy file, not parsed. Raises TaxonomyError when it is not UTF-8."""
    data = path.read_bytes()
    if found := not_text(data):
        raise TaxonomyError(f"{path}: {': '.join(found)}")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise TaxonomyError(
            f"{path}: byte {error.start} is not UTF-8: save the file as UTF-8"
        ) from error


def parse(text: str, source: str) -> Taxonomy:
    """Read a taxonomy from TOML text; `source` names it in errors. Raises TaxonomyError."""
    data = parsed_toml(text, source, TaxonomyError)
    goals, activities = (_facet(data, name, source) for name in FACETS)
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise TaxonomyError(f"{source}: 'version' must be a whole number")
    taxonomy = Taxonomy(
        id=_text(data, "id", source),
        version=version,
        title=_text(data, "title", source),
        goals=goals,
        activities=activities,
    )
    _refuse_duplicates(taxonomy, source)
    return taxonomy


def _facet(data: Mapping[str, Any], name: str, source: str) -> Facet:
    table = data.get(name)
    if not isinstance(table, dict):
        raise TaxonomyError(f"{source}: the facet [{name}] is missing")
    entries = table.get("labels")
    if not isinstance(entries, list) or len(entries) < 2:
        raise TaxonomyError(f"{source}: [{name}] needs at least two [[{name}.labels]]")
    labels = tuple(
        _label(entry, f"{source}: [[{name}.labels]] number {number}")
        for number, entry in enumerate(entries, start=1)
    )
    where = f"{source}: [{name}]"
    return Facet(name, _text(table, "title", where), _text(table, "question", where), labels)


def _label(entry: Any, where: str) -> Label:
    if not isinstance(entry, dict):
        raise TaxonomyError(f"{where}: must be a table")
    label_id = _text(entry, "id", where)
    where = f"{where} ({label_id})"
    return Label(
        id=label_id,
        title=_text(entry, "title", where),
        plain=_text(entry, "plain", where),
        definition=_text(entry, "definition", where),
        not_this=_text(entry, "not", where) if "not" in entry else "",
        cues=_texts(entry, "cues", where),
        examples=_texts(entry, "examples", where),
    )


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise TaxonomyError(f"{where}: '{key}' must be a text that is not empty")
    return value.strip()


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TaxonomyError(f"{where}: '{key}' must be a list of texts")
    return tuple(value)


def _refuse_duplicates(taxonomy: Taxonomy, source: str) -> None:
    seen: set[str] = set()
    for label_id in taxonomy.label_ids:
        if label_id in seen:
            raise TaxonomyError(f"{source}: the label id '{label_id}' is there twice")
        seen.add(label_id)
