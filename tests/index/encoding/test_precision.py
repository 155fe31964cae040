import json
import time
from pathlib import Path

import numpy as np
import pytest

from index.encoding import precision, runtime


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "computes_bf16", lambda: True)


@pytest.fixture
def timings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one with each timing; what is timed comes out as f32."""
    made: list[str] = []

    def timed() -> str:
        made.append("timed")
        return "f32"

    monkeypatch.setattr(precision, "quicker", timed)
    return made


def take(monkeypatch: pytest.MonkeyPatch, **seconds: float) -> None:
    """Products that take this long in each precision."""
    monkeypatch.setattr(runtime, "product", lambda name: lambda: time.sleep(seconds[name]))


def test_the_quicker_one(monkeypatch: pytest.MonkeyPatch) -> None:
    take(monkeypatch, bf16=0.001, f32=0.01)
    assert precision.quicker() == "bf16"
    take(monkeypatch, bf16=0.01, f32=0.001)
    assert precision.quicker() == "f32"


@pytest.mark.parametrize("name", ["bf16", "f32"])
def test_what_is_timed_is_two_products(name: precision.Precision) -> None:
    """Each of 1,536 hidden numbers is 384 x .01, and each result 1,536 x .01 of those."""
    (result,) = runtime.product(name)().values()
    assert result.shape == (256, 384)
    np.testing.assert_allclose(result, 384 * 0.01 * 1536 * 0.01, rtol=0.01)


def test_a_processor_without_bf16_computes_in_f32(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, timings: list[str]
) -> None:
    monkeypatch.setattr(runtime, "computes_bf16", lambda: False)
    assert precision.chosen(tmp_path / "models") == "f32"
    assert (timings, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.usefixtures("able")
def test_a_choice_is_kept(tmp_path: Path, timings: list[str]) -> None:
    models = tmp_path / "models"
    assert [precision.chosen(models), precision.chosen(models)] == ["f32", "f32"]
    assert timings == ["timed"]
    assert json.loads((models / precision.FILE).read_text()) == {
        "processor": runtime.processor(),
        "openvino": runtime.version(),
        "precision": "f32",
    }


@pytest.mark.usefixtures("able")
@pytest.mark.parametrize(
    "kept",
    [
        {"processor": "another", "openvino": runtime.version(), "precision": "bf16"},
        {"processor": runtime.processor(), "openvino": "another", "precision": "bf16"},
        {"processor": runtime.processor(), "openvino": runtime.version(), "precision": "int8"},
        {"precision": "bf16"},
        ["bf16"],
        "bf16",
    ],
)
def test_a_choice_for_something_else_is_made_anew(
    tmp_path: Path, timings: list[str], kept: object
) -> None:
    (tmp_path / precision.FILE).write_text(json.dumps(kept))
    assert precision.chosen(tmp_path) == "f32"
    assert precision.chosen(tmp_path) == "f32"
    assert timings == ["timed"]


@pytest.mark.usefixtures("able")
def test_half_a_file_is_no_choice(tmp_path: Path, timings: list[str]) -> None:
    (tmp_path / precision.FILE).write_text('{"processor": "In')
    assert precision.chosen(tmp_path) == "f32"
    assert timings == ["timed"]


@pytest.mark.usefixtures("able")
def test_a_folder_that_cannot_be_written_keeps_none(tmp_path: Path, timings: list[str]) -> None:
    (tmp_path / "models").write_text("a file in its place")
    assert precision.chosen(tmp_path / "models") == "f32"
    assert timings == ["timed"]
