"""Commands that keep a library, as a shell sees them: edit, rebuild, doctor, backup, restore."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import waymark
from index.files.home import Home
from index.library import Library
from index.rows import database
from index.tagging import own_tagger

Run = Callable[..., Result]


@pytest.fixture
def run(copy_library, tmp_path: Path) -> Run:
    """Runs a command on a copy of the shared library, or on the home given."""
    copy_library(tmp_path / "copy")

    def invoke(*args: object, home: Path = tmp_path / "copy") -> Result:
        return CliRunner().invoke(waymark.main, ["--home", str(home), *map(str, args)])

    return invoke


def test_edit_says_what_it_is_now(run: Run) -> None:
    (line,) = [line for line in run("list").stdout.splitlines() if "Harbour" in line]
    edited = run("edit", line.split()[0], "--title", "Sea notes", "--year", "2012")
    assert edited.exit_code == 0
    assert edited.stdout.endswith("2012  Sea notes\n")
    assert edited.stdout in run("list").stdout


def test_authors_and_language_can_be_put_right(run: Run) -> None:
    name = run("list").stdout.splitlines()[0].split()[0]
    assert run("edit", name, "--authors", "Ana Ruiz; Jo Frost;", "--language", "DE").exit_code == 0
    shown = run("show", name, "--no-passages").stdout.splitlines()
    assert "authors         Ana Ruiz; Jo Frost" in shown
    assert "language        de" in shown
    assert not any(line.startswith(f"{name}-0") for line in shown)
    (kept,) = [
        found
        for line in run("list", "--format", "json").stdout.splitlines()
        if (found := json.loads(line))["document_id"] == name
    ]
    assert (kept["authors"], kept["language"]) == (["Ana Ruiz", "Jo Frost"], "de")
    assert f"{name}-0  p. 1" in run("show", name).stdout


def test_a_file_with_a_line_end_in_its_name_is_told_on_one_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tide\nwaymark.txt"
    file.write_text("The tide rose over the pier. Nobody was hurt.\n")
    run("add", file)
    said = f"{tmp_path}/tide\\nwaymark.txt: already in the library\n"
    assert run("add", file).stdout == said


def test_fields_are_emptied(run: Run) -> None:
    name = run("list").stdout.splitlines()[0].split()[0]
    given = ("--publisher", "Press", "--authors", "Ana Ruiz", "--url", "https://a.example")
    run("edit", name, *given)
    cleared = ("--clear", "publisher", "--clear", "year", "--clear", "authors")
    done = run("edit", name, *cleared, "--title", "Sea notes")
    assert (done.exit_code, done.stdout) == (0, f"{name}  ----  Sea notes\n")
    (kept,) = [
        found
        for line in run("list", "--format", "json").stdout.splitlines()
        if (found := json.loads(line))["document_id"] == name
    ]
    assert (kept["publisher"], kept["authors"], kept["year"]) == ("", [], None)
    assert kept["url"] == "https://a.example"
    assert "publisher: Press -> none" in run("log").stdout


def test_authors_and_language_are_stated_when_a_file_is_added(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tide.txt").write_text("The tide rose over the pier. Nobody was hurt.\n")
    added = run("add", tmp_path / "tide.txt", "--authors", "Ana Ruiz", "--language", "fr")
    shown = run("show", added.stdout.split()[0], "--no-passages").stdout.splitlines()
    assert {"authors         Ana Ruiz", "language        fr"} <= set(shown)
    (line,) = run("log", "--document", added.stdout.split()[0]).stdout.splitlines()
    assert line.endswith(f"  add  {added.stdout.split()[0]}  tide")
    run("add", tmp_path / "tide.txt")
    assert run("log", "-n", "100").stdout.count("  tide") == 1


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (("--authors", " ; "), "no name"),
        (("--language", "German"), "two letters"),
        (("--url", "www.example.org/x"), "begins with https:// or http://, without blanks"),
    ],
)
def test_what_names_nobody_no_language_and_no_link_is_refused(
    run: Run, option: tuple[str, str], says: str
) -> None:
    name = run("list").stdout.splitlines()[0].split()[0]
    refused = run("edit", name, *option)
    assert (refused.exit_code, says in refused.stderr) == (2, True)


def test_what_the_command_line_changes_is_in_the_log(run: Run) -> None:
    name, year = run("list").stdout.splitlines()[0].split()[:2]
    run("edit", name, "--year", "2013")
    run("edit", name, "--year", "2013")
    run("decide", f"{name}-0", "mentoring", "add", "--as", "Ada")
    run("remove", name)
    said = [line.split("  ") for line in run("log").stdout.splitlines()]
    lines = [line for line in said if line[2] != "add"]
    assert [(what, subject, said) for _, _, what, subject, said in lines[-3:-1]] == [
        ("edit", name, f"year: {year} -> 2013"),
        ("decide", f"{name}-0", "mentoring: add"),
    ]
    assert (lines[-2][1], lines[-1][2]) == ("Ada", "remove")
    assert len(lines) == 3


def test_a_copy_without_the_lost_tagger_is_told_from_a_whole_one(run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "whole.tar").exit_code == 0
    assert run("export", tmp_path / "whole").exit_code == 0
    copy = Library.open(Home(tmp_path / "copy"))
    with copy.catalog() as catalog, database.note(catalog.connection):
        database.write_setting(catalog.connection, own_tagger.SETTING, 99)
    lost = "waymark: the library's own tagger is lost: see 'waymark doctor'\n"
    for kept in (run("backup", tmp_path / "b.tar"), run("export", tmp_path / "out")):
        assert (kept.exit_code, kept.stderr) == (1, lost)
    for copied in (("restore", tmp_path / "b.tar"), ("import", tmp_path / "out")):
        home = tmp_path / copied[0]
        assert run(*copied, home=home).exit_code == 0
        assert "error: the tagger's heads" in run("doctor", home=home).stdout


def test_a_copy_without_a_lost_original_says_which(run: Run, tmp_path: Path) -> None:
    gone = sorted((tmp_path / "copy" / "files").iterdir())[0]
    gone.unlink()
    lost = f"waymark: the original {gone.name} is lost: see 'waymark doctor'\n"
    for kept in (run("backup", tmp_path / "b.tar"), run("export", tmp_path / "out")):
        assert (kept.exit_code, kept.stderr) == (1, lost)
    for copied in (("restore", tmp_path / "b.tar"), ("import", tmp_path / "out")):
        home = tmp_path / copied[0]
        assert run(*copied, home=home).exit_code == 0
        assert "error: the original of " in run("doctor", home=home).stdout


@pytest.mark.parametrize("option", ["--as", "--who"])
def test_who_decided_is_said_as_elsewhere_and_as_before(run: Run, option: str) -> None:
    name = run("list").stdout.split()[0]
    decided = run("decide", f"{name}-0", "mentoring", "add", option, "Ada")
    assert ", Ada, " in decided.stdout
    assert "--who" not in run("decide", "--help").stdout


@pytest.mark.parametrize(
    "args",
    [
        ["show", "caf\udce9"],
        ["remove", "caf\udce9"],
        ["edit", "caf\udce9", "--year", "2010"],
        ["edit", "zzz", "--title", "caf\udce9"],
        ["publish", "caf\udce9"],
        ["publish", "zzz", "--replaces", "caf\udce9"],
        ["withdraw", "caf\udce9"],
        ["log", "--document", "caf\udce9"],
        ["bin", "restore", "caf\udce9"],
        ["decide", "caf\udce9-0", "mentoring", "add"],
        ["decide", "zzz-0", "mentoring", "add", "--as", "caf\udce9"],
        ["collection", "add", "mine", "caf\udce9"],
        ["search", "ministers", "--publisher", "caf\udce9"],
        ["curator", "remove", "caf\udce9"],
    ],
)
def test_an_argument_of_bytes_that_are_no_text_is_refused(run: Run, args: list[str]) -> None:
    refused = run(*args)
    assert refused.exit_code == 2
    assert refused.stderr.endswith("not UTF-8: set the terminal to UTF-8 and type it again\n")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["zzz", "--title", "x"], "no document 'zzz'"),
        (["zzz"], "nothing to change"),
        (["zzz", "--publisher", ""], "or --clear to empty a field; see 'waymark edit --help'"),
        (["zzz", "--clear", "url", "--url", "https://a.example"], "--url or --clear url, not both"),
    ],
)
def test_an_edit_that_cannot_be(run: Run, args: list[str], says: str) -> None:
    result = run("edit", *args)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert says in result.stderr


def test_rebuild(run: Run, library: Library) -> None:
    assert run("rebuild").stdout == f"Built the views of generation {library.views().generation}\n"
    passages = json.loads(run("status", "--json").stdout)["passages"]
    again = run("rebuild", "--model", library.identity.name)
    assert again.stdout == f"Encoded {passages} passages with {library.identity.name}\n"
    assert run("rebuild", "--model", "/nowhere").exit_code == 2


def test_doctor_for_people_and_for_scripts(run: Run, tmp_path: Path) -> None:
    assert (run("doctor").exit_code, run("doctor").stdout) == (0, "nothing wrong was found\n")
    (tmp_path / "copy" / "files" / "x.part").write_bytes(b"")
    (line,) = run("doctor", "--json").stdout.splitlines()
    assert json.loads(line).keys() == {"name", "severity", "message", "mend", "documents"}
    assert run("doctor").exit_code == 0  # a warning
    repaired = run("doctor", "--repair", "--json")
    assert (repaired.stdout, repaired.exit_code) == ("", 0)
    assert "x.part" in repaired.stderr
    next((tmp_path / "copy" / "files").iterdir()).unlink()
    lost = run("doctor")
    assert lost.exit_code == 1
    assert lost.stdout.startswith("error: the original of ")


def test_doctor_without_a_library(run: Run, tmp_path: Path) -> None:
    result = run("doctor", home=tmp_path / "none")
    assert result.exit_code == 1
    assert "waymark init" in result.stdout
    assert not (tmp_path / "none").exists()


def test_backup_and_restore(run: Run, lend_models, tmp_path: Path) -> None:
    taken = run("backup", tmp_path / "b.tar")
    assert (taken.exit_code, "3 documents" in taken.stdout) == (0, True)
    assert run("backup", tmp_path / "b.tar").exit_code == 2  # it is there
    assert run("restore", tmp_path / "b.tar").exit_code == 2  # a library is there
    made = run("restore", tmp_path / "b.tar", "--home", tmp_path / "new")
    assert (made.exit_code, "3 originals" in made.stdout) == (0, True)
    lend_models(tmp_path / "new")
    question = ("search", "nine months for a flat", "--format", "json")
    here, there = (json.loads(run(*question, home=tmp_path / h).stdout) for h in ("copy", "new"))
    assert here["results"] == there["results"]


def test_a_restore_names_who_may_sign_in(run: Run, tmp_path: Path) -> None:
    assert "sign in" not in run("backup", tmp_path / "none.tar").stdout
    with Library.open(Home(tmp_path / "copy")).catalog() as catalog:
        for name in ("ann", "ben\x1b[2J"):
            catalog.connection.execute("INSERT INTO curators VALUES (?, '', 1, '')", (name,))
        catalog.connection.execute("INSERT INTO keys VALUES ('0', 'ann', 'script', '')")
    run("backup", tmp_path / "b.tar")
    made = run("restore", tmp_path / "b.tar", "--home", tmp_path / "new")
    assert made.exit_code == 0
    (line,) = [line for line in made.stdout.splitlines() if "sign in" in line]
    assert "ann, ben" in line
    assert "\x1b" not in line
    assert "1 key of their programs; 'waymark curator remove NAME'" in line
    alone = run("restore", tmp_path / "none.tar", "--home", tmp_path / "alone")
    assert (alone.exit_code, "sign in" in alone.stdout) == (0, False)


def test_a_backup_that_is_none_or_not_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_bytes(b"no tar" * 1000)
    for name in ("b.tar", "missing.tar"):
        result = run("restore", tmp_path / name, "--home", tmp_path / "new")
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert name in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_place_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    result = run("backup", tmp_path / "missing" / "b.tar")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
