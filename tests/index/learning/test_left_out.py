"""Label scores of the shipped examples by attentions that did not learn from them."""

from pathlib import Path

import numpy as np
import pytest

from index.learning import left_out
from index.tagging.tagger import TaggerError

SCORER = "ab" * 32
SCORES = np.array([[0.5, -1.5], [2.0, 0.25]], dtype=np.float32)


def test_only_what_was_learned_from_is_replaced(tmp_path: Path) -> None:
    left_out.save(["Rain fell.", "A visit."], SCORES, SCORER, tmp_path)
    own = np.array([[9.0, 9.0], [7.0, 7.0], [8.0, 8.0]], dtype=np.float32)
    texts = ["A visit.", "New words.", "Rain fell."]
    found = left_out.put_in_place(texts, own, SCORER, tmp_path)
    assert found.tolist() == [[2.0, 0.25], [7.0, 7.0], [0.5, -1.5]]


def test_those_of_another_attention_are_refused(tmp_path: Path) -> None:
    left_out.save(["Rain fell."], SCORES[:1], SCORER, tmp_path)
    with pytest.raises(TaggerError, match="belongs to another attention; reinstall Waymark"):
        left_out.put_in_place(["Rain fell."], SCORES[:1], "cd" * 32, tmp_path)


@pytest.mark.parametrize("damage", ["cut", "absent"])
def test_a_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    left_out.save(["Rain fell."], SCORES[:1], SCORER, tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.unlink()
    if damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TaggerError, match="cannot be read"):
        left_out.put_in_place(["Rain fell."], SCORES[:1], SCORER, tmp_path)
