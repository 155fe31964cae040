"""Training as a job: what it came to is there afterwards, for whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from index import build
from index.curating import jobs
from index.curating.desk import Worker
from index.learning import decisions, retrain, trained
from index.learning.measure import Measured
from index.learning.retrain import Ended
from index.learning.trained import Change, Retrained
from index.library import Library
from index.rows import audit, database
from index.tagging.tagger import TaggerError
from ingest.records import Metadata


def test_the_figures_and_what_changed_are_kept(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch, shelf: object
) -> None:
    list(build.add(empty_library, [shelf / "borland.pdf"], Metadata()))  # type: ignore[operator]  # a path
    label = empty_library.taxonomy.label_ids[0]
    with empty_library.catalog() as catalog:
        (document,) = catalog.documents()
        was = sum(
            tag.label == label
            for stored in catalog.passages_of(document.document_id)
            for tag in stored.tags
        )

    def learn(library: Library, advance: Callable[[float], None], ended: Ended) -> Retrained:
        advance(0.5)
        decisions.decide(library, f"{document.document_id}-2", label, "add", "bob")
        change = Change(label, 7, Measured(0.5, 0.4, 0.6), Measured(0.75, 0.7, 0.8))
        whole = Change("goals", 9, None, Measured(0.6, 0.5, 0.7))
        result = Retrained(3, (change,), (whole,), True, 3)
        with library.catalog() as catalog, database.note(catalog.connection):
            ended(catalog.connection, result)
        return result

    monkeypatch.setattr(retrain, "retrain", learn)
    asked = jobs.train(empty_library, "ann")
    assert jobs.train(empty_library, "bob").job_id == asked.job_id
    job = Worker(empty_library).step()
    assert job is not None
    assert job.state == "done"
    found = trained.from_message(job.message)
    assert found.labels == (Change(label, 7, Measured(0.5, 0.4, 0.6), Measured(0.75, 0.7, 0.8)),)
    assert found.facets == (Change("goals", 9, None, Measured(0.6, 0.5, 0.7)),)
    assert (found.swapped, found.decisions, found.retagged) == (True, 3, 3)
    assert found.tags[label] == (was, was + 1)
    with empty_library.catalog() as catalog:
        line = audit.entries(catalog.connection)[0]
    assert (line.who, line.action, line.detail) == ("ann", "trained", "put in place")


@pytest.fixture
def garden_training(
    garden_library: Library,
    garden_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Library:
    """A library of one document, whose training learns from the passages on gardening."""
    (tmp_path / "beds.txt").write_text(
        "The cook wanted pumpkins for the kitchen, and he turned the soil with a spade."
    )
    list(build.add(garden_library, [tmp_path / "beds.txt"]))
    monkeypatch.setattr(retrain, "retrain", partial(retrain.retrain, folder=garden_folder))
    return garden_library


def _state(library: Library) -> tuple[int, int, bool, list[str]]:
    """Generation, tags, whether it has a tagger of its own, and what the log says was done."""
    with library.catalog() as catalog:
        (tags,) = catalog.connection.execute("SELECT count(*) FROM tags").fetchone()
        generation = database.generation(catalog.connection)
        done = [line.action for line in audit.entries(catalog.connection)]
    return generation, tags, any(library.home.path.glob("tagger*")), done


def test_training_puts_a_tagger_in_place_and_ends_its_job_in_one_change(
    garden_training: Library,
) -> None:
    generation, *_ = _state(garden_training)
    jobs.train(garden_training, "ann")
    job = Worker(garden_training).step()
    assert job is not None
    assert (job.state, trained.from_message(job.message).retagged) == ("done", 1)
    assert trained.from_message(job.message).tags["food"] == (0, 1)
    assert _state(garden_training) == (generation + 1, 2, True, ["trained", "train", "add"])


def test_training_cancelled_at_its_last_moment_leaves_nothing(
    garden_training: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn, (generation, *_) = retrain.learn, _state(garden_training)
    job = jobs.train(garden_training, "ann")

    def cancelled(*given: object) -> object:  # no step looks at the job's state after this one
        jobs.cancel(garden_training, job.job_id, "bob")
        return learn(*given)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr(retrain, "learn", cancelled)
    monkeypatch.setattr("index.curating.held._STEP_SECONDS", 60.0)
    ended = Worker(garden_training).step()
    assert ended is not None
    assert (ended.state, ended.message) == ("cancelled", "cancelled by bob")
    assert _state(garden_training) == (generation, 0, False, ["cancel", "train", "add"])


def test_training_that_fails_says_why(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Retrained:
        raise TaggerError("the heads are damaged: remove the folder tagger/")

    monkeypatch.setattr(retrain, "retrain", broken)
    jobs.train(empty_library, "ann")
    job = Worker(empty_library).step()
    assert job is not None
    assert (job.state, job.message) == (
        "failed",
        "the heads are damaged: remove the folder tagger/",
    )
