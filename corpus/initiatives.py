"""Known peer-support initiatives, common forms of peer support, and which activities serve which
goal, read from TOML into frozen records.

Each record carries the citation it rests on. Other files of the same form make a library for
another field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.citations import CITATION_RULES, Citation
from corpus.rules import (
    STRING,
    TABLE,
    TEXT,
    YEAR,
    BrokenRulesError,
    KeyRule,
    faults,
    faults_of_each,
    list_of,
    one_of,
    some_of,
    toml_of,
    whole_number,
)
from corpus.taxonomy import Taxonomy, load

INITIATIVES = Path(__file__).with_name("initiatives.toml")
FORMATS = Path(__file__).with_name("formats.toml")
ALIGNMENT = Path(__file__).with_name("alignment.toml")

AUDIENCES = ("civil servants", "civil society", "politicians")
"""Whom a form of peer support is for."""

STATUSES = ("ended", "running", "unknown")
"""How an initiative stood when its source was written."""

BASES = ("named", "inferred")
"""Whether a source names a grant, or it was inferred from the source."""

_KEPT = 8
"""Pairs of a taxonomy and a file whose records are kept in memory, so that a process reads a file
once: pages ask for them at each request, and reading took 3 to 10 ms."""


class InitiativeError(BrokenRulesError):
    """The file breaks the rules, see `BrokenRulesError`."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Money awarded. year: of the call. basis: "named" by the source, or "inferred" from it."""

    year: int
    euros: int
    holder: str
    title: str
    basis: str


@dataclass(frozen=True, slots=True)
class Initiative:
    """A project, network or event by which peers supported each other.

    first_year, last_year: None where the source does not say or it has not ended.
    status: "ended", "running" or "unknown" when the source was written; one that is running and
        has a last year was expected to end then.
    goals, activities: label ids of the taxonomy.
    document: id of a starter document about it, or empty.
    """

    id: str
    name: str
    abbreviation: str
    other_names: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    status: str
    lead: tuple[str, ...]
    partners: tuple[str, ...]
    funders: tuple[str, ...]
    countries: tuple[str, ...]
    reach: str
    format: str
    aims: tuple[str, ...]
    outcome: str
    goals: tuple[str, ...]
    activities: tuple[str, ...]
    grants: tuple[Grant, ...]
    publications: tuple[Citation, ...]
    source: Citation
    document: str


@dataclass(frozen=True, slots=True)
class Format:
    """A common form of peer support and what to weigh when choosing it.

    goals: label ids that its expected outcomes amount to; activities: label ids it counts under.
    """

    id: str
    name: str
    audience: tuple[str, ...]
    audience_note: str
    investment: str
    outcomes: tuple[str, ...]
    follow_up: tuple[str, ...]
    examples: tuple[str, ...]
    goals: tuple[str, ...]
    activities: tuple[str, ...]
    source: Citation


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which activities serve which goal; label ids, goals and activities in the file's order."""

    serves: Mapping[str, tuple[str, ...]]
    source: Citation


_TEXTS = list_of(TEXT)
_GRANT_RULES: dict[str, KeyRule] = {
    "year": YEAR,
    "euros": whole_number(1, 10**10),
    "holder": TEXT,
    "title": TEXT,
    "basis": one_of(BASES),
}


@lru_cache(_KEPT)
def load_initiatives(taxonomy: Taxonomy, path: Path = INITIATIVES) -> tuple[Initiative, ...]:
    """Read initiatives, in the file's order.

    Raises InitiativeError with every fault of the file. OSError passes through.
    """
    source, entries = _entries(path, "initiatives", _initiative_rules(taxonomy))
    found: list[str] = []
    for entry in entries:
        where = f"{path}: {entry['id']}"
        for number, grant in enumerate(entry.get("grants", []), start=1):
            found += faults(grant, _GRANT_RULES, f"{where}: grants, number {number}")
        for number, publication in enumerate(entry.get("publications", []), start=1):
            found += faults(publication, CITATION_RULES, f"{where}: publications, number {number}")
        found += _year_faults(entry, where)
    if found:
        raise InitiativeError(*found)
    return tuple(_initiative(entry, source) for entry in entries)


@lru_cache(_KEPT)
def load_formats(taxonomy: Taxonomy, path: Path = FORMATS) -> tuple[Format, ...]:
    """Read forms of peer support, in the file's order.

    Raises InitiativeError with every fault of the file. OSError passes through.
    """
    rules = {
        "id": TEXT,
        "name": TEXT,
        "audience": some_of(AUDIENCES),
        "audience_note": TEXT.or_absent(),
        "investment": TEXT,
        "outcomes": _TEXTS,
        "follow_up": _TEXTS,
        "examples": _TEXTS.or_absent(),
        **_label_rules(taxonomy),
    }
    source, entries = _entries(path, "formats", rules)
    texts = ("audience_note",)
    lists = ("examples", "goals", "activities")
    return tuple(Format(**_filled(entry, texts, lists), source=source) for entry in entries)


