"""The command line: one short function a command. Everything heavy is imported when used."""

from __future__ import annotations

import io
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar, cast

import click

from ingest.kinds import KINDS

if TYPE_CHECKING:
    from index.build import Event
    from index.filters import Filters
    from index.library import Library
    from index.records import StoredDocument
    from search.questions import BadQuestion, Question
    from search.records import Answer
    from search.runs import Run

_Item = TypeVar("_Item")

SOME_FAILED = 1
WRONG_CALL = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waymark")
@click.option("--home", metavar="DIR", help="The library's folder (or WAYMARK_HOME).")
@click.pass_context
def main(context: click.Context, home: str | None) -> None:
    """Ask a question in plain words; get the passages of reports that answer it."""
    context.obj = home


def _fail(message: str) -> NoReturn:
    click.echo(f"waymark: {message}", err=True)
    sys.exit(WRONG_CALL)


@contextmanager
def _clear_errors() -> Iterator[None]:
    """What a user can mend comes out as one line, without a stack trace."""
    from corpus.taxonomy import TaxonomyError
    from index.database import LibraryError
    from index.encoder import EncoderError
    from index.tagger import TaggerError

    try:
        yield
    except (LibraryError, EncoderError, TaggerError, TaxonomyError) as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        click.echo("waymark: stopped; what was done stays", err=True)
        sys.exit(130)


@contextmanager
def _library(home: str | None) -> Iterator[Library]:
    from index.home import locate
    from index.library import Library

    with _clear_errors():
        yield Library.open(locate(home))


@main.command()
@click.option("--model", help="A folder with a sentence-transformers model (default: bundled).")
@click.option("--taxonomy", type=click.Path(path_type=Path), help="A taxonomy file (TOML).")
@click.pass_obj
def init(home: str | None, model: str | None, taxonomy: Path | None) -> None:
    """Make an empty library."""
    from corpus.taxonomy import STARTER
    from index.encoder import BUNDLED
    from index.home import locate
    from index.library import Library

    with _clear_errors():
        library = Library.create(locate(home), model or BUNDLED, taxonomy or STARTER)
        click.echo(f"Made an empty library in {library.home.path}")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--title")
@click.option("--year", type=click.IntRange(1800, 2100))
@click.option("--publisher")
@click.option("--url")
@click.option("--kind", type=click.Choice(KINDS))
@click.pass_obj
def add(home: str | None, /, paths: tuple[Path, ...], jobs: int, **stated: Any) -> None:
    """Add files, or all readable files of folders."""
    from index import build
    from ingest.records import Metadata

    given = Metadata(**{key: value for key, value in stated.items() if value})
    with _library(home) as library:
        failures = _report(build.add(library, paths, given, jobs))
    if failures:
        sys.exit(SOME_FAILED)


def _report(events: Iterable[Event]) -> int:
    """Say what happens to each file as it happens; return how many failures there were."""
    from tqdm import tqdm

    from index.build import Added, Done, Found, Present
    from ingest.records import Failure

    failures = 0
    with tqdm(unit="file", disable=not sys.stderr.isatty(), leave=False) as bar:
        for event in events:
            match event:
                case Found(files):
                    bar.reset(files)
                case Done():
                    bar.update()
                case Present(path):
                    bar.write(f"{path}: already in the library", file=sys.stdout)
                case Failure():
                    failures += 1
                    bar.write(f"waymark: {event}", file=sys.stderr)
                case Added():
                    bar.write(_added_line(event), file=sys.stdout)
    return failures


def _added_line(added: Any) -> str:
    unread = f", {added.unread_pages} of them unread (no text)" if added.unread_pages else ""
    return (
        f"{added.document_id}  {added.title} "
        f"({added.pages} pages{unread}, {added.passages} passages)"
    )


@main.command("list")
@click.option("--format", "layout", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def list_documents(home: str | None, layout: str) -> None:
    """List the documents."""
    with _library(home) as library, library.catalog() as catalog:
        for document in catalog.documents():
            if layout == "json":
                click.echo(json.dumps(_document_as_dict(document), ensure_ascii=False))
            else:
                year = document.metadata.year or "----"
                click.echo(f"{document.document_id}  {year}  {document.metadata.title}")


def _document_as_dict(document: StoredDocument) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(document), **asdict(document.metadata), "metadata": None}


