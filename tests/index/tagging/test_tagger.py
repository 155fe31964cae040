"""Heads: what they make of a text, how they are kept, and which are refused."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus import taxonomy
from index.encoding.encoder import EncoderIdentity
from index.rows.records import Windows
from index.tagging import tagger
from index.tagging.tagger import Heads, TaggerError

# Two labels over vectors of two dimensions and three known terms, all stems.
HEADS = Heads(
    labels=("visit", "money"),
    vector_weights=np.array([[1.0, 0.0], [0.0, 2.0]], dtype=np.float32),
    terms=("mayor", "visit", "euro"),
    word_weights=np.array([[1.0, 3.0, 0.0], [0.0, 0.0, 4.0]], dtype=np.float32),
    rarity=np.array([1.0, 1.0, 2.0], dtype=np.float32),
    score_weights=np.array([[0.5, 0.0], [0.0, 2.0]], dtype=np.float32),
    usual_scores=np.array([0.0, 0.0], dtype=np.float32),
    bias=np.array([-1.0, -3.0], dtype=np.float32),
    thresholds=np.array([0.5, 0.5], dtype=np.float32),
    encoder="e" * 64,
    taxonomy="small/1",
    examples="x" * 64,
    scorer="a" * 64,
)
TEXT = "The mayor visited. It rained."
SPANS = np.array([[0, 18], [19, 29]], dtype=np.int32)
VECTORS = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
NO_SCORES = np.zeros((0, 0), dtype=np.float32)
WINDOWS = Windows(SPANS, VECTORS, NO_SCORES)


def test_probabilities_add_up_words_and_windows() -> None:
    # words: "mayor", "visit" with weight 1 each, length sqrt 2; mean window (.5, .5)
    visit = -1 + (1 + 3) / np.sqrt(2) + 0.5
    money = -3 + 0 + 2 * 0.5
    expected = [1 / (1 + np.exp(-visit)), 1 / (1 + np.exp(-money))]
    assert HEADS.probabilities(TEXT, WINDOWS) == pytest.approx(expected, abs=1e-6)


def test_a_tag_shows_the_window_that_earned_it() -> None:
    (tag,) = HEADS.tags(TEXT, WINDOWS)
    assert (tag.label, tag.start, tag.end) == ("visit", 0, 18)
    # 1 / (1 + exp(-2.3284)), the logit as above
    assert tag.probability == pytest.approx(0.9112, abs=1e-4)


def test_the_highest_label_score_of_a_window_counts() -> None:
    scores = np.array([[1.0, 3.0], [4.0, 2.0]], dtype=np.float32)
    # as above, and half of 4 and twice 3
    visit = -1 + (1 + 3) / np.sqrt(2) + 0.5 + 0.5 * 4
    money = -3 + 0 + 2 * 0.5 + 2 * 3
    expected = [1 / (1 + np.exp(-visit)), 1 / (1 + np.exp(-money))]
    scored = Windows(SPANS, VECTORS, scores, scorer="a" * 64)
    assert HEADS.probabilities(TEXT, scored) == pytest.approx(expected, abs=1e-6)
    # visit: .5 + 4 / sqrt 2 + .5 in the first window against 2; money: 6 against 1 + 4
    starts = {tag.label: tag.start for tag in HEADS.tags(TEXT, scored)}
    assert starts == {"visit": 0, "money": 0}


def test_a_label_hears_the_scores_of_the_others() -> None:
    scores = np.array([[1.0, 3.0], [4.0, 2.0]], dtype=np.float32)
    heard = np.array([[0.5, -0.25], [1.0, 2.0]], dtype=np.float32)
    # the highest are 4 and 3: half of 4 less a quarter of 3; once 4 and twice 3
    visit = -1 + (1 + 3) / np.sqrt(2) + 0.5 + 0.5 * 4 - 0.25 * 3
    money = -3 + 0 + 2 * 0.5 + 4 + 2 * 3
    expected = [1 / (1 + np.exp(-visit)), 1 / (1 + np.exp(-money))]
    scored = Windows(SPANS, VECTORS, scores, scorer="a" * 64)
    heads = replace(HEADS, score_weights=heard)
    assert heads.probabilities(TEXT, scored) == pytest.approx(expected, abs=1e-6)
    # money: 1 + 6 in the first window against 1 + 4 + 4
    starts = {tag.label: tag.start for tag in heads.tags(TEXT, scored)}
    assert starts == {"visit": 0, "money": 19}


def test_scores_of_another_attention_do_not_count() -> None:
    scores = np.array([[9.0, 9.0], [9.0, 9.0]], dtype=np.float32)
    other = Windows(SPANS, VECTORS, scores, scorer="b" * 64)
    usual = replace(HEADS, usual_scores=np.array([2.0, 0.0], dtype=np.float32))
    # as above, and half of the usual 2 in place of half of 9
    visit = -1 + (1 + 3) / np.sqrt(2) + 0.5 + 0.5 * 2
    expected = 1 / (1 + np.exp(-visit))
    assert usual.probabilities(TEXT, other)[0] == pytest.approx(expected, abs=1e-6)
    assert HEADS.probabilities(TEXT, other) == pytest.approx(HEADS.probabilities(TEXT, WINDOWS))


def test_words_outweigh_vectors_in_the_choice_of_the_window() -> None:
    text = "It rained. The mayor visited."
    spans = np.array([[0, 10], [11, 29]], dtype=np.int32)
    # the first window's vector speaks for the label, the second's words speak louder
    (tag,) = HEADS.tags(text, Windows(spans, VECTORS, NO_SCORES))
    assert (tag.start, tag.end) == (11, 29)


def test_tags_come_with_the_most_probable_first() -> None:
    text = "The mayor visited. Euros, euros, euros."
    spans = np.array([[0, 18], [19, 39]], dtype=np.int32)
    heads = replace(HEADS, thresholds=np.array([0.1, 0.1], dtype=np.float32))
    tags = heads.tags(text, Windows(spans, VECTORS, NO_SCORES))
    assert [tag.label for tag in tags] == ["money", "visit"]
    assert tags[0].probability > tags[1].probability


def test_a_text_without_words_gets_no_tag() -> None:
    nothing = Windows(np.zeros((0, 2), np.int32), np.zeros((0, 2), np.float32), NO_SCORES)
    assert HEADS.tags("…", nothing) == ()
    assert HEADS.probabilities("…", nothing) == pytest.approx(
        [1 / (1 + np.e), 1 / (1 + np.e**3)], abs=1e-6
    )


def test_a_crumb_of_a_table_gets_no_tag() -> None:
    spans, vectors = np.array([[0, 17]], dtype=np.int32), np.array([[9.0, 9.0]], dtype=np.float32)
    window = Windows(spans, vectors, NO_SCORES)
    assert HEADS.probabilities("The mayor visited.", window)[0] > 0.9
    assert HEADS.tags("The mayor visited.", window) == ()


def test_heads_survive_saving(tmp_path: Path) -> None:
    tagger.save(HEADS, tmp_path)
    again = tagger.load(tmp_path)
    assert (again.labels, again.terms, again.encoder) == (HEADS.labels, HEADS.terms, HEADS.encoder)
    assert again.probabilities(TEXT, WINDOWS) == pytest.approx(HEADS.probabilities(TEXT, WINDOWS))


def test_the_same_heads_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        tagger.save(HEADS, tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_missing_heads_are_named(tmp_path: Path) -> None:
    with pytest.raises(TaggerError, match="cannot be read") as caught:
        tagger.load(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_heads_of_before_there_were_label_scores_use_none(tmp_path: Path) -> None:
    tagger.save(HEADS, tmp_path)
    with np.load(tmp_path / "heads.npz") as arrays:
        kept = {name: arrays[name] for name in arrays if "score" not in name}
    np.savez(tmp_path / "heads.npz", **kept)
    about = json.loads((tmp_path / "heads.json").read_text())
    del about["scorer"]
    (tmp_path / "heads.json").write_text(json.dumps(about))
    older = tagger.load(tmp_path)
    scored = replace(
        WINDOWS, scores=np.array([[1.0, 3.0], [4.0, 2.0]], np.float32), scorer="a" * 64
    )
    assert older.probabilities(TEXT, scored) == pytest.approx(HEADS.probabilities(TEXT, WINDOWS))


def test_cut_off_weights_are_refused(tmp_path: Path) -> None:
    tagger.save(HEADS, tmp_path)
    whole = (tmp_path / "heads.npz").read_bytes()
    (tmp_path / "heads.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TaggerError, match="cannot be read"):
        tagger.load(tmp_path)


def test_a_pickle_in_place_of_weights_is_refused(tmp_path: Path) -> None:
    tagger.save(HEADS, tmp_path)
    odd = {name: np.array([{"a": 1}], dtype=object) for name in ("vector_weights", "word_weights")}
    np.savez(tmp_path / "heads.npz", **odd)
    with pytest.raises(TaggerError, match="cannot be read"):
        tagger.load(tmp_path)


def test_a_missing_key_is_refused(tmp_path: Path) -> None:
    tagger.save(HEADS, tmp_path)
    about = json.loads((tmp_path / "heads.json").read_text())
    del about["examples"]
    (tmp_path / "heads.json").write_text(json.dumps(about))
    with pytest.raises(TaggerError, match="examples"):
        tagger.load(tmp_path)


def test_parts_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    tagger.save(replace(HEADS, terms=("mayor", "visited")), tmp_path)
    with pytest.raises(TaggerError, match=r"'word_weights' is .*2 labels and 2 terms need"):
        tagger.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "shape", "said"),
    [
        ("vector_weights", (3, 2), "is (3,), 2 labels and 3 terms need (2,)"),
        ("word_weights", (2, 4), "is (2, 4), 2 labels and 3 terms need (2, 3)"),
        ("score_weights", (2, 3), "is (2, 3), 2 labels and 3 terms need (2, 2)"),
        ("usual_scores", (1,), "is (1,), 2 labels and 3 terms need (2,)"),
        ("rarity", (2,), "is (2,), 2 labels and 3 terms need (3,)"),
        ("bias", (1,), "is (1,), 2 labels and 3 terms need (2,)"),
        ("thresholds", (3,), "is (3,), 2 labels and 3 terms need (2,)"),
    ],
)
def test_the_part_that_does_not_fit_is_named(
    name: str, shape: tuple[int, ...], said: str, tmp_path: Path
) -> None:
    tagger.save(replace(HEADS, **{name: np.zeros(shape, dtype=np.float32)}), tmp_path)
    with pytest.raises(TaggerError, match=re.escape(f"'{name}' {said}")):
        tagger.load(tmp_path)


def test_heads_whose_labels_heard_only_their_own_score_are_read(tmp_path: Path) -> None:
    tagger.save(replace(HEADS, score_weights=np.array([0.5, 2.0], dtype=np.float32)), tmp_path)
    assert np.array_equal(tagger.load(tmp_path).score_weights, [[0.5, 0.0], [0.0, 2.0]])


def test_heads_fit_one_encoder_and_one_taxonomy_only() -> None:
    starter = taxonomy.load()
    identity = EncoderIdentity("m", "e" * 64, 2, 256)
    heads = replace(
        HEADS,
        labels=starter.label_ids,
        taxonomy=f"{starter.id}/{starter.version}",
        vector_weights=np.zeros((10, 2), dtype=np.float32),
    )
    assert tagger.fits(heads, identity, starter)
    assert not tagger.fits(replace(heads, encoder="f" * 64), identity, starter)
    assert not tagger.fits(replace(heads, taxonomy="other/1"), identity, starter)
    assert not tagger.fits(replace(heads, labels=heads.labels[::-1]), identity, starter)
    assert not tagger.fits(heads, replace(identity, dimension=3), starter)
