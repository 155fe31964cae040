"""Writes docs/reference.md: every command, address and setting, from the code itself.

python docs/reference.py
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

import waymark
from corpus import taxonomy
from index.encoding.encoder import EncoderIdentity
from index.files.home import Home
from index.library import Library
from web.app import create_app

HERE = Path(__file__).parent

SETTINGS = {
    "WAYMARK_HOME": "The library's folder, where --home does not name one.",
    "WAYMARK_SECRET": "What sessions are signed with, 32 characters or more (usually a file).",
    "WAYMARK_ENCODER_WORKERS": "Threads that encode many texts, 1 to 256 (usually 2).",
}
"""Environment variables that Waymark reads."""


def text() -> str:
    """The reference as Markdown."""
    parts = [
        "# Reference\n\nEvery command, address and setting. Written by `python docs/reference.py`.",
        "## Commands\n\nExit status: 0 all done; 1 some inputs failed and were named, the rest is "
        "done, or something failed after a change that stays; 2 the call is wrong, nothing was "
        "done.",
        *_command_and_below(waymark.main, "waymark"),
        "## Addresses\n\n| address | method | what it answers with |\n|---|---|---|\n"
        + "\n".join(_routes()),
        "## Settings\n\n| variable | what it sets |\n|---|---|\n"
        + "\n".join(f"| `{name}` | {meaning} |" for name, meaning in sorted(SETTINGS.items())),
    ]
    return "\n\n".join(parts) + "\n"


def _command_and_below(command: click.Command, called: str) -> Iterator[str]:
    yield _command(command, called)
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _command_and_below(command.commands[name], f"{called} {name}")


def _command(command: click.Command, called: str) -> str:
    context = click.Context(command, info_name=called)
    usage = " ".join([called, *command.collect_usage_pieces(context)])
    records = [
        record
        for parameter in command.get_params(context)
        if not isinstance(parameter, click.Argument)
        and (record := parameter.get_help_record(context)) is not None
        and not record[0].startswith(("-h,", "--help"))
    ]
    options = "\n".join(f"- `{flags}`: {about}" for flags, about in records)
    return f"### {called}\n\n`{usage}`\n\n{_about(command)}" + (f"\n\n{options}" if options else "")


def _about(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "")


def _routes() -> Iterator[str]:
    nowhere = Library(Home(HERE), taxonomy.load(), EncoderIdentity("", "", 1, 1))
    found = create_app(nowhere)  # opens nothing until it is asked
    for rule in sorted(found.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint == "static":
            continue
        about = inspect.getdoc(found.view_functions[rule.endpoint]) or ""
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        yield f"| `{rule.rule}` | {methods} | {' '.join(about.partition(':raise')[0].split())} |"


if __name__ == "__main__":
    (HERE / "reference.md").write_text(text(), encoding="utf-8")
