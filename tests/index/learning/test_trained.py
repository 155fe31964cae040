"""What a training came to, as the job's message keeps it."""

import json

import pytest

from index.learning import trained
from index.learning.measure import Measured
from index.learning.trained import Change, Retrained


def test_a_message_says_each_figure_as_three_numbers_and_is_read_back() -> None:
    food = Change("food", 7, Measured(0.5, 0.4, 0.6), Measured(0.75, 0.7, 0.8))
    all_of_them = Change("goals", 9, None, Measured(0.6, 0.5, 0.7))
    done = Retrained(3, (food,), (all_of_them,), True, 12, {"food": (1, 2)}, 42)
    message = trained.as_message(done)
    assert json.loads(message) == {
        "decisions": 3,
        "labels": [
            {"name": "food", "held_out": 7, "before": [0.5, 0.4, 0.6], "after": [0.75, 0.7, 0.8]}
        ],
        "facets": [{"name": "goals", "held_out": 9, "before": None, "after": [0.6, 0.5, 0.7]}],
        "swapped": True,
        "retagged": 12,
        "tags": {"food": [1, 2]},
        "examples": 42,
    }
    assert trained.from_message(message) == done
    older = json.dumps({key: was for key, was in json.loads(message).items() if key != "examples"})
    assert trained.from_message(older).examples == 0


def test_other_messages_are_no_result() -> None:
    with pytest.raises(ValueError, match="no result"):
        trained.from_message("{}")
    with pytest.raises(ValueError, match="Expecting value"):
        trained.from_message("cancelled by ann")