@main.command()
@click.argument("document")
@click.pass_obj
def show(home: str | None, document: str) -> None:
    """Show a document: what is known of it, the health of its pages, its passages."""
    with _library(home) as library, library.catalog() as catalog:
        try:
            found = catalog.document(document)
        except KeyError:
            _fail(f"no document '{document}', or more than one; see 'waymark list'")
        for key, value in _document_as_dict(found).items():
            if value not in (None, "", ()):
                click.echo(f"{key:15} {value}")
        for page in catalog.pages(found.document_id):
            if page.health != "text":
                click.echo(f"page {page.number:<10} {page.health}")
        for stored in catalog.passages_of(found.document_id):
            where = " > ".join(stored.passage.section)
            click.echo(f"\n{stored.passage_id}  p. {stored.passage.page_first}  {where}")
            click.echo(stored.passage.text)


@main.command()
@click.argument("document")
@click.pass_obj
def remove(home: str | None, document: str) -> None:
    """Remove a document for good."""
    from index import build

    with _library(home) as library:
        with library.catalog() as catalog:
            try:
                found = catalog.document(document)
            except KeyError:
                _fail(f"no document '{document}', or more than one; see 'waymark list'")
        build.remove(library, found.document_id)
        click.echo(f"Removed {found.document_id}  {found.metadata.title}")


@main.command()
@click.argument("document")
@click.option("--title")
@click.option("--year", type=click.IntRange(1800, 2100))
@click.option("--publisher")
@click.option("--url")
@click.option("--kind", type=click.Choice(KINDS))
@click.pass_obj
def edit(home: str | None, /, document: str, **stated: Any) -> None:
    """Change what is known of a document."""
    from index.edit import edit as change
    from ingest.fields import metadata_from

    if not any(stated.values()):
        _fail("nothing to change: give --title, --year, --publisher, --url or --kind")
    with _library(home) as library:
        try:
            found = change(library, document, metadata_from(stated))
        except KeyError:
            _fail(f"no document '{document}', or more than one; see 'waymark list'")
        click.echo(f"{found.document_id}  {found.metadata.year or '----'}  {found.metadata.title}")


@main.command()
@click.option("--model", help="Encode every passage anew with this model: a folder, or a name.")
@click.pass_obj
def rebuild(home: str | None, model: str | None) -> None:
    """Build the views anew from the rows; with --model the vectors too."""
    from index.rebuild import rebuild_views

    with _library(home) as library:
        if model:
            _reembed(library, model)
        else:
            click.echo(f"Built the views of generation {rebuild_views(library)}")


def _reembed(library: Library, model: str) -> None:
    from tqdm import tqdm

    from index.rebuild import reembed

    with library.catalog() as catalog:
        total = catalog.counts().passages
    quiet = not sys.stderr.isatty()
    with tqdm(total=total, unit="passage", disable=quiet, leave=False) as bar:
        done = reembed(library, model, bar.update)
    click.echo(f"Encoded {done.passages} passages with {done.encoder}")
    if not done.tagged:
        click.echo("No tagger fits this encoder: the tags are gone until 'waymark train'", err=True)
    if done.too_long:
        click.echo(
            f"{done.too_long} passages are longer than it reads: their ends are found by words "
            "alone; remove and add their documents to have them cut anew",
            err=True,
        )


@main.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended without loss.")
@click.option("--json", "as_json", is_flag=True, help="One finding a line, for scripts.")
@click.pass_obj
def doctor(home: str | None, repair: bool, as_json: bool) -> None:
    """Look for everything that can be wrong with the library."""
    from dataclasses import asdict

    from index import doctor as checks
    from index.findings import Severity
    from index.home import locate

    with _clear_errors():
        if repair:
            for line in checks.repair(locate(home)):
                click.echo(line, err=True)
        findings = checks.examine(locate(home))
    for finding in findings:
        click.echo(json.dumps(asdict(finding), ensure_ascii=False) if as_json else str(finding))
    if not findings and not as_json:
        click.echo("nothing wrong was found")
    if any(finding.severity is Severity.ERROR for finding in findings):
        sys.exit(SOME_FAILED)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(home: str | None, file: Path) -> None:
    """Copy the library into one FILE, while it may be in use."""
    from index.backup import backup as take
    from index.home import locate

    with _clear_errors():
        done = take(locate(home), file)
    click.echo(f"{file}: {done.documents} documents, generation {done.generation}, {done.size} B")
    for sha256 in done.lost:
        click.echo(f"waymark: the original {sha256} is lost: see 'waymark doctor'", err=True)
    if done.lost:
        sys.exit(SOME_FAILED)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--home", "into", metavar="DIR", help="The folder to make the library in.")
@click.pass_obj
def restore(home: str | None, file: Path, into: str | None) -> None:
    """Make the library that a backup FILE holds."""
    from index.home import locate
    from index.restore import restore as make

    with _clear_errors():
        where = locate(into or home)
        done = make(file, where)
        click.echo(f"{where.path}: generation {done.generation}, {done.originals} originals")


