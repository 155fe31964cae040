"""The tagger's attention: what it computes, how it is kept, and what is refused."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus import taxonomy
from index.encoding import attention
from index.encoding.attention import Attention, AttentionError
from index.encoding.attention_layer import LabelScores
from index.encoding.encoder import BUNDLED_SHA256

# One label, one layer of two numbers a token, both kept as they are.
ONE = Attention(
    labels=("visit",),
    layers=(1,),
    projection=np.eye(2, dtype=np.float32),
    offset=np.zeros(2, dtype=np.float32),
    queries=np.array([[1.0, 0.0]], dtype=np.float32),
    values=np.array([[0.0, 2.0]], dtype=np.float32),
    bias=np.array([-1.0], dtype=np.float32),
    encoder="e" * 64,
    taxonomy="small/1",
)


def gelu(x: float) -> float:
    return x * (1 + math.erf(x / math.sqrt(2))) / 2


def scores(found: Attention, tokens: list[list[float]], mask: list[int]) -> list[float]:
    states = torch.tensor([tokens])
    there = torch.tensor([mask], dtype=torch.float32).unsqueeze(-1)
    with torch.inference_mode():
        result: list[float] = LabelScores(found)(states, there)[0].tolist()
    return result


def test_tokens_are_weighed_by_one_direction_and_valued_by_another() -> None:
    first, second = math.exp(gelu(3.0)), math.exp(gelu(1.0))
    wanted = (first * 2 * gelu(1.0) + second * 2 * gelu(5.0)) / (first + second) - 1
    assert scores(ONE, [[3.0, 1.0], [1.0, 5.0]], [1, 1]) == pytest.approx([wanted], abs=1e-5)


def test_padding_does_not_count() -> None:
    alone = scores(ONE, [[3.0, 1.0]], [1])
    padded = scores(ONE, [[3.0, 1.0], [50.0, 50.0]], [1, 0])
    assert padded == pytest.approx(alone, abs=1e-6)
    assert alone == pytest.approx([2 * gelu(1.0) - 1], abs=1e-5)


def test_it_survives_saving(tmp_path: Path) -> None:
    attention.save(ONE, tmp_path)
    again = attention.load(tmp_path)
    assert again.sha256 == ONE.sha256
    assert scores(again, [[3.0, 1.0]], [1]) == scores(ONE, [[3.0, 1.0]], [1])


def test_another_number_is_another_attention() -> None:
    assert replace(ONE, bias=np.array([-2.0], dtype=np.float32)).sha256 != ONE.sha256
    assert replace(ONE, taxonomy="small/2").sha256 != ONE.sha256


def test_the_shipped_one_is_for_the_bundled_encoder_and_the_starter_taxonomy() -> None:
    shipped = attention.shipped()
    assert shipped.encoder == BUNDLED_SHA256
    assert shipped.labels == taxonomy.load().label_ids
    assert shipped.fits(taxonomy.load())
    assert not ONE.fits(taxonomy.load())


@pytest.mark.parametrize("name", ["attention.npz", "attention.json"])
@pytest.mark.parametrize("damage", ["cut", "absent"])
def test_damaged_files_are_refused(tmp_path: Path, name: str, damage: str) -> None:
    attention.save(ONE, tmp_path)
    file = tmp_path / name
    whole = file.read_bytes()
    file.unlink()
    if damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AttentionError, match=r"cannot be read: .*; reinstall Waymark"):
        attention.load(tmp_path)


def test_parts_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    attention.save(replace(ONE, labels=("visit", "money")), tmp_path)
    with pytest.raises(AttentionError, match=r"'queries' is \(1, 2\), 2 labels and a width of 2"):
        attention.load(tmp_path)


def test_a_missing_key_is_refused(tmp_path: Path) -> None:
    attention.save(ONE, tmp_path)
    about = json.loads((tmp_path / "attention.json").read_text())
    del about["layers"]
    (tmp_path / "attention.json").write_text(json.dumps(about))
    with pytest.raises(AttentionError, match="layers"):
        attention.load(tmp_path)
