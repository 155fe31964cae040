"""The command line: one short function a command. Everything heavy is imported when used."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

if TYPE_CHECKING:
    from index.build import Event
    from index.filters import Filters
    from index.library import Library
    from index.records import StoredDocument
    from search.questions import BadQuestion, Question
    from search.records import Answer

SOME_FAILED = 1
WRONG_CALL = 2

_KINDS = ("report", "evaluation", "brief", "guidance", "minutes", "event", "podcast", "page")


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
@click.option("--kind", type=click.Choice(_KINDS))
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


def _filter_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--document", "documents", multiple=True, help="Only this document."),
        click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS)),
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
@_filter_options
@click.pass_obj
def batch(
    home: str | None, /, file: str, out: Path | None, layout: str, k: int, **given: Any
) -> None:
    """Ask all questions of a file (.txt, .csv, .jsonl) or of standard input (-)."""
    from search import output

    if layout == "xlsx" and out is None:
        _fail("XLSX goes to a file: name it with -o")
    with _library(home) as library:
        failures: list[BadQuestion] = []
        questions = _questions(file, failures)
        answers = _answers(library, questions, k, _filters(library, given))
        if layout == "xlsx" and out is not None:
            output.write_xlsx(answers, out, library.taxonomy)
        else:
            with _output(out) as stream:
                output.WRITERS[layout](answers, stream, library.taxonomy)
    if failures:
        sys.exit(SOME_FAILED)


def _questions(file: str, failures: list[BadQuestion]) -> Iterator[Question]:
    """Questions of a file; lines that hold none are named and noted."""
    from search.questions import READERS, BadQuestion

    if file == "-":
        text = sys.stdin.read()
        reader = READERS[".jsonl" if text.lstrip().startswith("{") else ".txt"]
    else:
        path = Path(file)
        if path.suffix.lower() not in READERS:
            _fail(f"{file}: questions come as {' '.join(READERS)}, or - for standard input")
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        reader = READERS[path.suffix.lower()]
    for item in reader(text.splitlines()):
        if isinstance(item, BadQuestion):
            failures.append(item)
            click.echo(f"waymark: {file}, line {item.line}: {item.message}", err=True)
        else:
            yield item


def _answers(
    library: Library, questions: Iterable[Question], k: int, filters: Filters
) -> Iterator[tuple[str, Answer]]:
    from tqdm import tqdm

    from search.find import find

    quiet = not sys.stderr.isatty()
    for question in tqdm(questions, unit="question", disable=quiet, leave=False):
        yield question.id, find(library, question.text, k, filters)


@contextmanager
def _output(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
    else:
        with out.open("w", encoding="utf-8", newline="") as stream:
            yield stream


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
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@click.pass_obj
def status(home: str | None, as_json: bool) -> None:
    """Say what the library holds."""
    from index.status import status_of

    with _library(home) as library:
        state = status_of(library)
    if as_json:
        click.echo(json.dumps(state, ensure_ascii=False))
        return
    for key, value in state.items():
        click.echo(f"{key.replace('_', ' '):15} {value}")


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
            for question in _questions(questions, failures)
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
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def serve(home: str | None, host: str, port: int) -> None:
    """Serve the search page."""
    from web.serve import PortTakenError
    from web.serve import serve as run

    with _library(home) as library:
        try:
            run(library, host, port)
        except PortTakenError as error:
            _fail(str(error))


if __name__ == "__main__":
    main()
