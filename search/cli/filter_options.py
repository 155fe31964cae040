"""What limits a search, as options of the commands that ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from index.cli.options import text
from index.cli.terminal import fail
from ingest.metadata.kinds import KINDS

if TYPE_CHECKING:
    from index.derived.filters import Filters
    from index.library import Library
    from index.rows.catalog import Catalog


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that limit a search, and -k."""
    for option in (
        _repeated(
            "collection",
            "collections",
            "Only documents in this collection, or named by --document",
            metavar="NAME",
        ),
        _repeated("document", "documents", "Only this document", metavar="ID"),
        _repeated(
            "language", "languages", "Only documents in this language, such as en", metavar="CODE"
        ),
        _repeated(
            "publisher", "publishers", "Only documents of this publisher", type=text, metavar="NAME"
        ),
        _repeated("kind", "kinds", "Only documents of this kind", type=click.Choice(KINDS)),
        click.option(
            "--year",
            "years",
            metavar="Y|Y..Y",
            help="Only documents of this year, or of first..last.",
        ),
        _repeated(
            "activity", "activities", "Only passages tagged with this activity", metavar="LABEL"
        ),
        _repeated("goal", "goals", "Only passages tagged with this goal", metavar="LABEL"),
        click.option(
            "-k",
            default=10,
            show_default=True,
            type=click.IntRange(1, 1000),
            help="How many passages for a question; few have more than 100 to 200.",
        ),
    ):
        command = option(command)
    return command


def _repeated(name: str, field: str, about: str, **how: Any) -> Callable[..., Any]:
    """An option of which several values are alternatives."""
    return click.option(
        f"--{name}", field, multiple=True, help=f"{about}; repeat it to allow several.", **how
    )


def filters_from(library: Library, given: Mapping[str, Any]) -> Filters:
    """What `filter_options` gave, and `since` (as `index.rows.saved.last_number_at` takes it) where
    a command has it, checked against the library; ends the command when wrong.
    """
    from index.derived.filters import NAMES, Filters, stated
    from index.rows.saved import last_number_at
    from search.batches.limits import limited

    limits = {name: given[field] for name, field in NAMES.items() if given.get(field)}
    if "year" in limits:
        limits["year"] = (limits["year"],)
    with library.catalog() as catalog:
        if names := given.get("collections"):
            limits["document"] = (*given["documents"], *_documents_in(catalog, names))
        there = stated(catalog.connection, limits)
        since = given.get("since")
        try:
            after = 0 if since is None else last_number_at(catalog, since)
            return limited(Filters(after=after), limits, library.taxonomy, there)
        except ValueError as error:
            fail(str(error))


def _documents_in(catalog: Catalog, names: Iterable[str]) -> list[str]:
    """Ids of the documents of collections that are in the library; ends the command for a
    collection without any, since no documents would be no limit.
    """
    from index.kept import collected

    found: list[str] = []
    for name in names:
        try:
            its = collected.named(catalog.connection, name)
        except KeyError:
            fail(f"no collection '{name}'; see 'waymark collection list'")
        inside = collected.members(catalog.connection, its.collection_id)
        if not (there := sorted(inside & catalog.document_ids())):
            fail(f"there is no document in the collection '{its.name}'")
        found += there
    return found
