"""Commands: collections of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from index.cli.options import format_option, text
from index.cli.terminal import fail, in_a_line, not_here, opened, say_json, user
from index.plurals import counted

if TYPE_CHECKING:
    from index.kept.collected import Collection
    from index.library import Library
    from index.rows.records import StoredDocument


@click.group()
def collection() -> None:
    """Documents put together under a name: list, add, remove, rename."""


@collection.command("list")
@click.argument("name", type=text, required=False)
@format_option("text", "json")
@click.pass_obj
def list_collections(home: str | None, name: str | None, layout: str) -> None:
    """List the collections, or the documents of one."""
    from index.kept import collected

    with opened(home) as library, library.catalog() as catalog:
        if name is None:
            for one in collected.collections(catalog.connection):
                if layout == "json":
                    say_json({"name": one.name, "documents": one.documents})
                else:
                    click.echo(f"{one.documents:5}  {one.name}")
            return
        its = collected.members(catalog.connection, _named(library, name).collection_id)
        for document in catalog.documents():
            if document.document_id in its:
                _say(document, layout)


def _say(document: StoredDocument, layout: str) -> None:
    its = document.metadata
    if layout == "json":
        say_json({"document_id": document.document_id, "year": its.year, "title": its.title})
    else:
        click.echo(in_a_line(document.document_id, its))


@collection.command("add")
@click.argument("name", type=text)
@click.argument("documents", type=text, nargs=-1, metavar="[DOCUMENT...]")
@click.pass_obj
def add(home: str | None, name: str, documents: tuple[str, ...]) -> None:
    """Put documents into a collection; it is made when there is none of this name."""
    from index.kept import collected

    with opened(home) as library:
        ids = _documents(library, documents)
        try:
            with library.catalog() as catalog:
                its = collected.named(catalog.connection, name)
        except KeyError:
            its = collected.make(library, name, user())
        new = collected.put(library, its.collection_id, ids, user())
        click.echo(f"{its.name}: {counted(its.documents + new, 'document')}")


@collection.command("remove")
@click.argument("name", type=text)
@click.argument("documents", type=text, nargs=-1, metavar="[DOCUMENT...]")
@click.pass_obj
def remove(home: str | None, name: str, documents: tuple[str, ...]) -> None:
    """Take documents out of a collection; if none is named, remove the collection.

    The documents stay in the library.
    """
    from index.kept import collected

    with opened(home) as library:
        its = _named(library, name)
        if not documents:
            collected.remove(library, its.collection_id, user())
            click.echo(f"Removed the collection {its.name}; its documents stay")
            return
        ids = _documents(library, documents)
        gone = collected.take_out(library, its.collection_id, ids, user())
        click.echo(f"{its.name}: {counted(its.documents - gone, 'document')}")


@collection.command("rename")
@click.argument("name", type=text)
@click.argument("new_name", type=text)
@click.pass_obj
def rename(home: str | None, name: str, new_name: str) -> None:
    """Give a collection another name."""
    from index.kept import collected

    with opened(home) as library:
        its = _named(library, name)
        renamed = collected.rename(library, its.collection_id, new_name, user())
        click.echo(f"{its.name} is now {renamed.name}")


def _named(library: Library, name: str) -> Collection:
    from index.kept import collected

    with library.catalog() as catalog:
        try:
            return collected.named(catalog.connection, name)
        except KeyError:
            fail(f"no collection '{name}'; see 'waymark collection list'")


def _documents(library: Library, names: Sequence[str]) -> list[str]:
    """Whole ids of documents that are named by their beginnings."""
    found = []
    with library.catalog() as catalog:
        for name in names:
            try:
                found.append(catalog.document(name).document_id)
            except KeyError:
                not_here(catalog, name)
    return found


COMMANDS = (collection,)
