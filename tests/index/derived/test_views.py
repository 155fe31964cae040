"""Views: whole generations, verified; built anew when missing, stale or damaged."""

import json
import logging
import os
import shutil
import threading
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from index import build
from index.derived import views
from index.library import Library
from index.rows import database
from index.rows.document_rows import erase_document


@pytest.fixture
def copy(copy_library, tmp_path: Path) -> Library:
    return copy_library(tmp_path / "copy")


def folder(library: Library) -> Path:
    newest = views.newest(library.home)
    assert newest is not None
    return library.home.views / str(newest)


def test_a_manifest_lists_every_file(copy: Library) -> None:
    manifest = json.loads((folder(copy) / "manifest.json").read_text())
    assert "1/vectors.faiss" in manifest["sha256"]
    assert any(name.startswith("words/") for name in manifest["sha256"])


@pytest.mark.parametrize(
    "name", ["1/vectors.faiss", "words/meta.json", "1/tokens.u32", "manifest.json"]
)
def test_a_flipped_byte_is_noticed_and_mended(copy: Library, name: str) -> None:
    path = folder(copy) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(views.DamagedViewError):
        views.load(copy.home, int(folder(copy).name))
    opened = copy.views()
    assert opened.words.match("twinning", 5)[0].size > 0
    assert views.load(copy.home, opened.generation)


def test_a_missing_file_is_noticed(copy: Library) -> None:
    (folder(copy) / "1" / "vectors.faiss").unlink()
    with pytest.raises(views.DamagedViewError):
        views.load(copy.home, int(folder(copy).name))
    assert copy.views().vectors.nearest(copy.encoder.encode(["x"])[0], 1)[0].size == 1


def test_views_of_an_older_format_are_built_anew(copy: Library) -> None:
    manifest = folder(copy) / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    # Before 7, a Russian ё made another word than е.
    manifest.write_text(json.dumps(content | {"format": 6}), encoding="utf-8")
    with pytest.raises(views.DamagedViewError, match="of another format"):
        views.load(copy.home, int(folder(copy).name))
    assert copy.views().words.match("twinning", 5)[0].size > 0
    assert json.loads((folder(copy) / "manifest.json").read_text())["format"] == views.FORMAT > 6


def test_while_a_writer_is_at_work_views_of_the_format_before_answer(copy: Library) -> None:
    manifest = folder(copy) / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(content | {"format": views.EARLIER}), encoding="utf-8")
    opened = Library.open(copy.home)
    answered: list[views.Views] = []
    reader = threading.Thread(target=lambda: answered.append(opened.views()), daemon=True)
    with FileLock(copy.home.lock):
        reader.start()
        reader.join(20)
        assert answered, "it waits for the writer"
        assert answered[0].words.match("twinning", 5)[0].size > 0
        assert opened.views() is answered[0]
    again = opened.views()  # of the same generation
    assert (again.generation, again.format) == (answered[0].generation, views.FORMAT)
    assert json.loads((folder(copy) / "manifest.json").read_text())["format"] == views.FORMAT


def test_missing_views_are_built(copy: Library) -> None:
    shutil.rmtree(copy.home.views)
    assert copy.views().words.match("twinning", 5)[0].size > 0


def test_while_a_writer_is_at_work_the_last_whole_view_answers(copy: Library) -> None:
    before = copy.views().generation
    with FileLock(copy.home.lock), copy.catalog() as catalog:
        with database.change(catalog.connection):
            erase_document(catalog.connection, catalog.documents()[0].document_id)
        assert copy.views().generation == before
        assert Library.open(copy.home).views().generation == before
    assert copy.views().generation == before + 1


def test_while_there_is_no_room_the_last_whole_view_answers(
    copy: Library, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copy.views().generation
    assert copy.behind is None
    with copy.catalog() as catalog, database.change(catalog.connection):
        erase_document(catalog.connection, catalog.documents()[0].document_id)
    full = copy.home.views / f"{before + 1}.part"
    full.write_text("in the way")
    again = Library.open(copy.home)
    for opened in (copy, again, copy):
        assert opened.views().generation == before
        assert opened.behind == before
    warned = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warned) == 2  # once a library, not once a question
    full.unlink()
    assert copy.views().generation == before  # it rests before it tries again
    monkeypatch.setattr("index.derived.current_views._REST_SECONDS", 0.0)
    assert copy.views().generation == before + 1
    assert copy.behind is None


