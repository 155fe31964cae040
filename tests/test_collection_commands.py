"""Collections on the command line, and what becomes of them when documents go."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import waymark
from index import build
from index.curating import bin as binned
from index.curating import erase
from index.kept import collected
from index.library import Library
from index.rows import audit, database


@pytest.fixture
def copied(copy_library, tmp_path: Path) -> Library:
    return copy_library(tmp_path / "home")


@pytest.fixture
def ids(copied: Library) -> dict[str, str]:
    with copied.catalog() as catalog:
        return {one.file_name: one.document_id for one in catalog.documents()}


def call(library: Library, *words: str) -> Result:
    return CliRunner().invoke(waymark.main, ["--home", str(library.home.path), *words])


def test_documents_go_in_and_out(copied: Library, ids) -> None:
    borland, visits = ids["borland.pdf"], ids["visits.pdf"]
    assert (
        "Twinning: 2 documents"
        in call(copied, "collection", "add", "Twinning", borland[:8], visits).stdout
    )
    assert "twinning: 2" in call(copied, "collection", "add", "twinning", borland).stdout.lower()
    assert call(copied, "collection", "list").stdout == "    2  Twinning\n"
    listed = call(copied, "collection", "list", "TWINNING").stdout
    assert (borland in listed, visits in listed, ids["weather.pdf"] in listed) == (1, 1, 0)
    assert (
        "Twinning: 1 document\n" in call(copied, "collection", "remove", "Twinning", visits).stdout
    )
    renamed = call(copied, "collection", "rename", "Twinning", "Mentoring")
    assert "Twinning is now Mentoring" in renamed.stdout
    assert "its documents stay" in call(copied, "collection", "remove", "Mentoring").stdout
    assert call(copied, "collection", "list").stdout == ""
    with copied.catalog() as catalog:
        assert len(catalog.documents()) == 3
        lines = audit.entries(catalog.connection)[::-1]
    said = [line.detail for line in lines if line.action == "collection"]
    assert said == [
        "made",
        "with Resettlement in Borland 2016",
        "with Evaluation of study visits",
        f"without {visits}",
        "was named Twinning",
        "removed",
    ]


def test_a_wrong_call_changes_nothing(copied: Library, ids) -> None:
    for words, said in (
        (("add", "Twinning", ids["borland.pdf"], "nothing"), "no document 'nothing'"),
        (("add", " "), "needs a name"),
        (("remove", "Twinning"), "no collection 'Twinning'"),
        (("list", "Twinning"), "no collection 'Twinning'"),
    ):
        done = call(copied, "collection", *words)
        assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
        assert said in done.stderr
    assert call(copied, "collection", "list").stdout == ""


def test_no_question_is_asked_anew_for_it(copied: Library, ids) -> None:
    with copied.catalog() as catalog:
        before = database.generation(catalog.connection)
    call(copied, "collection", "add", "Twinning", ids["borland.pdf"])
    with copied.catalog() as catalog:
        assert database.generation(catalog.connection) == before


def test_a_withdrawn_document_keeps_its_place_and_a_removed_one_does_not(copied, ids) -> None:
    made = collected.make(copied, "Twinning", "anna")
    collected.put(copied, made.collection_id, [ids["borland.pdf"], ids["visits.pdf"]], "anna")
    binned.withdraw(copied, ids["borland.pdf"], "anna")
    with copied.catalog() as catalog:
        assert collected.get(catalog.connection, made.collection_id).documents == 1
        assert ids["borland.pdf"] in collected.members(catalog.connection, made.collection_id)
    erase.remove(copied, ids["borland.pdf"], "anna")
    with copied.catalog() as catalog:
        assert collected.members(catalog.connection, made.collection_id) == {ids["visits.pdf"]}


def test_a_new_version_takes_the_places_of_the_old_one(copied: Library, ids) -> None:
    made = collected.make(copied, "Twinning", "anna")
    collected.put(copied, made.collection_id, [ids["borland.pdf"]], "anna")
    with copied.catalog() as catalog, database.note(catalog.connection):
        collected.carry(catalog.connection, ids["borland.pdf"], ids["weather.pdf"])
    with copied.catalog() as catalog:
        (found,) = collected.of_document(catalog.connection, ids["weather.pdf"])
    assert (found.name, found.documents) == ("Twinning", 2)


def test_the_library_goes_on_without_collections(empty_library: Library, shelf: Path) -> None:
    assert call(empty_library, "collection", "list").exit_code == 0
    list(build.add(empty_library, [shelf / "weather.pdf"]))
    assert "Empty: 0 documents" in call(empty_library, "collection", "add", "Empty").stdout


@pytest.mark.parametrize("error", [KeyError("getpwuid(): uid not found: 4711"), OSError()])
def test_a_user_whom_the_system_has_no_name_for(
    copied: Library, ids, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """In a container that runs under any number."""

    def nameless() -> str:
        raise error

    monkeypatch.setattr("getpass.getuser", nameless)
    for words in (("add", "A", ids["borland.pdf"]), ("rename", "A", "B"), ("remove", "B")):
        done = call(copied, "collection", *words)
        assert (done.exit_code, done.stderr) == (0, "")
    with copied.catalog() as catalog:
        who = {entry.who for entry in audit.entries(catalog.connection)}
    assert who == {"the command line"}
