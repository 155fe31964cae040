"""A few rounds of the scripts in `tests/torture`; `make torture` plays hundreds."""

import subprocess
import sys
from pathlib import Path

from index.library import Library

SCRIPT = Path(__file__).parent / "torture" / "crash.py"


def test_killed_and_out_of_room_nothing_is_lost(library: Library) -> None:
    args = "--rounds 2 --seed 11 --limits 65000 --documents 4 --models".split()
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *args, str(library.home.models)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kills" in done.stdout
    assert "disk full at 65000 bytes" in done.stdout


def test_a_killed_desk_loses_no_file_and_doubles_none(library: Library) -> None:
    script = SCRIPT.with_name("desk.py")
    args = "--rounds 2 --seed 5 --documents 3 --models".split()
    done = subprocess.run(
        [sys.executable, str(script), *args, str(library.home.models)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kills" in done.stdout


def test_a_server_killed_amid_an_upload_loses_no_file_and_doubles_none(library: Library) -> None:
    script = SCRIPT.with_name("uploads.py")
    args = "--rounds 1 --longest 1 --seed 3 --models".split()
    done = subprocess.run(
        [sys.executable, str(script), *args, str(library.home.models)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kills" in done.stdout
    assert "7 are in or named as failed" in done.stdout
