"""Rows of passages held against a question, with products worked by hand."""

import sqlite3

import numpy as np
import pytest

from index.rows.closeness import closeness
from index.rows.stored import (
    read_vectors,
    vector_as_stored,
    window_products,
    windows_as_stored,
)
from ingest.records import BlockKind

ALONG, ACROSS = np.array([1, 0], dtype=np.float32), np.array([0, 1], dtype=np.float32)
QUESTION = np.array([0.6, 0.8], dtype=np.float32)


@pytest.fixture
def rows() -> sqlite3.Connection:
    """Passage 3 has two windows, 5 has none, 9 has one."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE passages (number, kind, vector, spans, windows)")
    for number, kind, vector, windows in (
        (9, "reference", ALONG, [ACROSS]),
        (3, "paragraph", ALONG, [ALONG, ACROSS]),
        (5, "contents", ACROSS, []),
    ):
        spans = np.array([[10 * i, 10 * i + 5] for i in range(len(windows))], dtype="<i4")
        stacked = np.array(windows, dtype=np.float32).reshape(-1, 2)
        row = (number, kind, vector_as_stored(vector), spans.tobytes(), windows_as_stored(stacked))
        connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", row)
    return connection


def test_passages_and_their_windows(rows: sqlite3.Connection) -> None:
    found = closeness(rows, [3, 5, 9], QUESTION)
    assert found.numbers == (3, 5, 9)
    assert found.kinds == (BlockKind.PARAGRAPH, BlockKind.CONTENTS, BlockKind.REFERENCE)
    assert found.whole == pytest.approx([0.6, 0.8, 0.6], abs=1e-3)
    # 3 along and across, 5 itself, 9 across
    assert found.windows == pytest.approx([0.6, 0.8, 0.8, 0.8], abs=1e-3)
    assert found.spans.tolist() == [[0, 5], [10, 15], [0, 0], [0, 5]]


def test_passages_without_windows_alone(rows: sqlite3.Connection) -> None:
    found = closeness(rows, [5], QUESTION)
    assert found.windows == pytest.approx([0.8], abs=1e-3)
    assert found.spans.tolist() == [[0, 0]]


def test_what_rounding_made_longer_is_as_near_as_can_be_and_no_nearer(
    rows: sqlite3.Connection,
) -> None:
    unit = np.array([8 / 17, 15 / 17], dtype=np.float32)
    stored, window = vector_as_stored(unit), windows_as_stored(unit[None])
    # As kept, (.4707, .8823) and (.4726, .8827), their products with it are 1.00003 and 1.0013.
    assert read_vectors([stored], 2)[0] @ unit > 1
    assert window_products(window, unit)[0] > 1
    rows.execute("UPDATE passages SET vector = ?, windows = ? WHERE number = 9", (stored, window))
    for question, cosine in ((unit, 1.0), (-unit, -1.0)):
        found = closeness(rows, [9], question)
        assert (found.whole.tolist(), found.windows.tolist()) == ([cosine], [cosine])


def test_numbers_that_are_not_there_are_left_out(rows: sqlite3.Connection) -> None:
    assert closeness(rows, [1, 9, 12], QUESTION).numbers == (9,)
    nothing = closeness(rows, [1], QUESTION)
    assert nothing.numbers == ()
    assert nothing.whole.shape == nothing.windows.shape == (0,)
    assert nothing.spans.shape == (0, 2)


def test_more_than_one_statement_takes(rows: sqlite3.Connection) -> None:
    found = closeness(rows, [3, 5, 9, *range(100, 1300)], QUESTION)
    assert found.numbers == (3, 5, 9)
    assert closeness(rows, [*range(-1300, -100), 3, 5, 9], QUESTION).numbers == (3, 5, 9)


def test_vectors_of_another_length(rows: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="reshape"):
        closeness(rows, [3], np.ones(3, dtype=np.float32))
