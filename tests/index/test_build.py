"""Adding and removing: what goes in, what is said of what does not."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from index import build
from index.build import Added, Done, Found, Present
from index.curating import erase
from index.library import Library
from ingest.records import Failure, Metadata, Reason


def test_a_folder_goes_in_with_pages_and_passages(library: Library, shelf: Path) -> None:
    with library.catalog() as catalog:
        counts = catalog.counts()
        titles = [document.metadata.title for document in catalog.documents()]
    assert (counts.documents, counts.pages) == (3, 5)
    assert counts.passages >= 5
    assert titles == sorted(titles, key=str.lower)
    assert "Resettlement in Borland 2016" in titles


def test_originals_are_kept_byte_for_byte(library: Library, shelf: Path) -> None:
    kept = {path.read_bytes() for path in library.home.files.iterdir()}
    assert kept == {path.read_bytes() for path in shelf.iterdir()}


def test_what_is_there_already_is_left_alone(empty_library: Library, shelf: Path) -> None:
    first = list(build.add(empty_library, [shelf / "visits.pdf"]))
    assert [type(event) for event in first] == [Found, Added, Done]
    generation = empty_library.views().generation
    again = list(build.add(empty_library, [shelf / "visits.pdf"]))
    assert [type(event) for event in again] == [Found, Present, Done]
    assert empty_library.views().generation == generation


def test_one_bad_file_stops_nothing(empty_library: Library, shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    shutil.copy(shelf / "visits.pdf", folder / "good.pdf")
    (folder / "cut.pdf").write_bytes((shelf / "borland.pdf").read_bytes()[:300])
    (folder / "letter.pdf").write_text("Dear colleague, this is no PDF.")
    (folder / "nothing.pdf").touch()
    (folder / "notes.txt").write_text("The working group met twice. It agreed on a form.")
    events = list(build.add(empty_library, [folder, tmp_path / "missing"]))
    failures = {event.path.name: event.reason for event in events if isinstance(event, Failure)}
    assert failures == {
        "cut.pdf": Reason.DAMAGED,
        "letter.pdf": Reason.DAMAGED,
        "nothing.pdf": Reason.NOTHING_TO_READ,
        "missing": Reason.MISSING,
    }
    assert {event.path.name for event in events if isinstance(event, Added)} == {
        "good.pdf",
        "notes.txt",
    }
    for event in events:
        if isinstance(event, Failure):
            assert str(event).count("\n") == 0


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    # Root may read everything, so it becomes another user once all is imported.
    open_to_all = Path(tempfile.mkdtemp())
    open_to_all.chmod(0o755)
    (open_to_all / "closed").mkdir()
    (open_to_all / "notes.txt").write_text("The group met.")
    script = (
        "import os, sys; from pathlib import Path; from ingest.read import find\n"
        "os.geteuid() or os.setuid(65534)\n"
        "for found in find([Path(sys.argv[1])]): print(found)"
    )
    root = Path(build.__file__).parent.parent
    (open_to_all / "closed").chmod(0o000)
    done = subprocess.run(
        [sys.executable, "-c", script, str(open_to_all)],
        capture_output=True, text=True, check=True, cwd=root,
    )  # fmt: skip
    shutil.rmtree(open_to_all)
    assert done.stdout.splitlines() == [
        f"{open_to_all}/notes.txt",
        f"{open_to_all}/closed: the folder cannot be opened "
        "(give this user the right to read it, then add it again)",
    ]


def test_a_file_whose_copy_cannot_be_kept_is_not_noted_as_read(
    empty_library: Library, shelf: Path
) -> None:
    files = empty_library.home.files
    files.rmdir()
    files.write_text("in the way")
    events = list(build.add(empty_library, [shelf / "visits.pdf"]))
    assert [type(event) for event in events] == [Found, Failure, Done]
    assert "its copy could not be kept" in str(events[1])
    files.unlink()
    again = list(build.add(empty_library, [shelf / "visits.pdf"]))
    assert [type(event) for event in again] == [Found, Added, Done]


def test_files_replaced_or_removed_while_they_are_read_are_named(
    empty_library: Library, shelf: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "busy"
    folder.mkdir()
    shutil.copy(shelf / "visits.pdf", folder / "a.pdf")
    (folder / "b.txt").write_text("The group met twice.")
    (folder / "c.md").write_text("Mentors came back every month.")
    (folder / "d.txt").write_text("The harbour was closed.")
    events = []
    for event in build.add(empty_library, [folder], jobs=3):
        events.append(event)
        if isinstance(event, Added):  # all four digests are known by now
            (folder / "b.txt").write_text("Rents rose by twelve per cent.")
            (folder / "c.md").unlink()
            (folder / "d.txt").unlink()
            (folder / "d.txt").mkdir()
    mends = {e.path.name: e.mend for e in events if isinstance(e, Failure)}
    assert mends.keys() == {"b.txt", "c.md", "d.txt"}
    assert mends["b.txt"] == mends["c.md"] == "add it again"
    assert "opened" in mends["d.txt"]
    again = list(build.add(empty_library, [folder]))
    assert [type(event) for event in again] == [Found, Present, Done, Added, Done]
    with empty_library.catalog() as catalog:
        kept = {document.file_sha256 for document in catalog.documents()}
    assert {path.name for path in empty_library.home.files.iterdir()} == kept


def test_stated_fields_replace_what_the_file_says(empty_library: Library, shelf: Path) -> None:
    stated = Metadata(title="Another title", year=1999, kind="minutes")
    list(build.add(empty_library, [shelf / "visits.pdf"], stated))
    with empty_library.catalog() as catalog:
        (document,) = catalog.documents()
    assert document.metadata.title == "Another title"
    assert (document.metadata.year, document.metadata.kind) == (1999, "minutes")


def test_jsonl_documents_carry_their_own_id(empty_library: Library, tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    lines = [
        {"id": "a1", "title": "One", "text": "Mentors came back every month.", "year": 2012},
        {"id": "b2", "title": "Two", "text": "The harbour was closed."},
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n{oops\n")
    events = list(build.add(empty_library, [path]))
    (failure,) = [event for event in events if isinstance(event, Failure)]
    assert (failure.place, failure.reason) == ("line 3", Reason.INVALID)
    with empty_library.catalog() as catalog:
        assert {d.source_id: d.metadata.year for d in catalog.documents()} == {
            "a1": 2012,
            "b2": None,
        }
    again = list(build.add(empty_library, [path]))
    assert [type(event) for event in again] == [Found, Present, Present, Failure, Done]


def test_an_add_that_was_stopped_is_finished_by_the_same_call(
    empty_library: Library, shelf: Path
) -> None:
    events = build.add(empty_library, [shelf])
    for event in events:
        if isinstance(event, Added):
            break
    events.close()  # type: ignore[attr-defined]
    with empty_library.catalog() as catalog:
        assert catalog.counts().documents == 1
    assert len(empty_library.views().vectors.nearest(empty_library.encoder.encode(["x"])[0], 99)[0])
    list(build.add(empty_library, [shelf]))
    with empty_library.catalog() as catalog:
        assert catalog.counts().documents == 3


def test_a_removed_document_is_gone_everywhere(empty_library: Library, shelf: Path) -> None:
    list(build.add(empty_library, [shelf]))
    with empty_library.catalog() as catalog:
        gone = next(d for d in catalog.documents() if d.metadata.title.startswith("Harbour"))
    erase.remove(empty_library, gone.document_id, "ada")
    assert not empty_library.home.original(gone.file_sha256).exists()
    with empty_library.catalog() as catalog:
        assert gone.document_id not in {d.document_id for d in catalog.documents()}
        assert catalog.passages_of(gone.document_id) == []
    assert empty_library.views().words.match("harbour storms ferry", 5)[0].size == 0
    with pytest.raises(KeyError):
        erase.remove(empty_library, gone.document_id, "ada")


def test_passage_ids_survive_removal_and_adding_again(empty_library: Library, shelf: Path) -> None:
    def ids() -> list[str]:
        with empty_library.catalog() as catalog:
            (document,) = catalog.documents()
            return [stored.passage_id for stored in catalog.passages_of(document.document_id)]

    list(build.add(empty_library, [shelf / "borland.pdf"]))
    before = ids()
    erase.remove(empty_library, before[0].rsplit("-", 1)[0], "ada")
    list(build.add(empty_library, [shelf / "borland.pdf"]))
    assert ids() == before


@pytest.mark.parametrize("stopped_in", ["encode", "_added"])
def test_an_interrupt_leaves_no_original_of_nothing(
    empty_library: Library, shelf: Path, monkeypatch: pytest.MonkeyPatch, stopped_in: str
) -> None:
    list(build.add(empty_library, [shelf / "visits.pdf"]))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, stopped_in, interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(build.add(empty_library, [shelf / "visits.pdf", shelf / "borland.pdf"]))
    with empty_library.catalog() as catalog:
        needed = {document.file_sha256 for document in catalog.documents()}
    # Before its rows were written nothing of the second is there; after that, all.
    assert len(needed) == (1 if stopped_in == "encode" else 2)
    assert {path.name for path in empty_library.home.files.iterdir()} == needed


def test_an_interrupt_stays_one_where_the_copy_cannot_be_removed(
    empty_library: Library, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        original = next(empty_library.home.files.iterdir())
        original.unlink()
        original.mkdir()  # what cannot be unlinked
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "encode", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(build.add(empty_library, [shelf / "visits.pdf"]))