@lru_cache(_KEPT)
def load_alignment(taxonomy: Taxonomy, path: Path = ALIGNMENT) -> Alignment:
    """Read which activities serve which goal; every goal of the taxonomy must be there.

    Raises InitiativeError with every fault of the file. OSError passes through.
    """
    data = toml_of(path, InitiativeError)
    source = _source(data, path)
    rule = some_of(taxonomy.activities.label_ids)
    rules = dict.fromkeys(taxonomy.goals.label_ids, rule)
    found = faults(data, {"source": TABLE, "serves": TABLE}, str(path))
    found = found or faults(data["serves"], rules, f"{path}: serves")
    if found:
        raise InitiativeError(*found)
    serves = {goal: tuple(activities) for goal, activities in data["serves"].items()}
    return Alignment(serves, source)


@lru_cache(_KEPT)
def known_alignment(taxonomy: Taxonomy) -> Alignment | None:
    """The alignment that comes with the starter taxonomy; None for a taxonomy with other labels, of
    which nothing is known. Raises as `load_alignment` does.
    """
    return load_alignment(taxonomy) if taxonomy.label_ids == load().label_ids else None


def _initiative_rules(taxonomy: Taxonomy) -> dict[str, KeyRule]:
    return {
        "id": TEXT,
        "name": TEXT,
        "abbreviation": TEXT.or_absent(),
        "other_names": _TEXTS.or_absent(),
        "first_year": YEAR.or_absent(),
        "last_year": YEAR.or_absent(),
        "status": one_of(STATUSES),
        "lead": _TEXTS,
        "partners": _TEXTS.or_absent(),
        "funders": _TEXTS.or_absent(),
        "countries": _TEXTS.or_absent(),
        "reach": TEXT,
        "format": TEXT,
        "aims": _TEXTS,
        "outcome": TEXT.or_absent(),
        **_label_rules(taxonomy),
        "grants": list_of(TABLE).or_absent(),
        "publications": list_of(TABLE).or_absent(),
        "where": TEXT,
        "document": STRING.or_absent(),
    }


def _label_rules(taxonomy: Taxonomy) -> dict[str, KeyRule]:
    return {
        "goals": some_of(taxonomy.goals.label_ids).or_absent(),
        "activities": some_of(taxonomy.activities.label_ids).or_absent(),
    }


def _year_faults(entry: Mapping[str, Any], where: str) -> list[str]:
    first, last = entry.get("first_year"), entry.get("last_year")
    if first and last and last < first:
        return [f"{where}: last_year: is {last} (must not be before first_year, {first})"]
    if entry["status"] == "ended" and not last:
        return [f"{where}: last_year: missing (add it, or change status from 'ended')"]
    return []


def _initiative(entry: Mapping[str, Any], source: Citation) -> Initiative:
    texts = ("abbreviation", "outcome", "document")
    lists = ("other_names", "partners", "funders", "countries", "goals", "activities")
    fields = _filled(entry, texts, lists)
    where = fields.pop("where")
    fields["first_year"] = entry.get("first_year")
    fields["last_year"] = entry.get("last_year")
    fields["grants"] = tuple(Grant(**grant) for grant in entry.get("grants", []))
    fields["publications"] = tuple(Citation(**item) for item in entry.get("publications", []))
    return Initiative(**fields, source=replace(source, where=where))


def _filled(
    entry: Mapping[str, Any], texts: tuple[str, ...], lists: tuple[str, ...]
) -> dict[str, Any]:
    """An entry with its lists as tuples, and empty values for those of `texts` and `lists` that it
    lacks.
    """
    fields: dict[str, Any] = dict.fromkeys(texts, "") | dict.fromkeys(lists, ())
    fields |= {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return fields


def _entries(
    path: Path, name: str, rules: Mapping[str, KeyRule]
) -> tuple[Citation, list[dict[str, Any]]]:
    """The citation of a file, and its entries. Raises InitiativeError for an entry that breaks the
    rules.
    """
    data = toml_of(path, InitiativeError)
    source = _source(data, path)
    found = faults(data, {"source": TABLE, name: list_of(TABLE)}, str(path))
    if found:
        raise InitiativeError(*found)
    entries: list[dict[str, Any]] = data[name]
    found = faults_of_each(entries, rules, f"{path}: {name}")
    if found:
        raise InitiativeError(*found)
    return source, entries


def _source(data: Mapping[str, Any], path: Path) -> Citation:
    found = faults(data.get("source", {}), CITATION_RULES, f"{path}: source")
    if found:
        raise InitiativeError(*found)
    return Citation(**data["source"])
