"""Commands about curators. Passwords are typed at a terminal or come through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from index.cli.options import format_option, text
from index.cli.terminal import fail, opened, say_json, user

if TYPE_CHECKING:
    from index.library import Library


@click.group()
def curator() -> None:
    """Curators: people who may change the library in the browser."""


@curator.command()
@click.argument("name", type=text)
@click.pass_obj
def add(home: str | None, name: str) -> None:
    """Add a curator; the password is asked for twice, or is the first line of standard input."""
    from index.curating import curators
    from web.guard.secret import make_secret

    with _open(home) as library:
        if curators.named(library, name):
            fail(f"there is a curator named {name} already")
        made = curators.add(library, name, _password(f"Password for {name}"), user())
        make_secret(library.home)
    click.echo(f"{made.name} may sign in at /curate/ (a server that runs has to be started again)")


@curator.command("list")
@format_option("text", "json")
@click.pass_obj
def list_curators(home: str | None, layout: str) -> None:
    """List the curators and the keys of their programs."""
    from index.curating import curators

    with _open(home) as library:
        for found in curators.every(library):
            keys = curators.keys(library, found.name)
            if layout == "json":
                told = [{"name": key.name, "added_at": key.added_at} for key in keys]
                say_json({"name": found.name, "added_at": found.added_at, "keys": told})
                continue
            click.echo(f"{found.name}  since {found.added_at[:10]}")
            for key in keys:
                click.echo(f"  key {key.name}  since {key.added_at[:10]}")


@curator.command()
@click.argument("name", type=text)
@click.pass_obj
def remove(home: str | None, name: str) -> None:
    """Remove a curator with all keys; what they did stays, under their name."""
    from index.curating import curators

    with _open(home) as library:
        curators.remove(library, name, user())
    click.echo(f"{name} can no longer sign in")


@curator.command()
@click.argument("name", type=text)
@click.pass_obj
def password(home: str | None, name: str) -> None:
    """Give a curator another password; ends their sessions on all machines."""
    from index.curating import curators
    from web.guard.secret import make_secret

    with _open(home) as library:
        if curators.named(library, name) is None:
            fail(f"there is no curator named {name}: see 'waymark curator list'")
        given = _password(f"New password for {name}")
        curators.change_password(library, name, given, user())
        make_secret(library.home)
    click.echo(f"{name} has a new password and is signed out everywhere")


@curator.command()
@click.argument("name", type=text)
@click.option(
    "--for",
    "program",
    type=text,
    default="script",
    show_default=True,
    help="The program's name.",
)
@click.option("--remove", "removed", is_flag=True, help="Make the key worthless instead.")
@click.pass_obj
def key(home: str | None, name: str, program: str, removed: bool) -> None:
    """Make a key with which a program writes as a curator through the API; shown this once."""
    from index.curating import curators

    with _open(home) as library:
        if removed:
            curators.remove_key(library, name, program, user())
            click.echo(f"the key {program} of {name} is worthless now")
        else:
            click.echo(curators.make_key(library, name, program, user()))


@contextmanager
def _open(home: str | None) -> Iterator[Library]:
    from index.curating.curators import CuratorError

    with opened(home) as library:
        try:
            yield library
        except CuratorError as error:
            fail(str(error))


def _password(prompt: str) -> str:
    """The password: asked for twice at a terminal, and not shown; elsewhere the first line of
    standard input.
    """
    if sys.stdin.isatty():
        asked: str = click.prompt(prompt, hide_input=True, confirmation_prompt="Once more")
        return asked
    return sys.stdin.readline().rstrip("\r\n")


COMMANDS = (curator,)
