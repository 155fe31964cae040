"""A few rounds of the scripts in `tests/torture`; `make torture` plays hundreds."""

import subprocess
import sys
from pathlib import Path

from index.library import Library

SCRIPTS = Path(__file__).parent / "torture"


def played(script: str, args: str, library: Library) -> str:
    """What a script says that found no fault; it uses the library's converted encoder."""
    command = [sys.executable, str(SCRIPTS / script), *args.split()]
    done = subprocess.run(
        [*command, "--models", str(library.home.models)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_killed_and_out_of_room_nothing_is_lost(library: Library) -> None:
    said = played("crash.py", "--rounds 2 --seed 11 --limits 65000 --documents 4", library)
    assert "2 kills" in said
    assert "disk full at 65000 bytes" in said


def test_a_killed_desk_loses_no_file_and_doubles_none(library: Library) -> None:
    said = played("desk.py", "--rounds 2 --seed 5 --documents 3", library)
    assert "2 kills" in said


def test_a_server_killed_amid_an_upload_loses_no_file_and_doubles_none(library: Library) -> None:
    said = played("uploads.py", "--rounds 1 --longest 1 --seed 3", library)
    assert "1 kills" in said
    assert "7 are in or named as failed" in said
