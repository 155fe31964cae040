"""Training the tagger as a job. The job's message keeps the figures."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from index.curating import jobs
from index.curating.held import HeldJob
from index.learning import trained
from index.learning.trained import Retrained
from index.library import Library
from index.rows import audit


def train(library: Library, held: HeldJob) -> None:
    """Train a library's tagger from people's decisions. The job ends in the change that puts the
    tagger in place; cancelled before that, it leaves nothing.

    Raises what `index.learning.retrain.retrain` raises; LostLeaseError, StoppedError as `HeldJob`.
    """
    from index.learning.retrain import retrain  # noqa: PLC0415 - scikit-learn takes a second

    with library.catalog() as catalog:
        before = _shown(catalog.connection)

    def ended(connection: sqlite3.Connection, done: Retrained) -> None:
        after = _shown(connection)
        tags = {
            label: (before.get(label, 0), after.get(label, 0))
            for label in library.taxonomy.label_ids
        }
        log(connection, done, held.job.who)
        jobs.finish(connection, held.job, trained.as_message(replace(done, tags=tags)))

    retrain(library, advance=held.advance, ended=ended)


def log(connection: sqlite3.Connection, done: Retrained, who: str) -> None:
    """Log that the tagger was trained. Belongs inside the transaction that puts it in place."""
    said = "put in place" if done.swapped else "no better: the one before stays"
    audit.record(connection, who, "trained", "the tagger", said)


def _shown(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute("SELECT label, count(*) FROM shown_tags GROUP BY label"))
