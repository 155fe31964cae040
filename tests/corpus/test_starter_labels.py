"""The labelled passages that come with Waymark: enough of each kind, and honestly split."""

from collections import Counter

import pytest
from overlap import shared, shared_share

from corpus import labelled, taxonomy
from corpus.labelled import LabelledPassage

TAXONOMY = taxonomy.load()
Passages = tuple[LabelledPassage, ...]


@pytest.fixture(scope="module")
def passages() -> Passages:
    return labelled.load(labelled.STARTER, TAXONOMY)


def of(passages: Passages, split: str) -> list[LabelledPassage]:
    return [passage for passage in passages if passage.split == split]


def test_there_are_enough(passages: Passages) -> None:
    labels = Counter(label for passage in passages for label in passage.labels)
    assert len(passages) >= 1200
    assert min(labels[label] for label in TAXONOMY.label_ids) >= 100
    assert sum(not passage.labels for passage in passages) >= 0.45 * len(passages)
    assert sum(passage.near_miss for passage in passages) >= 200
    assert len({passage.kind for passage in passages}) >= 10
    assert len({passage.field for passage in passages}) >= 8


def test_they_are_as_long_as_passages_are(passages: Passages) -> None:
    for passage in passages:
        assert 30 <= len(passage.text.split()) <= 200, passage.id


def test_a_fifth_is_kept_apart_with_each_label_in_it(passages: Passages) -> None:
    test = of(passages, "test")
    assert 0.17 <= len(test) / len(passages) <= 0.23
    for label in TAXONOMY.label_ids:
        whole = sum(label in passage.labels for passage in passages)
        apart = sum(label in passage.labels for passage in test)
        assert 0.12 <= apart / whole <= 0.28, label


def test_no_topic_of_a_writer_is_on_both_sides(passages: Passages) -> None:
    topics = [
        {(passage.batch, passage.topic.lower()) for passage in of(passages, split)}
        for split in ("train", "test")
    ]
    assert not topics[0] & topics[1]


def test_the_sides_share_no_run_of_eight_words(passages: Passages) -> None:
    train, test = ([p.text for p in of(passages, split)] for split in ("train", "test"))
    assert shared(test, train, 8) == set()


def test_passages_are_as_far_from_the_other_side_as_from_their_own(passages: Passages) -> None:
    """Near-duplicates across the split would show as more shared runs between than within."""
    train, test = ([p.text for p in of(passages, split)] for split in ("train", "test"))
    half, other_half = train[0::2], train[1::2]
    within = shared_share(half[0::2], other_half, 4)
    between = shared_share(test, other_half, 4)
    assert between <= 1.2 * within
    assert between < 0.1


def test_the_second_annotator_read_most_of_them(passages: Passages) -> None:
    first = labelled.read_labels(labelled.STARTER / labelled.FIRST, TAXONOMY)
    second = labelled.read_labels(labelled.STARTER / labelled.SECOND, TAXONOMY)
    assert set(first) == {passage.id for passage in passages}
    assert set(second) <= set(first)
    assert len(second) >= 1200


def test_what_both_annotators_said_was_not_overruled(passages: Passages) -> None:
    first = labelled.read_labels(labelled.STARTER / labelled.FIRST, TAXONOMY)
    second = labelled.read_labels(labelled.STARTER / labelled.SECOND, TAXONOMY)
    for passage in passages:
        other = second.get(passage.id, first[passage.id])
        assert first[passage.id] & other <= passage.labels, passage.id
        assert passage.labels <= first[passage.id] | other, passage.id
