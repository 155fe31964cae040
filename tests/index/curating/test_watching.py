"""A watched folder: still files are taken in once, and nothing from outside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import waymark
from index import build
from index.curating import drafted, incoming, jobs, watching
from index.curating.watching import Watched
from index.library import Library
from index.rows import audit, shelf
from ingest.digest import sha256_of
from ingest.records import Metadata

TEXT = "The reception agency twinned with its counterpart for eighteen months."


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "drop"
    made.mkdir()
    return made


def drafts(library: Library) -> list[str]:
    with library.catalog() as catalog:
        return sorted(item.file_name for item in shelf.listing(catalog.connection, "draft"))


def test_what_a_stopped_program_left_is_cleared_up(empty_library: Library, folder: Path) -> None:
    empty_library.home.incoming.mkdir(exist_ok=True)
    (empty_library.home.incoming / "dead.part").write_bytes(b"of a killed program")
    assert list(Watched(empty_library, folder, "ann").look()) == []
    assert list(empty_library.home.incoming.iterdir()) == []


def test_a_file_counts_once_it_was_still_for_five_seconds(
    empty_library: Library, folder: Path
) -> None:
    clock = Clock()
    watched = Watched(empty_library, folder, "ann", clock=clock)
    (folder / "a.txt").write_text(TEXT)
    assert list(watched.look()) == []
    clock.now = 4.9
    with (folder / "a.txt").open("a") as file:
        file.write(" It is still being copied.")
    assert list(watched.look()) == []
    clock.now = 9.8
    assert list(watched.look()) == []
    assert not watched.idle
    clock.now = 9.9
    assert list(watched.look()) == ["a.txt: done: 1 page, 1 passage"]
    assert watched.idle
    clock.now = 60
    assert list(watched.look()) == []
    assert drafts(empty_library) == ["a.txt"]


def test_what_is_in_already_is_passed_over_in_silence(empty_library: Library, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT)
    for _ in range(2):
        clock = Clock()
        watched = Watched(empty_library, folder, "ann", clock=clock)
        list(watched.look())
        clock.now = 5
        list(watched.look())
        assert watched.idle
        assert watched.failures == 0
    assert drafts(empty_library) == ["a.txt"]


def test_a_copy_under_another_name_is_named_once_and_no_failure(
    empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "STILL_SECONDS", 0.0)
    watched = Watched(empty_library, folder, "ann")
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(TEXT)
    assert list(watched.look()) == [
        "b.txt waits to be read already (a.txt)",
        "a.txt: done: 1 page, 1 passage",
    ]
    (folder / "c.txt").write_text(TEXT)
    with empty_library.catalog() as catalog:
        (draft,) = shelf.listing(catalog.connection)
    said = f"c.txt is there already: it is a draft ({draft.document_id})"
    assert list(watched.look()) == [said]
    os.utime(folder / "c.txt", (1, 1))
    assert [line for _ in range(2) for line in watched.look()] == []
    assert watched.idle
    assert watched.failures == 0


def test_what_is_in_the_library_under_another_name_is_named(
    empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(watching, "STILL_SECONDS", 0.0)
    lines = '{"id": "1", "text": "The group met twice."}\n{"id": "2", "text": "It met again."}\n'
    (tmp_path / "notes.txt").write_text(TEXT)
    (tmp_path / "lines.jsonl").write_text(lines)
    list(build.add(empty_library, [tmp_path / "notes.txt", tmp_path / "lines.jsonl"]))
    for name, text in (("notes.txt", TEXT), ("more.txt", TEXT), ("others.jsonl", lines)):
        (folder / name).write_text(text)
    with empty_library.catalog() as catalog:
        notes = next(d for d in catalog.documents() if d.file_name == "notes.txt")
    assert list(Watched(empty_library, folder, "ann").look()) == [
        f"more.txt is in the library already, as 'notes' ({notes.document_id})",
        "others.jsonl is in the library already (lines.jsonl)",
    ]


def test_bad_files_are_named_and_the_others_taken_in(empty_library: Library, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "b.txt").write_text(TEXT)
    (folder / "c.txt").write_text("")
    clock = Clock()
    watched = Watched(empty_library, folder, "ann", clock=clock)
    list(watched.look())
    clock.now = 5
    said = [line for _ in range(3) for line in watched.look()]
    assert [line.split(": ")[0].rpartition("/")[2] for line in said] == ["c.txt", "a.pdf", "b.txt"]
    assert "is empty" in said[0]
    assert "failed" in said[1]
    assert watched.failures == 2
    assert drafts(empty_library) == ["b.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_pipe_is_named_once_and_never_opened(
    empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(folder / "a.pdf")
    os.mkfifo(folder / "documents.csv")
    clock = Clock()
    watched = Watched(empty_library, folder, "ann", clock=clock)
    assert list(watched.look()) == []
    assert not watched.idle
    clock.now = 5
    said = [line for _ in range(3) for line in watched.look()]
    assert said == [
        f"{folder}/{name}: no plain file but a pipe, a socket or a device"
        for name in ("documents.csv", "a.pdf")
    ]
    assert watched.idle
    (folder / "b.txt").write_text(TEXT)
    monkeypatch.setattr(watching, "STILL_SECONDS", 0.0)
    assert [line for _ in range(2) for line in watched.look()] == ["b.txt: done: 1 page, 1 passage"]
    assert watched.failures == 2


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as Unicode")
def test_names_of_any_bytes(
    empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "STILL_SECONDS", 0.0)
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(TEXT)
    (folder / os.fsdecode(b"empty\xe9.txt")).write_text("")
    words = ["--home", str(empty_library.home.path), "watch", str(folder), "--once"]
    result = CliRunner().invoke(waymark.main, words)
    assert f"{folder}/empty\ufffd.txt: " in result.stdout
    assert result.exit_code == 1
    assert drafts(empty_library) == ["café.txt"]


def test_links_that_leave_the_folder_are_passed_over(
    empty_library: Library, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "other.txt").write_text(TEXT)
    (folder / "folder").symlink_to(tmp_path / "outside")
    clock = Clock()
    watched = Watched(empty_library, folder, "ann", clock=clock)
    list(watched.look())
    clock.now = 5
    assert list(watched.look()) == []
    with empty_library.catalog() as catalog:
        assert jobs.recent(catalog.connection) == []


def test_what_documents_csv_states_stands_in_the_draft(
    empty_library: Library, folder: Path
) -> None:
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(TEXT.replace("eighteen", "twelve"))
    rows = "file,title,year,authors\na.txt,A year of twinning,2019,Ann Ash; Ben Beech\n"
    (folder / "documents.csv").write_text(rows + "absent.pdf,On its way,2020,\n")
    clock = Clock()
    watched = Watched(empty_library, folder, "ann", clock=clock)
    assert list(watched.look()) == []
    clock.now = 5
    said = [line for _ in range(3) for line in watched.look()]
    assert "documents.csv, line 3: there is no file 'absent.pdf'" in said[0]
    assert (len(said), watched.failures) == (3, 1)
    with empty_library.catalog() as catalog:
        found = {item.file_name: item for item in shelf.listing(catalog.connection)}
        one = shelf.get(catalog.connection, found["a.txt"].document_id)
    assert (one.metadata.title, one.metadata.year) == ("A year of twinning", 2019)
    assert one.metadata.authors == ("Ann Ash", "Ben Beech")
    assert found["b.txt"].title == "b"


def test_a_row_whose_file_comes_in_time_is_no_fault(empty_library: Library, folder: Path) -> None:
    (folder / "documents.csv").write_text("file,title\na.txt,A year of twinning\n")
    clock = Clock()
    watched = Watched(empty_library, folder, "ann", publishing=True, clock=clock)
    assert list(watched.look()) == []
    clock.now = 4
    (folder / "a.txt").write_text(TEXT)
    assert list(watched.look()) == []
    clock.now = 9
    said = [line for _ in range(2) for line in watched.look()]
    assert said[-1] == "A year of twinning: done: published: 1 passage"
    assert watched.failures == 0


def test_a_file_waits_until_its_row_is_mended(
    empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "STILL_SECONDS", 0.0)
    (folder / "a.txt").write_text(TEXT)
    (folder / "documents.csv").write_text("file;titel\na.txt;A year of twinning\n")
    watched = Watched(empty_library, folder, "ann")
    (said,) = (line for _ in range(2) for line in watched.look())
    assert "unknown column 'titel'" in said
    assert "the files beside it wait for that" in said
    assert (watched.idle, drafts(empty_library)) == (True, [])
    (folder / "documents.csv").write_text("file;title\na.txt;A year of twinning\n")
    assert list(watched.look()) == ["a.txt: done: 1 page, 1 passage"]
    with empty_library.catalog() as catalog:
        (draft,) = shelf.listing(catalog.connection)
    assert draft.title == "A year of twinning"


def only_draft(library: Library) -> shelf.Shelved:
    with library.catalog() as catalog:
        (item,) = shelf.listing(catalog.connection)
        return shelf.get(catalog.connection, item.document_id)


@pytest.mark.parametrize("started_again", [False, True])
def test_a_row_that_comes_or_is_mended_later_goes_into_the_draft(
    empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, started_again: bool
) -> None:
    monkeypatch.setattr(watching, "STILL_SECONDS", 0.0)
    watched = Watched(empty_library, folder, "ann")

    def look() -> list[str]:
        watching_now = Watched(empty_library, folder, "ann") if started_again else watched
        return list(watching_now.look())

    (folder / "doc2.txt").write_text(TEXT)
    (folder / "documents.csv").write_text("file,title,year\ndoc2,A year of twinning,2018\n")
    said = look()
    assert "there is no file 'doc2' in this folder (mend the row)" in said[0]
    assert said[1:] == ["doc2.txt: done: 1 page, 1 passage"]
    assert only_draft(empty_library).metadata.title == "doc2"
    (folder / "documents.csv").write_text("file,title,year\ndoc2.txt,A year of twinning,2018\n")
    assert look() == []
    found = only_draft(empty_library)
    assert (found.metadata.title, found.metadata.year) == ("A year of twinning", 2018)
    assert found.guesses["title"].source == "documents.csv"
    (folder / "documents.csv").write_text("file,title,year\ndoc2.txt,Two years,2018\n")
    assert look() == []
    assert only_draft(empty_library).metadata.title == "Two years"
    assert look() == []
    with empty_library.catalog() as catalog:
        lines = audit.entries(catalog.connection, subject=found.document_id)
    assert [(line.who, line.detail) for line in lines] == [
        ("ann", "title: A year of twinning -> Two years"),
        ("ann", "title: doc2 -> A year of twinning | year: none -> 2018"),
    ]


def test_what_somebody_put_right_stays_and_the_row_is_named_once(
    empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "STILL_SECONDS", 0.0)
    watched = Watched(empty_library, folder, "ann")
    (folder / "a.txt").write_text(TEXT)
    list(watched.look())
    draft = only_draft(empty_library).document_id
    drafted.correct(empty_library, draft, Metadata(title="Put right", kind="brief"), "eve")
    rows = "file,title,year,kind\na.txt,Of the row,2018,brief\n"
    (folder / "documents.csv").write_text(rows)
    assert [line for _ in range(3) for line in watched.look()] == [
        "a.txt: somebody has looked at its draft, so its row's title is not used:"
        f" put it right at /curate/drafts/{draft}"
    ]
    found = only_draft(empty_library)
    assert (found.metadata.title, found.metadata.year) == ("Put right", 2018)
    drafted.publish(empty_library, draft, "eve")
    (folder / "documents.csv").write_text(rows.replace("2018", "2019"))
    assert [line for _ in range(3) for line in watched.look()] == [
        "a.txt: already in the library; what documents.csv states otherwise is not used:"
        f" waymark edit {draft}"
    ]
    assert watched.failures == 0


def test_a_file_that_goes_while_it_is_looked_at_ends_no_watch(
    empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path) -> str:
        path.unlink()
        return sha256_of(path)

    monkeypatch.setattr(watching, "STILL_SECONDS", 0.0)
    (folder / "a.txt").write_text(TEXT)
    list(Watched(empty_library, folder, "ann").look())
    monkeypatch.setattr(watching, "sha256_of", gone)
    watched = Watched(empty_library, folder, "ann")
    assert [line for _ in range(2) for line in watched.look()] == []
    assert watched.idle


def test_a_file_that_a_stopped_program_left_waiting_gets_its_row(
    empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "STILL_SECONDS", 0.0)
    (folder / "a.txt").write_text(TEXT)
    (folder / "documents.csv").write_text("file,title\na.txt,A year of twinning\n")
    incoming.receive(empty_library, "a.txt", [TEXT.encode()], "ann")
    watched = Watched(empty_library, folder, "ann", publishing=True)
    assert [line for _ in range(2) for line in watched.look()] == [
        "a.txt: done: 1 page, 1 passage",
        "A year of twinning: done: published: 1 passage",
    ]


def test_it_may_publish_without_a_look(empty_library: Library, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT)
    clock = Clock()
    watched = Watched(empty_library, folder, "ann", publishing=True, clock=clock)
    list(watched.look())
    clock.now = 5
    said = [line for _ in range(2) for line in watched.look()]
    assert said == ["a.txt: done: 1 page, 1 passage", "a: done: published: 1 passage"]
    with empty_library.catalog() as catalog:
        assert [document.file_name for document in catalog.documents()] == ["a.txt"]
    assert drafts(empty_library) == []


def test_a_file_of_another_kind_is_named_once_and_is_no_failure(
    empty_library: Library, folder: Path
) -> None:
    clock = Clock()
    for name in ("word.docx", "~$word.docx", ".hidden", "documents.csv", "a.txt"):
        (folder / name).write_text("file,title\n" if name.endswith(".csv") else TEXT)
    watched = Watched(empty_library, folder, "ann", clock=clock)
    assert list(watched.look()) == []
    assert not watched.idle
    clock.now = 5
    assert sorted(watched.look()) == [
        f"{folder / 'word.docx'}: passed over: no reader for this kind of file",
        "a.txt: done: 1 page, 1 passage",
    ]
    clock.now = 60
    assert list(watched.look()) == []
    assert (watched.idle, watched.failures) == (True, 0)


def test_a_download_on_its_way_is_not_passed_over(empty_library: Library, folder: Path) -> None:
    clock = Clock()
    watched = Watched(empty_library, folder, "ann", clock=clock)
    part, stalled = folder / "a.txt.crdownload", folder / "b.txt.crdownload"
    stalled.write_text(TEXT)
    for second in range(0, 16, 3):
        clock.now = second
        part.write_text(TEXT[: second + 1])
        said = list(watched.look())
        if second == 6:  # still since the first look, six seconds ago
            assert said == [f"{stalled}: passed over: no reader for this kind of file"]
        else:
            assert said == []
    part.write_text(TEXT)
    part.rename(folder / "a.txt")
    assert list(watched.look()) == []
    clock.now += 5
    assert list(watched.look()) == ["a.txt: done: 1 page, 1 passage"]
    assert (watched.idle, watched.failures) == (True, 0)
