"""A view's vectors and positions in segments, so that adding a document writes little.

A segment holds the passages from its first number up to the next segment's. Numbers ascend and are
never used again, so new passages always belong at the end. They are written as a new segment, which
takes in each segment before it that is not at least four times as large, as in a log-structured
merge tree (O'Neil et al. 1996). So n passages have at most about log4(n) segments, and each passage
was written at most that often. No segment has more than `FULL` passages, which bounds the memory
that building one takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.derived import positions
from index.derived.positions import Positions, TermIncidence, Terms
from index.derived.vectors import FlatVectors, Numbers, Scores
from index.rows.catalog import Catalog
from index.rows.records import FloatVector, Spans

FULL = 100_000
"""Passages of a segment that is never taken into another."""

_RATIO = 4
"""How many times as large as what comes behind it a segment has to be to stay as it is."""

_VECTORS = "vectors.faiss"


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a view. first: the smallest number it may hold. count: passages it holds."""

    first: int
    count: int

    @property
    def folder(self) -> str:
        """The name of its folder inside the view."""
        return str(self.first)


def kept(segments: Sequence[Segment], added: int) -> Sequence[Segment]:
    """The segments that stay as they are when so many passages are added. All others are taken into
    the new one.
    """
    stay, total = len(segments), added
    while stay and segments[stay - 1].count < min(_RATIO * total, FULL):
        stay -= 1
        total += segments[stay].count
    return segments[:stay]


def write(
    catalog: Catalog, numbers: Numbers, dimension: int, terms: Terms, folder: Path
) -> tuple[Segment, ...]:
    """Write passages as segments into a folder.

    numbers: of the passages, int64 (n,), ascending: all that there are from the first to the last
        of them. With none, one empty segment is written.
    """
    found = []
    for start in range(0, max(1, len(numbers)), FULL):
        part = numbers[start : start + FULL]
        bounds = (int(part[0]), int(part[-1])) if len(part) else (0, -1)
        segment = Segment(bounds[0], len(part))
        inside = folder / segment.folder
        inside.mkdir()
        vectors = FlatVectors.build(catalog.all_vectors(*bounds), dimension)
        vectors.save(inside / _VECTORS)
        positions.build(_placed(catalog, bounds), terms, inside)
        found.append(segment)
    return tuple(found)


def _placed(catalog: Catalog, bounds: tuple[int, int]) -> Iterator[tuple[int, str, str, Spans]]:
    """Number, headings, text and windows of the passages from one number to another."""
    for (number, title, section, text), (_, spans) in zip(
        catalog.all_texts(*bounds), catalog.all_spans(*bounds), strict=True
    ):
        yield number, f"{title} {section}", text, spans


def load(folder: Path, segments: Sequence[Segment]) -> tuple[SegmentedVectors, SegmentedPositions]:
    """The vectors and positions of a view's segments, in their order. Verify their files first."""
    firsts = np.array([segment.first for segment in segments], dtype=np.int64)
    folders = [folder / segment.folder for segment in segments]
    return (
        SegmentedVectors(firsts, [FlatVectors.load(inside / _VECTORS) for inside in folders]),
        SegmentedPositions(firsts, [Positions.load(inside) for inside in folders]),
    )


def _owner(firsts: Numbers, numbers: Numbers) -> Any:
    """The segment of each number, int64 (n,)."""
    return np.searchsorted(firsts, numbers, side="right") - 1


class SegmentedVectors:
    """Search over all segments."""

    def __init__(self, firsts: Numbers, parts: Sequence[FlatVectors]) -> None:
        self._firsts = firsts
        self._parts = parts

    def numbers(self) -> Numbers:
        """See `Vectors.numbers`."""
        return np.concatenate([part.numbers() for part in self._parts])

    def nearest(
        self, vector: FloatVector, k: int, allowed: Numbers | None = None
    ) -> tuple[Numbers, Scores]:
        """See `Vectors.nearest`; of equal cosines those of earlier segments come first."""
        owner = None if allowed is None else _owner(self._firsts, allowed)
        found = [
            part.nearest(vector, k, None if allowed is None else allowed[owner == index])
            for index, part in enumerate(self._parts)
        ]
        numbers = np.concatenate([part[0] for part in found])
        scores = np.concatenate([part[1] for part in found])
        best = np.argsort(-scores, kind="stable")[:k]
        return numbers[best], scores[best]


class SegmentedPositions:
    """Which of a question's terms stand where, over all segments."""

    def __init__(self, firsts: Numbers, parts: Sequence[Positions]) -> None:
        self._firsts = firsts
        self._parts = parts

    def numbers(self) -> Numbers:
        """The passages held, int64 (n,)."""
        return np.concatenate([part.numbers for part in self._parts])

    def held(
        self,
        terms: Sequence[str],
        pairs: Sequence[tuple[str, str]],
        numbers: Numbers,
        further: Sequence[str] = (),
    ) -> TermIncidence:
        """See `Positions.held`."""
        owner = _owner(self._firsts, numbers)
        runs = np.split(np.arange(len(numbers)), np.flatnonzero(np.diff(owner)) + 1)
        found = [
            self._parts[int(owner[run[0]]) if len(run) else 0].held(
                terms, pairs, numbers[run], further
            )
            for run in runs
        ]
        return found[0] if len(found) == 1 else _joined(found)


def _joined(found: Sequence[TermIncidence]) -> TermIncidence:
    """One incidence of several, their passages one list after the other."""
    counts = [np.diff(held.window_bounds) for held in found]
    return TermIncidence(
        np.concatenate([held.terms for held in found]),
        np.concatenate([held.pairs for held in found]),
        np.concatenate([held.windows for held in found]),
        np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *counts])),
    )
