import math
from pathlib import Path

import pytest

from search.evaluate import QrelsError, interval, measure, read_qrels

QRELS = {"a": {"p1": 1, "p2": 1}, "b": {"p9": 2}, "c": {"p5": 0}}
RUN = {"a": ["p7", "p1", "p8", "p2"], "c": ["p5"]}


def test_measures_by_hand() -> None:
    values = {m.name: m.mean for m in measure(QRELS, RUN)}
    # a: relevant at ranks 2 and 4; b: nothing returned, counts 0; c has nothing relevant, left out
    dcg = 1 / math.log2(3) + 1 / math.log2(5)
    ideal = 1 / math.log2(2) + 1 / math.log2(3)
    assert values["nDCG@10"] == pytest.approx(dcg / ideal / 2)
    assert values["MRR@10"] == pytest.approx(0.5 / 2)
    assert values["hit@1"] == 0.0
    assert values["hit@5"] == pytest.approx(0.5)
    assert values["recall@100"] == pytest.approx(0.5)


def test_the_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = interval("x", [0.0, 1.0] * 5), interval("x", [0.0, 1.0] * 500)
    assert few.low < few.mean == 0.5 < few.high
    assert many.high - many.low < few.high - few.low
    assert interval("x", [1.0] * 9).low == 1.0


def test_qrels_of_three_and_four_columns(tmp_path: Path) -> None:
    path = tmp_path / "qrels"
    path.write_text("query-id\tcorpus-id\tscore\na\tp1\t1\n")
    assert read_qrels(path) == {"a": {"p1": 1}}
    path.write_text("a 0 p1 2\n\na 0 p2 0\n")
    assert read_qrels(path) == {"a": {"p1": 2, "p2": 0}}


def test_a_bad_line_of_qrels_is_named(tmp_path: Path) -> None:
    path = tmp_path / "qrels"
    path.write_text("a 0 p1 1\na p2\n")
    with pytest.raises(QrelsError, match="line 2: not 'query"):
        read_qrels(path)
