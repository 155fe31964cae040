"""Converting in a process of its own: no torch in the process that encodes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index import converted_apart, encoder
from index.library import Library


def test_a_process_that_encodes_for_the_first_time_keeps_torch_out(first_encoding) -> None:
    assert first_encoding.said.splitlines() == ["(1, 384)", "False"]
    assert list(first_encoding.home.models.glob("*/model.bin"))


def test_what_is_converted_is_left_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.encoder.encode(["converted"])
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("started"))
    converted_apart.prepare(encoder.load(), library.home.models)


def test_what_an_older_version_converted_is_converted_anew(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.encoder.encode(["converted"])
    models = tmp_path / "models"
    shutil.copytree(library.home.models, models)
    for manifest in models.glob("*/manifest.json"):
        content = json.loads(manifest.read_text(encoding="utf-8")) | {"format": 1}
        manifest.write_text(json.dumps(content), encoding="utf-8")
    started = []
    monkeypatch.setattr(subprocess, "run", lambda *given, **_: started.append(given))
    converted_apart.prepare(encoder.load(), models)
    assert len(started) == 1


def test_code_of_the_folder_a_command_is_run_from_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.py").write_text("open('ran', 'w')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    converted_apart.prepare(encoder.load(), tmp_path / "models")
    assert not (tmp_path / "ran").exists()
    assert list((tmp_path / "models").glob("*/model.bin"))


def test_where_no_process_can_be_started_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    converted_apart.prepare(encoder.load(), tmp_path / "models")
    assert not (tmp_path / "models").exists()
