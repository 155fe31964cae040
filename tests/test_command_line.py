"""The commands as a shell sees them: output, error lines, exit status."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import waymark
from index import build
from index.curating import bin
from index.library import Library
from index.rows import database

pytestmark = pytest.mark.usefixtures("one_encoder")

Run = Callable[..., Result]


@pytest.fixture
def run(library: Library) -> Run:
    """Runs a command on the shared library, or on the home given."""

    def invoke(*args: object, home: Path | None = None, given: str | None = None) -> Result:
        where = str(home or library.home.path)
        return CliRunner().invoke(waymark.main, ["--home", where, *map(str, args)], input=given)

    return invoke


def test_search_as_text(run: Run) -> None:
    result = run("search", "ministers who fear a backlash", "-k", "1")
    assert result.exit_code == 0
    assert "Resettlement in Borland 2016 (2016), p. 2" in result.output


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["search", "flats", "--year", "2014", "--year", "2022"], "--year"),
        (["search", "flats", "-k5", "-k", "5"], "-k"),
        (["search", "flats", "--format=json", "--format", "csv"], "--format"),
        (["batch", "-", "--out", "a.csv", "-o", "b.csv"], "-o"),
        (["curator", "key", "--for", "a", "anna", "--for=b"], "--for"),
        (["--home", "elsewhere", "list"], "--home"),
    ],
)
def test_an_option_of_one_value_is_not_given_twice(run: Run, args: list[str], named: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"waymark: {named} is given more than once: it takes one value\n"


def test_options_of_several_values_and_switches_may_be_repeated(run: Run) -> None:
    words = "search flats --kind report --kind evaluation -k 1".split()
    assert run(*words).exit_code == 0
    assert run("status", "--json", "--json").exit_code == 0
    assert "No such option" in run("search", "--bogus", "-k", 1, "-k", 2).stderr


def test_search_as_json(run: Run) -> None:
    result = run("search", "ministers who fear a backlash", "-k", 2, "--format", "json")
    answer = json.loads(result.stdout)
    assert answer["results"][0]["quote"]["page"] == 2
    assert len(answer["results"]) == 2


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--goal", "cooking"], "'cooking' is no goal; there are: motivational"),
        (["--year", "soon"], "'soon' is no year"),
        (
            ["--document", "nothere"],
            "'nothere' is no document of this library; the list of documents has their ids",
        ),
        (
            ["--document", "caf\udce9"],
            "is no document of this library; the list of documents has their ids",
        ),
    ],
)
def test_a_wrong_filter_is_a_wrong_call(run: Run, args: list[str], message: str) -> None:
    result = run("search", "x", *args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_question_needs_no_quotes(run: Run) -> None:
    bare = run("search", "study", "visits", "-k", 1)
    assert (bare.exit_code, bare.stdout) == (0, run("search", "study visits", "-k", 1).stdout)


def test_a_result_alone_is_called_what_it_is_called_among_others(run: Run) -> None:
    def first(k: int) -> list[str]:
        return re.findall(r"^1\. .*\[0\.\d\d, (.*)\]", run("search", "Borland", "-k", k).stdout)

    assert first(1) == first(10) == ["possible match"]
    alone = json.loads(run("search", "Borland", "-k", 1, "--format", "json").stdout)
    assert len(alone["results"]) == 1


@pytest.mark.parametrize("question", ["  ", "???", '"'])
def test_an_empty_question_is_a_wrong_call(run: Run, question: str) -> None:
    result = run("search", question)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "waymark: the question is empty: say what is to be found\n"


def test_a_question_of_other_bytes_is_a_wrong_call(run: Run) -> None:
    result = run("search", "o\udcf9?")
    assert (result.exit_code, result.stdout) == (2, "")
    said = "waymark: the question is not UTF-8: set the terminal to UTF-8 and type it again\n"
    assert result.stderr == said


def test_search_in_one_document(run: Run) -> None:
    listed = run("list").stdout.splitlines()
    document = next(line.split()[0] for line in listed if "Harbour" in line)
    result = run("search", "ministers", "--document", document, "--format", "json")
    assert result.exit_code == 0
    assert {entry["file"] for entry in json.loads(result.stdout)["results"]} == {"weather.pdf"}


def test_search_without_a_library(run: Run, tmp_path: Path) -> None:
    result = run("search", "x", home=tmp_path)
    assert result.exit_code == 2
    assert result.stderr == f"waymark: no library in {tmp_path}: make one with 'waymark init'\n"


def test_batch_from_a_file_and_from_standard_input(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_text("id,question\na,storms at sea\nb,empty flats\n")
    lines = run("batch", path, "-k", "1").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a", "b"]
    piped = run("batch", "-", "-k", "1", given='{"id": "z", "question": "storms at sea"}\n')
    assert json.loads(piped.stdout)["results"][0]["file"] == "weather.pdf"


def test_batch_goes_on_after_a_bad_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "a", "question": "storms"}\n{"id": "b"}\n')
    result = run("batch", path, "-k", "1")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert f"waymark: {path}, line 2: the key 'question' is missing" in result.stderr


def test_batch_writes_a_trec_run_to_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text("storms at sea\n")
    result = run("batch", tmp_path / "q.txt", "-o", tmp_path / "run", "--format", "trec")
    assert result.exit_code == 0
    assert (tmp_path / "run").read_text().startswith("q1 Q0 ")


def test_batch_as_xlsx_needs_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text("storms at sea\n")
    result = run("batch", tmp_path / "q.txt", "--format", "xlsx")
    assert (result.exit_code, "-o" in result.stderr) == (2, True)


def test_status_for_scripts(run: Run) -> None:
    state = json.loads(run("status", "--json").stdout)
    assert (state["documents"], state["pages"]) == (3, 5)
    assert state["encoder"] == "all-MiniLM-L6-v2"
    assert state["passages"] > 0
    assert state["generation"] > 0


def test_list_and_show(run: Run) -> None:
    (line,) = [line for line in run("list").stdout.splitlines() if "Harbour" in line]
    shown = run("show", line.split()[0]).stdout
    assert "weather.pdf" in shown
    assert "The harbour was closed twice" in shown
    assert "-0  p. 1  " in shown
    assert run("show", "zzz").exit_code == 2


def test_a_text_is_shown_without_pages(run: Run, empty_library: Library, tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text("# Ferry\n\nBoats bring the mail.\n", "utf-8")
    list(build.add(empty_library, [tmp_path / "ferry.md"]))
    home = empty_library.home.path
    (line,) = run("list", home=home).stdout.splitlines()
    assert "-1  passage 2  \n" in run("show", line.split()[0], home=home).stdout
    assert "1. Ferry, passage 2  [" in run("search", "Who brings the mail?", home=home).stdout


@pytest.mark.parametrize("name", ["nothere", ""])
@pytest.mark.parametrize(
    ("before", "after", "lists"),
    [
        (["show"], [], "'waymark list'"),
        (["remove"], [], "'waymark list'"),
        (["edit"], ["--title", "Beds"], "'waymark list'"),
        (["collection", "add", "Nobody's"], [], "'waymark list'"),
        (["withdraw"], [], "'waymark list', 'drafts', 'bin list'"),
    ],
)
def test_a_document_that_no_one_id_begins_like_is_named(
    run: Run, before: list[str], after: list[str], lists: str, name: str
) -> None:
    result = run(*before, name, *after)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"waymark: no document '{name}', or more than one; see {lists}\n"


def test_add_says_that_what_is_stated_later_is_not_used(
    run: Run, lend_models, tmp_path: Path
) -> None:
    home, folder = tmp_path / "home", tmp_path / "reports"
    lend_models(home)
    run("init", home=home)
    folder.mkdir()
    (folder / "a.txt").write_text("The group met twice in the harbour hall.")
    (folder / "documents.csv").write_text("File;Titel\na.txt;Minutes\n")
    held = run("add", folder, home=home)
    assert (held.exit_code, held.stdout) == (1, "")
    assert "unknown column 'Titel'" in held.stderr
    (folder / "documents.csv").write_text("File;Title\na.txt;Minutes\n")
    added = run("add", folder, home=home)
    assert (added.exit_code, "  Minutes (1 page, 1 passage)" in added.stdout) == (0, True)
    again = f"{folder / 'a.txt'}: already in the library"
    assert run("add", folder, home=home).stdout == f"{again}\n"
    (folder / "documents.csv").write_text("File;Title\na.txt;Minutes of May\n")
    unlike = "; what an option or documents.csv states otherwise is not used: waymark edit "
    unused = f"{again}{unlike}{added.stdout.split()[0]}\n"
    assert run("add", folder, home=home).stdout == unused
    # An option goes before the row.
    assert run("add", folder, "--title", "Minutes", home=home).stdout == f"{again}\n"
    assert run("add", folder, "--title", "Rain", home=home).stdout == unused
    (folder / "documents.csv").unlink()
    assert run("add", folder, "--publisher", "A port", home=home).stdout == unused
    assert "Minutes" in run("list", home=home).stdout


def test_init_add_remove(run: Run, lend_models, shelf: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    lend_models(home)
    assert run("init", home=home).exit_code == 0
    assert run("init", home=home).exit_code == 2
    added = run("add", shelf / "weather.pdf", "--title", "Rain", home=home)
    assert added.exit_code == 0
    assert "Rain (1 page, 1 passage)" in added.stdout
    again = run("add", shelf / "weather.pdf", home=home)
    assert (again.exit_code, "already in the library" in again.stdout) == (0, True)
    removed = run("remove", added.stdout.split()[0], home=home)
    assert (removed.exit_code, "Rain" in removed.stdout) == (0, True)
    assert json.loads(run("status", "--json", home=home).stdout)["documents"] == 0


def test_add_says_what_is_there_already_in_other_bytes(
    run: Run, copy_library: Callable[..., Library], shelf: Path, tmp_path: Path
) -> None:
    home = copy_library(tmp_path / "home").home.path
    again, lines = tmp_path / "again.pdf", tmp_path / "lines.jsonl"
    again.write_bytes((shelf / "weather.pdf").read_bytes() + b"\n% saved anew\n")
    added = run("add", again, home=home)
    assert added.exit_code == 0
    assert added.stderr.startswith(f"waymark: {added.stdout.split()[0]}: 100 % of its text is in ")
    assert added.stderr.endswith(" (Harbour notes 2011)\n")
    assert "1 document with the text of another one" in run("doctor", home=home).stdout
    lines.write_text('{"id": "w", "text": "Rain fell on 140 days of the year."}\n')
    assert (run("add", lines, home=home).exit_code, run("add", lines, home=home).stderr) == (0, "")
    lines.write_text('{"id": "w", "text": "Snow fell on 4 days of the year."}\n')
    other = run("add", lines, home=home)
    assert (other.exit_code, other.stderr.count("\n")) == (0, 1)
    assert f"waymark: {other.stdout.split()[0]}: its id 'w' is that of " in other.stderr


def test_edit_says_in_the_log_who_changed_what(
    run: Run, copy_library: Callable[..., Library], tmp_path: Path
) -> None:
    home = copy_library(tmp_path / "home").home.path
    name = run("list", home=home).stdout.split()[0]
    done = run("edit", name, "--kind", "guidance", "--as", "anna", home=home)
    assert done.exit_code == 0
    run("edit", name, "--kind", "page", "--as", "bob", home=home)
    said = [line.split("  ", 1)[1] for line in run("log", home=home).stdout.splitlines()]
    *added, first, second = said
    assert [line.split("  ")[:2] for line in added] == [["the command line", "add"]] * 3
    assert first.startswith(f"anna  edit  {name}  kind: ")
    assert first.endswith(" -> guidance")
    assert second == f"bob  edit  {name}  kind: guidance -> page"


def test_add_names_what_failed_and_keeps_the_rest(run: Run, lend_models, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "mixed"
    lend_models(home)
    folder.mkdir()
    (folder / "a.pdf").write_text("no PDF")
    (folder / "b.txt").write_text("The group met twice.")
    run("init", home=home)
    result = run("add", folder, tmp_path / "missing.pdf", home=home)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2
    assert f"waymark: {tmp_path}/missing.pdf: no such file or folder" in result.stderr
    assert json.loads(run("status", "--json", home=home).stdout)["documents"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as Unicode")
def test_add_a_file_whose_name_is_no_utf_8(run: Run, lend_models, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "mixed"
    lend_models(home)
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("The group met twice.")
    (folder / "d.txt").write_text("The other group met once.")
    run("init", home=home)
    result = run("add", folder, home=home)
    assert (result.exit_code, result.stderr) == (0, "")
    again = run("add", folder, home=home)
    assert (again.exit_code, again.stdout.count("already in the library")) == (0, 2)
    listed = [
        json.loads(line) for line in run("list", "--format", "json", home=home).stdout.splitlines()
    ]
    assert [entry["file"] for entry in listed] == ["café.txt", "d.txt"]
    assert [(entry["pages"], entry["passages"]) for entry in listed] == [(1, 1), (1, 1)]
    assert {"document_id", "title", "file_sha256"} <= listed[0].keys()


def test_classify_tags_texts_and_names_bad_lines(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    mentoring = (
        "Two officials were seconded for a year to the new agency as mentors and coached its "
        "caseworkers, so that it could run its own missions."
    )
    path.write_text(
        json.dumps({"id": "m", "text": mentoring})
        + '\n{"id": "x"}\n'
        + json.dumps({"id": "w", "text": "Rain fell on 140 days of the year."})
    )
    result = run("classify", path)
    assert result.exit_code == 1
    assert f"waymark: {path}, line 2: the key 'text' is missing" in result.stderr
    one, two = map(json.loads, result.stdout.splitlines())
    assert "mentoring" in [tag["label"] for tag in one["activities"]]
    assert "operational" in [tag["label"] for tag in one["goals"]]
    assert two == {"id": "w", "goals": [], "activities": []}


def test_a_taken_port_is_one_clear_line(library: Library) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(
            waymark.main, ["--home", str(library.home.path), "serve", "--port", str(port)]
        )
    assert result.exit_code == 2
    assert result.stderr == (f"waymark: port {port} is taken: choose another one with --port\n")


def test_a_killed_add_leaves_a_library_that_answers(
    lend_models, shelf: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    lend_models(home)
    command = [sys.executable, "-m", "waymark", "--home", str(home)]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    root = Path(waymark.__file__).parent
    subprocess.run([*command, "init"], check=True, capture_output=True, cwd=root, env=env)
    running = subprocess.Popen(
        [*command, "add", str(shelf)], stdout=subprocess.PIPE, text=True, cwd=root, env=env
    )
    assert running.stdout is not None
    assert running.stdout.readline()  # the first document is in
    running.send_signal(signal.SIGKILL)
    running.wait()
    time.sleep(0.1)

    def documents() -> int:
        args = ["--home", str(home), "status", "--json"]
        return int(json.loads(CliRunner().invoke(waymark.main, args).stdout)["documents"])

    assert 1 <= documents() <= 3
    asked = CliRunner().invoke(waymark.main, ["--home", str(home), "search", "visits"])
    assert asked.exit_code == 0
    again = CliRunner().invoke(waymark.main, ["--home", str(home), "add", str(shelf)])
    assert again.exit_code == 0
    assert documents() == 3


def test_commands_say_where_a_document_is_that_left(copy_library, run: Run, tmp_path: Path) -> None:
    copy = copy_library(tmp_path / "home")
    with copy.catalog() as catalog:
        old, new, withdrawn = (document.document_id for document in catalog.documents())
    for name in (old, withdrawn):
        bin.withdraw(copy, name, "ann")
    with copy.catalog() as catalog, database.note(catalog.connection):
        line = (old, new, "2026-11-22T10:00:00+00:00")
        catalog.connection.execute("INSERT INTO replacements VALUES (?, ?, ?)", line)
    for name, says in (
        (old, f"{old} was replaced; its newest version: 'waymark show {new}'"),
        (withdrawn, f"{withdrawn} was withdrawn: see 'waymark bin list'"),
    ):
        for before, after in (
            (("show",), ()),
            (("edit",), ("--year", 2018)),
            (("remove",), ()),
            (("withdraw",), ()),
            (("collection", "add", "Twinning"), ()),
        ):
            result = run(*before, name[:12], *after, home=copy.home.path)
            assert (result.exit_code, result.stderr) == (2, f"waymark: {says}\n")


def test_an_interrupt_while_a_command_gets_ready_is_no_failure_of_a_part(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("index.cli.commands.opened", interrupted)
    done = run("list")
    assert (done.exit_code, done.stderr) == (130, "waymark: stopped\n")
