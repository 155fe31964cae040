"""Commands: the tagger, and what people decide about its tags."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from index.cli.given_lines import text_of
from index.cli.options import as_option, count_option, format_option, json_option, text
from index.cli.terminal import SOME_FAILED, clear_errors, fail, opened, say_json, user
from index.plurals import counted


@click.command()
@click.argument("file")
@click.pass_obj
def classify(home: str | None, file: str) -> None:
    """Tag texts: {"id", "text"} a line in, {"id", "goals", "activities"} a line out.

    A table (.csv) with the columns id and text is read too. Where no ending says which it is, and
    over standard input (-), the first lines do. A text with the id of one before is named, and left
    out.
    """
    from index.classify import classify_texts, open_classifier
    from index.files.csv_rows import HeaderError
    from index.files.home import locate
    from index.tagging import texts

    with clear_errors():
        failures = 0
        with text_of(None if file == "-" else Path(file), file) as lines:
            try:
                items = texts.read(lines, Path(file).suffix.lower())
            except HeaderError as error:
                fail(f"{file}, {error}")
            for item in classify_texts(open_classifier(locate(home)), items):
                if isinstance(item, texts.BadText):
                    failures += 1
                    click.echo(f"waymark: {file}, line {item.line}: {item.message}", err=True)
                else:
                    say_json(item)
    if failures:
        sys.exit(SOME_FAILED)


@click.command()
@click.argument("passage", type=text)
@click.argument("label")
@click.argument("verdict", type=click.Choice(["accept", "reject", "add"]))
@as_option
@click.option("--who", "formerly", type=text, hidden=True, help="What --as was called.")
@click.pass_obj
def decide(
    home: str | None,
    /,
    passage: str,
    label: str,
    verdict: str,
    who: str | None,
    formerly: str | None,
) -> None:
    """Accept or reject a tag of a passage, or add one; your word stands over the tagger's."""
    from index.learning import decisions

    with opened(home) as library:
        try:
            made = decisions.decide(library, passage, label, verdict, user(who or formerly))
        except decisions.DecisionError as error:
            fail(str(error))
        except KeyError:
            fail(f"no passage '{passage}'; see 'waymark show DOCUMENT'")
        click.echo(f"{made.passage_id}  {made.label}: {made.verdict}, {made.who}, {made.at}")


@click.command()
@count_option(10, 1000, "passages to list")
@json_option
@click.pass_obj
def queue(home: str | None, count: int, as_json: bool) -> None:
    """List the passages on which a decision would teach the tagger most."""
    from index.learning.queue import queue as waiting

    with opened(home) as library:
        for question in waiting(library, count):
            found = question.stored
            if as_json:
                say_json(
                    {
                        "passage_id": found.passage_id,
                        "label": question.label,
                        "probability": round(question.probability, 4),
                        "text": found.passage.text,
                    }
                )
            else:
                click.echo(f"{found.passage_id}  {question.label} {question.probability:.2f}?")
                click.echo(f"  {found.passage.text}\n")


@click.command()
@click.option(
    "--examples",
    type=click.Path(path_type=Path),
    help="A folder of labelled passages, to learn from in place of the shipped ones.",
)
@click.option(
    "--apply", "even_if_worse", is_flag=True, help="Use the new tagger even if it is worse."
)
@format_option("text", "json")
@click.pass_obj
def train(home: str | None, examples: Path | None, even_if_worse: bool, layout: str) -> None:
    """Learn the tagger anew from the examples and every decision; say what it changed.

    What it is measured on is kept apart from both.
    """
    from corpus.labelled import STARTER, LabelledError
    from index.curating import training
    from index.learning import retrain, trained

    with opened(home) as library:
        try:
            result = retrain.retrain(
                library,
                examples or STARTER,
                even_if_worse,
                ended=lambda connection, done: training.log(connection, done, user()),
            )
        except LabelledError as error:
            fail(str(error))
        if layout == "json":
            say_json(trained.as_dict(result))
            return
        click.echo(trained.table(result))
        learned = counted(result.examples, "example" if examples else "shipped example")
        which = f" in {examples}, in place of the shipped ones," if examples else ""
        click.echo(f"learned from {learned}{which} and {counted(result.decisions, 'decision')}")
        if result.swapped:
            click.echo(f"the new tagger is in use; {result.retagged} passages tagged again")
        else:
            click.echo("the new tagger is worse and was dropped; --apply would use it all the same")


COMMANDS = (classify, decide, queue, train)
