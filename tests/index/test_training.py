"""Training as a job: what it came to is there afterwards, for whoever asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import audit, build, decisions, jobs, retrain, training
from index.desk import Worker
from index.library import Library
from index.measure import Measured
from index.retrain import Change, Retrained
from index.tagger import TaggerError
from index.training import Figure
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

    def learn(library: Library, advance: Callable[[float], None]) -> Retrained:
        advance(0.5)
        decisions.decide(library, f"{document.document_id}-2", label, "add", "bob")
        change = Change(label, 7, Measured(0.5, 0.4, 0.6), Measured(0.75, 0.7, 0.8))
        whole = Change("goals", 9, None, Measured(0.6, 0.5, 0.7))
        return Retrained(3, (change,), (whole,), True, 3)

    monkeypatch.setattr(retrain, "retrain", learn)
    asked = jobs.train(empty_library, "ann")
    assert jobs.train(empty_library, "bob").job_id == asked.job_id
    job = Worker(empty_library).step()
    assert job is not None
    assert job.state == "done"
    found = training.parse(job.message)
    assert found.labels == (Figure(label, 7, (0.5, 0.4, 0.6), (0.75, 0.7, 0.8)),)
    assert found.facets == (Figure("goals", 9, None, (0.6, 0.5, 0.7)),)
    assert (found.swapped, found.decisions, found.retagged) == (True, 3, 3)
    assert found.tags[label] == (was, was + 1)
    with empty_library.catalog() as catalog:
        line = audit.entries(catalog.connection)[0]
    assert (line.who, line.action, line.detail) == ("ann", "trained", "put in place")


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


def test_other_messages_are_no_result() -> None:
    with pytest.raises(ValueError, match="no result"):
        training.parse("{}")
    with pytest.raises(ValueError, match="Expecting value"):
        training.parse("cancelled by ann")
