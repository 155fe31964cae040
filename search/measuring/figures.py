"""What was last measured of finding: by set of questions, written by `make bench-quality`.

The figures are of Waymark and not of one library: they say how it did on questions whose answers
are known. They are kept beside the code, so that a change of them is seen like any other change.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent.parent / "figures.json"

_DIGITS = 4
"""With three digits 37 of 51 would be .725, shown as 72 %; it is .7255, which is 73 %."""

Interval = tuple[float, float, float]
"""A mean and the ends of its 95 % bootstrap interval."""


class FiguresError(ValueError):
    """Figures that cannot be read; the message names the file and the mend."""


@dataclass(frozen=True, slots=True)
class SetFigures:
    """One set of questions, each measure between 0 and 1.

    name: what the questions are about. questions: those with a known answer.
    measures: by measure, as `search.measuring.evaluate` names them.
    false_alarms: share of questions with an answer that were called unanswered.
    recognised: share of questions without one that were; None where a set has none.
    """

    name: str
    questions: int
    measures: dict[str, Interval]
    false_alarms: float | None
    recognised: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All sets measured in one run. date: ISO 8601."""

    date: str
    sets: tuple[SetFigures, ...]


def load(path: Path) -> Figures | None:
    """The figures kept in a file; None when nothing was measured yet.

    Raises FiguresError when the file is no such file.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Figures(found["date"], tuple(map(_set, found["sets"])))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FiguresError(f"{path}: {error}; make it anew with 'make bench-quality'") from error


def _set(entry: dict[str, Any]) -> SetFigures:
    measures = {name: _interval(values) for name, values in entry["measures"].items()}
    return SetFigures(
        entry["name"],
        int(entry["questions"]),
        measures,
        entry.get("false_alarms"),
        entry.get("recognised"),
    )


def _interval(values: list[float]) -> Interval:
    mean, low, high = (float(value) for value in values)
    if not 0 <= low <= mean <= high <= 1:
        raise ValueError(f"{values} is no mean with its interval")
    return mean, low, high


def save(figures: Figures, path: Path) -> None:
    """Write figures, rounded to four digits."""
    sets = [
        {
            "name": one.name,
            "questions": one.questions,
            "measures": {
                name: [round(value, _DIGITS) for value in values]
                for name, values in one.measures.items()
            },
            "false_alarms": _rounded(one.false_alarms),
            "recognised": _rounded(one.recognised),
        }
        for one in figures.sets
    ]
    text = json.dumps({"date": figures.date, "sets": sets}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
