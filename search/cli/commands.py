"""Commands: asking, measuring, counting."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.cli.options import format_option
from index.cli.terminal import SOME_FAILED, fail, opened, say_json
from index.plurals import counted
from search.batches.question_files import column_option, good, questions_of
from search.cli.filter_options import filter_options, filters_from

if TYPE_CHECKING:
    from index.library import Library
    from search.batches.questions import BadQuestion
    from search.measuring.qrels import Judgements

_NAMES_SHOWN = 5
"""Names that a message lists where some are missing or left out."""

_BEYOND = 10
"""Results found beyond those asked for, as those with the same text or quote are written once."""


@click.command()
@click.argument("question", nargs=-1, required=True)
@format_option("text", "json", "csv", "trec")
@filter_options
@click.pass_obj
def search(
    home: str | None, /, question: tuple[str, ...], layout: str, k: int, **given: Any
) -> None:
    """Ask a question.

    An option that is repeated allows any of its values; different options must all hold.
    """
    from ingest.prose.text import fault
    from search.find import find, plain
    from search.formats import output, terminal, trec

    asked = " ".join(question)
    if not plain(asked):
        fail("the question is empty: say what is to be found")
    if fault(asked):
        fail("the question is not UTF-8: set the terminal to UTF-8 and type it again")
    with opened(home) as library:
        # How good a match the first is called depends on the next one with another text.
        answer = find(library, asked, k + _BEYOND, filters_from(library, given))
        if layout == "text":
            for line in terminal.lines(answer, library.taxonomy, k):
                click.echo(line)
        else:
            if layout == "trec":
                with library.catalog() as catalog:
                    _warn(trec.alike(catalog))
            write = output.WRITERS["jsonl" if layout == "json" else layout]
            shown = replace(answer, results=answer.results[:k])
            write([("q1", shown)], sys.stdout, library.taxonomy)


@click.command()
@click.argument("questions")
@click.argument("qrels", type=click.Path(path_type=Path))
@column_option
@format_option("text", "json")
@click.pass_obj
def evaluate(
    home: str | None, /, questions: str, qrels: Path, column: str | None, layout: str
) -> None:
    """Measure the ranking: nDCG@10, MRR@10, hit@1, hit@5, recall@100 with 95 % intervals.

    QRELS has a judgement a line: question, 0, passage, grade; the 0 may be left out, and tabs,
    commas or semicolons may stand for the blanks. A question without a judgement, or of which no
    passage is judged to answer, is left out, and named. What the judgements name and is not there
    is listed; the status is then 1.
    """
    from search.find import find
    from search.formats.trec import token
    from search.measuring import evaluate as measures
    from search.measuring.qrels import QrelsError, naming, read_qrels

    with opened(home) as library:
        try:
            judgements = read_qrels(qrels)
        except QrelsError as error:
            fail(str(error))
        failures: list[BadQuestion] = []
        found = questions_of(questions, column, filed_as=token, limiting=())
        asked = {token(one.id): one.text for one in good(questions, found, failures)}
        judged = {name: judgements[name] for name in asked if name in judgements}
        if not judged:
            fail(f"{qrels} judges none of the questions of {questions}")
        measured = measures.answerable(judged)
        if not measured:
            fail(f"{qrels} judges no passage to answer one of the questions: give some a 1")
        unknown = _unknown_names(library, judged, qrels)
        answers = {name: find(library, asked[name], measures.DEPTH) for name in measured}
        rows = measures.measure(measured, measures.as_run(answers, naming(judged, answers)))
        if layout == "json":
            for row in rows:
                say_json(asdict(row))
        else:
            click.echo(measures.table({"waymark": rows}))
    click.echo(f"questions measured: {rows[0].questions}", err=True)
    unjudged = [name for name in asked if name not in judgements]
    left_out = [name for name in judged if name not in measured]
    not_asked = [name for name in judgements if name not in asked]
    said = f"{counted(len(unjudged), 'question')} without a judgement"
    _say_names(f"{questions}: {said}", unjudged)
    said = "judged questions are left out, as no passage is judged to answer them"
    _say_names(f"{qrels}: {len(left_out)} {said}", left_out)
    _say_names(f"{qrels}: {len(not_asked)} judged questions are not in {questions}", not_asked)
    _say_names(f"{qrels}: {len(unknown)} judged names are not in the library", unknown)
    if failures or not_asked or unknown:
        sys.exit(SOME_FAILED)


def _unknown_names(library: Library, judged: Judgements, qrels: Path) -> list[str]:
    """The judged names that the library does not hold; ends the command when it holds none."""
    from search.formats import trec
    from search.measuring.qrels import unknown_names

    names = {name for grades in judged.values() for name in grades}
    with library.catalog() as catalog:
        unknown = unknown_names(judged, catalog)
        _warn(trec.alike(catalog, names))
    if len(unknown) == len(names):
        fail(f"{qrels}: none of the judged names is in the library: {_first(unknown)}")
    return unknown


def _say_names(said: str, names: list[str]) -> None:
    """Say something of names on standard error, with the first of them; nothing without names."""
    if names:
        _warn(f"{said}: {_first(names)}")


def _first(names: list[str]) -> str:
    return ", ".join(names[:_NAMES_SHOWN]) + (", …" if len(names) > _NAMES_SHOWN else "")


def _warn(said: str) -> None:
    if said:
        click.echo(f"waymark: {said}", err=True)


@click.command()
@format_option("csv", "json")
@click.pass_obj
def tags(home: str | None, layout: str) -> None:
    """List every tag with its passage, page, probability and the sentence that earned it."""
    from index.files.formulas import write_csv
    from search.browsing import inventory

    with opened(home) as library, library.catalog() as catalog, catalog.snapshot():
        rows = inventory.tag_rows(catalog, library.taxonomy)
        if layout == "json":
            for row in rows:
                say_json(dict(zip(inventory.TAG_COLUMNS, row, strict=True)))
        else:
            write_csv(inventory.TAG_COLUMNS, rows, sys.stdout)


@click.command()
@format_option("text", "csv", "json")
@click.pass_obj
def grid(home: str | None, layout: str) -> None:
    """Count passages by goal and activity, and hold them against what is expected."""
    from index.derived import columns
    from index.derived.filters import Filters
    from index.files.formulas import write_csv
    from search.browsing import inventory
    from search.browsing.grid import grid as grid_of
    from search.browsing.grid import serves

    with opened(home) as library:
        taxonomy = library.taxonomy
        with library.catalog() as catalog:
            held = columns.load(catalog, taxonomy.label_ids)
        cells = grid_of(held, taxonomy, serves(taxonomy), Filters())
        if layout == "csv":
            rows = inventory.cell_rows(cells, taxonomy)
            write_csv(inventory.CELL_COLUMNS, rows, sys.stdout)
        elif layout == "json":
            for row in inventory.cell_rows(cells, taxonomy):
                cell = dict(zip(inventory.CELL_COLUMNS, row, strict=True))
                say_json(cell | {"expected": cell["expected"] == "yes"})
        else:
            for line in inventory.grid_lines(cells, taxonomy):
                click.echo(line)


COMMANDS = (search, evaluate, tags, grid)
