"""What is wrong with a library, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much it matters."""

    ERROR = "error"
    """Something is lost, or an answer may be wrong."""
    WARNING = "warning"
    """Nothing is lost and no answer is wrong, but something is to be done, or mends itself at the
    next question."""
    NOTE = "note"
    """No fault, such as a check that could not be made, or a document that is there twice."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    name: of the check, the same in every version, for scripts.
    message: what was found, with the place and the number.
    mend: the command that mends it, or what to do.
    documents: ids of all documents that it is about, where the message names only a few of them.
    """

    name: str
    severity: Severity
    message: str
    mend: str
    documents: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.severity}: {self.message}; mend: {self.mend}"
