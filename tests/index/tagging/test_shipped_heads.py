"""The tagger that comes with Waymark: learned from the passages beside it, as good as it says."""

from pathlib import Path

import numpy as np
import pytest

from corpus import labelled, taxonomy
from corpus.labelled import LabelledPassage
from index import classify
from index.classify import Classifier
from index.encoding.encode import encode_windows
from index.learning import example_vectors, examples, scorecard
from index.learning.measure import macro_f1
from index.learning.scorecard import Card
from index.library import Library
from index.tagging import tagger
from index.tagging.tagger import Heads

TAXONOMY = taxonomy.load()
PLAIN = {
    "mentoring": "Under the twinning arrangement two experts from the Finnish agency were seconded "
    "for a year to advise the new unit, and coached its staff through the first arrivals.",
    "general-training": "A two-day training workshop on interviewing was held for forty officials "
    "of the reception agencies of three countries.",
    "innovative": "The partners are piloting a new approach that none of them had tried before, in "
    "order to test whether interviews by video are feasible.",
}
NOTHING = (
    "Rents rose by twelve per cent in the capital, and the number of empty municipal flats fell "
    "from 430 to 112 within two years. Families waited nine months for a flat."
)


@pytest.fixture(scope="module")
def passages() -> tuple[LabelledPassage, ...]:
    return labelled.load(labelled.STARTER, TAXONOMY)


@pytest.fixture(scope="module")
def heads() -> Heads:
    return tagger.load(tagger.SHIPPED)


@pytest.fixture(scope="module")
def card() -> Card:
    return scorecard.load(tagger.SHIPPED)


def of(passages: tuple[LabelledPassage, ...], split: str) -> list[LabelledPassage]:
    return [passage for passage in passages if passage.split == split]


def test_they_fit_a_new_library(library: Library, heads: Heads) -> None:
    assert tagger.fits(heads, library.identity, library.taxonomy)


def test_they_were_learned_from_the_passages_as_they_are(
    passages: tuple[LabelledPassage, ...], heads: Heads, card: Card
) -> None:
    mend = "the labelled passages changed: run 'make tagger'"
    train, test = (
        examples.without_vectors(of(passages, split), TAXONOMY) for split in ("train", "test")
    )
    assert heads.examples == train.digest(), mend
    assert card["learned_from"] == heads.examples, mend
    assert card["measured_on"] == test.digest(), mend


def test_rows_of_all_of_them_come_with_the_heads(
    library: Library, passages: tuple[LabelledPassage, ...], tmp_path: Path
) -> None:
    stopped: list[float] = []
    texts = [passage.text for passage in passages]
    rows = example_vectors.window_rows(texts, library.encoder, tmp_path / "rows", stopped.append)
    assert not stopped, "labelled passages or encoder changed: run 'make tagger'"
    some = range(0, len(texts), 150)
    windows = encode_windows([texts[row] for row in some], library.encoder)
    for row, one in zip(some, windows, strict=True):
        mean, shipped = one.vectors.mean(axis=0), rows[row, : one.vectors.shape[1]]
        likeness = mean @ shipped / np.linalg.norm(mean) / np.linalg.norm(shipped)
        assert likeness > 0.999, texts[row]
        assert rows[row, len(shipped) :] == pytest.approx(one.scores.max(axis=0), abs=0.1)


def test_they_are_as_good_as_the_card_says(
    library: Library,
    passages: tuple[LabelledPassage, ...],
    heads: Heads,
    card: Card,
    tmp_path: Path,
) -> None:
    texts = examples.without_vectors(of(passages, "test"), TAXONOMY)
    apart = example_vectors.with_vectors(texts, TAXONOMY, library.encoder, tmp_path / "rows")
    seen = scorecard.outcome(heads, apart)
    for facet in TAXONOMY.facets:
        columns = [heads.labels.index(label) for label in facet.label_ids]
        found = macro_f1(seen.given[:, columns], seen.truth[:, columns]).value
        assert found == pytest.approx(card["facets"][facet.id]["macro_f1"][0], abs=0.01)


def test_plain_words_get_their_label(library: Library, heads: Heads) -> None:
    classifier = Classifier(TAXONOMY, library.encoder, heads)
    found = classify.tags_of(classifier, list(PLAIN.values()))
    for label, tags in zip(PLAIN, found, strict=True):
        assert label in {tag.label for tag in tags}, label


def test_a_passage_about_something_else_gets_none(library: Library, heads: Heads) -> None:
    classifier = Classifier(TAXONOMY, library.encoder, heads)
    assert classify.tags_of(classifier, [NOTHING]) == [()]
