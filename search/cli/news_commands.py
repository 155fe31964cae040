"""Commands: questions kept to be asked again, and what is new to them."""

from __future__ import annotations

import json
import sqlite3
import sys
from typing import TYPE_CHECKING

import click

from index.cli.options import format_option
from index.cli.terminal import SOME_FAILED, fail, opened, say_json
from search.batches.question_files import column_option, good, questions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.rows.saved import SavedQuestion
    from search.batches.questions import BadQuestion, Question
    from search.browsing.news import News


@click.group()
def watchlist() -> None:
    """Questions that you want to hear about: add, list, remove."""


@watchlist.command("add")
@click.argument("question", required=False)
@click.option(
    "--from",
    "file",
    metavar="FILE",
    help="All questions of a file (.txt, .csv, .tsv, .jsonl) or of standard input (-).",
)
@column_option
@click.pass_obj
def add_question(
    home: str | None, question: str | None, file: str | None, column: str | None
) -> None:
    """Keep a question, or all of a file, for 'waymark new'.

    What limits a question of a file cannot be kept: such a question is named and left out.
    """
    from index.rows import saved

    if (question is None) == (file is None):
        fail("give a question, or a file of questions with --from")
    if column and file is None:
        fail("--column names a column of a file: name that with --from")
    failures: list[BadQuestion] = []
    with opened(home) as library, library.catalog() as catalog:
        if file is not None:
            items = _kept(catalog.connection, questions_of(file, column))
            kept = list(good(file, items, failures))
            if not kept and not failures:
                fail(f"{file}: there are no questions in it")
        else:
            try:
                kept = [saved.save(catalog.connection, question or "")]
            except saved.SavedError as error:
                fail(str(error))
    for one in kept:
        click.echo(f"{one.number}  {one.question}")
    if failures:
        sys.exit(SOME_FAILED)


def _kept(
    connection: sqlite3.Connection, items: Iterable[Question | BadQuestion]
) -> Iterator[SavedQuestion | BadQuestion]:
    from index.rows import saved
    from search.batches.questions import BadQuestion

    for item in items:
        if isinstance(item, BadQuestion):
            yield item
        elif item.limits:
            named = ", ".join(item.limits)
            yield BadQuestion(item.line, f"a saved question has no limits: take out its {named}")
        else:
            try:
                yield saved.save(connection, item.text)
            except saved.SavedError as error:
                yield BadQuestion(item.line, str(error))


@watchlist.command("list")
@format_option("text", "json")
@click.pass_obj
def list_questions(home: str | None, layout: str) -> None:
    """List the saved questions."""
    from index.rows import saved

    with opened(home) as library, library.catalog() as catalog:
        for kept in saved.saved(catalog.connection):
            if layout == "json":
                say_json({"number": kept.number, "question": kept.question})
            else:
                click.echo(f"{kept.number}  {kept.question}")


@watchlist.command("remove")
@click.argument("number", type=click.IntRange(1))
@click.pass_obj
def remove_question(home: str | None, number: int) -> None:
    """Forget a saved question."""
    from index.rows import saved

    with opened(home) as library, library.catalog() as catalog:
        try:
            saved.forget(catalog.connection, number)
        except saved.SavedError as error:
            fail(str(error))


@click.command("new")
@click.option(
    "--since",
    required=True,
    metavar="DATE|GENERATION",
    help="A day, such as 2026-11-21, or a generation.",
)
@format_option("text", "json", "jsonl")
@click.pass_obj
def new(home: str | None, since: str, layout: str) -> None:
    """List what answers a saved question and was not in the library then.

    Of each question the first ten results are checked. Text that was there already, in an older
    version of its document or in another one, is left out. Of several questions those without
    anything new are counted alone.
    """
    from index.rows import saved
    from search.browsing import news

    with opened(home) as library:
        with library.catalog() as catalog:
            questions = [kept.question for kept in saved.saved(catalog.connection)]
            try:
                last = saved.last_number_at(catalog, since)
            except saved.SavedError as error:
                fail(str(error))
        if not questions:
            fail('there are no saved questions yet: waymark watchlist add "…"')
        without = 0
        for found in news.all_news(library, questions, last):
            if not found.results and len(questions) > 1:
                without += 1
                continue
            for line in _lines(found) if layout == "text" else _json_lines(found):
                click.echo(line)
        if without and layout == "text":
            click.echo(f"nothing new for {without} of {len(questions)} questions")
        looked = f"(for each question the first {news.LOOKED_AT} results were checked)"
        click.echo(looked, err=True)


def _lines(found: News) -> Iterator[str]:
    from search.formats import cite
    from search.formats.titles import short_title

    yield found.question
    if not found.results:
        yield "   nothing new"
    for result in found.results:
        passage = result.stored.passage
        quote = result.quote.words(passage)
        title = short_title(result.document.metadata.title)
        yield f"   {title}, {cite.in_document(result.document, result.stored, result.quote)}"
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
            "printed_page": result.stored.printed_on(result.quote.page),
            "score": result.score,
            "quote": {"start": result.quote.start, "end": result.quote.end},
            "text": result.stored.passage.text,
        }
        yield json.dumps(entry, ensure_ascii=False)


COMMANDS = (watchlist, new)