def _filter_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--document", "documents", multiple=True, help="Only this document."),
        click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS)),
        click.option("--year", "years", metavar="Y|Y..Y", help="A year, or first..last."),
        click.option("--activity", "activities", multiple=True, metavar="LABEL"),
        click.option("--goal", "goals", multiple=True, metavar="LABEL"),
        click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000)),
    ):
        command = option(command)
    return command


def _filters(library: Library, given: dict[str, Any]) -> Filters:
    from index.filters import Filters, parse_years

    for facet in library.taxonomy.facets:
        for label in given[facet.id]:
            if label not in facet.label_ids:
                _fail(f"'{label}' is none of the {facet.id}: {', '.join(facet.label_ids)}")
    years = given.pop("years")
    try:
        return Filters(years=parse_years(years) if years else None, **given)
    except ValueError as error:
        _fail(str(error))


@main.command()
@click.argument("question")
@click.option(
    "--format", "layout", type=click.Choice(["text", "json", "csv", "trec"]), default="text"
)
@_filter_options
@click.pass_obj
def search(home: str | None, /, question: str, layout: str, k: int, **given: Any) -> None:
    """Ask a question."""
    from search import output, terminal
    from search.find import find

    with _library(home) as library:
        answer = find(library, question, k, _filters(library, given))
        if layout == "text":
            for line in terminal.lines(answer, library.taxonomy):
                click.echo(line)
        else:
            write = output.WRITERS["jsonl" if layout == "json" else layout]
            write([("q1", answer)], sys.stdout, library.taxonomy)


@main.command()
@click.argument("file")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where to write.")
@click.option(
    "--format", "layout", type=click.Choice(["jsonl", "csv", "xlsx", "trec"]), default="jsonl"
)
@click.option("--column", metavar="NAME", help="The CSV column with the questions.")
@click.option("--resume", is_flag=True, help="Go on with an interrupted JSONL run.")
@click.option("--no-timing", is_flag=True, help="took_ms is null: the same run, the same bytes.")
@_filter_options
@click.pass_obj
def batch(home: str | None, /, file: str, out: Path | None, layout: str, **given: Any) -> None:
    """Ask all questions of a file (.txt, .csv, .jsonl) or of standard input (-).

    The columns, or keys, goal, activity, year, kind and document limit one question. Beside OUT,
    OUT.meta.json says what the run rested on.
    """
    from search import batch as batches
    from search.runs import describe

    column, resume, timed = given.pop("column"), given.pop("resume"), not given.pop("no_timing")
    _check_batch(file, out, layout, resume)
    options = {"format": layout, "column": column, "timing": timed, **given}
    k = given.pop("k")
    with _library(home) as library, batches.hold(library) as held:
        failures: list[BadQuestion] = []
        filters = _filters(library, given)
        run = describe(held, library.identity, None if file == "-" else Path(file), options)
        done = _begun(out, run) if out and resume else 0
        found = batches.answers(held, _question_items(file, column), k, filters, done)
        answers = _progress(_named(file, found, failures), timed)
        asked = _write(answers, out, layout, library, run, resume)
    if not asked + done + len(failures):
        click.echo(f"waymark: {file}: there are no questions in it", err=True)
    if failures or not asked + done:
        sys.exit(SOME_FAILED)


def _check_batch(file: str, out: Path | None, layout: str, resume: bool) -> None:
    if layout == "xlsx" and out is None:
        _fail("XLSX goes to a file: name it with -o")
    if out and file != "-" and out.resolve() == Path(file).resolve():
        _fail(f"{out} is the file of questions: name another one with -o")
    if resume and (out is None or layout != "jsonl" or file == "-"):
        _fail("--resume goes on with a JSONL file (-o OUT) from a file of questions")


def _begun(out: Path, run: Run) -> int:
    from search.runs import ResumeError, resume

    try:
        return resume(out, run)
    except ResumeError as error:
        _fail(str(error))


def _question_items(file: str, column: str | None) -> Iterator[Question | BadQuestion]:
    """Questions of a file as it is read."""
    from search.questions import READERS, from_csv, from_piped

    ending = Path(file).suffix.lower()
    if file != "-" and ending not in READERS:
        _fail(f"{file}: questions come as {' '.join(READERS)}, or - for standard input")
    if column and file != "-" and ending != ".csv":
        _fail(f"{file}: --column names a column of a CSV file")
    with _text(file) as lines:
        if column:
            yield from from_csv(lines, column)
        else:
            yield from (from_piped if file == "-" else READERS[ending])(lines)


