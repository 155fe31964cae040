"""Withdrawn, put back, replaced, removed for good."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index import build
from index.curating import bin, desk, drafted, erase, incoming, jobs
from index.curating.desk import Worker
from index.derived import views
from index.health.doctor import examine, repair
from index.learning import decisions
from index.library import Library
from index.rows import audit, database, shelf
from index.rows.database import LibraryError
from index.rows.replaced import older, resolve, successor
from index.transfer.backup import backup
from search.find import find
from waymark import main

MakePdf = Callable[..., Path]

MARKER = "The zanzibarian quorum of ombudspersons deliberated unhurriedly."
TOLD = MARKER.encode()
NOTE = f"{MARKER}\n\nThe committee met in the old harbour hall."


@pytest.fixture(autouse=True)
def lazy_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some builds of SQLite overwrite what is deleted on their own; test those that do not."""
    connect = database._connect

    def lazily(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA secure_delete = OFF")
        return connection

    monkeypatch.setattr(database, "_connect", lazily)


def work(library: Library) -> list[jobs.Job]:
    worker = Worker(library)
    return list(iter(worker.step, None))


def ids(library: Library) -> dict[str, str]:
    with library.catalog() as catalog:
        return {document.file_name: document.document_id for document in catalog.documents()}


def shelved(library: Library, state: str | None = None) -> list[str]:
    with library.catalog() as catalog:
        return [item.document_id for item in shelf.listing(catalog.connection, state)]


@pytest.fixture(scope="module")
def noted(copy_library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Three reports, and a note with the marker sentence."""
    folder = tmp_path_factory.mktemp("noted")
    library = copy_library(folder / "home")
    (folder / "note.txt").write_text(NOTE)
    list(build.add(library, [folder / "note.txt"]))
    return library


@pytest.fixture
def filled(noted: Library, copy_library, tmp_path: Path) -> Library:
    """The same, to write to."""
    return copy_library(tmp_path / "home", noted)


def rows_of(library: Library, document: str) -> list[tuple[object, ...]]:
    with library.catalog() as catalog:
        return catalog.connection.execute(
            "SELECT p.passage_id, p.text, p.section, p.kind, p.page_first, p.page_breaks, p.vector,"
            " p.windows, d.content_sha256, d.file_name, d.title, d.year FROM passages p"
            " JOIN documents d USING (document_id) WHERE document_id = ? ORDER BY position",
            (document,),
        ).fetchall()


def test_adding_its_file_again_leaves_it_where_people_put_it(
    filled: Library, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text(NOTE)
    (tmp_path / "other.txt").write_text("The twins of Norland met in the new town hall in May.")
    name = ids(filled)["note.txt"]
    bin.withdraw(filled, name, "ann")
    events = list(build.add(filled, [tmp_path / "note.txt", tmp_path / "other.txt"]))
    assert build.Aside(tmp_path / "note.txt", name, shelf.ShelfState.WITHDRAWN) in events
    assert [e.title for e in events if isinstance(e, build.Added)] == ["other"]
    assert (shelved(filled), "note.txt" in ids(filled)) == ([name], False)
    home, note = str(filled.home.path), str(tmp_path / "note.txt")
    done = CliRunner().invoke(main, ["--home", home, "add", note])
    assert (done.exit_code, done.output) == (
        0,
        f"{tmp_path / 'note.txt'}: not added, it was withdrawn: waymark bin restore {name}\n",
    )
    bin.restore(filled, name, "ann")
    work(filled)
    assert build.Present(tmp_path / "note.txt") in build.add(filled, [tmp_path / "note.txt"])


def test_what_is_withdrawn_is_found_no_longer(filled: Library) -> None:
    name = ids(filled)["borland.pdf"]
    assert find(filled, "who twinned?").results[0].document.document_id == name
    bin.withdraw(filled, name, "ann")
    assert "borland.pdf" not in ids(filled)
    assert name not in {r.document.document_id for r in find(filled, "who twinned?", 50).results}
    assert shelved(filled) == [name]
    assert shelved(filled, "draft") == []
    with filled.catalog() as catalog:
        (item,) = shelf.listing(catalog.connection)
    assert (item.state, item.title, item.pages) == (
        "withdrawn",
        "Resettlement in Borland 2016",
        3,
    )
    assert bin.days_left(item) == 30  # less some seconds
    assert bin.days_left(item, datetime.fromisoformat(item.at) + timedelta(days=29.5)) == 1
    assert bin.days_left(item, datetime.fromisoformat(item.at) + timedelta(days=31)) == 0


def test_put_back_it_is_the_same_with_its_decisions(filled: Library) -> None:
    name = ids(filled)["borland.pdf"]
    before = rows_of(filled, name)
    label = filled.taxonomy.label_ids[0]
    decisions.decide(filled, f"{name}-2", label, "add", "ann")
    bin.withdraw(filled, name, "ann")
    bin.restore(filled, name, "bob")
    (job,) = work(filled)
    assert job.message == "restored: 3 passages"
    assert rows_of(filled, name) == before
    with filled.catalog() as catalog:
        tags = {(tag.label, tag.verdict) for tag in catalog.passage(f"{name}-2").tags}
    assert (label, "add") in tags
    assert shelved(filled) == []


def test_the_file_of_a_withdrawn_document_is_refused_with_where_it_is(
    filled: Library, shelf: Path
) -> None:
    name = ids(filled)["borland.pdf"]
    bin.withdraw(filled, name, "ann")
    data = (shelf / "borland.pdf").read_bytes()
    with pytest.raises(incoming.RefusedError, match="is in the bin") as refused:
        incoming.receive(filled, "borland.pdf", [data], "ann")
    assert refused.value.document_id == name


def test_after_thirty_days_it_is_gone(filled: Library) -> None:
    gone, kept = ids(filled)["borland.pdf"], ids(filled)["weather.pdf"]
    bin.withdraw(filled, gone, "ann")
    now = datetime.now(UTC)
    assert bin.purge(filled, now + timedelta(days=29)) == []
    bin.withdraw(filled, kept, "ann")
    bin.restore(filled, kept, "ann")  # being put back, it is left
    assert bin.purge(filled, now + timedelta(days=31)) == [gone]
    assert shelved(filled) == [kept]
    with filled.catalog() as catalog:
        line = audit.entries(catalog.connection)[0]
    assert (line.who, line.action, line.subject) == ("the thirty days", "remove", gone)


def _long_withdrawn(library: Library, document: str) -> None:
    bin.withdraw(library, document, "ann")
    with library.catalog() as catalog, database.note(catalog.connection):
        catalog.connection.execute("UPDATE shelf SET at = '2020-01-02T03:04:05+00:00'")


def test_a_worker_empties_the_bin_of_what_becomes_due_while_it_runs(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "_CLEARED_SECONDS", 0.1)
    worker = Worker(filled)
    worker.start()
    try:
        _long_withdrawn(filled, ids(filled)["note.txt"])
        until = time.monotonic() + 60
        while shelved(filled) and time.monotonic() < until:
            time.sleep(0.1)
        assert shelved(filled) == []
    finally:
        worker.stop()


def test_a_worker_clears_up_once_an_hour(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(filled)
    worker.clear_if_due()
    gone = ids(filled)["note.txt"]
    _long_withdrawn(filled, gone)
    worker.clear_if_due()
    assert shelved(filled) == [gone]
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 3600)
    worker.clear_if_due()
    assert shelved(filled) == []


def test_a_removal_that_cannot_be_finished_is_logged_and_keeps_nothing_else_from_being_done(
    filled: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*_: object) -> None:
        raise LibraryError("another program is reading the library")

    _long_withdrawn(filled, ids(filled)["note.txt"])
    filled.home.incoming.mkdir(exist_ok=True)
    (filled.home.incoming / "dead.part").write_bytes(b"of a killed program")
    monkeypatch.setattr(erase, "resume", refused)
    Worker(filled).clear()
    assert shelved(filled) == []
    assert list(filled.home.incoming.iterdir()) == []
    said = [
        record.getMessage() for record in caplog.records if record.name == "index.curating.desk"
    ]
    assert said == ["the desk goes on: another program is reading the library"]


Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """meanwhile(act): a colleague acts just before the writer's lock is next asked for."""
    lock = views.lock

    def arrange(act: Callable[[], object]) -> None:
        def late(*args: Any, **stated: Any) -> Any:
            monkeypatch.setattr(views, "lock", lock)
            act()
            return lock(*args, **stated)

        monkeypatch.setattr(views, "lock", late)

    return arrange


def test_what_was_put_back_since_the_bin_was_listed_is_not_removed(
    filled: Library, meanwhile: Meanwhile
) -> None:
    back, gone = ids(filled)["borland.pdf"], ids(filled)["weather.pdf"]
    for name in (back, gone):
        bin.withdraw(filled, name, "ann")

    def put_back() -> None:
        bin.restore(filled, back, "bob")
        work(filled)

    meanwhile(put_back)
    assert bin.empty(filled, [back, gone], "ann") == [gone]
    assert "borland.pdf" in ids(filled)
    assert find(filled, "who twinned?").results[0].document.document_id == back
    assert (shelved(filled), examine(filled.home)) == ([], [])
    assert bin.empty(filled, [back, gone], "ann") == []


def test_what_is_being_put_back_is_not_emptied(filled: Library) -> None:
    name = ids(filled)["borland.pdf"]
    bin.withdraw(filled, name, "ann")
    bin.restore(filled, name, "bob")
    with filled.catalog() as catalog:
        assert bin.withdrawn(catalog.connection) == []
    assert bin.empty(filled, [name], "ann") == []
    assert [job.state for job in work(filled)] == ["done"]
    assert "borland.pdf" in ids(filled)


def test_the_clock_leaves_what_went_back_or_went_for_good_meanwhile(
    filled: Library, meanwhile: Meanwhile
) -> None:
    back, gone = ids(filled)["borland.pdf"], ids(filled)["weather.pdf"]
    for name in (back, gone):
        bin.withdraw(filled, name, "ann")

    def emptied_elsewhere() -> None:
        bin.restore(filled, back, "bob")
        work(filled)
        bin.withdraw(filled, back, "bob")  # its thirty days begin anew
        erase.remove(filled, gone, "bob")

    with filled.catalog() as catalog, database.note(catalog.connection):
        catalog.connection.execute("UPDATE shelf SET at = '2020-01-01T00:00:00+00:00'")
    meanwhile(emptied_elsewhere)
    assert bin.purge(filled) == []
    assert shelved(filled) == [back]


def test_a_draft_published_before_it_is_discarded_stays(
    filled: Library, meanwhile: Meanwhile
) -> None:
    incoming.receive(filled, "new.txt", [b"Nobody has seen this yet."], "ann")
    work(filled)
    (draft,) = shelved(filled, "draft")

    def published() -> None:
        drafted.publish(filled, draft, "bob")
        work(filled)

    meanwhile(published)
    with pytest.raises(KeyError):
        erase.remove_shelved(filled, draft, "ann")
    assert ids(filled)["new.txt"] == draft


def test_what_is_on_its_way_into_the_library_is_not_removed_by_an_old_question(
    filled: Library, meanwhile: Meanwhile
) -> None:
    back = ids(filled)["borland.pdf"]
    bin.withdraw(filled, back, "ann")
    meanwhile(lambda: bin.restore(filled, back, "ben"))
    with pytest.raises(LibraryError, match="2016 stays, as ben is putting it back: cancel that"):
        erase.remove_shelved(filled, back, "ann")
    incoming.receive(filled, "new.txt", [b"Nobody has seen this yet."], "ann")
    assert [job.state for job in work(filled)] == ["done", "done"]
    (draft,) = shelved(filled, "draft")
    job = drafted.publish(filled, draft, "ben")
    with pytest.raises(LibraryError, match="new stays, as ben is publishing it"):
        erase.remove_shelved(filled, draft, "ann")
    jobs.cancel(filled, job.job_id, "ann")
    erase.remove_shelved(filled, draft, "ann")
    assert shelved(filled) == []
    assert "borland.pdf" in ids(filled)


def test_unknown_documents_are_key_errors(filled: Library) -> None:
    for change in (bin.withdraw, bin.restore, erase.remove):
        with pytest.raises(KeyError):
            change(filled, "0" * 16, "ann")
    assert len(ids(filled)) == 4


def holding(folder: Path, what: bytes) -> list[str]:
    """Files under a folder that hold some bytes, as they are or in one of SQLite's ways."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and what in path.read_bytes()
    )


def pictured(library: Library, name: str) -> Path:
    with library.catalog() as catalog:
        sha256 = catalog.document(name).file_sha256
    folder = library.home.pictures / sha256
    folder.mkdir(parents=True)
    (folder / "page.png").write_bytes(b"\x89PNG " + TOLD)
    return folder


@pytest.mark.parametrize("way", ["published", "withdrawn", "replaced", "draft"])
def test_removed_for_good_it_is_gone_from_every_byte(
    filled: Library, tmp_path: Path, way: str
) -> None:
    name = ids(filled)["note.txt"]
    find(filled, "ombudspersons")  # views are open
    picture = pictured(filled, name)
    assert "library.sqlite" in "".join(holding(filled.home.path, TOLD))
    _bring(filled, name, way, tmp_path)
    erase.remove(filled, name, "ann")
    assert holding(filled.home.path, TOLD) == []
    assert holding(filled.home.path, b"zanzibarian") == []
    assert not picture.exists()
    backup(filled.home, tmp_path / "later.tar")
    assert TOLD not in (tmp_path / "later.tar").read_bytes()
    assert b"zanzibarian" not in (tmp_path / "later.tar").read_bytes()
    assert name not in {r.document.document_id for r in find(filled, "ombudspersons", 50).results}
    assert find(filled, "who twinned?").results
    assert examine(filled.home) == []


def _bring(library: Library, name: str, way: str, tmp_path: Path) -> None:
    """Bring a published document into another state."""
    if way == "withdrawn":
        bin.withdraw(library, name, "ann")
    if way == "replaced":
        _replace(library, name, tmp_path)
    if way == "draft":
        erase.remove(library, name, "ann")
        incoming.receive(library, "note.txt", [f"{MARKER}\n\nIt met.".encode()], "ann")
        work(library)
        (draft,) = shelved(library, "draft")
        assert draft != name
        erase.remove(library, draft, "ann")
        incoming.receive(library, "note.txt", [NOTE.encode()], "ann")
        work(library)


def _replace(library: Library, old: str, tmp_path: Path) -> str:
    text = b"Another text takes its place. The committee met twice in the new hall."
    incoming.receive(library, "new.txt", [text], "ann")
    work(library)
    (new,) = shelved(library, "draft")
    drafted.publish(library, new, "ann", replaces=old)
    assert work(library)[-1].state == "done"
    return new


def test_removing_forgets_its_jobs_and_keeps_the_log(filled: Library) -> None:
    name = ids(filled)["borland.pdf"]
    bin.withdraw(filled, name, "ann")
    bin.restore(filled, name, "ann")
    erase.remove(filled, name, "bob")
    with filled.catalog() as catalog:
        assert jobs.recent(catalog.connection) == []
        line = audit.entries(catalog.connection)[0]
    assert (line.who, line.action, line.detail) == ("bob", "remove", "Resettlement in Borland 2016")
    assert work(filled) == []


def test_one_of_several_unknown_removes_none(filled: Library) -> None:
    with pytest.raises(KeyError):
        erase.remove_all(filled, [ids(filled)["borland.pdf"], "0" * 16], "ann")
    assert len(ids(filled)) == 4


def _by_the_next_start(library: Library) -> None:
    Worker(library).clear()


def _by_repair(library: Library) -> None:
    repair(library.home)


@pytest.mark.parametrize("finish", [_by_the_next_start, _by_repair])
def test_a_removal_that_was_stopped_is_finished(
    filled: Library, monkeypatch: pytest.MonkeyPatch, finish: Callable[[Library], object]
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    name = ids(filled)["note.txt"]
    with monkeypatch.context() as patch:
        patch.setattr(views, "drop", stopped)
        with pytest.raises(KeyboardInterrupt):
            erase.remove(filled, name, "ann")
    assert "note.txt" not in ids(filled)
    assert holding(filled.home.path, TOLD) != []
    assert "removal" in [finding.name for finding in examine(filled.home)]
    finish(filled)
    assert holding(filled.home.path, TOLD) == []
    assert examine(filled.home) == []


def test_a_reader_in_the_way_is_said_and_mended_later(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_WAIT_SECONDS", 0.2)
    name = ids(filled)["note.txt"]
    with filled.catalog() as catalog, catalog.snapshot():
        with pytest.raises(LibraryError, match="doctor --repair"):
            erase.remove(filled, name, "ann")
        assert "note.txt" not in ids(filled)
    assert erase.resume(filled.home)
    assert holding(filled.home.path, TOLD) == []


def test_a_new_version_takes_the_place_of_the_old_one(filled: Library, tmp_path: Path) -> None:
    old = ids(filled)["note.txt"]
    new = _replace(filled, old, tmp_path)
    assert sorted(ids(filled)) == ["borland.pdf", "new.txt", "visits.pdf", "weather.pdf"]
    assert shelved(filled, "replaced") == [old]
    with filled.catalog() as catalog:
        found = resolve(catalog.connection, f"{old}-0")
        assert found is not None
        assert found.passage is not None
        assert found.passage.text.startswith(MARKER)
        assert found.passage.page_first == 1
        assert found.state == "replaced"
        assert (found.replaced_by, found.replaced_by_title) == (new, "new")
        assert resolve(catalog.connection, f"{old}-99").passage is None  # type: ignore[union-attr]  # it is known
        assert resolve(catalog.connection, "0" * 16 + "-0") is None
        assert successor(catalog.connection, old) == new
        assert successor(catalog.connection, new) == ""
        (item,) = shelf.listing(catalog.connection, "replaced")
    assert item.replaced_by == new
    assert find(filled, "ombudspersons zanzibarian quorum").results[0].document.document_id != old


def test_a_chain_of_versions_leads_to_the_newest(filled: Library, tmp_path: Path) -> None:
    old = ids(filled)["note.txt"]
    middle = _replace(filled, old, tmp_path)
    incoming.receive(filled, "newest.txt", [b"A third text. The committee rests now."], "ann")
    work(filled)
    (newest,) = shelved(filled, "draft")
    drafted.publish(filled, newest, "ann", replaces=middle)
    work(filled)
    with filled.catalog() as catalog:
        assert resolve(catalog.connection, f"{old}-0").replaced_by == newest  # type: ignore[union-attr]  # it is known
    erase.remove(filled, middle, "ann")
    with filled.catalog() as catalog:
        assert resolve(catalog.connection, f"{old}-0").replaced_by == newest  # type: ignore[union-attr]  # it is known
        gone = resolve(catalog.connection, f"{middle}-0")
    assert gone is not None
    assert (gone.passage, gone.metadata.title, gone.replaced_by) == (None, "", newest)


def test_a_withdrawn_passage_is_resolved_and_a_drafts_is_not(
    filled: Library, tmp_path: Path
) -> None:
    name = ids(filled)["borland.pdf"]
    bin.withdraw(filled, name, "ann")
    incoming.receive(filled, "d.txt", [b"Nobody has seen this yet."], "ann")
    work(filled)
    (draft,) = shelved(filled, "draft")
    with filled.catalog() as catalog:
        found = resolve(catalog.connection, f"{name}-1")
        assert resolve(catalog.connection, f"{draft}-0") is None
    assert found is not None
    assert found.passage is not None
    assert (found.state, found.replaced_by, found.passage.page_first) == ("withdrawn", "", 2)


def test_replacing_what_is_gone_fails_and_keeps_the_draft(filled: Library) -> None:
    old = ids(filled)["note.txt"]
    incoming.receive(filled, "new.txt", [b"Another text takes its place."], "ann")
    work(filled)
    (new,) = shelved(filled, "draft")
    drafted.publish(filled, new, "ann", replaces=old)
    bin.withdraw(filled, old, "bob")
    (job,) = work(filled)
    assert job.state == "failed"
    assert "no longer in the library" in job.message
    assert shelved(filled, "draft") == [new]
    with pytest.raises(LibraryError, match="note, which new is to replace, is in the bin"):
        drafted.publish(filled, new, "ann", replaces=old)
    erase.remove(filled, old, "bob")
    with pytest.raises(LibraryError, match=f"new: there is no document '{old}'"):
        drafted.publish(filled, new, "ann", replaces=old)


def test_a_replaced_document_is_put_back_beside_the_newer_one(
    filled: Library, tmp_path: Path
) -> None:
    old = ids(filled)["note.txt"]
    new = _replace(filled, old, tmp_path)
    with filled.catalog() as catalog:
        assert older(catalog.connection, new) == []
    bin.restore(filled, old, "ann")
    with pytest.raises(LibraryError, match="note is being put back already"):
        bin.restore(filled, old, "bob", instead_of=new)
    work(filled)
    assert {"note.txt", "new.txt"} <= set(ids(filled))
    with filled.catalog() as catalog:
        assert successor(catalog.connection, old) == new
        assert older(catalog.connection, new) == [old]
        assert older(catalog.connection, old) == []


def test_a_replaced_document_is_put_back_instead_of_the_newest_one(
    filled: Library, tmp_path: Path
) -> None:
    old = ids(filled)["note.txt"]
    middle = _replace(filled, old, tmp_path)
    incoming.receive(filled, "newest.txt", [b"A third text. The committee rests now."], "ann")
    work(filled)
    (newest,) = shelved(filled, "draft")
    drafted.publish(filled, newest, "ann", replaces=middle)
    work(filled)
    bin.restore(filled, old, "ann", instead_of=newest)
    (job,) = work(filled)
    assert job.message == "restored: 1 passage, in place of newest"
    assert sorted(shelved(filled, "replaced")) == sorted([middle, newest])
    with filled.catalog() as catalog:
        assert [successor(catalog.connection, name) for name in (old, middle, newest)] == [
            "",
            old,
            old,
        ]
        assert older(catalog.connection, old) == []
    bin.restore(filled, newest, "ann", instead_of=old)
    bin.withdraw(filled, old, "bob")
    (job,) = work(filled)
    assert (job.state, "no longer in the library: choose again" in job.message) == ("failed", True)
    bin.restore(filled, newest, "ann")  # what it was to replace is forgotten
    assert work(filled)[-1].state == "done"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="an open file is not removed there")
def test_readers_that_have_the_views_open_go_on(filled: Library) -> None:
    other = Library.open(filled.home)
    assert find(other, "who twinned?").results
    erase.remove(filled, ids(filled)["note.txt"], "ann")
    assert find(other, "who twinned?").results
