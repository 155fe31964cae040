"""The desk on the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import click
import pytest

from index import build
from index.curating import bin, drafted, incoming, jobs
from index.curating.desk import Worker
from index.edit import edit
from index.library import Library
from index.rows import audit, database
from ingest.records import Metadata

pytestmark = pytest.mark.usefixtures("one_encoder")

TEXT = b"The reception agency twinned with its counterpart for eighteen months."


@pytest.fixture
def draft(empty_library: Library) -> str:
    job = incoming.receive(empty_library, "twinning-notes.txt", [TEXT], "ann")
    Worker(empty_library).step()
    return job.subject[:16]


def test_a_draft_is_listed_and_published(run: Any, draft: str) -> None:
    line = f"{draft}  ----  twinning notes (1 page, 1 passage)  twinning-notes.txt\n"
    assert run("drafts").output == line
    done = run("publish", draft[:6], "--as", "ann")
    assert done.exit_code == 0
    assert "published: 1 passage" in done.output
    assert run("drafts").output == ""
    assert f"ann  published  {draft}  twinning notes" in run("log").output
    assert "publish  twinning notes  done" in run("jobs").output


def test_the_log_of_a_document_as_csv(run: Any, draft: str, empty_library: Library) -> None:
    drafted.correct(empty_library, draft, Metadata(year=2016), "eve")
    run("publish", draft, "--as", "=ann")
    edit(empty_library, draft, Metadata(kind="page", authors=("Ana Ruiz", "Jo Frost")), "bob")
    done = run("log", "--format", "csv", "--document", draft[:8], "-n", "2")
    assert done.exit_code == 0
    rows = [row[1:] for row in csv.reader(io.StringIO(done.stdout))]
    assert rows == [
        ["who", "action", "subject", "detail"],
        ["'=ann", "published", draft, "twinning notes"],
        ["bob", "edit", draft, "authors: none -> Ana Ruiz; Jo Frost | kind: report -> page"],
    ]
    said = run("log", "--document", draft).stdout.splitlines()
    assert said[0].endswith(f"  eve  correct  {draft}  year: none -> 2016")
    assert len(said) == 4  # not the upload
    assert "upload" in run("log").stdout


def test_the_log_of_one_document_among_others(run: Any, empty_library: Library) -> None:
    one, other = "0f00000000000001", "0f00000000000002"
    with empty_library.catalog() as catalog, database.note(catalog.connection):
        for subject in (one, f"{one}-3", other, f"{other}-3", "0f notes.pdf", "0f"):
            audit.record(catalog.connection, "ann", "edit", subject)
    said = run("log", "--document", one).stdout.splitlines()
    assert [line.split("  ")[3] for line in said] == [one, f"{one}-3"]
    for name in ("0f", ""):
        done = run("log", "--document", name)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"the log has 2 documents that begin with '{name}'" in done.stderr


@pytest.mark.parametrize("name", ["ffff", "twinning", "{draft}-0"])
def test_a_document_that_the_log_does_not_know(run: Any, draft: str, name: str) -> None:
    run("publish", draft)
    name = name.format(draft=draft)
    done = run("log", "--document", name)
    assert done.exit_code == 2
    assert done.stderr == f"waymark: the log has nothing of '{name}'\n"


def test_publishing_says_what_is_there_already(
    run: Any, empty_library: Library, draft: str
) -> None:
    job = incoming.receive(empty_library, "notes.txt", [TEXT, b" It paid."], "ann")
    Worker(empty_library).step()
    first = run("publish", draft)
    assert (first.exit_code, first.stderr) == (0, "")
    second = run("publish", job.subject[:16])
    assert (second.exit_code, second.stderr) == (
        0,
        f"waymark: {job.subject[:16]}: 60 % of its text is in {draft} (twinning notes)\n",
    )


def begun(library: Library, draft: str, lease: float, replaces: str = "") -> None:
    """A publish whose worker was killed, so many seconds of its lease before now or after."""
    drafted.publish(library, draft, "ann", replaces)
    with library.catalog() as catalog:
        assert jobs.claim(catalog.connection, "killed", lease) is not None


def test_a_publish_whose_worker_was_killed_is_done_by_the_next(
    run: Any, empty_library: Library, draft: str
) -> None:
    begun(empty_library, draft, lease=-1)
    assert "working, and left: 'waymark jobs --work' takes it up" in run("jobs").output
    done = run("publish", draft)
    assert (done.exit_code, "published: 1 passage" in done.output) == (0, True)
    assert run("drafts").output == ""
    assert run("publish", draft).exit_code == 2


def test_a_publish_in_another_workers_hands_is_left_alone(
    run: Any, empty_library: Library, draft: str
) -> None:
    begun(empty_library, draft, lease=600)
    done = run("publish", draft)
    assert done.exit_code == 2
    assert "is being published: cancel that first, or wait ('waymark jobs --work'" in done.stderr
    assert "working 0%\n" in run("jobs").output


def test_a_killed_publish_is_not_done_otherwise_than_it_was_asked_for(
    run: Any, empty_library: Library, draft: str, shelf: Path
) -> None:
    list(build.add(empty_library, [shelf / "visits.pdf"]))
    with empty_library.catalog() as catalog:
        name = catalog.documents()[0].document_id
    begun(empty_library, draft, lease=-1, replaces=name)
    other = run("publish", draft, "--replaces", "ffff")
    assert (other.exit_code, "is being published" in other.stderr) == (2, True)
    assert run("publish", draft, "--replaces", name).exit_code == 0
    assert f"{name}  replaced by {draft}" in run("bin", "list").output


def test_a_publish_killed_three_times_has_failed(
    run: Any, empty_library: Library, draft: str
) -> None:
    begun(empty_library, draft, lease=-1)
    for _ in range(2):
        with empty_library.catalog() as catalog:
            assert jobs.claim(catalog.connection, "killed", -1) is not None
    done = run("publish", draft)
    assert (done.exit_code, "failed: it was begun 3 times" in done.output) == (1, True)
    assert "elsewhere" not in done.output
    assert run("publish", draft).exit_code == 0


def test_withdrawn_put_back_and_emptied(run: Any, empty_library: Library, shelf: Path) -> None:
    list(build.add(empty_library, [shelf / "visits.pdf"]))
    with empty_library.catalog() as catalog:
        name = catalog.documents()[0].document_id
    assert run("withdraw", name).exit_code == 0
    assert run("bin", "list").output == f"{name}  30 days  Evaluation of study visits\n"
    assert "restored: 1 passage" in run("bin", "restore", name).output
    assert run("bin", "list").output == ""
    run("withdraw", name)
    assert run("bin", "empty", typed="n\n").exit_code == 1
    assert name in run("bin", "list").output
    assert "Removed 1 document for good" in run("bin", "empty", "--yes").output
    assert run("bin", "empty").output == "the bin is empty\n"
    assert list(empty_library.home.files.iterdir()) == []


def test_an_older_version_is_put_back_beside_or_instead_of_the_newer_one(
    run: Any, empty_library: Library, draft: str
) -> None:
    run("publish", draft)
    job = incoming.receive(empty_library, "second.txt", [TEXT, b" It paid."], "ann")
    newer = job.subject[:16]
    Worker(empty_library).step()
    run("publish", newer, "--replaces", draft)
    asked = run("bin", "restore", draft)
    assert (asked.exit_code, asked.output) == (
        2,
        f"waymark: its newer version {newer} is in the library: say --beside or --instead\n",
    )
    assert f"{draft}  replaced by {newer}" in run("bin", "list").output
    assert run("bin", "restore", draft, "--instead").exit_code == 0
    assert run("bin", "list").output == f"{newer}  replaced by {draft}  second\n"
    assert run("bin", "restore", newer, "--beside").exit_code == 0
    assert run("bin", "list").output == ""
    for where in ((), ("--beside",), ("--instead",)):
        done = run("bin", "restore", newer, *where)
        assert done.output == f"waymark: {newer} is not in the bin; see 'waymark bin list'\n"
    assert f"restore  {newer}  job " in run("log").output
    assert f", in place of {newer}\n" in run("log", "--document", draft).output


@pytest.mark.parametrize("where", ["--beside", "--instead"])
def test_what_has_no_newer_version_is_put_back_neither_beside_nor_instead_of_one(
    run: Any, draft: str, where: str
) -> None:
    run("publish", draft)
    run("withdraw", draft)
    done = run("bin", "restore", draft, where)
    assert (done.exit_code, done.output) == (
        2,
        f"waymark: no newer version of {draft} is in the library: leave out {where}\n",
    )
    assert draft in run("bin", "list").output
    assert run("bin", "restore", draft).exit_code == 0
    assert run("bin", "list").output == ""


def test_unknown_ids_are_one_clear_line(run: Any, draft: str) -> None:
    for args in (("publish", "ffff"), ("withdraw", "ffff"), ("bin", "restore", "ffff")):
        done = run(*args)
        assert done.exit_code == 2
        assert "no document 'ffff'" in done.output
    done = run("withdraw", draft)
    assert (done.exit_code, done.output) == (2, a_draft(draft))


def a_draft(name: str) -> str:
    return (
        f"waymark: {name} is a draft: put it right at /curate/drafts/{name} or with 'waymark drafts"
        " edit', take it in with 'waymark publish', or remove it with 'waymark drafts discard'\n"
    )


def test_several_are_withdrawn_at_once_or_none(
    run: Any, empty_library: Library, draft: str
) -> None:
    other = incoming.receive(empty_library, "b.txt", [b"Rain fell twice."], "ann").subject[:16]
    third = incoming.receive(empty_library, "c.txt", [b"It snowed."], "ann").subject[:16]
    run("jobs", "--work")
    run("publish", draft, other)
    done = run("withdraw", draft, third, other)
    assert (done.exit_code, done.output) == (2, a_draft(third))
    assert run("bin", "list").output == ""
    done = run("withdraw", draft[:8], other, draft, "--as", "ann")
    assert done.exit_code == 0
    assert done.output == "".join(
        f"Withdrew {name}; 'waymark bin restore {name}' puts it back\n" for name in (draft, other)
    )
    assert run("bin", "list").output.count("30 days") == 2
    done = run("withdraw", draft)
    assert done.output == f"waymark: {draft} was withdrawn: see 'waymark bin list'\n"
    assert f"ann  withdraw  {other}  b" in run("log").output


def test_what_is_published_already_is_one_clear_line(run: Any, draft: str) -> None:
    run("publish", draft)
    for args, says in (
        (("publish", draft), f"waymark: {draft} is no draft; see 'waymark drafts'\n"),
        (
            ("bin", "restore", draft),
            f"waymark: {draft} is not in the bin; see 'waymark bin list'\n",
        ),
    ):
        done = run(*args)
        assert (done.exit_code, done.output) == (2, says)


def test_one_that_is_no_draft_keeps_no_other_from_being_published(
    run: Any, empty_library: Library, draft: str
) -> None:
    run("publish", draft)
    other = incoming.receive(empty_library, "b.txt", [b"Rain fell twice."], "ann").subject[:16]
    Worker(empty_library).step()
    done = run("publish", draft, other)
    assert done.exit_code == 1
    assert done.stderr == f"waymark: {draft} is no draft; see 'waymark drafts'\n"
    assert "published: 1 passage" in done.stdout
    assert run("drafts").output == ""


def test_emptying_spares_what_was_put_back_while_it_asked(
    run: Any, empty_library: Library, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(build.add(empty_library, [shelf / "visits.pdf"]))
    with empty_library.catalog() as catalog:
        name = catalog.documents()[0].document_id
    bin.withdraw(empty_library, name, "ann")

    def answered(*_: object, **__: object) -> bool:
        bin.restore(empty_library, name, "bob")
        Worker(empty_library).step()
        return True

    monkeypatch.setattr(click, "confirm", answered)
    done = run("bin", "empty")
    assert (done.exit_code, done.output) == (0, "Removed 0 documents for good\n")
    with empty_library.catalog() as catalog:
        assert [document.document_id for document in catalog.documents()] == [name]


def test_waiting_jobs_are_done_when_asked(run: Any, empty_library: Library) -> None:
    incoming.receive(empty_library, "a.txt", [TEXT], "ann")
    incoming.receive(empty_library, "b.pdf", [b"%PDF-1.4 and no more"], "ann")
    done = run("jobs", "--work")
    assert done.exit_code == 1
    assert "a.txt  done: 1 page, 1 passage" in done.output
    assert "b.pdf  failed: " in done.output


def test_a_folder_is_taken_in_once(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.curating.watching.STILL_SECONDS", 0.0)
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "a.txt").write_bytes(TEXT)
    done = run("watch", str(tmp_path / "drop"), "--once", "--publish", "--as", "ann")
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "a.txt: done: 1 page, 1 passage",
        "a: done: published: 1 passage",
    ]