def test_without_a_whole_view_and_without_room_for_one_it_says_so(copy: Library) -> None:
    generation = copy.views().generation
    shutil.rmtree(copy.home.views)
    copy.home.views.mkdir()
    full = copy.home.views / f"{generation}.part"
    full.write_text("in the way")
    opened = Library.open(copy.home)
    for _ in range(2):
        with pytest.raises(views.UnwrittenViewError, match="make room"):
            opened.views()
    assert opened.behind is None


def test_a_reader_without_views_waits_and_keeps_nothing_from_the_writer(copy: Library) -> None:
    shutil.rmtree(copy.home.views)
    before = copy.encoder
    answered: list[views.Views] = []
    loaded: list[object] = []
    reader = threading.Thread(target=lambda: answered.append(copy.views()), daemon=True)
    writer = threading.Thread(target=lambda: loaded.append(copy.encoder), daemon=True)
    with FileLock(copy.home.lock):
        reader.start()
        reader.join(0.5)
        assert reader.is_alive()
        writer.start()
        writer.join(5)
        assert loaded == [before]
    reader.join(20)
    assert answered[0].words.match("twinning", 5)[0].size > 0


def test_the_thread_that_writes_reads_too_and_the_others_wait(copy: Library) -> None:
    shutil.rmtree(copy.home.views)
    refused: list[Timeout] = []

    def ask() -> None:
        try:
            with views.lock(copy.home, wait_seconds=0.1):
                pass
        except Timeout as error:
            refused.append(error)

    with views.lock(copy.home, wait_seconds=None):
        assert copy.views().words.match("twinning", 5)[0].size > 0
        other = threading.Thread(target=ask)  # the reading above has given nothing back
        other.start()
        other.join()
    assert len(refused) == 1


def test_two_generations_are_kept(copy: Library) -> None:
    for _ in range(3):
        with copy.catalog() as catalog, database.change(catalog.connection):
            erase_document(catalog.connection, catalog.documents()[0].document_id)
        copy.views()
    kept = [entry.name for entry in copy.home.views.iterdir() if entry.name.isdigit()]
    assert len(kept) == 2


def add_notes(library: Library, folder: Path, *names: str) -> None:
    """Add a document of one passage a name, each in a change of its own."""
    for name in names:
        text = f"The {name} mentor came to the reception unit in spring. Nobody left."
        file = folder / f"{name}.jsonl"
        file.write_text(json.dumps({"id": name, "title": name, "text": text}))
        list(build.add(library, [file]))


def inodes(library: Library) -> dict[str, int]:
    root = folder(library)
    found = {}
    for path in root.rglob("*"):
        if path.is_file() and path.name not in ("manifest.json", "meta.json", ".managed.json"):
            found[path.relative_to(root).as_posix()] = path.stat().st_ino
    return found


def answers(library: Library) -> list[object]:
    held = library.views()
    question = "which mentor came to the reception unit"
    vector = library.encoder.encode([question])[0]
    near, cosines = held.vectors.nearest(vector, 50)
    numbers, scores = held.words.match(question, 50)
    asked = tuple(held.words.rarity(question))
    stands = held.positions.held(asked, (), near)
    return [
        near.tolist(), cosines.tolist(), sorted(numbers.tolist()), sorted(scores.tolist()),
        held.words.rarity(question), stands.terms.tolist(), stands.windows.tolist(),
    ]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="hard links are counted otherwise there")
def test_adding_writes_only_what_is_new(copy: Library, tmp_path: Path) -> None:
    add_notes(copy, tmp_path, "welcoming")  # the view is of this version's rows now
    before, old = inodes(copy), folder(copy)
    recorded = json.loads((old / "manifest.json").read_text())["sha256"]
    add_notes(copy, tmp_path, "tireless")
    after = inodes(copy)
    shared = {name for name in before if after.get(name) == before[name]}
    assert any(name.startswith("words/") for name in shared)
    # The older generation, which readers may have open, is as it was.
    assert views.load(copy.home, int(old.name)).generation == int(old.name)
    assert json.loads((old / "manifest.json").read_text())["sha256"] == recorded


