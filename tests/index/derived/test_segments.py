"""Segments: which stay, and that several answer as one does."""

from pathlib import Path

import numpy as np
import pytest

from index.derived import positions, segments
from index.derived.positions import Positions
from index.derived.segments import Segment, SegmentedPositions, SegmentedVectors, kept
from index.derived.vectors import FlatVectors
from index.encoding.windows import window_spans


def counts(found: tuple[Segment, ...]) -> list[int]:
    return [segment.count for segment in found]


@pytest.mark.parametrize(
    ("before", "added", "stay"),
    [
        ([], 5, []),
        ([100], 5, [100]),
        ([100], 25, [100]),  # four times as large
        ([100], 26, []),
        ([1000, 100, 20], 5, [1000, 100, 20]),
        ([1000, 110, 20], 6, [1000, 110]),  # 26 in the new one then, and 110 is over 4 times 26
        ([1000, 100, 20], 6, [1000]),  # 26 pulls in 100, and 1000 stands against 126
        ([segments.FULL, 7], 90_000, [segments.FULL]),  # a full one is never written again
        ([100, 3], 0, [100, 3]),
        ([0], 1, []),
    ],
)
def test_small_ones_go_into_the_new_one(before: list[int], added: int, stay: list[int]) -> None:
    held = tuple(Segment(1000 * n, count) for n, count in enumerate(before))
    assert counts(tuple(kept(held, added))) == stay


def test_many_additions_leave_few_segments() -> None:
    held: list[Segment] = []
    written = 0
    for number in range(1, 3001):
        stay = list(kept(held, 1))
        tail = sum(segment.count for segment in held[len(stay) :]) + 1
        held = [*stay, Segment(number, tail)]
        written += tail
    assert sum(segment.count for segment in held) == 3000
    assert len(held) <= 7  # log4(3000) is 5.8
    assert written / 3000 < 20


TEXTS = {
    3: "We met. They left early. We met again.",
    7: "Early visits cost more.",
    8: "Nothing.",
    20: "They met early.",
}


def terms(text: str) -> list[str]:
    return text.lower().replace(".", " ").split()


def written(folder: Path, numbers: list[int]) -> Positions:
    folder.mkdir()
    rows = [(number, "Head", TEXTS[number], window_spans(TEXTS[number])) for number in numbers]
    positions.build(rows, terms, folder)
    return Positions.load(folder)


def test_positions_in_segments_are_those_of_one(tmp_path: Path) -> None:
    whole = written(tmp_path / "whole", [3, 7, 8, 20])
    parts = [written(tmp_path / "1", [3, 7]), written(tmp_path / "2", [8, 20])]
    several = SegmentedPositions(np.array([3, 8]), parts)
    asked, pairs = ("met", "early", "head", "zebra"), (("met", "early"), ("head", "met"))
    for numbers in ([3, 7, 8, 20], [7, 20], [20], [20, 3, 8, 7], []):
        one, other = (
            held.held(asked, pairs, np.array(numbers, dtype=np.int64), ("cost", "they"))
            for held in (whole, several)
        )
        for name in ("terms", "pairs", "windows", "window_bounds"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), (numbers, name)
    assert several.held(asked, pairs, np.array([20])).pairs.tolist() == [[True, False]]


def test_vectors_in_segments_are_those_of_one() -> None:
    rng = np.random.default_rng(2)
    rows = rng.standard_normal((60, 8), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows[40] = rows[5]  # equal cosines, in two segments
    numbered = [(number, row) for number, row in enumerate(rows, start=1)]
    whole = FlatVectors.build(numbered, 8)
    cuts = ((0, 30), (30, 55), (55, 60))
    parts = [FlatVectors.build(numbered[start:end], 8) for start, end in cuts]
    several = SegmentedVectors(np.array([1, 31, 56]), parts)
    assert sorted(several.numbers().tolist()) == list(range(1, 61))
    for allowed in (None, np.array([41, 2, 59, 33]), np.array([], dtype=np.int64)):
        one, other = (index.nearest(rows[5], 10, allowed) for index in (whole, several))
        assert one[1].tolist() == other[1].tolist()
        assert sorted(one[0].tolist()) == sorted(other[0].tolist())
    assert several.nearest(rows[5], 2)[0].tolist() == [6, 41]