@contextmanager
def _text(file: str) -> Iterator[TextIO]:
    """The lines of a file, or of standard input; bytes that are no UTF-8 stay recognisable."""
    if file == "-":
        stream = io.TextIOWrapper(sys.stdin.buffer, "utf-8-sig", "surrogateescape", newline="")
        try:
            yield stream
        finally:
            stream.detach()
    else:
        with Path(file).open(encoding="utf-8-sig", errors="surrogateescape", newline="") as opened:
            yield opened


def _named(
    file: str, items: Iterable[_Item | BadQuestion], failures: list[BadQuestion]
) -> Iterator[_Item]:
    """What is good; the bad is noted, and named with its line."""
    from search.questions import BadQuestion

    for item in items:
        if isinstance(item, BadQuestion):
            failures.append(item)
            click.echo(f"waymark: {file}, line {item.line}: {item.message}", err=True)
        else:
            yield item


def _progress(
    answers: Iterable[tuple[Question, Answer]], timed: bool
) -> Iterator[tuple[str, Answer]]:
    from dataclasses import replace

    from tqdm import tqdm

    quiet = not sys.stderr.isatty()
    for question, answer in tqdm(answers, unit="question", disable=quiet, leave=False):
        yield question.id, answer if timed else replace(answer, took_ms=None)


def _write(
    answers: Iterable[tuple[str, Answer]],
    out: Path | None,
    layout: str,
    library: Library,
    run: Run,
    resume: bool,
) -> int:
    """Write answers and, beside a file, its record. Returns how many there were."""
    from search import output, runs, workbook

    count = itertools.count()
    counted = (pair for pair, _ in zip(answers, count, strict=False))
    if layout == "xlsx" and out is not None:
        runs.begin(out, run)
        workbook.write_xlsx(counted, out, library.taxonomy, runs.as_rows(run))
    else:
        with _output(out, "a" if resume else "w") as stream:
            if out and not resume:
                runs.begin(out, run)
            output.WRITERS[layout](counted, stream, library.taxonomy)
    return next(count)


@contextmanager
def _output(out: Path | None, mode: str) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
    else:
        with out.open(mode, encoding="utf-8", newline="") as stream:
            yield cast(TextIO, stream)


@main.command()
@click.argument("file")
@click.pass_obj
def classify(home: str | None, file: str) -> None:
    """Tag texts: {"id", "text"} a line in, {"id", "goals", "activities"} a line out."""
    from index.classify import BadText, classify_lines, open_classifier
    from index.home import locate

    with _clear_errors():
        classifier = open_classifier(locate(home))
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
        failures = 0
        for item in classify_lines(classifier, text.splitlines()):
            if isinstance(item, BadText):
                failures += 1
                click.echo(f"waymark: {file}, line {item.line}: {item.message}", err=True)
            else:
                click.echo(json.dumps(item, ensure_ascii=False))
    if failures:
        sys.exit(SOME_FAILED)


@main.command()
@click.argument("passage")
@click.argument("label")
@click.argument("verdict", type=click.Choice(["accept", "reject", "add"]))
@click.option("--who", help="Who decides (default: the user of this computer).")
@click.pass_obj
def decide(home: str | None, passage: str, label: str, verdict: str, who: str | None) -> None:
    """Accept or reject a tag of a passage, or add one; your word stands over the tagger's."""
    import getpass

    from index import decisions

    with _library(home) as library:
        try:
            made = decisions.decide(library, passage, label, verdict, who or getpass.getuser())
        except decisions.DecisionError as error:
            _fail(str(error))
        except KeyError:
            _fail(f"no passage '{passage}'; see 'waymark show DOCUMENT'")
        click.echo(f"{made.passage_id}  {made.label}: {made.verdict}, {made.who}, {made.at}")


