"""Terms of passages, looked up: worked by hand, and against texts cut anew."""

from pathlib import Path

import numpy as np

from index.derived import positions
from index.derived.positions import Positions
from index.encoding.windows import window_spans


def terms(text: str) -> list[str]:
    return text.lower().replace(".", " ").split()


TEXTS = {
    3: ("Annual report", "We met. They left early. We met again."),
    7: ("Costs", "Early visits cost more."),
    8: ("", "Nothing."),
}


def built(folder: Path) -> Positions:
    rows = [
        (number, headings, text, window_spans(text)) for number, (headings, text) in TEXTS.items()
    ]
    positions.build(rows, terms, folder)
    return Positions.load(folder)


def test_terms_windows_and_pairs_by_hand(tmp_path: Path) -> None:
    asked = ("we", "early", "annual", "zebra", "met")
    pairs = (("we", "met"), ("early", "we"), ("annual", "we"), ("met", "we"))
    held = built(tmp_path).held(asked, pairs, np.array([3, 7, 8]))
    assert held.terms.tolist() == [
        [True, True, True, False, True],  # "annual" stands in the heading
        [False, True, False, False, False],
        [False] * 5,
    ]
    assert held.window_bounds.tolist() == [0, 2, 3, 4]
    assert held.windows.tolist() == [
        [True, True, False, False, True],  # We met. They left early.
        [True, True, False, False, True],  # They left early. We met again.
        [False, True, False, False, False],
        [False] * 5,
    ]
    assert held.pairs.tolist() == [[True, True, False, False], [False] * 4, [False] * 4]


def test_a_pair_does_not_span_text_and_heading_or_two_passages(tmp_path: Path) -> None:
    pairs = (("again", "annual"), ("report", "early"), ("costs", "nothing"))
    asked = ("again", "annual", "report", "early", "costs", "nothing")
    held = built(tmp_path).held(asked, pairs, np.array([3, 7, 8]))
    assert held.terms.any(axis=0).all()
    assert not held.pairs.any()


def test_a_passage_in_another_language_holds_its_english_too(tmp_path: Path) -> None:
    text = "Die Stadt zahlt die Unterkunft nicht. Wir haben es ihnen gesagt."
    positions.build([(1, "Unterkunft", text, window_spans(text))], terms, tmp_path)
    asked = ("unterkunft", "accommodation", "city", "we", "zebra")
    held = Positions.load(tmp_path).held(asked, (), np.array([1]))
    assert held.terms.tolist() == [[True, True, True, True, False]]
    assert held.windows.tolist() == [[True, True, True, True, False]]
    apart = "Die Stadt zahlt die Unterkunft nicht.\nWir haben es ihnen gesagt."
    spans = np.array([[0, 37], [38, len(apart)]], dtype=np.int32)
    positions.build([(1, "", apart, spans)], terms, tmp_path)
    held = Positions.load(tmp_path).held(asked, (), np.array([1]))
    assert held.windows.tolist() == [
        [True, True, True, False, False],
        [False, False, False, True, False],
    ]


def test_passages_are_looked_up_by_number(tmp_path: Path) -> None:
    held = built(tmp_path).held(("cost",), (), np.array([7]))
    assert held.terms.tolist() == [[True]]
    assert held.windows.tolist() == [[True]]


def test_further_terms_are_looked_up_behind_the_others(tmp_path: Path) -> None:
    asked, pairs = ("we", "met"), (("we", "met"),)
    held = built(tmp_path).held(asked, pairs, np.array([3, 7]), ("early", "costs", "zebra"))
    plain = built(tmp_path).held(asked, pairs, np.array([3, 7]))
    assert held.terms.tolist() == [
        [True, True, True, False, False],
        [False, False, True, True, False],  # "Costs" stands in the heading
    ]
    assert held.windows[:, :2].tolist() == plain.windows.tolist()
    assert held.windows.tolist() == [
        [True, True, True, False, False],  # "early" lies in both windows
        [True, True, True, False, False],
        [False, False, True, False, False],  # "Costs" does not stand in the text
    ]
    assert held.pairs.tolist() == plain.pairs.tolist() == [[True], [False]]


def test_nothing_asked_of_nothing(tmp_path: Path) -> None:
    positions.build([], terms, tmp_path)
    held = Positions.load(tmp_path).held(("x",), (), np.zeros(0, dtype=np.int64))
    assert held.terms.shape == (0, 1)
    assert held.windows.shape == (0, 1)


def test_a_passage_without_windows_is_its_own(tmp_path: Path) -> None:
    positions.build([(1, "", "one two", np.zeros((0, 2), dtype=np.int32))], terms, tmp_path)
    held = Positions.load(tmp_path).held(("two", "six"), (), np.array([1]))
    assert held.windows.tolist() == [[True, False]]
