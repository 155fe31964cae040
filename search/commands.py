"""Commands: asking, measuring, counting."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.terminal import SOME_FAILED, fail, format_option, opened
from search.question_files import filter_options, filters_from, good, questions_of

if TYPE_CHECKING:
    from search.questions import BadQuestion


@click.command()
@click.argument("question", nargs=-1, required=True)
@format_option("text", "json", "csv", "trec")
@filter_options
@click.pass_obj
def search(
    home: str | None, /, question: tuple[str, ...], layout: str, k: int, **given: Any
) -> None:
    """Ask a question."""
    from ingest.text import fault
    from search import output, terminal
    from search.find import find, plain

    asked = " ".join(question)
    if not plain(asked):
        fail("the question is empty: say what is to be found")
    if fault(asked):
        fail("the question is not UTF-8: set the terminal to UTF-8 and type it again")
    with opened(home) as library:
        # How good a match the first is called hangs on the second.
        answer = find(library, asked, max(k, 2), filters_from(library, given))
        if layout == "text":
            for line in terminal.lines(answer, library.taxonomy, k):
                click.echo(line)
        else:
            write = output.WRITERS["jsonl" if layout == "json" else layout]
            shown = replace(answer, results=answer.results[:k])
            write([("q1", shown)], sys.stdout, library.taxonomy)


@click.command()
@click.argument("questions")
@click.argument("qrels", type=click.Path(path_type=Path))
@click.pass_obj
def evaluate(home: str | None, questions: str, qrels: Path) -> None:
    """Measure the ranking: nDCG@10, MRR@10, hit@1, hit@5, recall@100 with 95 % intervals."""
    from search import evaluate as measures
    from search.find import find

    with opened(home) as library:
        try:
            judgements = measures.read_qrels(qrels)
        except measures.QrelsError as error:
            fail(str(error))
        failures: list[BadQuestion] = []
        answers = {
            question.id: find(library, question.text, measures.DEPTH)
            for question in good(questions, questions_of(questions, None), failures)
            if question.id in judgements
        }
        if not answers:
            fail(f"{qrels} judges none of the questions of {questions}")
        run = measures.as_run(answers, measures.naming(judgements, answers))
        rows = measures.measure({q: judgements[q] for q in answers}, run)
        click.echo(measures.table({"waymark": rows}))
    if failures:
        sys.exit(SOME_FAILED)


@click.command()
@format_option("csv")
@click.pass_obj
def tags(home: str | None, layout: str) -> None:
    """List every tag with its passage, page, probability and the sentence that earned it."""
    from search import inventory

    with opened(home) as library, library.catalog() as catalog, catalog.snapshot():
        rows = inventory.tag_rows(catalog, library.taxonomy)
        inventory.write_csv(inventory.TAG_COLUMNS, rows, sys.stdout)


@click.command()
@format_option("text", "csv")
@click.pass_obj
def grid(home: str | None, layout: str) -> None:
    """Count passages by goal and activity, and hold them against what is expected."""
    from index import columns
    from index.filters import Filters
    from search import inventory
    from search.grid import grid as counted

    with opened(home) as library:
        taxonomy = library.taxonomy
        with library.catalog() as catalog:
            held = columns.load(catalog, taxonomy.label_ids)
        cells = counted(held, taxonomy, inventory.serves(taxonomy), Filters())
        if layout == "csv":
            rows = inventory.cell_rows(cells)
            inventory.write_csv(inventory.CELL_COLUMNS, rows, sys.stdout)
        else:
            for line in inventory.grid_lines(cells, taxonomy):
                click.echo(line)


COMMANDS = (search, evaluate, tags, grid)
