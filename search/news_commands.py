"""Commands: questions kept to be asked again, and what is new to them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from index.terminal import fail, format_option, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.news import News


@click.group()
def watchlist() -> None:
    """Questions that you want to hear about: add, list, remove."""


@watchlist.command("add")
@click.argument("question")
@click.pass_obj
def add_question(home: str | None, question: str) -> None:
    """Keep a question, for 'waymark new'."""
    from index import saved

    with opened(home) as library, library.catalog() as catalog:
        try:
            kept = saved.save(catalog.connection, question)
        except saved.SavedError as error:
            fail(str(error))
        click.echo(f"{kept.number}  {kept.question}")


@watchlist.command("list")
@click.pass_obj
def list_questions(home: str | None) -> None:
    """List the saved questions."""
    from index import saved

    with opened(home) as library, library.catalog() as catalog:
        for kept in saved.saved(catalog.connection):
            click.echo(f"{kept.number}  {kept.question}")


@watchlist.command("remove")
@click.argument("number", type=click.IntRange(1))
@click.pass_obj
def remove_question(home: str | None, number: int) -> None:
    """Forget a saved question."""
    from index import saved

    with opened(home) as library, library.catalog() as catalog:
        try:
            saved.forget(catalog.connection, number)
        except saved.SavedError as error:
            fail(str(error))


@click.command("new")
@click.option("--since", required=True, metavar="DATE|GENERATION", help="2026-11-21, or a number.")
@format_option("text", "jsonl")
@click.pass_obj
def new(home: str | None, since: str, layout: str) -> None:
    """List what answers a saved question and was not in the library then.

    Of each question the first ten results are looked at.
    """
    from index import saved
    from search import news

    with opened(home) as library:
        with library.catalog() as catalog:
            questions = [kept.question for kept in saved.saved(catalog.connection)]
            try:
                last = saved.last_number_at(catalog, since)
            except saved.SavedError as error:
                fail(str(error))
        if not questions:
            fail('there are no saved questions yet: waymark watchlist add "…"')
        for found in news.all_news(library, questions, last):
            for line in _lines(found) if layout == "text" else _json_lines(found):
                click.echo(line)
        looked = f"(of each question the first {news.LOOKED_AT} results were looked at)"
        click.echo(looked, err=True)


def _lines(found: News) -> Iterator[str]:
    yield found.question
    if not found.results:
        yield "   nothing new"
    for result in found.results:
        quote = result.stored.passage.text[result.quote.start : result.quote.end]
        yield f"   {result.document.metadata.title}, p. {result.quote.page}"
        yield f"   “{' '.join(quote.split())}”"
        yield f"   {result.stored.passage_id}"


def _json_lines(found: News) -> Iterator[str]:
    for result in found.results:
        entry = {
            "question": found.question,
            "generation": found.generation,
            "passage_id": result.stored.passage_id,
            "document_id": result.document.document_id,
            "title": result.document.metadata.title,
            "page": result.quote.page,
            "score": result.score,
            "text": result.stored.passage.text,
        }
        yield json.dumps(entry, ensure_ascii=False)


COMMANDS = (watchlist, new)
