"""Training the tagger as a job: what it came to is kept as the job's message."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from index import audit, jobs
from index.held import Held
from index.library import Library
from index.measure import Measured

if TYPE_CHECKING:
    from index.retrain import Retrained

Interval = tuple[float, float, float]
"""A value with the ends of its interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """F1 of a label, or macro-F1 of a facet, with the tagger before and after.

    before: None when there was no tagger. held_out: passages kept apart that carry the label.
    """

    name: str
    held_out: int
    before: Interval | None
    after: Interval


@dataclass(frozen=True, slots=True)
class Trained:
    """What training came to; see `index.retrain.Retrained`.

    tags: by label, the passages that showed it before and after.
    """

    swapped: bool
    decisions: int
    retagged: int
    labels: tuple[Figure, ...]
    facets: tuple[Figure, ...]
    tags: Mapping[str, tuple[int, int]]


def train(library: Library, held: Held) -> None:
    """Train the tagger of a library from its decisions, ending the job in the change that puts the
    tagger in place: cancelled before that, it leaves nothing.

    Raises what `index.retrain.retrain` raises; LostLeaseError, StoppedError as `Held`.
    """
    from index.retrain import retrain  # noqa: PLC0415 - scikit-learn takes a second

    with library.catalog() as catalog:
        before = _shown(catalog.connection)

    def ended(connection: sqlite3.Connection, done: Retrained) -> None:
        after = _shown(connection)
        tags = {
            label: (before.get(label, 0), after.get(label, 0))
            for label in library.taxonomy.label_ids
        }
        trained = Trained(
            done.swapped,
            done.decisions,
            done.retagged,
            tuple(_figure(change) for change in done.labels),
            tuple(_figure(change) for change in done.facets),
            tags,
        )
        log(connection, done, held.job.who)
        jobs.finish(connection, held.job, json.dumps(asdict(trained)))

    retrain(library, advance=held.advance, ended=ended)


def log(connection: sqlite3.Connection, done: Retrained, who: str) -> None:
    """Write down that the tagger was trained. Belongs inside the transaction that changes it."""
    said = "put in place" if done.swapped else "no better: the one before stays"
    audit.record(connection, who, "trained", "the tagger", said)


def parse(message: str) -> Trained:
    """What the message of a job of training that is done says.

    Raises ValueError when it says no such thing.
    """
    try:
        record = json.loads(message)
        return Trained(
            bool(record["swapped"]),
            int(record["decisions"]),
            int(record["retagged"]),
            tuple(_parsed(figure) for figure in record["labels"]),
            tuple(_parsed(figure) for figure in record["facets"]),
            {label: (int(was), int(now)) for label, (was, now) in record["tags"].items()},
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no result of training: {error!r}") from None


def _figure(change: Any) -> Figure:
    before = None if change.before is None else _interval(change.before)
    return Figure(change.name, change.held_out, before, _interval(change.after))


def _interval(measured: Measured) -> Interval:
    return (measured.value, measured.low, measured.high)


def _parsed(record: dict[str, Any]) -> Figure:
    before = record["before"]
    value, low, high = record["after"]
    return Figure(
        record["name"],
        record["held_out"],
        None if before is None else (before[0], before[1], before[2]),
        (value, low, high),
    )


def _shown(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute("SELECT label, count(*) FROM shown_tags GROUP BY label"))
