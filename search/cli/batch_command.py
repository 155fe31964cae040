"""The command that asks all questions of a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.cli.terminal import SOME_FAILED, fail, opened
from search.batches.question_files import column_option, good, kept, questions_of
from search.cli.filter_options import filter_options, filters_from

if TYPE_CHECKING:
    from search.batches.answer_files import Target
    from search.batches.questions import BadQuestion, Question
    from search.batches.runs import Run
    from search.records import Answer


_LAYOUTS = ("jsonl", "csv", "xlsx", "trec", "ris", "bibtex", "csl")
_ENDINGS = {
    **{f".{layout}": layout for layout in ("jsonl", "csv", "xlsx", "trec", "ris")},
    ".bib": "bibtex",
}
_STANDARD_OUTPUT = (Path("-"), Path("/dev/stdout"))


@click.command()
@click.argument("file")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="The file to write (default: standard output, or -).",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(_LAYOUTS),
    help="The format of the output (default: by the ending of OUT, else jsonl).",
)
@column_option
@click.option(
    "--since",
    metavar="DATE|GENERATION",
    help="Only what was added since: a day, such as 2026-11-21, or a generation.",
)
@click.option("--resume", is_flag=True, help="Continue a JSONL run that was interrupted.")
@click.option(
    "--no-limits",
    is_flag=True,
    help="Ignore the columns or keys of FILE that would limit a question, such as goal or year.",
)
@click.option(
    "--no-timing",
    is_flag=True,
    help="Leave took_ms empty, so that the same run writes the same bytes.",
)
@filter_options
@click.pass_obj
def batch(
    home: str | None, /, file: str, out: Path | None, layout: str | None, **given: Any
) -> None:
    """Ask all questions of a file (.txt, .csv, .tsv, .jsonl) or of standard input (-).

    Standard input may be JSON lines, a table or one question a line. In a table the first line that
    is not blank names several columns; the questions are in the one called question, or in the one
    that --column names.

    The columns, or keys, goal, activity, year, kind and document limit the question beside them, in
    place of the option of the same name. A column may hold several values with ; between them, of
    which any will do (but only one year or range); different limits must all hold.

    A run that is stopped keeps what it has written as JSONL, and --resume goes on with it; a file
    in any other format is written only when every question is answered. OUT.meta.json, beside OUT,
    records what the answers rest on. A call that is wrong leaves OUT as it is, and so does one
    while another run is writing it. The reference formats (ris, bibtex, csl) list each document
    once, with everything that the answers quote from it.
    """
    from search.batches import batch as batches
    from search.batches.answer_files import Target, alone, write
    from search.batches.questions import FILTERS
    from search.batches.runs import describe
    from search.formats import trec

    column, timed = given.pop("column"), not given.pop("no_timing")
    limiting = FILTERS if not given.pop("no_limits") else ()
    to_file = out if out and not _is_standard_output(out) else None
    target = Target(to_file, _layout(out, layout), given.pop("resume"))
    _check(file, target)
    options = {"format": target.layout, "column": column, "limits": bool(limiting)}
    options |= {"timing": timed, **given}
    k = given.pop("k")
    failures: list[BadQuestion] = []
    limits: set[str] = set()
    with (
        opened(home) as library,
        alone(target),
        kept(file, target.out) as source,
        batches.hold(library) as held,
    ):
        filters = filters_from(library, given)
        # What is in a collection may change without a generation.
        options["documents"] = filters.documents
        run = describe(held, library.identity, source, options)
        filed_as = trec.token if target.layout == "trec" else str
        if target.layout == "trec" and (said := trec.alike(held.catalog)):
            click.echo(f"waymark: {said}", err=True)
        questions = _noting(questions_of(file, column, source, filed_as, limiting), limits)
        done = _begun(target.out, run) if target.out and target.resume else 0
        found = batches.answers(held, questions, k, filters, done, ahead=source is not None)
        answers = _progress(good(file, found, failures), timed)
        asked = done + write(answers, target, library.taxonomy, run, failures)
    if not asked:
        _say_that_none_was_asked(file, failures, limits)
    if failures or not asked:
        sys.exit(SOME_FAILED)


def _say_that_none_was_asked(
    file: str, failures: Sequence[BadQuestion], limits: Collection[str]
) -> None:
    """limits: the names of those that questions of the file have."""
    if not failures:
        click.echo(f"waymark: {file}: there are no questions in it", err=True)
    elif limits:
        named = ", ".join(sorted(limits))
        said = f"none could be asked; where {named} is no limit of a question, add --no-limits"
        click.echo(f"waymark: {file}: {said}", err=True)


def _noting(
    items: Iterable[Question | BadQuestion], limits: set[str]
) -> Iterator[Question | BadQuestion]:
    """The items as they are, while `limits` takes the names of theirs."""
    from search.batches.questions import Question

    for item in items:
        if isinstance(item, Question):
            limits.update(item.limits)
        yield item


def _is_standard_output(target: Path) -> bool:
    """By name, or by what is behind the name, as of /dev/fd/1."""
    try:
        behind = os.path.samestat(target.stat(), os.fstat(sys.stdout.fileno()))
    except OSError:  # nothing is there, or it is no file of the system's
        behind = False
    return behind or target in _STANDARD_OUTPUT


def _is_one_file(one: Path, other: Path) -> bool:
    """Whether two names, links among them, are of one file."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there, or is a link to itself
        return False


def _layout(out: Path | None, given: str | None) -> str:
    """The format that was given, else that of the ending of the name that was given with -o, else
    the first; ends the command where ending and format say different things, and where neither says
    any.
    """
    ending = out.suffix.lower() if out else ""
    by_ending = _ENDINGS.get(ending)
    if given and by_ending not in (None, given):
        fail(f"{out} is named as {by_ending}, and --format says {given}: change one of them")
    if ending and not given and not by_ending:
        there = ", ".join(_ENDINGS)
        fail(f"{out}: '{ending}' says no format, as {there} do: change it, or add --format")
    return given or by_ending or _LAYOUTS[0]


def _check(file: str, target: Target) -> None:
    """End the command where the answers cannot go there."""
    out, layout, resume = target.out, target.layout, target.resume
    if layout == "xlsx" and out is None:
        fail("XLSX goes to a file: name it with -o")
    if out and file != "-" and _is_one_file(out, Path(file)):
        fail(f"{out} is the file of questions: name another one with -o")
    if out is None and Path(file).is_file() and _is_standard_output(Path(file)):
        fail(f"{file} is standard output too: write the answers to another file")
    if out and out.is_dir():
        fail(f"{out}: Is a directory")
    if out and out.exists() and not out.is_file() and (resume or layout == "xlsx"):
        fail(f"{out} is no file on a disk: --resume and XLSX need one")
    if resume and (out is None or layout != "jsonl"):
        fail("--resume goes on with a JSONL file: name it with -o")


def _begun(out: Path, run: Run) -> int:
    from search.batches.runs import ResumeError, resume

    try:
        return resume(out, run)
    except ResumeError as error:
        fail(str(error))


def _progress(
    answers: Iterable[tuple[Question, Answer]], timed: bool
) -> Iterator[tuple[str, Answer]]:
    from tqdm import tqdm

    quiet = not sys.stderr.isatty()
    for question, answer in tqdm(answers, unit="question", disable=quiet, leave=False):
        yield question.id, answer if timed else replace(answer, took_ms=None)


COMMANDS = (batch,)
