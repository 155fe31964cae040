"""Commands: public reports worth having, which of them are here, and fetching some."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from index.cli.options import format_option, no_format_before
from index.cli.terminal import SOME_FAILED, fail, opened, say_json, user

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.catalogue import Work
    from index.library import Library


@click.group(invoke_without_command=True)
@format_option("text", "json")
@click.pass_context
def catalogue(context: click.Context, layout: str) -> None:
    """List public reports worth having, and which of them are in the library."""
    if context.invoked_subcommand is not None:
        no_format_before(context)
        return
    from index.kept.cataloguing import held

    works = _works()
    with opened(context.obj) as library, library.catalog() as catalog:
        here = held(works, catalog.documents())
    if layout == "json":
        for work in works:
            say_json({**asdict(work), "document_id": here.get(work.id)})
        return
    for line in _lines(works, here):
        click.echo(line)


@catalogue.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def get(home: str | None, ids: tuple[str, ...]) -> None:
    """Download reports from where they were published, and add them.

    The only command that reaches the network: over HTTPS, from the host that the catalogue names.
    """
    works = _works()
    by_id = {work.id: work for work in works}
    for name in ids:
        if name not in by_id:
            fail(f"no work '{name}' in the catalogue; see 'waymark catalogue'")
    with opened(home) as library:
        done = [_get(library, works, by_id[name]) for name in dict.fromkeys(ids)]
    if not all(done):
        sys.exit(SOME_FAILED)


def _works() -> tuple[Work, ...]:
    from corpus.catalogue import CatalogueError, load

    try:
        return load()
    except CatalogueError as error:
        fail(str(error))


def _lines(works: tuple[Work, ...], here: dict[str, str]) -> Iterator[str]:
    width = max(len(work.id) for work in works)
    for work in works:
        place = here.get(work.id) or ("" if work.file == "pdf" else "web page")
        yield f"{work.id:{width}}  {work.year or '----'}  {place:12}  {work.title}"
    pdfs = sum(work.file == "pdf" for work in works)
    yield (
        f"{len(works)} works, {len(here)} of them in the library; {pdfs} can be fetched: "
        "waymark catalogue get ID..."
    )


def _get(library: Library, works: tuple[Work, ...], work: Work) -> bool:
    """Fetch a work and add it, or say why not; whether it is in the library now."""
    import tempfile
    from pathlib import Path

    from index.kept.cataloguing import held
    from index.kept.download import DownloadError, download

    with library.catalog() as catalog:
        here = held(works, catalog.documents())
    if work.id in here:
        click.echo(f"{work.id}: already in the library as {here[work.id]}")
        return True
    if work.file != "pdf":
        return _failed(work, f"is a web page: open {work.link} in a browser and save what you need")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{work.id}.pdf"
        try:
            download(work.link, path)
        except DownloadError as error:
            return _failed(work, str(error))
        return _add(library, work, path)


def _add(library: Library, work: Work, path: Path) -> bool:
    from index import build
    from index.build import Added, Aside, Present, Scanned
    from index.kept.cataloguing import metadata_of
    from ingest.records import Failure

    here = False
    for event in build.add(library, [path], metadata_of(work), who=user()):
        match event:
            case Added():
                here = True
                click.echo(f"{event.document_id}  {event.title} ({event.pages} pages)")
            case Present():
                here = True
                click.echo(f"{work.id}: already in the library")
            case Aside():
                _failed(work, f"it is a draft or was taken out: waymark show {event.document_id}")
            case Scanned():
                click.echo(f"{work.id}: scanned, OCRmyPDF reads it now")
            case Failure():
                _failed(work, f"was fetched and cannot be read: {event.message}")
    return here


def _failed(work: Work, reason: str) -> bool:
    click.echo(f"waymark: {work.id}: {reason}", err=True)
    return False


COMMANDS = (catalogue,)
