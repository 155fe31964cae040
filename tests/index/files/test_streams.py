"""Commands whose standard streams are full, closed, cut off or of another encoding."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import waymark
from index import edit
from index.curating import incoming
from index.curating.desk import Worker
from index.files.home import Home
from index.library import Library
from index.rows.shelf import listing
from ingest.records import Metadata

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")

FULL = "waymark: standard output: No space left on device"


def run(
    home: Home, words: str, before: str = "", **more: str
) -> subprocess.CompletedProcess[bytes]:
    """A command as a shell runs it, with its redirections."""
    return subprocess.run(
        ["bash", "-c", f'{before} "$PYTHON" -m waymark {words}'],
        env=os.environ | {"WAYMARK_HOME": str(home.path), "PYTHON": sys.executable} | more,
        cwd=Path(waymark.__file__).parent,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("words", ["status", "catalogue", "log --format csv", "--help"])
def test_what_cannot_be_written_is_one_line(library: Library, words: str) -> None:
    done = run(library.home, f"{words} >/dev/full")
    assert (done.returncode, done.stderr.decode().splitlines()) == (1, [FULL])


def test_a_reader_who_has_seen_enough_is_told_nothing(library: Library) -> None:
    done = run(library.home, "tags | true")
    assert done.stderr == b""


def test_what_is_redirected_is_utf_8(copy_library, tmp_path: Path) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        document = catalog.documents()[0].document_id
    edit.edit(library, document, Metadata(publisher="Ādaži “Пресса”"), "ada")
    done = run(library.home, f"show {document}", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Ādaži “Пресса”" in done.stdout.decode()


def test_closed_streams_are_empty_ones(library: Library, tmp_path: Path) -> None:
    said = run(library.home, "list").stdout
    assert said
    assert run(library.home, "list 2>&-").stdout == said
    assert run(library.home, "list 2>&- <&-").stdout == said
    closed = run(library.home, "list >&-")
    assert (closed.returncode, closed.stderr) == (0, b"")
    for words in ("batch -", f"batch - -o {tmp_path / 'out.jsonl'}"):
        nothing = run(library.home, f"{words} <&-")
        assert nothing.stderr == b"waymark: -: there are no questions in it\n"
        assert nothing.returncode == 1


def test_a_file_is_added_without_standard_error(empty_library: Library, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("The mentors met twice.")
    done = run(empty_library.home, f"add {tmp_path / 'notes.txt'} 2>&-")
    assert done.returncode == 0
    assert done.stdout.decode().endswith("notes (1 page, 1 passage)\n")


def documents(library: Library) -> int:
    with library.catalog() as catalog:
        return catalog.counts().documents


def test_an_import_goes_on_when_nobody_can_be_told(empty_library: Library, shelf: Path) -> None:
    done = run(empty_library.home, f"add {shelf} >/dev/full")
    assert (done.returncode, done.stderr.decode().splitlines()) == (1, [FULL])
    assert documents(empty_library) == 3


def test_an_import_goes_on_when_nobody_listens(empty_library: Library, shelf: Path) -> None:
    done = run(empty_library.home, f'add {shelf} 2>&1 | head -1; echo "${{PIPESTATUS[0]}}"')
    assert done.stderr == b""
    first, status = done.stdout.decode().splitlines()
    assert first.endswith("(3 pages, 3 passages)")
    assert status == "1"
    assert documents(empty_library) == 3


def test_drafts_are_published_when_nobody_can_be_told(empty_library: Library) -> None:
    for name in ("one", "two"):
        text = f"The mentors of {name} met twice."
        incoming.receive(empty_library, f"{name}.txt", [text.encode()], "ada")
    list(iter(Worker(empty_library).step, None))
    with empty_library.catalog() as catalog:
        ids = " ".join(draft.document_id for draft in listing(catalog.connection, "draft"))
    done = run(empty_library.home, f"publish {ids} >/dev/full")
    assert (done.returncode, done.stderr.decode().splitlines()) == (1, [FULL])
    assert documents(empty_library) == 2


def test_a_change_that_is_made_is_not_called_undone(copy_library, tmp_path: Path) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        one, two, _ = (document.document_id for document in catalog.documents())
    for words in (f"edit {one} --publisher 'Changed Press'", f"remove {two}"):
        done = run(library.home, f"{words} >/dev/full")
        assert done.stderr.decode() == f"{FULL}; what was done stays\n"
        assert done.returncode == 1
    with library.catalog() as catalog:
        assert catalog.document(one).metadata.publisher == "Changed Press"
        assert catalog.counts().documents == 2


def test_a_file_that_is_in_without_its_view_is_said_to_be(copy_library, tmp_path: Path) -> None:
    library = copy_library(tmp_path / "home")
    (tmp_path / "notes.txt").write_text("The mentors met twice.")
    full = library.home.views / f"{library.views().generation + 1}.part"
    full.write_text("in the way")
    done = run(library.home, f"add {tmp_path / 'notes.txt'}")
    assert (done.returncode, documents(library)) == (1, 4)
    assert "could not be written" in done.stderr.decode()
    assert done.stderr.endswith(b"; what was done stays\n")
    again = run(library.home, "rebuild")  # which changes nothing before it fails
    assert again.returncode == 2
    assert b"stays" not in again.stderr


def test_answers_that_find_no_more_room_are_no_wrong_call(library: Library, tmp_path: Path) -> None:
    questions, out = tmp_path / "questions.txt", tmp_path / "out.jsonl"
    questions.write_text("who came back every quarter\n" * 60)
    done = run(library.home, f"batch {questions} -o {out}", "ulimit -f 64;")
    assert done.returncode == 1
    assert done.stderr.decode() == f"waymark: {out}: File too large; what was written stays\n"
    assert out.stat().st_size == 64 * 1024
    table = out.with_suffix(".csv")
    lost = run(library.home, f"batch {questions} -o {table}", "ulimit -f 64;")
    assert lost.stderr.decode() == f"waymark: {table}: File too large\n"
    assert (lost.returncode, list(tmp_path.glob("*.csv*"))) == (2, [])