@main.command()
@click.option("-n", "count", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@click.pass_obj
def queue(home: str | None, count: int, as_json: bool) -> None:
    """List the passages on which a decision would teach the tagger most."""
    from index.queue import queue as waiting

    with _library(home) as library:
        for question in waiting(library, count):
            found = question.stored
            if as_json:
                entry = {
                    "passage_id": found.passage_id,
                    "label": question.label,
                    "probability": round(question.probability, 4),
                    "text": found.passage.text,
                }
                click.echo(json.dumps(entry, ensure_ascii=False))
            else:
                click.echo(f"{found.passage_id}  {question.label} {question.probability:.2f}?")
                click.echo(f"  {found.passage.text}\n")


@main.command()
@click.option("--examples", type=click.Path(path_type=Path), help="A folder of labelled passages.")
@click.option("--apply", "even_if_worse", is_flag=True, help="Use the new tagger even if worse.")
@click.pass_obj
def train(home: str | None, examples: Path | None, even_if_worse: bool) -> None:
    """Learn the tagger anew from the examples and every decision; say what it changed."""
    from corpus.labelled import STARTER, LabelledError
    from index import retrain

    with _library(home) as library:
        try:
            result = retrain.retrain(library, examples or STARTER, even_if_worse)
        except LabelledError as error:
            _fail(str(error))
        click.echo(retrain.table(result))
        click.echo(f"learned from the examples and {result.decisions} decisions")
        if result.swapped:
            click.echo(f"the new tagger is in use; {result.retagged} passages tagged anew")
        else:
            click.echo("the new tagger is worse and was dropped; --apply would use it all the same")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@click.option("--scorecard", is_flag=True, help="How good each label of the tagger is.")
@click.pass_obj
def status(home: str | None, as_json: bool, scorecard: bool) -> None:
    """Say what the library holds."""
    from index.status import status_of

    if scorecard:
        _scorecard(home, as_json)
        return
    with _library(home) as library:
        state = status_of(library)
    if as_json:
        click.echo(json.dumps(state, ensure_ascii=False))
        return
    for key, value in state.items():
        click.echo(f"{key.replace('_', ' '):15} {value}")


def _scorecard(home: str | None, as_json: bool) -> None:
    from index import scorecard

    with _library(home) as library:
        card = scorecard.of_library(library)
        click.echo(json.dumps(card, ensure_ascii=False) if as_json else scorecard.table(card))


@main.command()
@click.argument("questions")
@click.argument("qrels", type=click.Path(path_type=Path))
@click.pass_obj
def evaluate(home: str | None, questions: str, qrels: Path) -> None:
    """Measure the ranking: nDCG@10, MRR@10, hit@1, hit@5, recall@100 with 95 % intervals."""
    from search import evaluate as measures
    from search.find import find

    with _library(home) as library:
        try:
            judgements = measures.read_qrels(qrels)
        except measures.QrelsError as error:
            _fail(str(error))
        failures: list[BadQuestion] = []
        answers = {
            question.id: find(library, question.text, measures.DEPTH)
            for question in _named(questions, _question_items(questions, None), failures)
            if question.id in judgements
        }
        if not answers:
            _fail(f"{qrels} judges none of the questions of {questions}")
        run = measures.as_run(answers, measures.naming(judgements, answers))
        rows = measures.measure({q: judgements[q] for q in answers}, run)
        click.echo(measures.table({"waymark": rows}))
    if failures:
        sys.exit(SOME_FAILED)


@main.command()
@click.option("--format", "layout", type=click.Choice(["csv"]), default="csv")
@click.pass_obj
def tags(home: str | None, layout: str) -> None:
    """List every tag with its passage, page, probability and the sentence that earned it."""
    from search import inventory

    with _library(home) as library, library.catalog() as catalog, catalog.snapshot():
        rows = inventory.tag_rows(catalog, library.taxonomy)
        inventory.write_csv(inventory.TAG_COLUMNS, rows, sys.stdout)


@main.command()
@click.option("--format", "layout", type=click.Choice(["text", "csv"]), default="text")
@click.pass_obj
def grid(home: str | None, layout: str) -> None:
    """Count passages by goal and activity, and hold them against what is expected."""
    from index import columns
    from index.filters import Filters
    from search import inventory
    from search.grid import grid as counted

    with _library(home) as library:
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


@main.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export_library(home: str | None, folder: Path) -> None:
    """Write the library to FOLDER as JSON lines, arrays and originals."""
    from index import exchange

    with _library(home) as library:
        exchange.write(library, folder)
        click.echo(f"Wrote {_amount(library)} to {folder}")


@main.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def import_library(home: str | None, folder: Path) -> None:
    """Make the library that was exported to FOLDER, where there is none yet."""
    from index import exchange
    from index.home import locate

    with _clear_errors():
        library = exchange.read(folder, locate(home))
        click.echo(f"Made a library of {_amount(library)} in {library.home.path}")


def _amount(library: Library) -> str:
    with library.catalog() as catalog:
        counts = catalog.counts()
    return f"{counts.documents:,} documents, {counts.passages:,} passages"


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--log", is_flag=True, help="Write a JSON line a request to stderr.")
@click.pass_obj
def serve(home: str | None, host: str, port: int, log: bool) -> None:
    """Serve the search page."""
    from web.serve import PortTakenError
    from web.serve import serve as run

    with _library(home) as library:
        try:
            run(library, host, port, log)
        except PortTakenError as error:
            _fail(str(error))


if __name__ == "__main__":
    main()