def test_added_to_or_built_whole_it_answers_the_same(copy: Library, tmp_path: Path) -> None:
    add_notes(copy, tmp_path, "welcoming", "tireless", "patient", "absent", "welcome", "sixth")
    added_to = answers(copy)
    with views.lock(copy.home, wait_seconds=None), copy.catalog() as catalog:
        views.build(copy.home, catalog, copy.identity.dimension)
    whole = answers(Library.open(copy.home))
    assert added_to[0] == whole[0]
    assert added_to[1:] == whole[1:]
    assert len(added_to[2]) >= 6


def test_a_large_segment_is_linked_and_a_small_one_written(copy: Library, tmp_path: Path) -> None:
    add_notes(copy, tmp_path, *(f"n{number}" for number in range(8)))
    before, held = inodes(copy), json.loads((folder(copy) / "manifest.json").read_text())
    add_notes(copy, tmp_path, "last")
    after, holds = inodes(copy), json.loads((folder(copy) / "manifest.json").read_text())
    assert sum(s["count"] for s in holds["segments"]) == 1 + sum(
        s["count"] for s in held["segments"]
    )
    first = str(held["segments"][0]["first"])
    assert after[f"{first}/vectors.faiss"] == before[f"{first}/vectors.faiss"]
    assert str(holds["segments"][-1]["first"]) != first


def test_rows_that_changed_build_it_whole(copy: Library, tmp_path: Path) -> None:
    add_notes(copy, tmp_path, "welcoming")
    with copy.catalog() as catalog, database.change(catalog.connection):
        erase_document(catalog.connection, catalog.documents()[0].document_id)
    add_notes(copy, tmp_path, "tireless")
    with copy.catalog() as catalog:
        numbers = catalog.numbers().tolist()
    opened = copy.views()
    assert sorted(opened.vectors.numbers().tolist()) == numbers
    assert sorted(opened.words.numbers().tolist()) == numbers


@pytest.mark.parametrize("name", ["1/vectors.faiss", "words/meta.json"])
def test_what_is_added_to_a_damaged_view_is_built_whole(
    copy: Library, tmp_path: Path, name: str
) -> None:
    add_notes(copy, tmp_path, *(f"n{number}" for number in range(8)))
    path = folder(copy) / name
    path.write_bytes(path.read_bytes()[:-3])
    add_notes(copy, tmp_path, "last")
    opened = copy.views()
    with copy.catalog() as catalog:
        assert sorted(opened.vectors.numbers().tolist()) == catalog.numbers().tolist()
    assert views.load(copy.home, opened.generation)


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("twice", [False, True])
def test_nothing_is_built_upon_a_view_of_changes_that_the_rows_have_lost(
    copy: Library, tmp_path: Path, asked: bool, twice: bool
) -> None:
    """A library.sqlite put back before its last report: numbers of passages are given again."""
    with copy.catalog() as catalog:
        reached = database.generation(catalog.connection)
        catalog.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(copy.home.database, tmp_path / "before.sqlite")
    for again in range(1 + twice):
        add_notes(copy, tmp_path, *(f"baker{again}{number}" for number in range(1 + again)))
        for path in copy.home.path.glob("library.sqlite*"):
            path.unlink()
        shutil.copyfile(tmp_path / "before.sqlite", copy.home.database)
        copy = Library.open(copy.home)
    if asked:
        assert copy.views().generation == reached
    (tmp_path / "new").mkdir()
    for word in ("penguin", "strait"):  # two changes before the next view
        note = {"id": word, "title": word, "text": f"The {word} mentor came in spring."}
        (tmp_path / "new" / f"{word}.jsonl").write_text(json.dumps(note))
    list(build.add(copy, [tmp_path / "new"]))
    words = copy.views().words
    with copy.catalog() as catalog:
        numbers = catalog.numbers().tolist()
        texts = {number: text for number, *_, text in catalog.all_texts()}
    for word in ("penguin", "strait"):
        (number,) = words.match(word, 5)[0].tolist()
        assert f"The {word} mentor" in texts[number]
    assert words.match("baker00", 5)[0].size == 0
    assert sorted(words.numbers().tolist()) == numbers
    assert sorted(copy.views().vectors.numbers().tolist()) == numbers
