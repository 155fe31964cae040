"""Commands: making a library, files into it and out of it, what it holds."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.cli.options import (
    as_option,
    check,
    clearing,
    describing,
    format_option,
    json_option,
    text,
)
from index.cli.terminal import (
    SOME_FAILED,
    clear_errors,
    in_a_line,
    not_here,
    opened,
    say,
    say_json,
    user,
)
from index.plurals import counted
from ingest.records import Health, Page

if TYPE_CHECKING:
    from index.build import Added, Event
    from index.library import Library
    from index.rows.records import StoredDocument, StoredPassage


@click.command()
@click.option("--model", help="A folder with a sentence-transformers model (default: bundled).")
@click.option("--taxonomy", type=click.Path(path_type=Path), help="A taxonomy file (TOML).")
@click.pass_obj
def init(home: str | None, model: str | None, taxonomy: Path | None) -> None:
    """Make an empty library."""
    from corpus.taxonomy import STARTER
    from index.encoding.encoder import BUNDLED
    from index.files.home import locate
    from index.library import Library

    with clear_errors():
        library = Library.create(locate(home), model or BUNDLED, taxonomy or STARTER)
        click.echo(f"Made an empty library in {library.home.path}")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--jobs",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many files to read at once.",
)
@describing
@click.pass_obj
def add(home: str | None, /, paths: tuple[Path, ...], jobs: int, **stated: Any) -> None:
    """Add files, or all readable files of folders.

    A file that is in the library already is left as it is; to change what is known of it, see
    'waymark edit'. A file that has half of its text or more from another
    document, or the id of another one in its JSON lines, is added too, and a line says so.
    """
    from index import build
    from ingest.metadata.fields import metadata_from

    added: list[Added] = []
    with opened(home) as library:
        failures = _report(build.add(library, paths, metadata_from(stated), jobs, user()), added)
        for line in _there_before(library, added):
            click.echo(f"waymark: {line}", err=True)
    if failures:
        sys.exit(SOME_FAILED)


def _there_before(library: Library, added: Sequence[Added]) -> Iterator[str]:
    from index.curating.duplicates import repeated, same_ids

    # A file of JSON lines is a collection of many: comparing their texts would take long.
    files = [one for one in added if one.path.suffix.lower() != ".jsonl"]
    yield from repeated(library, [one.document_id for one in files])
    yield from same_ids(library, [one.document_id for one in added])


def _report(events: Iterable[Event], added: list[Added]) -> int:
    """Say what happens to each file as it happens; return how many failures there were, that it
    could not be said among them.

    added: takes the documents that are in now.
    """
    from tqdm import tqdm

    from index.build import Added, Aside, Done, Found, Present, Scanned
    from ingest.records import Failure

    failures, written = 0, True
    with tqdm(unit="file", disable=not sys.stderr.isatty(), leave=False) as bar:

        def tell(line: str, *, err: bool = False) -> None:
            nonlocal written
            with bar.external_write_mode():
                written = say(line, err=err) and written

        for event in events:
            match event:
                case Found(files):
                    bar.reset(files)
                case Done():
                    bar.update()
                case Present(path, unlike):
                    unused = _UNUSED + unlike if unlike else ""
                    tell(f"{_shown(path)}: already in the library{unused}")
                case Aside(path, document, state):
                    tell(f"{_shown(path)}: not added, {_ASIDE[state]} {document}")
                case Scanned(path):
                    tell(f"{_shown(path)}: scanned, OCRmyPDF reads it now")
                case Failure():
                    failures += 1
                    tell(f"waymark: {event}", err=True)
                case Added():
                    tell(_added_line(event))
                    added.append(event)
    return failures + (not written)


_ASIDE = {
    "draft": "it is a draft: waymark publish",
    "withdrawn": "it was withdrawn: waymark bin restore",
    "replaced": "it was replaced by a newer version: waymark bin restore --beside",
}
"""Where a document is in place of the library, and the command, without its id, that adds it."""

_UNUSED = "; what an option or documents.csv states otherwise is not used: waymark edit "


def _shown(path: Path) -> str:
    """A path as it can be printed on a line, whatever bytes its name is of."""
    from ingest.records import on_one_line

    return on_one_line(click.format_filename(path))


def _added_line(added: Added) -> str:
    unread = f", {added.unread_pages} of them unread (no text)" if added.unread_pages else ""
    return (
        f"{added.document_id}  {added.title} "
        f"({counted(added.pages, 'page')}{unread}, {counted(added.passages, 'passage')})"
    )


@click.command("list")
@format_option("text", "json")
@click.pass_obj
def list_documents(home: str | None, layout: str) -> None:
    """List the documents."""
    with opened(home) as library, library.catalog() as catalog:
        for document in catalog.documents():
            if layout == "json":
                say_json(_document_as_dict(document))
            else:
                click.echo(in_a_line(document.document_id, document.metadata))


def _document_as_dict(document: StoredDocument) -> dict[str, Any]:
    return {**document.as_dict(), "file_sha256": document.file_sha256}


@click.command()
@click.argument("document", type=text)
@click.option(
    "--passages/--no-passages", default=True, help="Show its passages too, or leave them out."
)
@format_option("text", "json")
@click.pass_obj
def show(home: str | None, /, document: str, *, passages: bool, layout: str) -> None:
    """Show a document: what is known of it, the health of its pages, its passages.

    As JSON it is one object, whose passages are in passage_texts.
    """
    from index.rows.records import page_as_dict
    from index.tagging.tag_dicts import by_facet

    with opened(home) as library, library.catalog() as catalog:
        try:
            found = catalog.document(document)
        except KeyError:
            not_here(catalog, document)
        pages = catalog.pages(found.document_id)
        of_it = catalog.passages_of(found.document_id) if passages else ()
        if layout == "json":
            health = {"page_health": list(map(page_as_dict, pages))}
            texts = [one.as_dict() | by_facet(one.tags, library.taxonomy) for one in of_it]
            told = {"passage_texts": texts} if passages else {}
            say_json(_document_as_dict(found) | health | told)
        else:
            for line in _shown_lines(found, pages, of_it):
                click.echo(line)


def _shown_lines(
    document: StoredDocument, pages: Iterable[Page], passages: Iterable[StoredPassage]
) -> Iterator[str]:
    for key, value in _document_as_dict(document).items():
        if value not in (None, "", ()):
            said = "; ".join(value) if isinstance(value, tuple) else value
            yield f"{key:15} {said}"
    for page in pages:
        if page.health is not Health.TEXT:
            yield f"page {page.number:<10} {page.health}"
    for stored in passages:
        passage = stored.passage
        printed = stored.printed_on(passage.page_first)
        where = f"p. {passage.page_first}" + (f" (printed {printed})" if printed else "")
        if not document.has_pages:
            where = f"passage {passage.position + 1}"
        yield f"\n{stored.passage_id}  {where}  {passage.section_path}"
        yield passage.text


@click.command()
@click.argument("document", type=text)
@click.pass_obj
def remove(home: str | None, document: str) -> None:
    """Remove a document for good."""
    from index.curating import erase

    with opened(home) as library:
        with library.catalog() as catalog:
            try:
                found = catalog.document(document)
            except KeyError:
                not_here(catalog, document)
        erase.remove(library, found.document_id, user())
        click.echo(f"Removed {found.document_id}  {found.metadata.title}")


@click.command()
@click.argument("document", type=text)
@clearing
@as_option
@click.pass_obj
def edit(
    home: str | None, /, document: str, who: str | None, clear: tuple[str, ...], **stated: Any
) -> None:
    """Change what is known of a document."""
    from index import edit as editing
    from ingest.metadata.fields import metadata_from

    check("waymark edit", stated, clear)
    with opened(home) as library:
        try:
            found = editing.edit(library, document, metadata_from(stated), user(who), clear)
        except KeyError:
            with library.catalog() as catalog:
                not_here(catalog, document)
        click.echo(in_a_line(found.document_id, found.metadata))


@click.command()
@json_option
@click.option("--scorecard", is_flag=True, help="How good each label of the tagger is.")
@click.pass_obj
def status(home: str | None, as_json: bool, scorecard: bool) -> None:
    """Say what the library holds."""
    from index.status import status_of

    if scorecard:
        _scorecard(home, as_json)
        return
    with opened(home) as library:
        state = status_of(library)
    if as_json:
        say_json(state)
        return
    for key, value in state.items():
        click.echo(f"{key.replace('_', ' '):15} {value}")


def _scorecard(home: str | None, as_json: bool) -> None:
    from index.learning import scorecard

    with opened(home) as library:
        card = scorecard.of_library(library)
        if as_json:
            say_json(card)
        else:
            click.echo(scorecard.table(card))


COMMANDS = (init, add, list_documents, show, edit, remove, status)
