"""`waymark tags` and `waymark grid`, over tags put in by hand."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import waymark
from index.files.home import Home
from index.learning.decisions import decide
from index.library import Library
from index.rows import database

ROOT = Path(waymark.__file__).parent


@pytest.fixture
def tagged(copy_library, tmp_path: Path) -> Path:
    """A copy of the shared library whose first passage is motivational and mentoring."""
    copy = copy_library(tmp_path / "home")
    with copy.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute("DELETE FROM tags")
        for label, probability in (("motivational", 0.9), ("mentoring", 0.8)):
            catalog.connection.execute(
                "INSERT INTO tags SELECT number, ?, ?, 4, 13 FROM passages JOIN documents"
                " USING (document_id) WHERE file_name = 'borland.pdf' AND position = 0",
                (label, probability),
            )
        catalog.connection.execute("UPDATE documents SET title = '=1+1'")
    return tmp_path / "home"


def table(home: Path, *args: str) -> list[dict[str, str]]:
    result = CliRunner().invoke(waymark.main, ["--home", str(home), *args])
    assert (result.exit_code, result.stderr) == (0, "")
    return list(csv.DictReader(result.stdout.splitlines()))


def test_every_tag_with_its_passage_and_sentence(tagged: Path) -> None:
    rows = table(tagged, "tags", "--format", "csv")
    assert [(row["facet"], row["label"], row["probability"]) for row in rows] == [
        ("goals", "motivational", "0.9"),
        ("activities", "mentoring", "0.8"),
    ]
    first = rows[0]
    assert (first["page"], first["sentence"], first["document"]) == ("1", "reception", "'=1+1")
    assert first["passage_id"] == first["document_id"] + "-0"


def test_a_person_s_tags_are_told_from_the_machine_s(tagged: Path) -> None:
    passage = table(tagged, "tags")[0]["passage_id"]
    library = Library.open(Home(tagged))
    decide(library, passage, "mentoring", "accept", "Ada")
    decide(library, passage, "relational", "add", "Ada")
    decide(library, passage, "motivational", "reject", "Ada")
    assert {(row["label"], row["by"]) for row in table(tagged, "tags")} == {
        ("mentoring", "person"),
        ("relational", "person"),
    }


def test_the_grid_counts_and_says_what_is_expected(tagged: Path) -> None:
    rows = table(tagged, "grid", "--format", "csv")
    assert len(rows) == 25
    full = [row for row in rows if row["passages"] != "0"]
    assert [(row["goal"], row["activity"], row["documents"]) for row in full] == [
        ("motivational", "mentoring", "1")
    ]
    assert (full[0]["goal_title"], full[0]["activity_title"]) == ("Motivational", "Mentoring")
    gaps = [row for row in rows if row["verdict"] == "gap"]
    assert gaps
    assert {(row["expected"], row["passages"]) for row in gaps} == {("yes", "0")}


def test_the_grid_to_read(tagged: Path) -> None:
    result = CliRunner().invoke(waymark.main, ["--home", str(tagged), "grid"])
    lines = result.stdout.splitlines()
    assert "mentoring" in lines[0]
    (row,) = [line for line in lines if line.startswith("motivational")]
    end = lines[0].index("mentoring") + len("mentoring")
    assert row[:end].rstrip("* ").endswith(" 1")
    assert len({len(line) for line in lines[:-1]}) == 1


def test_a_reader_who_stops_reading_gets_no_error(tagged: Path) -> None:
    command = [sys.executable, "-m", "waymark", "--home", str(tagged), "tags"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
    assert said == ""
