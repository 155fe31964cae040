"""Which passages a person is asked about: drawn, read and asked in turn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.learning import decisions, queue
from index.library import Library
from index.tagging.tagger import Heads, TaggerError

# A term that one passage has, and what it adds to the logit, which is 0 elsewhere.
TELLING = {"harbour": 2.0, "backlash": 1.0, "flat": 4.0}
LABELS = ("mentoring", "relational")


def telling_heads(library: Library) -> Heads:
    """Both labels say the same of each passage. Their threshold of .9 is a logit of 2.197."""
    weights = np.array([[*TELLING.values()]] * 2, dtype=np.float32)
    none = np.zeros(2, dtype=np.float32)
    return Heads(
        labels=LABELS,
        vector_weights=np.zeros((2, library.identity.dimension), dtype=np.float32),
        terms=tuple(TELLING),
        word_weights=weights,
        rarity=np.ones(3, dtype=np.float32),
        score_weights=np.zeros((2, 2), dtype=np.float32),
        usual_scores=none,
        bias=none,
        thresholds=np.full(2, 0.9, dtype=np.float32),
        encoder=library.identity.sha256,
        taxonomy=library.taxonomy.key,
        examples="",
    )


@pytest.fixture
def asked(copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library of five passages with those heads."""
    library: Library = copy_library(tmp_path / "home")
    monkeypatch.setattr(library, "heads", lambda: telling_heads(library))
    return library


def about(question: queue.TagQuestion) -> str:
    text = question.stored.passage.text
    return next((term for term in TELLING if term in text), "neither")


def test_the_nearest_to_the_threshold_comes_first_and_labels_take_turns(asked: Library) -> None:
    """.197 from it in logits are the storms of the harbour, 1.197 the backlash, 1.803 the flats,
    2.197 the rest. By their probabilities, of .98 and .73, flats would come before the backlash.
    """
    found = queue.queue(asked, 99)
    assert [(about(one), one.label) for one in found] == [
        ("harbour", "mentoring"),
        ("backlash", "relational"),
        ("flat", "mentoring"),
        ("neither", "relational"),
        ("neither", "mentoring"),
    ]
    assert len({one.stored.number for one in found}) == 5
    # 1 / (1 + exp(-2)) and so on.
    assert [one.probability for one in found] == pytest.approx(
        [0.8808, 0.7311, 0.982, 0.5, 0.5], abs=1e-4
    )
    assert queue.queue(asked, 2) == found[:2]


def test_what_people_decided_is_not_asked_again(asked: Library) -> None:
    first, second, *_ = queue.queue(asked, 99)
    for label in LABELS:
        decisions.decide(asked, first.stored.passage_id, label, "add", "Ada")
    decisions.decide(asked, second.stored.passage_id, "mentoring", "reject", "Ada")
    found = [(about(one), one.label) for one in queue.queue(asked, 99)]
    assert found[:2] == [("flat", "mentoring"), ("backlash", "relational")]
    assert len(found) == 4
    assert "harbour" not in dict(found)


def test_without_a_tagger_nothing_is_asked(garden_library: Library) -> None:
    with pytest.raises(TaggerError, match="no tagger was learned"):
        queue.queue(garden_library, 3)


def test_of_a_large_library_only_what_is_drawn_is_read(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = copy_library(tmp_path / "home")
    every = {question.stored.number for question in queue.queue(library, 99)}
    assert len(every) == 5
    monkeypatch.setattr(queue, "_SAMPLE", 2)
    drawn = {question.stored.number for question in queue.queue(library, 99)}
    assert len(drawn) == 2
    with library.catalog() as catalog:
        # Windows that nobody could read: those of passages that are not drawn.
        catalog.connection.executemany(
            "UPDATE passages SET windows = x'00' WHERE number = ?",
            [(number,) for number in every - drawn],
        )
    assert {question.stored.number for question in queue.queue(library, 99)} == drawn
    monkeypatch.setattr(queue, "_SAMPLE", 5)
    with pytest.raises(ValueError, match="size"):
        queue.queue(library, 99)


def test_a_library_without_passages_has_no_questions(empty_library: Library) -> None:
    assert queue.queue(empty_library, 3) == []
