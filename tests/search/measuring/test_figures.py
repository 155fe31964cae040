"""Figures of finding: kept as JSON, read again as they were, refused when they cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.measuring import figures
from search.measuring.figures import Figures, FiguresError, SetFigures

ONE = SetFigures("Reports", 51, {"hit@5": (37 / 51, 0.60784, 0.84314)}, 0.04, None)


def test_they_come_back_with_four_digits(tmp_path: Path) -> None:
    figures.save(Figures("2026-11-21", (ONE,)), tmp_path / "figures.json")
    back = figures.load(tmp_path / "figures.json")
    assert back is not None
    assert back.date == "2026-11-21"
    assert back.sets[0].measures == {"hit@5": (0.7255, 0.6078, 0.8431)}
    assert (back.sets[0].false_alarms, back.sets[0].recognised) == (0.04, None)


def test_without_a_file_nothing_was_measured(tmp_path: Path) -> None:
    assert figures.load(tmp_path / "figures.json") is None


@pytest.mark.parametrize(
    "written",
    [
        "no JSON",
        "[]",
        '{"date": "2026-11-21"}',
        json.dumps(
            {
                "date": "2026-11-21",
                "sets": [{"name": "x", "questions": 1, "measures": {"hit@5": [0.5, 0.6, 0.7]}}],
            }
        ),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, written: str) -> None:
    file = tmp_path / "figures.json"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(FiguresError, match=r"figures\.json: .*make bench-quality"):
        figures.load(file)


def test_the_kept_ones_can_be_read() -> None:
    kept = figures.load(figures.KEPT)
    assert kept is not None
    assert {name for one in kept.sets for name in one.measures} >= {"MRR@10", "hit@5"}
