"""Converting in a process of its own: no torch in the process that encodes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index import converted_apart, encoder
from index.home import Home
from index.library import Library

ENCODE = """
import sys
from pathlib import Path
from index.home import Home
from index.library import Library
library = Library.open(Home(Path(sys.argv[1])))
print(library.encoder.encode(["two mentors"]).shape)
print("torch" in sys.modules)
"""


def test_a_process_that_encodes_for_the_first_time_keeps_torch_out(tmp_path: Path) -> None:
    Library.create(Home(tmp_path / "home"))
    root = Path(converted_apart.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", ENCODE, tmp_path / "home"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root)},
        check=True,
    )
    assert done.stdout.splitlines() == ["(1, 384)", "False"]


def test_what_is_converted_is_left_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.encoder.encode(["converted"])
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("started"))
    converted_apart.prepare(encoder.load(), library.home.models)


def test_where_no_process_can_be_started_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    converted_apart.prepare(encoder.load(), tmp_path / "models")
    assert not (tmp_path / "models").exists()
