"""Drafts on the command line: listed, shown, put right, discarded."""

from __future__ import annotations

from typing import Any

import pytest

from index.curating import drafted, incoming
from index.curating.desk import Worker
from index.library import Library
from index.rows import audit, shelf
from ingest.records import Metadata

pytestmark = pytest.mark.usefixtures("one_encoder")

TEXT = b"The reception agency twinned with its counterpart for eighteen months."
OTHER = b"Rain fell on 140 days of the year, and the harbour was closed twice."


def read(library: Library, name: str, text: bytes) -> str:
    job = incoming.receive(library, name, [text], "ann")
    Worker(library).step()
    return job.subject[:16]


@pytest.fixture
def draft(empty_library: Library) -> str:
    return read(empty_library, "twinning 2016.txt", TEXT)


def known(library: Library, document: str) -> Metadata:
    with library.catalog() as catalog:
        return shelf.get(catalog.connection, document).metadata


def test_a_draft_is_put_right_by_its_fields(run: Any, empty_library: Library, draft: str) -> None:
    before = known(empty_library, draft)
    given = ("--title", "Norland", "--year", "2019", "--authors", "Smith, J.; Doe, A.")
    done = run("drafts", "edit", draft[:6], *given, "--as", "ann")
    assert (done.exit_code, done.output) == (0, f"{draft}  2019  Norland\n")
    after = known(empty_library, draft)
    assert (after.title, after.year, after.authors) == ("Norland", 2019, ("Smith, J.", "Doe, A."))
    assert (after.kind, after.language) == (before.kind, before.language)
    size = "(1 page, 1 passage)  twinning 2016.txt"
    assert run("drafts").output == f"{draft}  2019  Norland {size}\n"


def test_fields_of_a_draft_are_emptied(run: Any, empty_library: Library, draft: str) -> None:
    filled = Metadata(
        authors=("A. Able",), publisher="Press", year=2016, url="https://a.example", kind="brief"
    )
    drafted.correct(empty_library, draft, filled, "ann")
    before = known(empty_library, draft)
    names = ("authors", "publisher", "year", "url", "Kind")
    options = [part for name in names for part in ("--clear", name)]
    done = run("drafts", "edit", draft, *options, "--language", "de", "--as", "ann")
    assert (done.exit_code, done.output) == (0, f"{draft}  ----  twinning 2016\n")
    assert known(empty_library, draft) == Metadata(title=before.title, language="de")
    assert before.publisher == "Press"
    with empty_library.catalog() as catalog:
        lines = [entry.detail for entry in audit.entries(catalog.connection)]
        guess = shelf.get(catalog.connection, draft).guesses["publisher"]
    assert any("publisher: Press -> none" in line for line in lines)
    assert (guess.value, guess.source) == ("", shelf.CORRECTED)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((), "nothing to change: give --title"),
        (("--publisher", ""), "or --clear to empty a field; see 'waymark drafts edit --help'"),
        (("--clear", "year", "--year", "2019"), "give --year or --clear year, not both"),
        (("--year", "2019", "--clear", "year"), "give --year or --clear year, not both"),
        (("--clear", "title"), "'title' is not one of"),
        (("--title", "  "), "nothing to change: give --title"),
        (("--year", "19"), "19 is not in the range"),
        (("--title", "#NAME?"), "what a spreadsheet writes for a formula that fails"),
        (("--authors", "A. Roe; #N/A"), "what a spreadsheet writes for a formula that fails"),
        (("--url", "www.a.example"), "an address that begins with https://"),
        (("--authors", " ; "), "write 'Ana Ruiz; Jo Frost'"),
    ],
)
def test_what_cannot_be_put_into_a_draft_is_said(
    run: Any, empty_library: Library, draft: str, given: tuple[str, ...], says: str
) -> None:
    before = known(empty_library, draft)
    done = run("drafts", "edit", draft, *given)
    assert (done.exit_code, says in done.stderr) == (2, True)
    assert known(empty_library, draft) == before


def test_a_draft_that_is_being_published_is_not_changed(
    run: Any, empty_library: Library, draft: str
) -> None:
    drafted.publish(empty_library, draft, "ben")
    done = run("drafts", "edit", draft, "--year", "2019")
    said = "waymark: twinning 2016 is being published: cancel that first, or wait ('waymark jobs"
    assert (done.exit_code, done.stderr) == (2, f"{said} --work' does it where no server runs)\n")


def test_a_draft_is_shown_with_where_its_fields_are_from(
    run: Any, empty_library: Library, draft: str
) -> None:
    drafted.correct(empty_library, draft, Metadata(authors=("A. Able", "B. Baker")), "ann")
    again = read(empty_library, "again.txt", TEXT + b"\n")
    lines = [line.split(maxsplit=1) for line in run("drafts", "show", again).output.splitlines()]
    assert ["looks", f"like      {draft}  twinning 2016: same text, 100 % of it"] in lines
    shown = run("drafts", "show", draft[:8]).output.splitlines()
    assert f"document_id     {draft}" in shown
    assert "title           twinning 2016  (file name, uncertain)" in shown
    assert "authors         A. Able; B. Baker  (corrected)" in shown
    assert not [line for line in shown if line.startswith(("publisher", "url"))]


def test_drafts_are_discarded_after_a_question(
    run: Any, empty_library: Library, draft: str
) -> None:
    other = read(empty_library, "harbour.txt", OTHER)
    asked = run("drafts", "discard", draft, other, draft[:7], typed="n\n")
    assert asked.exit_code == 1
    assert asked.output.startswith(
        f"{draft}  twinning 2016\n{other}  harbour\nDiscard 2 drafts for good? [y/N]: n\n"
    )
    assert run("drafts").output.count("\n") == 2
    done = run("drafts", "discard", draft, "--as", "ann", typed="y\n")
    assert done.exit_code == 0
    assert f"Discarded {draft}  twinning 2016\n" in done.output
    assert run("drafts", "discard", other, "--yes").output == f"Discarded {other}  harbour\n"
    assert run("drafts").output == ""
    assert list(empty_library.home.files.iterdir()) == []


def test_a_draft_that_is_being_published_is_not_discarded(
    run: Any, empty_library: Library, draft: str
) -> None:
    other = read(empty_library, "harbour.txt", OTHER)
    drafted.publish(empty_library, draft, "ben")
    left = f"waymark: {draft} was not discarded: it is being published, or was gone already\n"
    done = run("drafts", "discard", draft, "--yes")
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", left)
    done = run("drafts", "discard", draft, other, "--yes")
    assert (done.exit_code, done.stderr) == (1, left)
    assert done.stdout == f"Discarded {other}  harbour\n"


@pytest.mark.parametrize("command", [("show",), ("edit", "--year", "2019"), ("discard", "--yes")])
@pytest.mark.parametrize("name", ["ffff", ""])
def test_what_is_no_draft_is_one_clear_line(
    run: Any, empty_library: Library, draft: str, command: tuple[str, ...], name: str
) -> None:
    done = run("drafts", *command, name)
    said = f"waymark: no draft '{name}', or more than one; see 'waymark drafts'\n"
    assert (done.exit_code, done.output) == (2, said)
    drafted.publish(empty_library, draft, "ben")
    Worker(empty_library).step()
    assert run("drafts", *command, draft).exit_code == 2
