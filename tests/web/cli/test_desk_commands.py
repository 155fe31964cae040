"""`waymark curator`: who is named in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import waymark
from index.rows import audit


def test_a_user_whom_the_system_has_no_name_for(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container that runs under any number."""
    copied = copy_library(tmp_path / "home")

    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nameless)
    words = ["--home", str(copied.home.path), "curator", "add", "anna"]
    done = CliRunner().invoke(waymark.main, words, input="four plain words here\n")
    assert (done.exit_code, done.stderr) == (0, "")
    with copied.catalog() as catalog:
        entry = audit.entries(catalog.connection)[0]
    assert (entry.who, entry.subject) == ("the command line", "anna")
