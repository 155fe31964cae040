"""What to settle when choosing a partner, read from TOML into frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.rules import (
    TABLE,
    TEXT,
    BrokenRulesError,
    KeyRule,
    faults,
    faults_of_each,
    list_of,
    toml_of,
)

PARTNERS = Path(__file__).with_name("partners.toml")


class PartnersError(BrokenRulesError):
    """The file breaks the rules, see `BrokenRulesError`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to an aspect. words: the answer as a brief states it. question: what the library is
    asked about it.
    """

    id: str
    words: str
    question: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """A thing to settle about a partner. id: also the name of its parameter in addresses."""

    id: str
    title: str
    choices: tuple[Choice, ...]

    def choice(self, name: str) -> Choice | None:
        """The choice with this id; None where there is none."""
        return next((choice for choice in self.choices if choice.id == name), None)


_CHOICE_RULES: dict[str, KeyRule] = {"id": TEXT, "words": TEXT, "question": TEXT}
_ASPECT_RULES: dict[str, KeyRule] = {"id": TEXT, "title": TEXT, "choices": list_of(TABLE)}


def load(path: Path = PARTNERS) -> tuple[Aspect, ...]:
    """Read what to settle, in the file's order.

    Raises PartnersError with every fault of the file. OSError passes through.
    """
    data = toml_of(path, PartnersError)
    found = faults(data, {"aspects": list_of(TABLE)}, str(path))
    if found:
        raise PartnersError(*found)
    found = faults_of_each(data["aspects"], _ASPECT_RULES, f"{path}: aspects")
    if not found:
        for entry in data["aspects"]:
            where = f"{path}: {entry['id']}: choices"
            found += faults_of_each(entry["choices"], _CHOICE_RULES, where)
    if found:
        raise PartnersError(*found)
    return tuple(
        Aspect(entry["id"], entry["title"], tuple(Choice(**given) for given in entry["choices"]))
        for entry in data["aspects"]
    )
