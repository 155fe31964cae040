"""Which words are learned from, and which are near: worked by hand."""

import numpy as np
import pytest

from corpus.phrases import Phrase
from corpus.thesaurus import Headword
from search.question.learn_near_words import (
    RELATED,
    apart,
    in_terms,
    nearest,
    vocabulary,
    with_thesaurus,
)
from search.question.near_words import SAME


def test_whole_words_and_those_that_stand_twice_as_written_most_often() -> None:
    pieces = ["[CLS]", "##s", "a1", "cat", "cats", "the", "x"]
    # "cats" twice with the piece, "cat" once; "zebu" stands once and is no piece
    assert vocabulary(pieces, ["Dogs, 3 dogs", "cats; zebu The the"]) == {
        "cat": "cats",
        "dog": "dogs",
    }
    assert vocabulary([], []) == {}


def test_the_nearest_by_hand() -> None:
    written = {"cost": "costs", "price": "price", "rain": "rain", "unpaid": "unpaid"}
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1], [1, 0]], dtype=np.float32)
    found = nearest(written, vectors)
    assert [*found] == [*written]
    # 1.2 for each point of the cosine above .5
    assert found["cost"] == pytest.approx({"unpaid": 0.6, "price": 0.36})
    assert [*found["cost"]] == ["unpaid", "price"]
    assert found["price"] == pytest.approx({"cost": 0.36, "unpaid": 0.36, "rain": 0.12})
    assert found["rain"] == pytest.approx({"price": 0.12})


def test_the_thesaurus_counts_either_way_and_the_larger_share() -> None:
    entries = [
        Headword("paying", ("fund", "the", "low-cost"), ("wages", "months")),
        Headword("buyers", ("seller",), ()),
    ]
    near = {"pay": {"wage": 0.5, "fund": 0.1}, "seller": {}}
    assert with_thesaurus(near, entries) == {
        "fund": {"pay": SAME},
        "month": {"pay": RELATED},
        "pay": {"fund": SAME, "wage": 0.5, "month": RELATED},
        "seller": {},  # the contrary of a buyer
        "wage": {"pay": RELATED},
    }
    assert near["pay"]["fund"] == 0.1  # what was given stays


def test_phrases_in_terms_without_words_that_mean_nothing() -> None:
    entries = (
        Phrase("go wrong", ("fail", "failing", "go badly wrong", "wrong")),
        Phrase("go wrongly", ("be in error",)),
        Phrase("by the way", ("of it", "incidentally")),
        Phrase("what is it", ("meaning",)),
        Phrase("work works", ("job",)),
        Phrase("out of order", ("not working", "no order", "of it")),
    )
    assert in_terms(entries) == {
        ("by", "the", "way"): (("incident",),),
        ("go", "wrong"): (("fail",), ("go", "bad", "wrong"), ("be", "in", "error")),
        ("out", "of", "order"): (("not", "work"),),
        ("work", "work"): (("job",),),
    }


def test_twenty_at_most() -> None:
    written = {f"w{letter}": f"w{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"}
    found = nearest(written, np.ones((26, 1), dtype=np.float32))
    assert {len(near) for near in found.values()} == {20}
    assert [*found["wz"]] == [f"w{letter}" for letter in "abcdefghijklmnopqrst"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cost", "costs"),
        ("legal", "illegal"),
        ("unemployed", "employed"),
        ("possible", "impossible"),
        ("men", "women"),
        ("higher", "lower"),
        ("tenants", "landlord"),
        ("seven", "twelve"),
        ("may", "july"),
        ("first", "second"),
        ("Kenya", "ugandans"),
        ("eligible", "ineligible"),
        ("mature", "immature"),
        ("unlawful", "legal"),
        ("month", "years"),
        ("southern", "northern"),
        ("white", "black"),
        ("Muslims", "Christian"),
        ("English", "French"),
    ],
)
def test_what_never_stands_for_each_other(one: str, other: str) -> None:
    assert apart(one, other)
    assert apart(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cost", "price"),
        ("immigration", "migration"),
        ("imprisonment", "prison"),
        ("inflow", "flow"),
        ("seven", "number"),
        ("Kenya", "Kenyans"),
        ("men", "male"),
        ("may", "can"),
        ("unlawful", "illegal"),
        ("France", "french"),
        ("north", "northern"),
    ],
)
def test_what_may(one: str, other: str) -> None:
    assert not apart(one, other)
    assert not apart(other, one)
