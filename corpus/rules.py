"""Rules for the keys of tables that people write by hand, and messages about what breaks them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BrokenRulesError(ValueError):
    """A file breaks the rules. problems: one line for each fault, with the file, the entry and the
    key.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def toml_of(path: Path, broken: type[BrokenRulesError]) -> dict[str, Any]:
    """What a TOML file holds. Raises `broken` when it is none; OSError passes through."""
    return parsed_toml(text_of(path, broken), str(path), broken)


def text_of(path: Path, broken: type[BrokenRulesError]) -> str:
    """The text of a file. Raises `broken` when it is not UTF-8; OSError passes through."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise broken(f"{path}: not UTF-8 at byte {error.start} (save it as UTF-8)") from error


def parsed_toml(text: str, source: str, broken: type[ValueError]) -> dict[str, Any]:
    """What TOML text says; `source` names it in errors. Raises `broken` when it is none."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number or a nesting past Python's own limits
        raise broken(f"{source}: not valid TOML: {error}") from error


@dataclass(frozen=True, slots=True)
class KeyRule:
    """The rule of a key. holds: whether a value keeps it. wanted: what the value must be, in words
    that complete "must be". required: whether the key may not be left out.
    """

    holds: Callable[[Any], bool]
    wanted: str
    required: bool = True

    def or_absent(self) -> KeyRule:
        """The same rule for a key that may be left out."""
        return KeyRule(self.holds, self.wanted, required=False)


def faults(table: Any, rules: Mapping[str, KeyRule], where: str) -> list[str]:
    """A line for each key that is missing, unknown or breaks its rule; each begins with `where`."""
    if not isinstance(table, Mapping):
        return [f"{where}: is {_said(table)} (must be a table of keys and values)"]
    found = []
    for key, rule in rules.items():
        if key not in table:
            if rule.required:
                found.append(f"{where}: {key}: missing (add {rule.wanted})")
        elif not rule.holds(table[key]):
            found.append(f"{where}: {key}: is {_said(table[key])} (must be {rule.wanted})")
    found += [
        f"{where}: {key}: unknown key (known: {', '.join(rules)})"
        for key in table
        if key not in rules
    ]
    return found


def faults_of_each(
    entries: Sequence[Mapping[str, Any]],
    rules: Mapping[str, KeyRule],
    where: str,
    unique: Sequence[str] = ("id",),
) -> list[str]:
    """The `faults` of each table in a list, and a line for each value of a key in `unique` that an
    earlier table has too. Each line begins with `where`, the table's number and its id.
    """
    found = []
    for number, entry in enumerate(entries, start=1):
        place = f"{where}, number {number} ({entry.get('id') or 'no id'})"
        found += faults(entry, rules, place)
        found += [
            f"{place}: {key}: {_said(entry[key])} is there twice (must be in one entry alone)"
            for key in unique
            if key in entry and any(entry[key] == one.get(key) for one in entries[: number - 1])
        ]
    return found


def _said(value: Any) -> str:
    """A value as Python writes it. TOML may hold longer numbers and deeper nestings than Python
    writes; of those it is only said that they are too much.
    """
    try:
        return repr(value)
    except (ValueError, RecursionError):
        return "more than can be written out"


def one_of(choices: Iterable[str]) -> KeyRule:
    """One of some words."""
    known = tuple(choices)
    return KeyRule(lambda value: value in known, f"one of {', '.join(known)}")


def some_of(choices: Iterable[str]) -> KeyRule:
    """A list of some words, none of them twice."""
    known = tuple(choices)

    def holds(value: Any) -> bool:
        return (
            isinstance(value, list)
            and all(item in known for item in value)
            and len(set(value)) == len(value)
        )

    return KeyRule(holds, f"a list of some of {', '.join(known)}")


def list_of(rule: KeyRule, least: int = 1) -> KeyRule:
    """A list of at least `least` values that each keep a rule."""

    def holds(value: Any) -> bool:
        return isinstance(value, list) and len(value) >= least and all(map(rule.holds, value))

    return KeyRule(holds, f"a list of at least {least}, each {rule.wanted}")


def whole_number(least: int, most: int) -> KeyRule:
    """A whole number of a range, both ends included."""
    return KeyRule(
        lambda value: type(value) is int and least <= value <= most,
        f"a whole number from {least} to {most}, without quotes",
    )


TEXT = KeyRule(lambda value: isinstance(value, str) and bool(value.strip()), "a text, not empty")
STRING = KeyRule(lambda value: isinstance(value, str), "a text, or ''")
TABLE = KeyRule(lambda value: isinstance(value, Mapping), "a table of keys and values")
YEAR = whole_number(1900, 2100)
LANGUAGE = one_of(("en", "fr", "de", "es"))
