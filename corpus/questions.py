"""Questions whose answers are known, for measuring: each answer is a place in a document.

The words of an answer are kept as digests of their runs of five, so that a set over documents
that may not be copied can stand beside the sets over our own.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STARTER = Path(__file__).parent / "questions" / "starter.jsonl"
REPORTS = Path(__file__).parent / "questions" / "reports.jsonl"

RUN = 5
"""Words a run: long enough to be found in one place only, short enough to survive a footnote."""

_WORD = re.compile(r"[^\W_]+")


class QuestionsError(ValueError):
    """A line of a question set breaks the rules; the message names file, line and key."""


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """Where a question is answered.

    file: name of the document's file. page: 1-based, as the viewer counts, where it begins.
    runs: digests of the answer's runs of five words; see `runs_of`.
    """

    file: str
    page: int
    runs: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question with the places that answer it; none when the library cannot.

    split: "tune", or "held" for those that are only looked at in the end.
    """

    id: str
    text: str
    kind: str
    split: str
    answers: tuple[KnownAnswer, ...]


def runs_of(text: str) -> frozenset[str]:
    """Digests (8 hex digits) of all runs of five words of a text, or of the whole shorter text.

    Words are runs of letters and digits after NFKC, in lower case.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
    count = max(1, len(words) - RUN + 1)
    runs = (" ".join(words[start : start + RUN]) for start in range(count) if words)
    return frozenset(hashlib.sha256(run.encode()).hexdigest()[:8] for run in runs)


def load(path: Path) -> tuple[KnownQuestion, ...]:
    """Read a question set: {"id", "question", "kind", "split", "answers"} a line, each answer
    with "file", "page" and either "text" or "runs".

    Raises QuestionsError for a line that is not JSON or lacks a key. OSError passes through.
    """
    return tuple(_lines(path))


def _lines(path: Path) -> Iterator[KnownQuestion]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield _question(json.loads(line))
            except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
                raise QuestionsError(f"{path}, line {number}: {error!r}") from error


def _question(entry: dict[str, Any]) -> KnownQuestion:
    return KnownQuestion(
        id=str(entry["id"]),
        text=str(entry["question"]),
        kind=str(entry.get("kind", "")),
        split=str(entry.get("split", "tune")),
        answers=tuple(_answer(answer) for answer in entry["answers"]),
    )


def _answer(entry: dict[str, Any]) -> KnownAnswer:
    runs = frozenset(entry["runs"]) if "runs" in entry else runs_of(entry["text"])
    return KnownAnswer(str(entry["file"]), int(entry["page"]), runs)
