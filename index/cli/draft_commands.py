"""Commands: drafts, and a watched folder whose files become drafts."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from index.cli.options import as_option, check, clearing, format_option, no_format_before, text
from index.cli.terminal import SOME_FAILED, WRONG_CALL, fail, in_a_line, opened, say, say_json, user
from index.plurals import counted
from ingest.records import Metadata

if TYPE_CHECKING:
    from index.library import Library
    from index.rows.shelf import Guess, Shelved


_LISTED = ("document_id", "file_name", "title", "year", "pages", "unread_pages", "passages")


@click.group(invoke_without_command=True)
@format_option("text", "json")
@click.pass_context
def drafts(context: click.Context, layout: str) -> None:
    """List what was read and is not published yet; show, edit or discard one of these."""
    if context.invoked_subcommand is not None:
        no_format_before(context)
        return
    from index.rows import shelf

    with opened(context.obj) as library, library.catalog() as catalog:
        for item in shelf.listing(catalog.connection, shelf.ShelfState.DRAFT):
            if layout == "json":
                say_json({name: getattr(item, name) for name in _LISTED})
                continue
            unread = f", {item.unread_pages} unread" if item.unread_pages else ""
            size = f"({counted(item.pages, 'page')}{unread}, {counted(item.passages, 'passage')})"
            title = f"{item.title} {size}"
            click.echo(f"{item.document_id}  {item.year or '----'}  {title}  {item.file_name}")


@drafts.command()
@click.argument("document", type=text)
@format_option("text", "json")
@click.pass_obj
def show(home: str | None, document: str, layout: str) -> None:
    """Show a draft: what is known of it, where from and how surely; what it looks like."""
    with opened(home) as library:
        (found,) = _drafts(library, [document])
    if layout == "json":
        say_json(_as_dict(found))
        return
    for name, said in _lines(found):
        click.echo(f"{name:15} {said}")


def _as_dict(found: Shelved) -> dict[str, Any]:
    """sources: of each field that was found, where, and whether that is uncertain."""
    from index.rows.records import page_as_dict

    return {
        "document_id": found.document_id,
        "file_name": found.file_name,
        "source_id": found.source_id,
        **asdict(found.metadata),
        "sources": {
            name: {"source": guess.source, "uncertain": _is_uncertain(guess)}
            for name, guess in found.guesses.items()
            if getattr(found.metadata, name)
        },
        "replaces": found.replaces,
        "pages": len(found.pages),
        "passages": len(found.passages),
        "page_health": list(map(page_as_dict, found.pages)),
        "looks_like": [asdict(other) for other in found.duplicates],
    }


def _lines(found: Shelved) -> Iterator[tuple[str, str]]:
    yield "document_id", found.document_id
    yield "file", found.file_name
    for field in fields(Metadata):
        if value := getattr(found.metadata, field.name):
            shown = "; ".join(value) if isinstance(value, tuple) else str(value)
            yield field.name, shown + _source(found, field.name)
    if found.replaces:
        yield "new version of", found.replaces
    yield "pages", str(len(found.pages))
    yield "passages", str(len(found.passages))
    for page in found.pages:
        if page.health.unread:
            yield f"page {page.number}", page.health
    for other in found.duplicates:
        share = f", {100 * other.share:.0f} % of it" if other.share else ""
        yield "looks like", f"{other.document_id}  {other.title}: {other.why}{share}"


def _source(found: Shelved, name: str) -> str:
    guess = found.guesses.get(name)
    if guess is None:
        return ""
    return f"  ({guess.source}{', uncertain' if _is_uncertain(guess) else ''})"


def _is_uncertain(guess: Guess) -> bool:
    from index.curating.guesses import LIKELY
    from index.rows import shelf

    stated = guess.source in (*shelf.TOLD, shelf.ROW)
    return not stated and guess.confidence < LIKELY


@drafts.command()
@click.argument("document", type=text)
@clearing
@as_option
@click.pass_obj
def edit(
    home: str | None, /, document: str, who: str | None, clear: tuple[str, ...], **stated: Any
) -> None:
    """Change what is known of a draft."""
    from index.curating import drafted
    from ingest.metadata.fields import metadata_from

    check("waymark drafts edit", stated, clear)
    with opened(home) as library:
        (draft,) = _drafts(library, [document])
        try:
            found = drafted.correct(
                library, draft.document_id, metadata_from(stated), user(who), clear
            )
        except KeyError:
            _no_draft(document)
        except drafted.BeingPublishedError as error:
            fail(f"{error} ('waymark jobs --work' does it where no server runs)")
        click.echo(in_a_line(found.document_id, found.metadata))


@drafts.command()
@click.argument("documents", nargs=-1, required=True, type=text)
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_option
@click.pass_obj
def discard(home: str | None, documents: tuple[str, ...], yes: bool, who: str | None) -> None:
    """Remove drafts for good, with their files; one that is being published stays."""
    from index.curating import erase

    with opened(home) as library:
        titles = {draft.document_id: _title(draft) for draft in _drafts(library, documents)}
        if not yes:
            for name, title in titles.items():
                click.echo(f"{name}  {title}")
            click.confirm(f"Discard {counted(len(titles), 'draft')} for good?", abort=True)
        gone = erase.discard(library, list(titles), user(who))
        for name in gone:
            say(f"Discarded {name}  {titles[name]}")
        for name in titles:
            if name not in gone:
                said = "it is being published, or was gone already"
                click.echo(f"waymark: {name} was not discarded: {said}", err=True)
    if len(gone) < len(titles):
        sys.exit(SOME_FAILED if gone else WRONG_CALL)


def _title(draft: Shelved) -> str:
    return draft.metadata.title or draft.file_name


def _drafts(library: Library, names: Sequence[str]) -> list[Shelved]:
    """The drafts whose ids begin like these, each once; the command ends where one is none."""
    from index.rows import shelf

    with library.catalog() as catalog:
        ids = [
            item.document_id for item in shelf.listing(catalog.connection, shelf.ShelfState.DRAFT)
        ]
        found = []
        for name in names:
            alike = [one for one in ids if one.startswith(name)]
            if len(alike) != 1 or not name:
                _no_draft(name)
            found += alike
        return [shelf.get(catalog.connection, one) for one in dict.fromkeys(found)]


def _no_draft(name: str) -> NoReturn:
    fail(f"no draft '{name}', or more than one; see 'waymark drafts'")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--publish",
    "publishing",
    is_flag=True,
    help="Publish each document at once, without a draft to look at.",
)
@click.option("--once", is_flag=True, help="Stop once everything that is there has been taken in.")
@as_option
@click.pass_obj
def watch(home: str | None, folder: Path, publishing: bool, once: bool, who: str | None) -> None:
    """Take in what is put into a FOLDER, until interrupted.

    A file counts once its size has been still for five seconds; links that leave the folder are
    passed over. What is in already is passed over too, and named when it is in under another name.
    """
    from index.curating.watching import Watched

    with opened(home) as library:
        watched = Watched(library, folder, user(who), publishing)
        while True:
            for line in watched.look():
                click.echo(click.format_filename(line))  # names may be of any bytes
            if once and watched.idle:
                break
            time.sleep(1)
    if watched.failures:
        sys.exit(SOME_FAILED)


COMMANDS = (drafts, watch)
