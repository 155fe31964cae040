"""Learning an attention, on a small field with the real encoder."""

import numpy as np
import pytest

from corpus.labelled import LabelledPassage
from corpus.taxonomy import Taxonomy
from index.encoding import encoder
from index.learning.examples import Examples, without_vectors
from index.learning.learn_attention import LAYERS, learn_left_out


@pytest.fixture(scope="module")
def examples(garden: Taxonomy, garden_passages: list[LabelledPassage]) -> Examples:
    return without_vectors(garden_passages, garden)


def test_what_it_did_not_see_is_told_apart(examples: Examples, garden: Taxonomy) -> None:
    found, scores = learn_left_out(examples, garden, encoder.load_plain())
    assert found.labels == garden.label_ids
    assert found.layers == LAYERS
    assert found.fits(garden)
    assert scores.shape == examples.truth.shape
    for column, truth in zip(scores.T, examples.truth.T, strict=True):
        assert np.median(column[truth]) > np.median(column[~truth])
