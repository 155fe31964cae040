"""Questions to begin with, for a library that holds starter documents."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path

EXAMPLES = Path(__file__).with_name("examples.toml")


def examples(files: Collection[str]) -> tuple[str, ...]:
    """The questions that a starter document of the library answers, in the order of the file.

    files: names of the files that the library holds.
    """
    entries = tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))["example"]
    return tuple(entry["question"] for entry in entries if entry["file"] in files)
