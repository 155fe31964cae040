"""Sketches of texts, and the share that one has of another."""

from __future__ import annotations

import random

import pytest

from index.rows.likeness import MOST, share, sketch


def words(start: int, stop: int) -> str:
    return " ".join(f"w{number}" for number in range(start, stop))


def test_the_share_is_of_runs_of_eight_words() -> None:
    # 17 words are 10 runs; the first 12 of them are 5 runs, all among those 10.
    long, short = sketch([words(0, 17)]), sketch([words(0, 12)])
    assert share(short, long) == 1.0
    assert share(long, short) == 0.5


def test_a_run_counts_wherever_it_stands() -> None:
    # 12 words from the middle are 5 runs of the 13 that 20 words have.
    whole, middle = sketch([words(0, 20)]), sketch([words(5, 17)])
    assert share(middle, whole) == 1.0
    assert share(whole, middle) == pytest.approx(5 / 13)


def test_case_and_marks_do_not_count() -> None:
    one = sketch(["Ministers feared a backlash; colleagues met them before the vote."])
    two = sketch(["MINISTERS FEARED (a) backlash, colleagues met them before the vote"])
    assert share(one, two) == 1.0


def test_digests_are_whole_numbers_that_json_holds() -> None:
    digests = sketch([words(0, 1000)]).digests
    assert len(digests) == 993
    assert 2**52 < max(digests) < 2**53
    assert min(digests) >= 0


def test_a_text_without_words_has_no_runs() -> None:
    assert sketch(["", " … "]).digests == frozenset()


def test_other_texts_share_nothing() -> None:
    assert share(sketch([words(0, 50)]), sketch([words(100, 150)])) == 0.0
    assert share(sketch([]), sketch([words(0, 50)])) == 0.0


def test_short_passages_are_one_run() -> None:
    assert share(sketch(["Rents rose."]), sketch(["Rents rose.", words(0, 20)])) == 1.0
    assert [len(sketch([words(0, count)]).digests) for count in (1, 2, 8, 9)] == [1, 1, 1, 2]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_long_texts_are_estimated_within_a_twentieth(part: float) -> None:
    dice = random.Random(5)  # noqa: S311 - an order, no secret
    texts = [words(start, start + 107) for start in range(0, 40_000, 200)]  # 100 runs each
    other = [words(start, start + 107) for start in range(900_000, 960_000, 200)]
    dice.shuffle(texts)
    shared = round(part * len(texts))
    one = sketch(texts)
    assert 0 < len(one.digests) <= MOST
    assert share(one, sketch([*texts[:shared], *other])) == pytest.approx(part, abs=0.05)


def test_a_short_text_in_a_long_one_is_found() -> None:
    long = [words(start, start + 107) for start in range(0, 40_000, 200)]
    assert share(sketch(long[:60]), sketch(long)) == 1.0
