"""The reference in docs/ says what there is: every command, option, address and setting."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

import waymark

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_as_the_code_says(reference: ModuleType) -> None:
    written = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert written == reference.text(), "run: python docs/reference.py"


def test_it_has_the_options_that_stand_before_a_command(reference: ModuleType) -> None:
    _, *sections = reference.text().split("\n### ")
    found = {one.partition("\n")[0]: one for one in sections}
    assert "- `--home DIR`: The library's folder" in found["waymark"]
    assert "- `--version`" in found["waymark"]
    assert "- `--format [text|json]`" in found["waymark catalogue"]
    assert "- `--format" not in found["waymark catalogue get"]


def test_it_names_every_setting_that_is_read(reference: ModuleType) -> None:
    sources = [
        ROOT / "waymark.py",
        *(
            path
            for package in ("corpus", "ingest", "index", "search", "web")
            for path in (ROOT / package).rglob("*.py")
        ),
    ]
    read = {
        name
        for path in sources
        for name in re.findall(r"WAYMARK_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert read == set(reference.SETTINGS)


def commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from commands(command)


def test_every_command_and_option_says_what_it_is_for() -> None:
    silent = [
        f"{command.name} {parameter.name}"
        for command in commands(waymark.main)
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert not silent
    assert all(command.help for command in commands(waymark.main))
