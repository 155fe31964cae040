"""`waymark batch`: many questions into one file that can be made again."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

import waymark
from corpus import lexicon
from index import build
from index.derived.filters import Filters
from index.derived.views import Views
from index.edit import edit
from index.encoding.precision import chosen
from index.encoding.runtime import version
from index.kept import collected
from index.learning import decisions
from index.library import Library
from index.rows import database
from index.rows.catalog import Catalog
from ingest.records import Metadata
from search.batches import batch, workbook
from search.batches.batch import GROUP, answers, hold
from search.batches.questions import BadQuestion, Question
from search.find import LONGEST_QUESTION, find
from search.formats import output
from search.formats.contract import result_as_dict

pytestmark = pytest.mark.usefixtures("one_encoder")

Run = Callable[..., Result]
SUBJECTS = ["storms at sea", "empty flats", "study visits", "ministers and backlash", "mentors"]


@pytest.fixture
def run(library: Library) -> Run:
    """Runs `waymark batch` on the shared library, or on the home given."""

    def invoke(*args: object, home: Path | None = None, given: str | bytes | None = None) -> Result:
        where = str(home or library.home.path)
        words = ["--home", where, "batch", *map(str, args)]
        return CliRunner().invoke(waymark.main, words, input=given)

    return invoke


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Twenty questions: two whole groups and a part of one."""
    path = tmp_path / "questions.jsonl"
    lines = [
        json.dumps({"id": f"n{number}", "question": f"{SUBJECTS[number % 5]} {number}"})
        for number in range(20)
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_batch_ranks_as_one_question_does(library: Library) -> None:
    asked = [Question(f"q{n}", f"{SUBJECTS[n % 5]} {n}") for n in range(GROUP + 3)]
    with hold(library) as held:
        found = [item for item in answers(held, asked, 4, Filters()) if isinstance(item, tuple)]
    assert [question for question, _ in found] == asked
    for question, answer in found:
        # As it is written: what the encoder makes of several texts at once may differ in the last
        # digits, on some processors.
        alone = find(library, question.text, 4)
        assert [result_as_dict(one, library.taxonomy) for one in answer.results] == [
            result_as_dict(one, library.taxonomy) for one in alone.results
        ]
        assert answer.took_ms is not None
        assert answer.took_ms > 0


def test_questions_are_taken_a_group_at_a_time(library: Library) -> None:
    taken = []

    def endless() -> Iterator[Question]:
        while True:
            taken.append(1)
            yield Question("q", "storms")

    with hold(library) as held:
        next(answers(held, endless(), 1, Filters()))
    assert len(taken) == GROUP


def test_a_group_ahead_changes_no_answer(library: Library) -> None:
    asked = [Question(f"q{n}", f"{SUBJECTS[n % 5]} {n}") for n in range(GROUP * 2 + 3)]
    asked[4:4] = [BadQuestion(4, "no question")]

    def untimed(done: int, ahead: bool) -> list[object]:
        found = answers(held, asked, 2, Filters(), done, ahead)
        return [
            one if isinstance(one, BadQuestion) else (one[0], replace(one[1], took_ms=None))
            for one in found
        ]

    with hold(library) as held:
        for done in (0, 3, GROUP, GROUP + 2, GROUP * 2 + 3):
            plain = untimed(done, ahead=False)
            assert len(plain) == len(asked) - done
            assert untimed(done, ahead=True) == plain


def test_of_a_file_the_next_group_is_taken_ahead(library: Library) -> None:
    taken = []

    def broken() -> Iterator[Question]:
        for number in range(GROUP * 3):
            taken.append(number)
            if number == GROUP * 2:
                raise OSError("the disk is gone")
            yield Question(f"q{number}", "storms")

    with hold(library) as held:
        found = answers(held, broken(), 1, Filters(), ahead=True)
        next(found)
        assert len(taken) == GROUP * 2
        assert len(list(islice(found, GROUP - 1))) == GROUP - 1
        with pytest.raises(OSError, match="the disk is gone"):
            next(found)


def test_what_is_added_meanwhile_changes_no_answer(copy_library, tmp_path: Path) -> None:
    growing = copy_library(tmp_path / "home")
    (tmp_path / "storms.txt").write_text("Storms at sea closed the harbour of Arland for a week.")
    asked = [Question(f"q{n}", "storms at sea") for n in range(GROUP * 2)]
    with hold(growing) as held:
        found = answers(held, asked, 5, Filters())
        first = next(found)
        list(build.add(growing, [tmp_path / "storms.txt"]))
        rest = list(found)
    assert isinstance(first, tuple)
    assert all(isinstance(item, tuple) and item[1].results == first[1].results for item in rest)
    assert find(growing, "storms at sea", 5).results != first[1].results


def test_rows_and_views_are_of_one_generation(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document comes in between the opening of the views and the reading of the rows."""
    growing = copy_library(tmp_path / "home")
    (tmp_path / "storms.txt").write_text("Storms at sea closed the harbour of Arland for a week.")
    views_of, added = growing.views_of, []

    def overtaken(catalog: Catalog) -> Views:
        found = views_of(catalog)
        if not added:
            added.append(True)
            list(build.add(growing, [tmp_path / "storms.txt"]))
        return found

    monkeypatch.setattr(growing, "views_of", overtaken)
    with hold(growing) as held:
        assert held.views.generation == database.generation(held.catalog.connection)
        ((_, answer),) = answers(held, [Question("q", "storms at sea")], 1, Filters())
    assert answer.results[0].document.file_name == "storms.txt"


def test_a_writer_that_takes_long_is_not_waited_for(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.batches.batch._WAIT_SECONDS", 0.2)
    growing = copy_library(tmp_path / "home")
    with FileLock(growing.home.lock), growing.catalog() as catalog:
        before = growing.views().generation
        with database.change(catalog.connection):
            catalog.connection.execute("UPDATE documents SET title = 'Renamed'")
        with hold(growing) as held:
            ((_, answer),) = answers(held, [Question("q", "storms at sea")], 1, Filters())
    assert (held.views.generation, answer.generation) == (before, before)
    assert answer.results


def test_a_question_that_is_too_long_is_named_and_the_rest_is_done(library: Library) -> None:
    asked = [Question("a", "x" * (LONGEST_QUESTION + 1), line=7), Question("b", "storms")]
    with hold(library) as held:
        bad, good = answers(held, asked, 1, Filters())
    assert bad == BadQuestion(7, "the question has 2,001 characters; at most 2,000")
    assert isinstance(good, tuple)
    assert good[0].id == "b"


def test_limits_of_one_question_and_a_wrong_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(
        "id,Frage,kind,goal,year\n"
        "a,study visits,evaluation,,\n"
        "b,study visits,,cooking,\n"
        "c,study visits,,,2011\n"
        "d,study visits,,,\n"
    )
    result = run(path, "--column", "Frage", "-k", 5)
    assert result.exit_code == 1
    said = f"waymark: {path}, line 3: 'cooking' is no goal; there are: motivational, "
    assert result.stderr.startswith(said)
    assert result.stderr.count("\n") == 1
    a, c, d = map(json.loads, result.stdout.splitlines())
    assert [list(a)[-1], a["limits"]] == ["limits", {"kind": ["evaluation"]}]
    assert (c["limits"], "limits" in d) == ({"year": ["2011"]}, False)
    assert {r["file"] for r in a["results"]} == {"visits.pdf"}
    assert {r["file"] for r in c["results"]} == {"weather.pdf"}
    assert len({r["file"] for r in d["results"]}) == 3


def test_two_runs_are_the_same_bytes(run: Run, questions: Path, tmp_path: Path) -> None:
    for layout in ("jsonl", "csv", "trec", "xlsx"):
        outs = [tmp_path / f"{name}.{layout}" for name in "ab"]
        for out in outs:
            done = run(questions, "-o", out, "--no-timing", "--format", layout)
            assert (done.exit_code, done.output) == (0, "")
        assert outs[0].read_bytes() == outs[1].read_bytes(), layout
        assert outs[0].stat().st_size > 500
    assert json.loads((tmp_path / "a.jsonl").read_text().splitlines()[0])["took_ms"] is None


def test_the_record_says_what_a_run_rested_on(
    library: Library, run: Run, questions: Path, tmp_path: Path
) -> None:
    run(questions, "-o", tmp_path / "out.jsonl", "-k", 3, "--goal", "motivational")
    record = json.loads((tmp_path / "out.jsonl.meta.json").read_text())
    line = json.loads((tmp_path / "out.jsonl").read_text().splitlines()[0])
    assert record["generation"] == line["generation"]
    assert (record["encoder"], record["encoder_sha256"]) == (
        library.identity.name,
        library.identity.sha256,
    )
    assert record["encoder_computed"] == (
        f"{chosen(library.home.models)}, OpenVINO {version()}, word lists {lexicon.sha256()[:12]}"
    )
    assert record["options"]["k"] == 3
    assert record["options"]["goals"] == ["motivational"]
    assert record["date"].startswith("20")
    assert len(record["questions_sha256"]) == 64
    assert len(record["passages_sha256"]) == 64
    assert record["options"]["limits"] is True


@pytest.mark.parametrize("lines", [0, 3, GROUP, 19, 20])
def test_an_interrupted_run_is_gone_on_with(
    run: Run, questions: Path, tmp_path: Path, lines: int
) -> None:
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    args = ["--no-timing", "-k", 2]
    run(questions, "-o", whole, *args)
    shutil.copy(f"{whole}.meta.json", f"{part}.meta.json")
    kept = whole.read_bytes().splitlines(keepends=True)
    part.write_bytes(b"".join(kept[:lines]) + kept[-1][:40])
    resumed = run(questions, "-o", part, *args, "--resume")
    assert (resumed.exit_code, resumed.output) == (0, "")
    assert part.read_bytes() == whole.read_bytes()


def test_a_killed_run_is_gone_on_with(
    library: Library, run: Run, questions: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(f'{{"question": "{SUBJECTS[n % 5]} {n}"}}\n' for n in range(240)))
    part, whole = tmp_path / "part.jsonl", tmp_path / "whole.jsonl"
    command = [sys.executable, "-m", "waymark", "--home", str(library.home.path), "batch"]
    running = subprocess.Popen(
        [*command, str(many), "-o", str(part), "--no-timing", "-k", "1"],
        cwd=Path(waymark.__file__).parent,
        env=os.environ,
    )
    while running.poll() is None and (not part.exists() or part.stat().st_size < 5_000):
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    before = part.read_bytes().count(b"\n")
    assert 0 < before < 240
    many_args = [many, "--no-timing", "-k", 1]
    assert run(*many_args, "-o", part, "--resume").exit_code == 0
    assert run(*many_args, "-o", whole).exit_code == 0
    assert part.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("layout", ["csv", "xlsx", "trec", "ris"])
def test_a_file_that_cannot_be_gone_on_with_is_there_when_it_is_whole(
    run: Run, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    out = tmp_path / f"out.{layout}"
    said = f"waymark: stopped; {out} was not written, as JSONL alone keeps what is done\n"
    with monkeypatch.context() as patched:
        interrupted_after(GROUP + 2, patched)
        stopped = run(questions, "-o", out, "-k", 2)
    assert (stopped.exit_code, stopped.stderr) == (130, said)
    assert sorted(tmp_path.iterdir()) == [questions]
    assert run(questions, "-o", out, "-k", 1).exit_code == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert {path.name for path in before} == {questions.name, out.name, f"{out.name}.meta.json"}
    interrupted_after(GROUP + 2, monkeypatch)
    assert run(questions, "-o", out, "-k", 2).stderr == said
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_jsonl_file_that_was_stopped_says_how_to_go_on(
    run: Run, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    with monkeypatch.context() as patched:
        interrupted_after(GROUP + 2, patched)
        stopped = run(questions, "-o", out, "-k", 2)
    assert stopped.exit_code == 130
    assert stopped.stderr == f"waymark: stopped; {out} keeps what was done: go on with --resume\n"
    assert len(out.read_text().splitlines()) == GROUP + 2
    assert run(questions, "-o", out, "-k", 2, "--resume").exit_code == 0
    assert len(out.read_text().splitlines()) == 20


@pytest.mark.parametrize("layout", ["csv", "xlsx"])
def test_a_link_leads_to_the_file_that_is_written(
    run: Run, questions: Path, tmp_path: Path, layout: str
) -> None:
    (tmp_path / "shared").mkdir()
    out = tmp_path / f"out.{layout}"
    out.symlink_to(tmp_path / "shared" / f"answers.{layout}")
    assert run(questions, "-o", out, "-k", 1).exit_code == 0
    assert out.is_symlink()
    assert [path.name for path in (tmp_path / "shared").iterdir()] == [f"answers.{layout}"]
    assert out.stat().st_size > 1_000


@pytest.mark.parametrize("layout", ["csv", "xlsx"])
def test_a_file_keeps_its_rights_and_its_neighbours_stay(
    run: Run, questions: Path, tmp_path: Path, layout: str
) -> None:
    out, mine = tmp_path / f"keep.{layout}", tmp_path / f"keep.{layout}.part"
    out.write_text("old")
    out.chmod(0o640)
    mine.write_text("mine")
    assert run(questions, "-o", out, "-k", 1).exit_code == 0
    assert out.read_bytes() != b"old"
    assert (stat.S_IMODE(out.stat().st_mode), mine.read_text()) == (0o640, "mine")
    new = tmp_path / f"new.{layout}"
    assert run(questions, "-o", new, "-k", 1).exit_code == 0
    assert new.stat().st_mode == mine.stat().st_mode
    there = {out.name, new.name, f"{out.name}.meta.json", f"{new.name}.meta.json"}
    assert {path.name for path in tmp_path.iterdir()} == there | {mine.name, questions.name}


@pytest.mark.parametrize("layout", ["jsonl", "csv", "xlsx"])
def test_where_no_record_can_be_the_answers_stay_as_they_are(
    run: Run, questions: Path, tmp_path: Path, layout: str
) -> None:
    out = tmp_path / f"keep.{layout}"
    out.write_text("kept")
    record = tmp_path / f"keep.{layout}.meta.json"
    record.mkdir()
    there = sorted(tmp_path.iterdir())
    result = run(questions, "-o", out, "-k", 1)
    assert (result.exit_code, result.stderr) == (2, f"waymark: {record}: Is a directory\n")
    assert (out.read_text(), sorted(tmp_path.iterdir())) == ("kept", there)
    record.rmdir()
    assert run(questions, "-o", out, "-k", 1).exit_code == 0
    assert (out.read_bytes() != b"kept", record.is_file()) == (True, True)


def test_a_full_disk_is_said_of_the_answers(
    run: Run, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")  # as `write` says it: no file named

    out = tmp_path / "o.csv"
    monkeypatch.setitem(output.WRITERS, "csv", full)
    result = run(questions, "-o", out, "-k", 1)
    assert (result.exit_code, result.stderr) == (2, f"waymark: {out}: No space left on device\n")
    assert list(tmp_path.iterdir()) == [questions]


@pytest.mark.parametrize("layout", ["jsonl", "csv"])
def test_where_no_answers_can_be_the_record_stays_as_it_is(
    run: Run, questions: Path, tmp_path: Path, layout: str
) -> None:
    out, record = tmp_path / f"o.{layout}", tmp_path / f"o.{layout}.meta.json"
    out.symlink_to(tmp_path / "nowhere" / "o")
    record.write_text("kept")
    there = sorted(tmp_path.iterdir())
    result = run(questions, "-o", out, "-k", 1)
    assert (result.exit_code, result.stderr) == (2, f"waymark: {out}: No such file or directory\n")
    assert (record.read_text(), sorted(tmp_path.iterdir())) == ("kept", there)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_unicode_text_of_a_spreadsheet_is_read(run: Run, tmp_path: Path, encoding: str) -> None:
    mark = b"" if encoding == "utf-16" else b"\xfe\xff"  # the first writes its own
    table = tmp_path / "q.tsv"
    table.write_bytes(mark + "id\tquestion\r\nü\tWo liegen Städte?\r\n".encode(encoding))
    done = run(table, "-k", 1, "--no-timing")
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["id"], line["question"], done.stderr) == ("ü", "Wo liegen Städte?", "")


def test_unicode_text_of_a_spreadsheet_is_read_from_a_pipe(library: Library) -> None:
    command = [
        sys.executable,
        "-m",
        "waymark",
        "--home",
        library.home.path,
        "batch",
        "-",
        "-k",
        "1",
    ]
    table = "id\tquestion\r\nü\tWo liegen Städte?\r\n".encode("utf-16")
    piped = subprocess.run(
        command, input=table, capture_output=True, check=True, cwd=Path(waymark.__file__).parent
    )
    line = json.loads(piped.stdout)
    assert (line["id"], line["question"]) == ("ü", "Wo liegen Städte?")


@pytest.mark.parametrize(
    ("ending", "lines", "cut"),
    [
        ("txt", ["Why?", "Who \ud83d pays?"], 0),
        ("tsv", ["question\tnote", "Why?\t", "Who \ud83d pays?\t"], 0),
        ("jsonl", ['{"question": "Why?"}', '{"question": "Who \ud83d pays?"}'], 0),
        ("txt", ["Why?", "Who came?"], 1),
        ("tsv", ["note\tquestion", "\tWhy?", "\tWho came?"], 1),
    ],
)
def test_half_a_character_in_utf_16_is_refused_and_the_rest_asked(
    run: Run, tmp_path: Path, ending: str, lines: list[str], cut: int
) -> None:
    data = b"\xff\xfe" + "\n".join(lines).encode("utf-16-le", "surrogatepass")
    file = tmp_path / f"q.{ending}"
    file.write_bytes(data[: len(data) - cut])
    done = run(file, "-k", 1, "--no-timing")
    assert [json.loads(line)["question"] for line in done.stdout.splitlines()] == ["Why?"]
    assert done.exit_code == 1
    assert f"line {len(lines)}: not UTF-8: save the file as UTF-8" in done.stderr


def test_two_runs_do_not_write_one_jsonl_file(
    run: Run, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    asked, others = batch.answers, []

    def meanwhile(*given: Any, **ways: Any) -> Iterator[Any]:
        yield from islice(asked(*given, **ways), 3)
        before = sorted(tmp_path.iterdir())
        for more in ((), ("--resume",)):
            others.append(run(questions, "-o", out, "-k", 1, *more))
        assert sorted(tmp_path.iterdir()) == before
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(batch, "answers", meanwhile)
        run(questions, "-o", out, "-k", 2)
    said = f"waymark: {out}: another run is writing it: wait for that, or write to another file\n"
    assert [(other.exit_code, other.stderr) for other in others] == [(2, said)] * 2
    assert len(out.read_text().splitlines()) == 3
    record = tmp_path / "out.jsonl.meta.json"
    assert sorted(tmp_path.iterdir()) == sorted([questions, out, record])
    assert run(questions, "-o", out, "-k", 2, "--resume").exit_code == 0
    assert len(out.read_text().splitlines()) == 20


def interrupted_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C once so many answers were given."""
    asked = batch.answers

    def stopped(*given: Any, **ways: Any) -> Iterator[Any]:
        yield from islice(asked(*given, **ways), count)
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "answers", stopped)


def test_a_run_of_something_else_is_not_gone_on_with(
    copy_library, run: Run, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run(questions, "-o", out, "--no-timing")
    before = out.read_bytes()

    def refused(*args: object, home: Path | None = None) -> str:
        result = run(questions, "-o", out, "--no-timing", "--resume", *args, home=home)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert out.read_bytes() == before
        return result.stderr

    assert "different in the option k (10, now 4): start over" in refused("-k", 4)
    other = copy_library(tmp_path / "other")
    (tmp_path / "more.txt").write_text("The group met twice.")
    list(build.add(other, [tmp_path / "more.txt"]))
    record = tmp_path / "out.jsonl.meta.json"
    ours = record.read_text()
    computed = chosen(other.home.models)
    record.write_text(ours.replace(f'"{computed}, OpenVINO', '"int8, OpenVINO'))
    assert "different in how the encoder is computed (int8, OpenVINO " in refused()
    record.write_text(ours)
    said = refused(home=other.home.path)
    assert "the library's generation (" in said
    assert "the library's documents" in said
    questions.write_text(questions.read_text() + '{"question": "one more"}\n')
    assert "different in the questions: " in refused()
    (tmp_path / "out.jsonl.meta.json").unlink()
    assert "out.jsonl.meta.json is missing or damaged" in refused()


def test_a_run_over_a_collection_is_not_gone_on_with_over_another(
    run: Run, questions: Path, tmp_path: Path, copy_library
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        names = sorted(catalog.document_ids())
    made = collected.make(library, "Field notes", "test")
    collected.put(library, made.collection_id, names[:1], "test")
    out, home = tmp_path / "run.jsonl", library.home.path
    asked = [questions, "-o", out, "--collection", "field notes"]
    assert run(*asked, home=home).exit_code == 0
    answered = [json.loads(line) for line in out.read_text().splitlines()]
    assert {r["document_id"] for line in answered for r in line["results"]} == {names[0]}
    assert run(*asked, "--resume", home=home).exit_code == 0
    # Putting a document in raises no generation.
    collected.put(library, made.collection_id, names[1:], "test")
    refused = run(*asked, "--resume", home=home)
    assert refused.exit_code == 2
    assert "the option documents" in refused.output


def test_a_run_is_not_gone_on_with_over_other_tags_or_titles(
    run: Run, questions: Path, tmp_path: Path, copy_library
) -> None:
    """All three are copies that have changed as often."""
    homes: dict[str, Path] = {}
    for name, place, year in (("a", 0, 1999), ("retagged", 1, 1999), ("redated", 0, 1998)):
        library = copy_library(tmp_path / name)
        with library.catalog() as catalog:
            names = sorted(catalog.document_ids())
        decisions.decide(library, f"{names[place]}-0", "operational", "add", "test")
        edit(library, names[0], Metadata(year=year), "test")
        homes[name] = library.home.path
    out = tmp_path / "out.jsonl"
    asked = [questions, "-o", out, "-k", 1, "--no-timing"]
    assert run(*asked, home=homes["a"]).exit_code == 0
    before = out.read_bytes()
    assert run(*asked, "--resume", home=homes["a"]).exit_code == 0
    for name, said in (("retagged", "the tags"), ("redated", "what the library says of its docu")):
        refused = run(*asked, "--resume", home=homes[name])
        assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
        assert f"different in {said}" in refused.stderr
    assert out.read_bytes() == before


def test_resume_where_nothing_was_begun(run: Run, questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run(questions, "-o", out, "--resume").exit_code == 0
    assert len(out.read_text().splitlines()) == 20
    assert (tmp_path / "out.jsonl.meta.json").exists()


def test_xlsx_has_its_five_sheets(run: Run, questions: Path, tmp_path: Path) -> None:
    assert run(questions, "-o", tmp_path / "o.xlsx", "--format", "xlsx", "-k", 2).exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert book.sheetnames == ["results", "questions", "documents", "library", "tags"]
    assert book["results"].max_row == 1 + 20 * 2
    assert book["questions"].max_row == 1 + 20
    said = dict(book["library"].values)  # type: ignore[arg-type]
    assert said["encoder"] == "all-MiniLM-L6-v2"
    assert said["option k"] == "2"


def test_the_workbook_has_limits_and_what_could_not_be_asked(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "q.csv", tmp_path / "o.xlsx"
    path.write_bytes(
        b"id,question,kind,goal,year\n"
        b"a,study visits,evaluation;report,,2011-2012\n"
        b"b,study visits,,cooking,\n"
        b"c,???,,,\n"
        b"a,storms,,,\n"
        b"e,O\xf9?,,,\n"
        b"f,storms,,,\n"
    )
    assert run(path, "-o", out, "-k", 1).exit_code == 1
    header, *rows = openpyxl.load_workbook(out)["questions"].values
    assert header[-4:-2] == ("limits", "failed")
    assert [(row[0], row[1], row[2] is None, row[6]) for row in rows] == [
        ("a", "study visits", False, "year: 2011-2012; kind: evaluation, report"),
        ("f", "storms", False, None),
        ("b", "study visits", True, None),
        ("c", "???", True, None),
        ("a", "storms", True, None),
        (None, None, True, None),
    ]
    assert [row[7] and row[7][:30] for row in rows] == [
        None,
        None,
        "line 3: 'cooking' is no goal; ",
        "line 4: the question has no le",
        "line 5: the id 'a' is that of ",
        "line 6: not UTF-8: save the fi",
    ]


def test_xlsx_beyond_its_rows_is_one_clear_line(
    run: Run, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 40)
    out = tmp_path / "o.xlsx"
    result = run(questions, "-o", out, "--format", "xlsx", "-k", 2)
    assert result.exit_code == 2
    assert (
        result.stderr
        == f"waymark: {out} was not written: the sheet results is full: 40 rows; use CSV\n"
    )
    assert list(tmp_path.glob("o.xlsx*")) == []
    monkeypatch.setattr(workbook, "_MOST_ROWS", 41)
    assert run(questions, "-o", out, "--format", "xlsx", "-k", 2).exit_code == 0


def test_xlsx_where_no_file_can_be_is_one_clear_line(
    run: Run, questions: Path, tmp_path: Path
) -> None:
    (tmp_path / "o.xlsx").mkdir()
    result = run(questions, "-o", tmp_path / "o.xlsx", "--format", "xlsx", "-k", 1)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "o.xlsx: Is a directory" in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--resume"], "--resume goes on with a JSONL file"),
        (["--resume", "-o", "x.csv", "--format", "csv"], "--resume goes on with a JSONL file"),
        (["--column", "text"], "--column names a column of a CSV file"),
    ],
)
def test_wrong_calls(run: Run, questions: Path, args: list[str], said: str) -> None:
    result = run(questions, *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("layout", ["jsonl", "csv", "trec", "xlsx"])
@pytest.mark.parametrize(
    ("name", "content", "args", "said"),
    [
        ("q.xlsx", b"storms\n", [], "q.xlsx: questions come as .txt .csv .tsv .jsonl"),
        ("q.txt", b"storms\n", ["--column", "x"], "--column names a column of a CSV file"),
        ("q.csv", b"a,b\n1,2\n", [], "line 1: no column 'question'; there are: a, b"),
        ("q.csv", b"id,Question\na,storms\n", ["--column", "Qestion"], "no column 'Qestion'"),
        ("q.csv", b"question,Goals\nstorms,x\n", [], "the column 'goals' is called 'goal' here"),
        ("q.csv", b"What is it, and why?\nHow?\n", [], "put questions with commas into double"),
    ],
)
def test_a_wrong_call_leaves_the_answers_as_they_are(
    run: Run, tmp_path: Path, layout: str, name: str, content: bytes, args: list[str], said: str
) -> None:
    keep, record = tmp_path / f"keep.{layout}", tmp_path / f"keep.{layout}.meta.json"
    keep.write_text("kept")
    record.write_text("kept too")
    (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name, "-o", keep, *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert (keep.read_text(), record.read_text()) == ("kept", "kept too")
    assert run(tmp_path / name, "-o", tmp_path / f"new.{layout}", *args).exit_code == 2
    assert list(tmp_path.glob("new*")) == []


@pytest.mark.parametrize("layout", ["jsonl", "xlsx"])
def test_no_question_that_can_be_asked_leaves_the_answers_as_they_are(
    run: Run, tmp_path: Path, layout: str
) -> None:
    out, path = tmp_path / f"keep.{layout}", tmp_path / "q.txt"
    out.write_text("kept")
    path.write_text("???\n")
    assert run(path, "-o", out).exit_code == 1
    assert out.read_text() == "kept"
    path.write_text("???\nstorms\n")
    assert run(path, "-o", out).exit_code == 1
    assert out.read_bytes() != b"kept"


def test_a_workbook_that_fails_halfway_leaves_the_one_before(
    run: Run, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "o.xlsx"
    assert run(questions, "-o", out, "-k", 1).exit_code == 0
    before = sorted(path.name for path in tmp_path.iterdir()), out.read_bytes()
    monkeypatch.setattr(workbook, "_MOST_ROWS", 20)
    assert run(questions, "-o", out, "-k", 1).exit_code == 2
    assert (sorted(path.name for path in tmp_path.iterdir()), out.read_bytes()) == before


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("o.csv", b"question_id,"),
        ("o.TREC", b"n0 Q0 "),
        ("o.xlsx", b"PK"),
        ("o", b'{"id"'),
        ("o.ris", b"TY  - RPRT\r\nID  - "),
        ("o.bib", b"@techreport{"),
    ],
)
def test_the_format_follows_the_ending(
    run: Run, questions: Path, tmp_path: Path, name: str, begins: bytes
) -> None:
    assert run(questions, "-o", tmp_path / name, "-k", 1).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("name", ["o.docx", "o.json", "o.txt"])
def test_an_ending_that_says_no_format_needs_one(
    run: Run, questions: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    result = run(questions, "-o", out)
    assert (result.exit_code, out.exists()) == (2, False)
    assert f"'{out.suffix}' says no format" in result.stderr
    assert run(questions, "-o", out, "--format", "csl", "-k", 1).exit_code == 0
    assert json.loads(out.read_text())[0]["type"] == "report"


def test_references_name_each_document_of_all_answers_once(
    run: Run, questions: Path, tmp_path: Path
) -> None:
    lines = run(questions, "-k", 3).stdout.splitlines()
    results = [result for line in lines for result in json.loads(line)["results"]]
    items = json.loads(run(questions, "-k", 3, "--format", "csl").stdout)
    names = [item["id"] for item in items]
    assert names == list(dict.fromkeys(result["document_id"] for result in results))
    assert len(names) < len(results)
    noted = {note.split("; ")[-1] for item in items for note in item["note"].splitlines()}
    assert noted == {f"{result['passage_id']}]" for result in results}


def test_columns_that_limit_nothing_are_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_text('id,question,language,Goal,"held \n by"\n1,Who came?,de,,x\n')
    result = run(path, "-k", 1)
    assert result.exit_code == 0
    assert result.stderr == (
        f"waymark: {path}: passed over, as columns: language, held by "
        "(what limits a question is goal, activity, year, kind, document)\n"
    )
    assert len(json.loads(result.stdout)["results"]) == 1
    named = run("-", "--column", "Frage", "-k", 1, given="Frage,Verlag\nWho came?,x\n")
    assert "passed over, as columns: Verlag (" in named.stderr
    path.write_text("id,question,goal,\n1,Who came?,,\n")
    assert run(path, "-k", 1).stderr == ""


def test_keys_that_limit_nothing_are_named_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    lines = [
        '{"question": "Who came?", "year": 2011}',
        '{"question": "Who paid?", "publisher": "nobody"}',
        '{"question": "Who left?", "publisher": "nobody", "held \\n by": 1}',
    ]
    path.write_text("\n".join(lines))
    limits = "(what limits a question is goal, activity, year, kind, document)"
    result = run(path, "-k", 1)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"waymark: {path}: passed over, as keys: publisher {limits}",
        f"waymark: {path}: passed over, as keys: held by {limits}",
    ]
    assert "-: passed over, as keys: publisher (" in run("-", given=lines[1]).stderr
    path.write_text(lines[0])
    assert run(path, "-k", 1).stderr == ""


def test_languages_and_publishers_limit_a_batch(run: Run, questions: Path) -> None:
    def found(*args: str) -> int:
        lines = run(questions, "-k", 3, *args).stdout.splitlines()
        return sum(len(json.loads(line)["results"]) for line in lines)

    assert found("--language", "en") == found() > 0
    for wrong in (("--language", "de"), ("--publisher", "Nobody")):
        result = run(questions, "-k", 3, *wrong)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"'{wrong[1]}' is no {wrong[0][2:]} of this library; " in result.stderr


def test_an_ending_and_a_format_that_differ_are_refused(
    run: Run, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "o.xlsx"
    result = run(questions, "-o", out, "--format", "csv")
    assert (result.exit_code, out.exists()) == (2, False)
    assert "o.xlsx is named as xlsx, and --format says csv" in result.stderr
    assert run(questions, "-o", tmp_path / "o.dat", "--format", "csv", "-k", 1).exit_code == 0
    assert (tmp_path / "o.dat").read_text().startswith("question_id,")


def test_standard_output_may_be_named(
    run: Run, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    there = sorted(tmp_path.iterdir())
    for name in ("-", "/dev/stdout"):
        result = run(questions, "-o", name, "-k", 1)
        assert (result.exit_code, len(result.stdout.splitlines())) == (0, 20)
    assert sorted(tmp_path.iterdir()) == there
    assert not Path("/dev/stdout.meta.json").exists()


def test_standard_output_is_known_by_what_it_is(
    library: Library, questions: Path, tmp_path: Path
) -> None:
    name = "/dev/fd/1"
    if not Path(name).parent.exists():
        pytest.skip(f"no {name} on this system")
    out = tmp_path / "out.csv"
    out.write_text("old\n")
    asked = [str(questions), "--format", "csv", "-k", "1"]
    command = [sys.executable, "-m", "waymark", "--home", str(library.home.path), "batch", *asked]
    with out.open("a") as stream:
        ran = subprocess.run(
            [*command, "-o", name], cwd=Path(waymark.__file__).parent, stdout=stream, check=False
        )
    assert ran.returncode == 0
    first, *rows = out.read_text().splitlines()
    assert (first, rows[0].split(",")[0]) == ("old", "question_id")
    assert sorted(tmp_path.iterdir()) == sorted([questions, out])


def test_a_file_that_is_standard_output_too_has_the_format_of_its_name(
    library: Library, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    command = [sys.executable, "-m", "waymark", "--home", str(library.home.path), "batch"]
    with out.open("w") as stream:
        subprocess.run(
            [*command, questions, "-k", "1", "-o", out],
            cwd=Path(waymark.__file__).parent,
            stdout=stream,
            check=True,
        )
    header, *rows = csv.reader(out.read_text().splitlines())
    assert (header, len(rows)) == ([*output.COLUMNS], 20)


def test_what_is_no_plain_file_gets_no_record(run: Run, questions: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert run(questions, "-o", pipe, "-k", 1).exit_code == 0
        said, _ = reader.communicate()
    assert said.count(b"\n") == 20
    assert not (tmp_path / "pipe.meta.json").exists()
    for args in (["--resume"], ["--format", "xlsx"]):
        result = run(questions, "-o", pipe, *args)
        assert (result.exit_code, "is no file on a disk" in result.stderr) == (2, True)


def test_an_id_that_comes_again_is_named_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("id,question\na,storms at sea\na,study visits\nb,mentors\n")
    result = run(path, "-k", 1, "--format", "trec")
    assert result.exit_code == 1
    assert result.stderr == f"waymark: {path}, line 3: the id 'a' is that of line 2 already\n"
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["a", "b"]


def test_limits_in_columns_with_capitals(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("ID;Question;Year\na;study visits;2011\n")
    result = run(path, "-k", 5)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["id"], {r["file"] for r in answer["results"]}) == ("a", {"weather.pdf"})


def test_the_questions_are_never_written_over(run: Run, questions: Path, tmp_path: Path) -> None:
    before = questions.read_bytes()
    result = run(questions, "-o", questions)
    assert result.exit_code == 2
    assert "is the file of questions" in result.stderr
    linked = tmp_path / "linked.jsonl"
    linked.hardlink_to(questions)
    assert "is the file of questions" in run(questions, "-o", linked).stderr
    assert questions.read_bytes() == before


def test_answers_are_never_added_to_the_questions(library: Library, questions: Path) -> None:
    before = questions.read_bytes()
    command = [sys.executable, "-m", "waymark", "--home", str(library.home.path), "batch"]
    with questions.open("a") as stream:
        done = subprocess.run(
            [*command, questions],
            cwd=Path(waymark.__file__).parent,
            stdout=stream,
            stderr=subprocess.PIPE,
            check=False,
        )
    said = f"waymark: {questions} is standard output too: write the answers to another file\n"
    assert (done.returncode, done.stderr.decode()) == (2, said)
    assert questions.read_bytes() == before


def test_a_link_to_itself_is_one_line(run: Run, questions: Path, tmp_path: Path) -> None:
    loop = tmp_path / "loop.jsonl"
    loop.symlink_to(loop.name)
    result = run(questions, "-o", loop)
    assert result.exit_code == 2
    assert result.stderr == f"waymark: {loop}: Too many levels of symbolic links\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("q.txt", b"", "there are no questions in it"),
        ("q.csv", b"", "there are no questions in it"),
        ("q.txt", "Où?\n".encode("latin-1"), "line 1: not UTF-8"),
        ("q.txt", "Why?\n".encode("utf-32"), "line 1: a NUL character: save the file as UTF-8"),
        ("q.txt", b"x" * 1_000_000, "line 1: the question has 1,000,000 characters"),
        ("q.jsonl", b"x" * 1_000_000, "line 1: not valid JSON"),
    ],
)
def test_bad_files_get_one_clear_line(
    run: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name)
    assert result.exit_code == 1
    assert said in result.stderr.splitlines()[0]
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_standard_input_as_csv(run: Run) -> None:
    given = "id,ask\na,storms at sea\n"
    result = run("-", "--column", "ask", "-k", 1, "--format", "csv", given=given)
    (row,) = csv.DictReader(result.stdout.splitlines())
    assert (row["question_id"], row["file"]) == ("a", "weather.pdf")


def test_a_table_on_standard_input_is_read_as_one(run: Run) -> None:
    given = "id,question,year,held\na,study visits,2011,x\n"
    for command in (["-"], ["-", "--column", "question"]):
        result = run(*command, "-k", 5, given=given)
        assert result.exit_code == 0
        answer = json.loads(result.stdout)
        assert (answer["id"], answer["question"]) == ("a", "study visits")
        assert {found["file"] for found in answer["results"]} == {"weather.pdf"}
        assert "-: passed over, as columns: held (" in result.stderr


def test_an_interrupted_run_from_standard_input_is_gone_on_with(
    run: Run, questions: Path, tmp_path: Path
) -> None:
    whole, part, given = tmp_path / "whole.jsonl", tmp_path / "part.jsonl", questions.read_bytes()
    for out in (whole, part):
        assert run("-", "-o", out, "--no-timing", "-k", 2, given=given).exit_code == 0
    part.write_bytes(b"".join(whole.read_bytes().splitlines(keepends=True)[:11]))
    resumed = run("-", "-o", part, "--no-timing", "-k", 2, "--resume", given=given)
    assert (resumed.exit_code, resumed.output) == (0, "")
    assert part.read_bytes() == whole.read_bytes()
    from_file = tmp_path / "file.jsonl"
    run(questions, "-o", from_file, "--no-timing", "-k", 2)
    assert from_file.read_bytes() == whole.read_bytes()
    other = run("-", "-o", part, "--no-timing", "-k", 2, "--resume", given=given + b'{"question"')
    assert other.exit_code == 2
    assert "different in the questions: start over" in other.stderr
    assert part.read_bytes() == whole.read_bytes()


def test_what_comes_over_standard_input_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    given = "storms at sea\n" + "x" * (LONGEST_QUESTION + 1) + "\n"
    result = run("-", "-o", tmp_path / "out.jsonl", given=given)
    assert result.exit_code == 1
    assert result.stderr.startswith("waymark: -, line 2: the question has 2,001 characters")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 1


def test_ids_that_trec_files_run_together_are_asked_once_there(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("id,question\nq 1,storms at sea\nq_1,empty flats\n")
    result = run(path, "--format", "trec", "-k", 1)
    assert (result.exit_code, result.stdout.count("\n")) == (1, 1)
    said = "the id 'q_1' is written 'q_1', and so is 'q 1' of line 2"
    assert result.stderr == f"waymark: {path}, line 3: {said}\n"
    apart = run(path, "-k", 1)
    assert [json.loads(line)["id"] for line in apart.stdout.splitlines()] == ["q 1", "q_1"]
    assert (apart.exit_code, apart.stderr) == (0, "")


def test_documents_that_a_trec_file_cannot_tell_apart_are_named(
    copy_library, run: Run, tmp_path: Path
) -> None:
    home = copy_library(tmp_path / "home")
    lines = [
        f'{{"id": "{name}", "text": "The ferry {name} sank."}}' for name in ("a b", "a_b", "c")
    ]
    (tmp_path / "lines.jsonl").write_text("\n".join(lines))
    list(build.add(home, [tmp_path / "lines.jsonl"]))
    (tmp_path / "q.csv").write_text("id,question,goals\nq,Which ferry sank?,x\n")
    (tmp_path / "plain.txt").write_text("Which ferry sank?\n")
    said = "a TREC file cannot tell these documents apart, each group counts as one:"
    trec = run(tmp_path / "plain.txt", "--format", "trec", "-k", 20, home=home.home.path)
    assert (trec.exit_code, trec.stderr) == (0, f"waymark: {said} 'a b' and 'a_b'\n")
    names = [line.split(" ")[2] for line in trec.stdout.splitlines()]
    assert (names.count("a_b"), len(names)) == (1, len(set(names)))
    assert run(tmp_path / "plain.txt", "-k", 1, home=home.home.path).stderr == ""
    for judged, told in (("a_b", True), ("c", False)):
        (tmp_path / "qrels").write_text(f"q 0 {judged} 1\n")
        # Nothing limits a question that is measured, however its columns are called.
        words = ["evaluate", str(tmp_path / "q.csv"), str(tmp_path / "qrels")]
        done = CliRunner().invoke(waymark.main, ["--home", str(home.home.path), *words])
        assert (done.exit_code, said in done.stderr) == (0, told)


def test_columns_that_say_something_else_need_limit_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("id,question,kind\na,storms at sea,fact\nb,empty flats,table\n")
    refused = run(path, "-k", 1)
    assert (refused.exit_code, refused.stdout) == (1, "")
    *each, last = refused.stderr.splitlines()
    assert ["'fact' is no kind" in each[0], "'table' is no kind" in each[1]] == [True, True]
    said = "none could be asked; where kind is no limit of a question, add --no-limits"
    assert last == f"waymark: {path}: {said}"
    plain = run(path, "-k", 1, "--no-limits", "-o", tmp_path / "out.jsonl")
    assert (plain.exit_code, plain.output) == (0, "")
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert ["limits" in json.loads(line) for line in lines] == [False, False]
    again = run(path, "-k", 1, "-o", tmp_path / "out.jsonl", "--resume")
    assert (again.exit_code, "the option limits (False, now True)" in again.stderr) == (2, True)
    path.write_text("id,question,Goals,years\na,storms at sea,fact,1 or 2\n")
    assert "the column 'goals' is called 'goal' here" in run(path, "-k", 1).stderr
    plural = run(path, "-k", 1, "--no-limits", "-o", tmp_path / "out.jsonl")
    assert (plural.exit_code, plural.output) == (0, "")
    # One wrong value among good ones is a mistake in it, and nothing else is said.
    path.write_text("id,question,kind\na,storms at sea,fact\nb,empty flats,report\n")
    assert run(path, "-k", 1).stderr.count("\n") == 1
