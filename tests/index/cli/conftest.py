"""Commands on an empty library."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

import waymark
from index.library import Library


@pytest.fixture
def run(one_encoder: None, empty_library: Library) -> Callable[..., Result]:
    """run("drafts", "--format", "json", typed=""): what a command on the library came to."""
    home = str(empty_library.home.path)

    def call(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(waymark.main, ["--home", home, *words], input=typed)

    return call
