"""What a training came to: figures before and after, as a table, as JSON and in a job's message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from index.learning.measure import Measured, interval


@dataclass(frozen=True, slots=True)
class Change:
    """F1 of one label, or macro-F1 of a facet, with the tagger before and after.

    before: None when there was no tagger. held_out: passages kept apart that carry the label.
    """

    name: str
    held_out: int
    before: Measured | None
    after: Measured


@dataclass(frozen=True, slots=True)
class Retrained:
    """What training came to.

    decisions: labels of passages that people decided on, learned from and held out together.
    swapped: whether the new tagger is in use now. retagged: passages tagged anew with it.
    tags: by label, the passages that showed it before and after; empty where nobody counted.
    examples: labelled passages learned from; 0 in messages from before these were counted.
    """

    decisions: int
    labels: tuple[Change, ...]
    facets: tuple[Change, ...]
    swapped: bool
    retagged: int
    tags: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    examples: int = 0


def table(result: Retrained) -> str:
    """The comparison for a terminal: a line a label, a line a facet."""
    lines = [f"{'label':26} held out  F1 before              F1 after"]
    for change in (*result.labels, *result.facets):
        was = interval(change.before) if change.before else "no tagger"
        now = interval(change.after)
        lines.append(f"{change.name:26} {change.held_out:8}  {was:22} {now}")
    return "\n".join(lines)


def as_message(done: Retrained) -> str:
    """The message of a job of training that is done; each figure as [value, low, high]."""
    return json.dumps(asdict(done))


def as_dict(done: Retrained) -> dict[str, Any]:
    """What a training came to, as JSON has it; before is null where there was no tagger."""
    return {
        "examples": done.examples,
        "decisions": done.decisions,
        "in_use": done.swapped,
        "passages_tagged": done.retagged,
        "labels": list(map(_change_as_dict, done.labels)),
        "facets": list(map(_change_as_dict, done.facets)),
    }


def _change_as_dict(change: Change) -> dict[str, Any]:
    return {
        "name": change.name,
        "held_out": change.held_out,
        "before": change.before and change.before._asdict(),
        "after": change.after._asdict(),
    }


def from_message(message: str) -> Retrained:
    """What the message of a job of training that is done says.

    Raises ValueError when it says no such thing.
    """
    try:
        record = json.loads(message)
        return Retrained(
            int(record["decisions"]),
            tuple(_change(change) for change in record["labels"]),
            tuple(_change(change) for change in record["facets"]),
            bool(record["swapped"]),
            int(record["retagged"]),
            {label: (int(was), int(now)) for label, (was, now) in record["tags"].items()},
            int(record.get("examples", 0)),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no result of training: {error!r}") from None


def _change(record: dict[str, Any]) -> Change:
    before = record["before"]
    return Change(
        record["name"],
        record["held_out"],
        None if before is None else Measured(*before),
        Measured(*record["after"]),
    )
