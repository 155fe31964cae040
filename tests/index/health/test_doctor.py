"""The doctor: damage made on purpose is found and named with its mend; what is safe is mended."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from index.build import add
from index.curating import bin, drafted, erase, incoming
from index.curating.desk import Worker
from index.curating.sweeping import sweep
from index.derived import views
from index.files.home import Home
from index.health import check_rows, check_views
from index.health.doctor import examine, repair
from index.health.findings import Severity
from index.learning.decisions import decide
from index.library import Library
from index.rebuild import rebuild_views, reembed
from index.rows import database
from index.rows.database import LibraryError
from index.rows.document_rows import erase_document
from index.rows.stored import windows_as_stored
from index.transfer.backup import backup
from index.transfer.restore import restore


@pytest.fixture
def copy(copy_library, tmp_path: Path) -> Library:
    return copy_library(tmp_path / "copy")


def execute(library: Library, statement: str) -> None:
    with sqlite3.connect(library.home.database) as connection:
        connection.executescript(statement)
    connection.close()


def found(library: Library) -> list[tuple[str, str]]:
    return [(finding.name, finding.severity.value) for finding in examine(library.home)]


def test_a_healthy_library_has_no_findings(copy: Library, empty_library: Library) -> None:
    assert examine(copy.home) == []
    assert examine(empty_library.home) == []


def test_a_text_that_is_there_twice_is_noted(copy: Library, shelf: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    again.write_bytes((shelf / "weather.pdf").read_bytes() + b"\n% saved anew\n")
    list(add(copy, [again]))
    with copy.catalog() as catalog:
        named = {document.file_name: document.document_id for document in catalog.documents()}
    (note,) = examine(copy.home)
    assert (note.name, note.severity) == ("copies", Severity.NOTE)
    assert note.message == (
        "1 document with the text of another one "
        f"({named['again.pdf']} that of {named['weather.pdf']})"
    )


def test_of_many_copies_a_few_are_shown_and_all_are_named(
    copy: Library, shelf: Path, tmp_path: Path
) -> None:
    pdf = (shelf / "weather.pdf").read_bytes()
    for number in range(4):
        (tmp_path / f"again{number}.pdf").write_bytes(pdf + b"\n% saved anew\n" * (number + 1))
    list(add(copy, [tmp_path / f"again{number}.pdf" for number in range(4)]))
    with copy.catalog() as catalog:
        names = {d.document_id for d in catalog.documents() if d.file_name.startswith("again")}
    (note,) = examine(copy.home)
    assert note.message.startswith("4 documents with the text of another one (")
    assert note.message.endswith("; 'waymark doctor --json' names all)")
    assert note.message.count(" that of ") == 3
    assert (len(note.documents), set(note.documents)) == (4, names)


def test_pages_without_text_and_lines_of_a_collection_are_no_copies(
    copy: Library, tmp_path: Path
) -> None:
    lines = [f'{{"id": "{name}", "text": "The group met twice."}}\n' for name in "ab"]
    (tmp_path / "lines.jsonl").write_text("".join(lines))
    list(add(copy, [tmp_path / "lines.jsonl"]))
    with copy.catalog() as catalog:
        catalog.connection.execute(
            "DELETE FROM passages WHERE text LIKE '%140 days%' OR text LIKE '%forty officials%'"
        )
        names = "SELECT count(DISTINCT document_id) FROM documents"
        assert catalog.connection.execute(names).fetchone() == (5,)
        held = "SELECT count(DISTINCT document_id) FROM passages"
        assert catalog.connection.execute(held).fetchone() == (3,)
        assert list(check_rows.same_texts(catalog.connection)) == []


@pytest.mark.parametrize("there", [True, False])
def test_a_database_that_does_not_open(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "library.sqlite").write_bytes(b"noise" * 1000)
    (finding,) = examine(Home(tmp_path))
    assert (finding.name, finding.severity) == ("database", Severity.ERROR)
    assert "waymark restore" in finding.mend
    with pytest.raises(LibraryError):
        repair(Home(tmp_path))


def at_rest(library: Library) -> None:
    """The database in one file: the next to open it makes the two beside it."""
    execute(library, "PRAGMA wal_checkpoint(TRUNCATE)")
    for name in ("library.sqlite-wal", "library.sqlite-shm"):
        (library.home.path / name).unlink(missing_ok=True)


def test_a_full_disk_is_no_damage(copy: Library) -> None:
    resource = pytest.importorskip("resource", reason="limits of a file's size are POSIX's")
    at_rest(copy)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))  # as good as no room
    try:
        (finding,) = examine(copy.home)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (finding.name, finding.severity) == ("database", Severity.ERROR)
    assert finding.mend == f"make room on the disk of {copy.home.path}"
    assert examine(copy.home) == []


def test_a_folder_that_cannot_be_written_to_is_no_damage(copy: Library) -> None:
    at_rest(copy)
    # Root may write anywhere: what stands in the way of the file beside it is a folder.
    (copy.home.path / "library.sqlite-wal").mkdir()
    (finding,) = examine(copy.home)
    assert (finding.name, finding.severity) == ("database", Severity.ERROR)
    assert finding.mend == f"let this user write to {copy.home.path}"


def test_overwritten_pages_of_the_database(copy: Library) -> None:
    execute(copy, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(copy.home.database.read_bytes())
    start, end = len(data) // 3, len(data) // 2  # the schema stands at the beginning and the end
    data[start:end] = b"\xa5" * (end - start)
    copy.home.database.write_bytes(data)
    (finding,) = examine(copy.home)
    assert (finding.name, finding.severity) == ("database", Severity.ERROR)
    assert "SQLite" in finding.message
    with pytest.raises(LibraryError, match="waymark restore"):
        repair(copy.home)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("DELETE FROM documents WHERE file_name = 'weather.pdf'", "database"),
        ("UPDATE passages SET notes = '[[1]]' WHERE position = 0", "database"),
        ("UPDATE passages SET page_breaks = '['", "database"),
        ("DELETE FROM pages", "documents"),
        ("DELETE FROM tags; DELETE FROM passages WHERE position = 0", "documents"),
        ("UPDATE passages SET vector = zeroblob(768)", "vectors"),
        ("UPDATE passages SET vector = zeroblob(100)", "vectors"),
        ("UPDATE passages SET windows = zeroblob(length(windows))", "vectors"),
        ("UPDATE passages SET windows = zeroblob(length(windows) - 2)", "vectors"),
        ("UPDATE passages SET text = substr(text, 1, 20)", "vectors"),
    ],
)
def test_rows_that_do_not_fit_together(copy: Library, statement: str, name: str) -> None:
    execute(copy, statement)
    assert (name, "error") in found(copy)


def unit(dimension: int) -> bytes:
    return np.eye(1, dimension, dtype="<f2").tobytes()


@pytest.mark.parametrize(
    ("vector", "span", "says"),
    [
        (unit(4), (0, 10), ""),
        (np.full(4, 0.51, "<f2").tobytes(), (0, 10), "length 1.020"),
        (np.full(4, np.nan, "<f2").tobytes(), (0, 10), "length nan"),
        (unit(4), (0, 11), "outside its 10 characters"),
        (unit(4), (5, 5), "outside its 10 characters"),
        (unit(5), (0, 10), "10 bytes, 4 numbers take 8"),
    ],
)
def test_what_is_wrong_with_a_passage(vector: bytes, span: tuple[int, int], says: str) -> None:
    spans = np.array([span], dtype="<i4").tobytes()
    window = windows_as_stored(np.eye(1, 4, dtype=np.float32))
    fault = check_rows.fault(10, vector, spans, window, 4)
    assert (says in fault) if says else fault == ""


def test_another_encoder_than_the_installed_one(copy: Library) -> None:
    for changed in ({"sha256": "0" * 64}, {"name": "/nowhere"}):
        with copy.catalog() as catalog, database.change(catalog.connection):
            identity = copy.identity.as_dict() | changed
            database.write_setting(catalog.connection, "encoder", identity)
        (finding,) = [f for f in examine(copy.home) if f.name == "encoder"]
        assert "waymark rebuild --model" in finding.mend


def test_reports_in_other_languages_of_a_library_of_before(copy: Library) -> None:
    def said() -> list[tuple[str, str]]:
        found = examine(copy.home)
        return [(f.message, f.mend) for f in found if f.severity is Severity.NOTE]

    with copy.catalog() as catalog, database.change(catalog.connection):
        identity = copy.identity.as_dict() | {"glossed": False}
        database.write_setting(catalog.connection, "encoder", identity)
    assert not any("other languages" in message for message, _ in said())
    with copy.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute("UPDATE documents SET language = 'de' WHERE rowid = 1")
    ((message, mend),) = [one for one in said() if "other languages" in one[0]]
    assert message.startswith("1 document in other languages than English")
    assert mend == "waymark rebuild --model all-MiniLM-L6-v2"
    with copy.catalog() as catalog, database.change(catalog.connection):
        database.write_setting(catalog.connection, "encoder", copy.identity.as_dict())
    assert not any("other languages" in message for message, _ in said())


def test_originals_gone_or_damaged(copy: Library) -> None:
    first, second, _ = sorted(copy.home.files.iterdir())
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1])
    says = [finding.message for finding in examine(copy.home) if finding.name == "originals"]
    assert len(says) == 2
    assert any(f"{first}) is gone" in message for message in says)
    assert any(f"{second}) is damaged" in message for message in says)
    assert repair(copy.home) == []  # a lost original cannot be made again


def test_leftovers_are_removed_and_nothing_else(copy: Library) -> None:
    kept = sorted(copy.home.files.iterdir())
    (copy.home.files / ("a" * 64)).write_bytes(b"of no document")
    (copy.home.files / f"{'b' * 64}.part").write_bytes(b"half")
    (copy.home.views / "9.part" / "words").mkdir(parents=True)
    (copy.home.views / "mine.lost").mkdir()  # no sign of lost changes: those have a number
    (copy.home.path / "library.sqlite.part").write_bytes(b"half")
    assert found(copy) == [("leftovers", "warning")]
    assert len(repair(copy.home)) == 5
    assert examine(copy.home) == []
    assert sorted(copy.home.files.iterdir()) == kept


def test_views_missing_stale_or_damaged_are_warnings_and_mended(copy: Library) -> None:
    generation = copy.views().generation
    shutil.rmtree(copy.home.views)
    assert found(copy) == [("views", "warning")]
    (said,) = examine(copy.home)
    assert said.message == "no view is built yet: the next question builds it"
    assert repair(copy.home) == [f"built the views of generation {generation}"]
    assert examine(copy.home) == []
    (copy.home.views / str(generation) / "1" / "vectors.faiss").write_bytes(b"")
    assert found(copy) == [("views", "warning")]
    repair(copy.home)
    with copy.catalog() as catalog, database.change(catalog.connection):
        erase_document(catalog.connection, catalog.documents()[0].document_id)
    assert ("views", "warning") in found(copy)
    repair(copy.home)
    assert examine(copy.home) == []


@pytest.mark.parametrize("what", ["a file", "a link to nothing"])
def test_what_is_no_folder_is_moved_out_of_the_views_way(copy: Library, what: str) -> None:
    generation = copy.views().generation
    shutil.rmtree(copy.home.views)
    if what == "a file":
        copy.home.views.write_text("mine")
    else:
        copy.home.views.symlink_to("nowhere")
    (copy.home.path / "views.aside").write_text("of another time")
    (finding,) = examine(copy.home)
    assert (finding.name, finding.severity) == ("views", Severity.ERROR)
    assert finding.mend == "waymark doctor --repair"
    with pytest.raises(LibraryError, match="is no folder"):
        Library.open(copy.home).views()
    aside = copy.home.path / "views.aside1"
    assert repair(copy.home) == [
        f"moved {copy.home.views} to {aside}",
        f"built the views of generation {generation}",
    ]
    if what == "a file":
        assert aside.read_text() == "mine"
    else:
        assert aside.is_symlink()
    assert (copy.home.path / "views.aside").read_text() == "of another time"
    assert examine(copy.home) == []
    assert Library.open(copy.home).views().generation == generation


def test_a_file_named_views_where_there_is_no_library_stays(tmp_path: Path) -> None:
    (tmp_path / "views").write_text("of somebody else")
    with pytest.raises(LibraryError, match="no library"):
        repair(Home(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["views"]


def test_a_view_that_this_user_cannot_build_is_an_error(
    copy: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(copy.home.views / str(copy.views().generation))
    assert found(copy) == [("views", "warning")]
    # Root may write anywhere, and so do these tests where they run as root.
    monkeypatch.setattr(os, "access", lambda path, mode: path != copy.home.views)
    (finding,) = [finding for finding in examine(copy.home) if finding.name == "views"]
    assert finding.severity == Severity.ERROR
    assert finding.mend == f"let this user write to {copy.home.views}"


def test_a_whole_view_of_other_rows_is_an_error(copy: Library) -> None:
    execute(copy, "DELETE FROM tags; UPDATE passages SET number = number + 100 WHERE position = 0")
    assert ("views", "error") in found(copy)
    repair(copy.home)
    assert "views" not in dict(found(copy))


def test_a_passage_twice_in_a_view_is_an_error() -> None:
    rows, held = np.array([3, 5]), np.array([5, 3, 3])
    (finding,) = check_views.differences("words", rows, held)
    assert "has 3 passages, the rows 2" in finding.message
    assert list(check_views.differences("words", rows, np.array([5, 3]))) == []


def test_while_a_writer_is_at_work_its_unfinished_work_is_no_finding(copy: Library) -> None:
    (copy.home.files / "x.part").write_bytes(b"being copied")
    with FileLock(copy.home.lock):
        assert found(copy) == [("writer", "note")]


def test_permissions_and_room(copy: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    copy.home.database.chmod(0o666)
    usage = shutil.disk_usage(copy.home.path)._replace(free=5 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    says = [str(finding) for finding in examine(copy.home)]
    assert any(f"mend: chmod o-w {copy.home.database}" in line for line in says)
    assert any("5 MiB are free" in line for line in says)


def test_views_know_their_numbers(copy: Library, shelf: Path) -> None:
    list(add(copy, [shelf]))
    with copy.catalog() as catalog:
        numbers = [number for number, _ in catalog.all_vectors()]
    opened = views.load(copy.home, copy.views().generation)
    assert sorted(opened.vectors.numbers().tolist()) == numbers
    assert sorted(opened.words.numbers().tolist()) == numbers


@pytest.mark.parametrize("asked", [False, True])
def test_rows_behind_a_view_have_lost_changes_and_nothing_is_swept(
    copy: Library, tmp_path: Path, asked: bool
) -> None:
    """A library.sqlite put back as it was before the last reports came in."""
    execute(copy, "PRAGMA wal_checkpoint(TRUNCATE)")
    before = tmp_path / "before.sqlite"
    shutil.copyfile(copy.home.database, before)
    reached = copy.views().generation
    (tmp_path / "later.txt").write_text("The mayor opened the second reception centre in May.")
    list(add(copy, [tmp_path / "later.txt"]))
    (copy.home.path / "tagger-9").mkdir()
    copy.home.incoming.mkdir()
    (copy.home.incoming / ("0" * 64)).write_bytes(b"of a job that is lost")
    at_rest(copy)
    shutil.copyfile(before, copy.home.database)
    older = Library.open(copy.home)
    if asked:  # which builds a view of the rows there are
        assert older.views().generation == reached
    there = sorted(path for path in copy.home.path.rglob("*") if "sqlite" not in path.name)
    (finding,) = examine(copy.home)
    assert (finding.name, finding.severity) == ("database", Severity.ERROR)
    assert finding.message == (
        f"changes up to generation {reached + 1} are missing from the rows, now at generation"
        f" {reached}: is library.sqlite-wal left behind?"
    )
    with pytest.raises(LibraryError, match="are missing"):
        repair(copy.home)
    assert sweep(copy.home) == []
    assert there == sorted(p for p in copy.home.path.rglob("*") if "sqlite" not in p.name)
    shutil.rmtree(copy.home.views)  # to go on without them, as the mend says
    assert sorted(dict(found(copy))) == ["leftovers", "uploads", "views"]
    assert len(repair(copy.home)) == 4
    assert examine(copy.home) == []


def put_back(copy: Library, tmp_path: Path, reports: int) -> Library:
    """Add reports, one a change, and put library.sqlite back as it was before them."""
    at_rest(copy)
    before = tmp_path / "before.sqlite"
    shutil.copyfile(copy.home.database, before)
    for number in range(reports):
        (tmp_path / f"{number}.txt").write_text(f"The mayor opened reception centre {number}.")
        list(add(copy, [tmp_path / f"{number}.txt"]))
    at_rest(copy)
    shutil.copyfile(before, copy.home.database)
    return Library.open(copy.home)


def decide_once(library: Library, document: str) -> None:
    decide(library, f"{document}-0", "motivational", "add", "ann")


def withdraw_and_remove(library: Library, document: str) -> None:
    bin.withdraw(library, document, "ann")
    erase.remove(library, document, "ann")


def stop_a_removal(library: Library, document: str) -> None:
    """As one that was killed after its rows were gone leaves it; finished by a worker."""
    with library.catalog() as catalog, database.note(catalog.connection):
        database.write_setting(catalog.connection, erase.REMOVING, ["1" * 64])
    assert erase.resume(library.home)


def publish_a_draft(library: Library, document: str) -> None:
    job = incoming.receive(library, "new.txt", [b"Nobody spoke of the ferry."], "ann")
    worker = Worker(library)
    worker.step()
    drafted.publish(library, job.subject[:16], "ann")
    done = worker.step()
    assert done is not None
    assert done.state == "done"


def encode_anew(library: Library, document: str) -> None:
    reembed(library, library.identity.name)


# One change that is lost is the harder case: the next one brings the rows to the same generation.
@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (decide_once, 1),
        (decide_once, 3),
        (withdraw_and_remove, 1),
        (stop_a_removal, 1),
        (publish_a_draft, 1),
        (encode_anew, 1),
    ],
)
def test_the_sign_of_lost_changes_stays_whatever_is_changed_afterwards(
    copy: Library,
    tmp_path: Path,
    change: Callable[[Library, str], None],
    lost: int,
) -> None:
    older = put_back(copy, tmp_path, lost)
    document = first_id(older)
    older.home.incoming.mkdir()
    (older.home.incoming / ("0" * 64)).write_bytes(b"of a job that is lost")
    originals = {path.name for path in older.home.files.iterdir()}
    change(older, document)
    rebuild_views(older)
    (finding,) = [f for f in examine(older.home) if f.severity is Severity.ERROR]
    assert finding.name == "database"
    assert "are missing from the rows" in finding.message
    with pytest.raises(LibraryError, match="are missing"):
        repair(older.home)
    assert sweep(older.home) == []
    # What was removed on purpose is gone, and nothing of the lost reports.
    assert len(originals - {path.name for path in older.home.files.iterdir()}) == (
        change is withdraw_and_remove
    )
    shutil.rmtree(older.home.views)  # to go on without them, as the mend says
    assert len(repair(older.home)) == lost + 2
    assert "database" not in dict(found(older))


def test_a_library_that_lost_nothing_is_not_taken_for_one_that_did(
    copy: Library, tmp_path: Path
) -> None:
    """Stopped between rows and view, changed by another program, restored beside old views."""
    with copy.catalog() as catalog, database.change(catalog.connection):
        pass
    assert found(copy) == [("views", "warning")]
    program = (
        "import sys; from pathlib import Path; from index.build import add;"
        "from index.files.home import Home; from index.library import Library;"
        "list(add(Library.open(Home(Path(sys.argv[1]))), [Path(sys.argv[2])]))"
    )
    running = []
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"The mayor opened reception centre {number}.")
        command = [sys.executable, "-c", program, copy.home.path, tmp_path / f"{number}.txt"]
        running.append(subprocess.Popen(command))
    while any(process.poll() is None for process in running):
        with copy.catalog() as catalog:
            assert views.lost(copy.home, catalog.connection) is None
        copy.views()
    assert [process.returncode for process in running] == [0, 0, 0]
    assert examine(copy.home) == []
    backup(copy.home, tmp_path / "taken.tar")
    for _ in range(3):
        rebuild_views(copy)
        decide_once(copy, first_id(copy))
    copy.home.database.unlink()
    for path in copy.home.path.glob("library.sqlite-*"):
        path.unlink()
    restore(tmp_path / "taken.tar", copy.home)
    restored = Library.open(copy.home)
    decide_once(restored, first_id(restored))
    rebuild_views(restored)
    assert examine(copy.home) == []


def first_id(library: Library) -> str:
    with library.catalog() as catalog:
        return catalog.documents()[0].document_id
