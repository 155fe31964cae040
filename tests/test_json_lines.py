"""What lists and figures say to scripts: JSON, an object a line, with what the text says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import waymark
from index.curating import curators, incoming
from index.library import Library

Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def copy(copy_library, tmp_path: Path) -> Library:
    return copy_library(tmp_path / "home")


@pytest.fixture
def rows(copy: Library) -> Rows:
    """Every line that a command writes with --format json, read; without it none is."""

    def run(*args: object) -> list[dict[str, Any]]:
        whole = ["--home", str(copy.home.path), *map(str, args)]
        done = CliRunner().invoke(waymark.main, whole)
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.stdout.splitlines()] if "json" in args else []

    return run


def test_documents_and_collections(rows: Rows) -> None:
    documents = rows("list", "--format", "json")
    first = documents[0]["document_id"]
    rows("collection", "add", "Ports", first)
    assert rows("collection", "list", "--format", "json") == [{"name": "Ports", "documents": 1}]
    (member,) = rows("collection", "list", "Ports", "--format", "json")
    assert member == {key: documents[0][key] for key in ("document_id", "year", "title")}


def test_the_bin_and_the_log(rows: Rows) -> None:
    gone = rows("list", "--format", "json")[0]
    rows("withdraw", gone["document_id"], "--as", "ann")
    (item,) = rows("bin", "list", "--format", "json")
    assert item == {
        "document_id": gone["document_id"],
        "state": "withdrawn",
        "replaced_by": "",
        "title": gone["title"],
        "days_left": 30,
    }
    last = rows("log", "--format", "json")[-1]
    assert (last["who"], last["action"], last["subject"]) == (
        "ann",
        "withdraw",
        gone["document_id"],
    )


def test_drafts_and_jobs(rows: Rows, copy: Library) -> None:
    text = b"The reception agency twinned with its counterpart for eighteen months."
    job = incoming.receive(copy, "twinning 2016.txt", [text], "ann")
    (worked,) = rows("jobs", "--work", "--format", "json")
    (draft,) = rows("drafts", "--format", "json")
    assert draft == {
        "document_id": job.subject[:16],
        "file_name": "twinning 2016.txt",
        "title": "twinning 2016",
        "year": draft["year"],
        "pages": 1,
        "unread_pages": 0,
        "passages": 1,
    }
    (done,) = rows("jobs", "--format", "json")
    assert done == worked
    assert (done["job_id"], done["state"], done["who"]) == (job.job_id, "done", "ann")


def test_one_document(rows: Rows) -> None:
    listed = rows("list", "--format", "json")[0]
    (whole,) = rows("show", listed["document_id"], "--format", "json")
    assert {key: whole[key] for key in listed} == listed
    assert [page["number"] for page in whole["page_health"]] == [*range(1, listed["pages"] + 1)]
    assert {page["health"] for page in whole["page_health"]} == {"text"}
    first = whole["passage_texts"][0]
    assert len(whole["passage_texts"]) == listed["passages"]
    assert first["passage_id"] == f"{listed['document_id']}-0"
    assert first["text"]
    assert {"page_first", "section", "kind", "goals", "activities"} <= first.keys()
    (short,) = rows("show", listed["document_id"], "--no-passages", "--format", "json")
    assert short == {key: value for key, value in whole.items() if key != "passage_texts"}


def test_one_draft(rows: Rows, copy: Library) -> None:
    text = b"The reception agency twinned with its counterpart for eighteen months."
    job = incoming.receive(copy, "twinning 2016.txt", [text], "ann")
    rows("jobs", "--work")
    draft = job.subject[:16]
    rows("drafts", "edit", draft, "--year", "2017", "--as", "ann")
    (found,) = rows("drafts", "show", draft, "--format", "json")
    assert (found["document_id"], found["file_name"]) == (draft, "twinning 2016.txt")
    assert (found["title"], found["year"], found["authors"]) == ("twinning 2016", 2017, [])
    assert found["sources"]["title"] == {"source": "file name", "uncertain": True}
    assert found["sources"]["year"]["uncertain"] is False
    assert (found["pages"], found["passages"], found["looks_like"]) == (1, 1, [])
    assert found["page_health"] == [
        {"number": 1, "label": "", "printed_page": None, "health": "text"}
    ]


@pytest.mark.parametrize("command", ["status", "queue", "doctor", "status --scorecard"])
def test_json_by_either_option(copy: Library, command: str) -> None:
    by_format, by_flag, text = (
        CliRunner().invoke(waymark.main, ["--home", str(copy.home.path), *command.split(), *way])
        for way in (("--format", "json"), ("--json",), ("--format", "text"))
    )
    assert by_format.stdout == by_flag.stdout != text.stdout
    assert all(isinstance(json.loads(line), dict) for line in by_format.stdout.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("drafts --format json show x", "put --format behind 'waymark drafts show'"),
        ("drafts --format=text edit x", "'waymark drafts edit' takes no --format"),
        ("catalogue --format json get x", "'waymark catalogue get' takes no --format"),
    ],
)
def test_a_format_before_the_command_it_is_for_is_refused(
    copy: Library, words: str, said: str
) -> None:
    call = ["--home", str(copy.home.path), *words.split()]
    done = CliRunner().invoke(waymark.main, call, prog_name="waymark")
    assert (done.exit_code, done.stderr) == (2, f"waymark: {said}\n")


def test_curators_and_their_keys(rows: Rows, copy: Library) -> None:
    made = curators.add(copy, "Ann", "four plain words here", "ann")
    curators.make_key(copy, "Ann", "notebook", "ann")
    (key,) = curators.keys(copy, "Ann")
    assert rows("curator", "list", "--format", "json") == [
        {
            "name": "Ann",
            "added_at": made.added_at,
            "keys": [{"name": "notebook", "added_at": key.added_at}],
        }
    ]


def test_saved_questions(rows: Rows) -> None:
    rows("watchlist", "add", "Who pays?")
    assert rows("watchlist", "list", "--format", "json") == [{"number": 1, "question": "Who pays?"}]


def test_tags_and_the_grid(rows: Rows) -> None:
    tags = rows("tags", "--format", "json")
    cells = rows("grid", "--format", "json")
    assert tags
    assert all({"passage_id", "label", "probability", "sentence"} <= tag.keys() for tag in tags)
    assert len(cells) == 25
    assert {type(cell["expected"]) for cell in cells} == {bool}
    assert {type(cell["passages"]) for cell in cells} == {int}


def test_figures_of_a_ranking(rows: Rows, tmp_path: Path) -> None:
    document = rows("list", "--format", "json")[0]
    (tmp_path / "q.txt").write_text(f"{document['title']}\n")
    (tmp_path / "judged.txt").write_text(f"q1 0 {document['document_id']} 1\n")
    files = (tmp_path / "q.txt", tmp_path / "judged.txt")
    figures = rows("evaluate", *files, "--format", "json")
    assert [one["name"] for one in figures] == ["nDCG@10", "MRR@10", "hit@1", "hit@5", "recall@100"]
    assert all(set(one) == {"name", "mean", "low", "high", "questions"} for one in figures)
    assert figures[-1]["mean"] == 1
