"""Cohen's kappa, worked by hand."""

import pytest

from corpus.agreement import agreements, cohens_kappa


def test_kappa_of_two_who_mostly_agree() -> None:
    # 50 passages: both yes on 20, both no on 15, only the first on 5, only the second on 10.
    # p_o = 35/50 = .7; p_e = (25*30 + 25*20) / 2500 = .5; kappa = .2/.5
    assert cohens_kappa(50, first=25, second=30, both=20) == pytest.approx(0.4)


def test_kappa_of_those_who_agree_as_chance_would() -> None:
    # each says yes to half of four, together to one: p_o = .5 = p_e
    assert cohens_kappa(4, first=2, second=2, both=1) == pytest.approx(0.0)


def test_kappa_of_opposites_is_negative() -> None:
    assert cohens_kappa(4, first=2, second=2, both=0) == pytest.approx(-1.0)


def test_kappa_when_neither_ever_said_yes() -> None:
    assert cohens_kappa(9, first=0, second=0, both=0) == 1.0


def test_kappa_needs_passages() -> None:
    with pytest.raises(ValueError, match="kappa of no passages"):
        cohens_kappa(0, first=0, second=0, both=0)


def test_only_passages_that_both_read_count() -> None:
    a, b, none = frozenset("a"), frozenset("b"), frozenset[str]()
    first = {"p1": a, "p2": a | b, "p3": none, "p4": b}
    second = {"p1": a, "p2": b, "p3": none, "p9": a}
    on_a, on_b = agreements(first, second, ["a", "b"])
    assert (on_a.passages, on_a.first, on_a.second, on_a.both) == (3, 2, 1, 1)
    # p_o = 2/3; p_e = (2*1 + 1*2)/9 = 4/9; kappa = (2/9)/(5/9)
    assert on_a.kappa == pytest.approx(0.4)
    assert on_b.kappa == pytest.approx(1.0)
