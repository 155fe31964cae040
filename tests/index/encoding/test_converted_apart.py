"""Converting in a process of its own: no torch in the process that encodes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.encoding import converted_apart, encoder, precision, runtime
from index.library import Library

ROOT = Path(encoder.__file__).parents[2]


def test_a_process_that_encodes_for_the_first_time_keeps_torch_out(first_encoding) -> None:
    said = first_encoding.said
    assert f"OpenVINO {runtime.version()}" in said["computed"]
    assert said["shapes"] == [[1, 384], [40, 384]]
    assert said["loaded"] == []


def test_converting_writes_nowhere_else(first_encoding) -> None:
    models = first_encoding.home.models
    assert first_encoding.written == []
    assert {entry.name for entry in models.iterdir()} - {"convert.lock", "precision.json"} == {
        f"{encoder.BUNDLED_SHA256[:16]}-{precision.chosen(models)}"
    }


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


def test_code_of_the_folder_a_command_is_run_from_is_not_run(first_encoding) -> None:
    # Run, it would have left a file, and the process that converts without our packages.
    assert first_encoding.said["beside"] == ["index.py"]
    assert list(first_encoding.home.models.glob("*/model.bin"))


def test_where_no_process_can_be_started_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    converted_apart.prepare(encoder.load(), tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_who_waits_at_a_terminal_is_told_for_what(tmp_path: Path) -> None:
    code = (
        "import subprocess\n"
        "from pathlib import Path\n"
        "from index.cli import terminal\n"
        "from index.encoding import converted_apart, encoder\n"
        "subprocess.run = lambda *_, **__: None\n"
        "with terminal.clear_errors():\n"
        f"    converted_apart.prepare(encoder.load(), Path({str(tmp_path)!r}))\n"
    )
    shown, terminal = os.openpty()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, stderr=terminal, check=True)
    os.close(terminal)
    said = b"waymark: preparing the encoder for this machine, once: some ten seconds\r\n"
    assert os.read(shown, 1000) == said
    os.close(shown)
    quiet = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert quiet.stderr == b""
