"""Learning heads: another field by its own taxonomy and examples alone."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.labelled import LabelledError, LabelledPassage
from corpus.taxonomy import Taxonomy
from index.encoding.encode import encode_windows
from index.learning import scorecard
from index.learning.example_vectors import with_vectors
from index.learning.examples import Examples, without_vectors
from index.learning.train import learn
from index.library import Library
from index.tagging.tagger import Heads


def train(passages: list[LabelledPassage]) -> list[LabelledPassage]:
    return [passage for passage in passages if passage.split == "train"]


def encoded(passages: list[LabelledPassage], garden: Taxonomy, library: Library) -> Examples:
    # the file cannot be written: nothing is kept between tests
    return with_vectors(
        without_vectors(passages, garden), garden, library.encoder, Path(os.devnull) / "none.npz"
    )


def learned(passages: list[LabelledPassage], garden: Taxonomy, library: Library) -> Heads:
    return learn(encoded(passages, garden, library), garden, library.encoder.identity)


@pytest.fixture(scope="module")
def heads(library: Library, garden: Taxonomy, garden_passages: list[LabelledPassage]) -> Heads:
    return learned(train(garden_passages), garden, library)


def test_another_field_is_learned_from_its_examples(library: Library, heads: Heads) -> None:
    assert heads.labels == ("food", "joy", "digging", "sowing")
    text = "They meant to eat the pumpkins. A trench was dug by the fence."
    (item,) = encode_windows([text], library.encoder)
    found = heads.tags(text, item)
    earned = {tag.label: text[tag.start : tag.end] for tag in found}
    assert earned["food"].startswith("They")
    assert set(earned) == {"food", "digging"}


def test_the_card_tells_how_good_they_are(
    library: Library, garden: Taxonomy, garden_passages: list[LabelledPassage], heads: Heads
) -> None:
    kept = [passage for passage in garden_passages if passage.split == "test"]
    apart = encoded(kept, garden, library)
    card = scorecard.make(heads, garden_passages, apart, [], garden)
    assert card["taxonomy"] == "gardening/3"
    assert card["passages"]["test"] == {"all": 18, "without_label": 6, "near_misses": 0}
    assert card["facets"]["goals"]["micro_f1"][0] > 0.8
    assert [row["label"] for row in card["labels"]] == list(heads.labels)
    assert card["labels"][0]["kappa"] is None
    for name in (*heads.labels, "goals", "activities"):
        assert name in scorecard.table(card)


def test_learning_twice_gives_the_same_heads(
    library: Library, garden: Taxonomy, garden_passages: list[LabelledPassage], heads: Heads
) -> None:
    again = learned(train(garden_passages), garden, library)
    assert again.examples == heads.examples
    assert np.array_equal(again.word_weights, heads.word_weights)
    assert np.array_equal(again.vector_weights, heads.vector_weights)
    assert np.array_equal(again.bias, heads.bias)


def test_a_label_without_examples_is_named(
    library: Library, garden: Taxonomy, garden_passages: list[LabelledPassage]
) -> None:
    without = [passage for passage in garden_passages if "joy" not in passage.labels]
    with pytest.raises(LabelledError, match="'joy' has examples on 0 topics; 5 are needed"):
        learned(without, garden, library)


def test_examples_of_one_topic_are_not_enough(
    library: Library, garden: Taxonomy, garden_passages: list[LabelledPassage]
) -> None:
    one_topic = [passage for passage in garden_passages if passage.topic == "beans"]
    with pytest.raises(LabelledError, match="on 1 topics"):
        learned(one_topic, garden, library)


def test_without_an_attention_no_label_score_counts(library: Library, heads: Heads) -> None:
    assert heads.scorer == ""
    assert np.array_equal(heads.score_weights, np.zeros((4, 4)))
    text = "They meant to eat the pumpkins."
    (item,) = encode_windows([text], library.encoder)
    assert item.scorer  # of the attention for other labels
    without = replace(item, scores=np.zeros((0, 0), dtype=np.float32), scorer="")
    assert np.isfinite(heads.probabilities(text, item)).all()
    assert np.array_equal(heads.probabilities(text, item), heads.probabilities(text, without))


def test_a_label_is_given_from_three_tenths(heads: Heads) -> None:
    assert heads.thresholds == pytest.approx([0.3] * 4)
