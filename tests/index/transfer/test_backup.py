"""Backups: one generation whole, also while others write; damaged or hostile ones write nothing."""

import hashlib
import io
import json
import resource
import shutil
import sqlite3
import tarfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index import build
from index.curating import curators, erase
from index.files.home import Home
from index.health.doctor import examine
from index.library import Library
from index.rows import database
from index.rows.database import LibraryError
from index.tagging import own_tagger, tagger
from index.tagging.tagger import TaggerError
from index.transfer import backup as backups
from index.transfer.backup import backup
from index.transfer.restore import BackupError, restore
from search.find import find

MakePdf = Callable[..., Path]


@pytest.fixture
def copy(copy_library, tmp_path: Path) -> Library:
    return copy_library(tmp_path / "copy")


@pytest.fixture
def taken(library: Library, tmp_path: Path) -> Path:
    backup(library.home, tmp_path / "taken.tar")
    return tmp_path / "taken.tar"


def results(library: Library, question: str) -> list[tuple[str, float]]:
    return [(r.stored.passage_id, r.score) for r in find(library, question).results]


def test_a_restored_library_answers_as_the_one_it_was_taken_of(
    library: Library, lend_encoder, tmp_path: Path
) -> None:
    done = backup(library.home, tmp_path / "b.tar")
    assert (done.documents, done.lost) == (3, ())
    assert done.size == (tmp_path / "b.tar").stat().st_size
    restored = restore(tmp_path / "b.tar", Home(tmp_path / "new" / "home"))
    assert (restored.generation, restored.originals) == (done.generation, 3)
    again = lend_encoder(Library.open(Home(tmp_path / "new" / "home")))
    for question in ("nine months for a flat", "storms", "study visits", "fear of a backlash"):
        assert results(again, question) == results(library, question)
    assert examine(again.home) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar", "new"]


def test_any_tar_can_read_it_and_the_sums_are_the_files_own(taken: Path) -> None:
    with tarfile.open(taken) as tar:
        names = tar.getnames()
        manifest = json.loads(tar.extractfile("manifest.json").read())
        for name, about in manifest["files"].items():
            data = tar.extractfile(name).read()
            assert (hashlib.sha256(data).hexdigest(), len(data)) == (about["sha256"], about["size"])
    assert names[0] == "manifest.json"
    assert sorted(names[1:]) == sorted(manifest["files"])
    assert manifest["schema"] == database.VERSION


def test_its_own_tagger_comes_along(copy: Library, tmp_path: Path) -> None:
    copy.home.tagger.mkdir()
    (copy.home.tagger / "heads.json").write_text("{}")
    backup(copy.home, tmp_path / "b.tar")
    restore(tmp_path / "b.tar", Home(tmp_path / "home"))
    assert (tmp_path / "home" / "tagger" / "heads.json").read_text() == "{}"


def test_a_trained_tagger_comes_along(copy: Library, tmp_path: Path) -> None:
    put_tagger(copy, 7)
    assert backup(copy.home, tmp_path / "b.tar").lost == ()
    restore(tmp_path / "b.tar", Home(tmp_path / "home"))
    again = Library.open(Home(tmp_path / "home"))
    assert again.tagger_folder() == again.home.tagger
    assert again.heads().examples == copy.heads().examples
    again.views()
    assert examine(again.home) == []


@pytest.mark.parametrize("left", [None, "empty"])
def test_a_lost_tagger_is_named_and_the_copy_does_not_take_the_shipped_one(
    copy: Library, tmp_path: Path, left: str | None
) -> None:
    put_tagger(copy, 7)
    shutil.rmtree(copy.home.trained(7))
    if left:
        copy.home.trained(7).mkdir()
    assert backup(copy.home, tmp_path / "b.tar").lost == ("tagger",)
    restore(tmp_path / "b.tar", Home(tmp_path / "home"))
    with pytest.raises(TaggerError, match="tagger-7"):
        Library.open(Home(tmp_path / "home")).heads()


def put_tagger(library: Library, generation: int) -> None:
    """As training does: the heads under a number, the one before removed."""
    shutil.copytree(tagger.SHIPPED, library.home.trained(generation))
    with library.catalog() as catalog:
        with database.note(catalog.connection):
            database.write_setting(catalog.connection, own_tagger.SETTING, generation)
        own_tagger.drop_unused(library.home, catalog.connection)


def test_one_tagger_whole_while_another_is_put_in_its_place(
    copy: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tagger(copy, 7)
    (copy.home.trained(7) / "scorecard.json").unlink()
    real = backups._write_tar

    def overtaken(*args: Any) -> None:
        monkeypatch.setattr(backups, "_write_tar", real)
        real(*args)
        put_tagger(copy, 8)

    monkeypatch.setattr(backups, "_write_tar", overtaken)
    backup(copy.home, tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert "tagger/scorecard.json" in tar.getnames()


def test_a_backup_is_never_written_over(library: Library, taken: Path) -> None:
    before = taken.read_bytes()
    with pytest.raises(LibraryError, match="is there already"):
        backup(library.home, taken)
    assert taken.read_bytes() == before


def test_why_a_file_cannot_be_written_is_said_of_it(library: Library, tmp_path: Path) -> None:
    target = tmp_path / ("b" * 252)
    with pytest.raises(OSError, match="too long") as refused:
        backup(library.home, target)
    assert refused.value.filename == str(target)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"b\.tar: its folder is not there: make it, or name "):
        backup(library.home, tmp_path / "none" / "b.tar")


def generation(library: Library) -> int:
    with library.catalog() as catalog:
        return database.generation(catalog.connection)


def test_taken_while_documents_come_and_go(
    copy: Library, make_pdf: MakePdf, tmp_path: Path
) -> None:
    """Each backup holds the originals of exactly its own documents."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            path = make_pdf(tmp_path / "n.pdf", [("Notes", f"Number {number} met on Monday.")])
            added = [e for e in build.add(copy, [path]) if isinstance(e, build.Added)]
            erase.remove(copy, added[0].document_id, "ada")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(6):
            before = generation(copy)
            while writer.is_alive() and generation(copy) == before:
                time.sleep(0.01)
            backup(copy.home, tmp_path / f"{number}.tar")
    finally:
        stop.set()
        writer.join()
    seen = set()
    for number in range(6):
        home = Home(tmp_path / f"home{number}")
        seen.add(restore(tmp_path / f"{number}.tar", home).generation)
        assert [f for f in examine(home) if f.name != "views"] == []
    assert len(seen) == 6


def test_an_original_that_goes_with_its_document_meanwhile_starts_it_anew(
    copy: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with copy.catalog() as catalog:
        names = [document.document_id for document in catalog.documents()]
    copy_rows = backups._copy_rows
    monkeypatch.setattr(
        backups,
        "_copy_rows",
        lambda *given: (copy_rows(*given), names and erase.remove(copy, names.pop(), "ada")),
    )
    names[1:] = []
    assert backup(copy.home, tmp_path / "b.tar").documents == 2


def test_a_lost_original_is_named_and_the_rest_kept(copy: Library, tmp_path: Path) -> None:
    lost = sorted(copy.home.files.iterdir())[0]
    lost.unlink()
    assert backup(copy.home, tmp_path / "b.tar").lost == (lost.name,)
    assert restore(tmp_path / "b.tar", Home(tmp_path / "home")).originals == 2


def test_a_home_that_holds_a_library_is_refused(copy: Library, taken: Path) -> None:
    before = copy.home.database.read_bytes()
    with pytest.raises(LibraryError, match="there is a library already"):
        restore(taken, copy.home)
    assert copy.home.database.read_bytes() == before


@pytest.mark.parametrize("place", [0.001, 0.3, 0.6, 0.95])
def test_a_flipped_byte_writes_nothing(taken: Path, tmp_path: Path, place: float) -> None:
    data = bytearray(taken.read_bytes())
    with tarfile.open(taken) as tar:  # inside a file, not in the padding between two
        sizes = [(m.offset_data, m.size) for m in tar if m.size]
    start, size = sizes[min(int(place * len(sizes)), len(sizes) - 1)]
    data[start + size // 2] ^= 0x01
    taken.write_bytes(data)
    with pytest.raises(BackupError):
        restore(taken, Home(tmp_path / "home"))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.9])
def test_one_cut_short_writes_nothing(taken: Path, tmp_path: Path, share: float) -> None:
    data = taken.read_bytes()
    taken.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BackupError):
        restore(taken, Home(tmp_path / "home"))
    assert not (tmp_path / "home").exists()


def forged(path: Path, files: dict[str, bytes], /, **changed: object) -> Path:
    about = {n: {"sha256": hashlib.sha256(d).hexdigest(), "size": len(d)} for n, d in files.items()}
    manifest = {"format": 1, "schema": 1, "generation": 1, "files": about} | changed
    with tarfile.open(path, "w") as tar:
        for name, data in {"manifest.json": json.dumps(manifest).encode(), **files}.items():
            header = tarfile.TarInfo(name)
            header.size = len(data)
            tar.addfile(header, io.BytesIO(data))
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../out",
        "/etc/out",
        "files/../../out",
        "files/x",
        "tagger/../out",
        "write.lock",
        "tagger/..",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    path = forged(tmp_path / "b.tar", {"library.sqlite": b"x", name: b"x"})
    with pytest.raises(BackupError, match="no part of a library"):
        restore(path, Home(tmp_path / "home"))
    assert [p.name for p in tmp_path.iterdir()] == ["b.tar"]


def test_a_link_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    path = forged(tmp_path / "b.tar", {})
    manifest = {"library.sqlite": {"sha256": hashlib.sha256(b"").hexdigest(), "size": 0}}
    text = json.dumps({"format": 1, "schema": 1, "generation": 1, "files": manifest}).encode()
    with tarfile.open(path, "w") as tar:
        header = tarfile.TarInfo("manifest.json")
        header.size = len(text)
        tar.addfile(header, io.BytesIO(text))
        link = tarfile.TarInfo("library.sqlite")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(BackupError, match="no plain file"):
        restore(path, Home(tmp_path / "home"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"schema": 999}, "later Waymark"),
        ({"format": 999}, "later Waymark"),
        ({"files": {}}, "holds no library.sqlite"),
        ({"files": {"library.sqlite": {"sha256": "0", "size": 1}}}, "is not what was backed up"),
        ({"files": []}, "manifest cannot be read"),
        ({"generation": None}, "manifest cannot be read"),
    ],
)
def test_a_manifest_that_cannot_be_right(
    tmp_path: Path, changed: dict[str, object], says: str
) -> None:
    path = forged(tmp_path / "b.tar", {"library.sqlite": b"x"}, **changed)
    with pytest.raises(BackupError, match=says):
        restore(path, Home(tmp_path / "home"))


def test_what_the_manifest_does_not_name_is_refused(tmp_path: Path) -> None:
    only = {"library.sqlite": {"sha256": hashlib.sha256(b"x").hexdigest(), "size": 1}}
    files = {"library.sqlite": b"x", f"files/{'a' * 64}": b"y"}
    with pytest.raises(BackupError, match="not named in its manifest"):
        restore(forged(tmp_path / "b.tar", files, files=only), Home(tmp_path / "home"))


def changed(taken: Path, path: Path, statement: str) -> Path:
    """A backup whose rows are others, its sums put right."""
    with tarfile.open(taken) as tar:
        manifest, *files = ((member.name, tar.extractfile(member).read()) for member in tar)
    path.write_bytes(dict(files)["library.sqlite"])
    with closing(sqlite3.connect(path)) as rows:
        rows.execute(statement)
        rows.commit()
    files = dict(files) | {"library.sqlite": path.read_bytes()}
    return forged(path, files, schema=json.loads(manifest[1])["schema"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET file_sha256 = '../secret' WHERE file_name = 'weather.pdf'",
        "INSERT INTO files VALUES ('/etc/passwd', '')",
        "INSERT INTO jobs (task, subject, name, state, who, added_at, changed_at)"
        " VALUES ('read', '../../x', 'x.txt', 'queued', 'eve', '', '')",
        "DROP TABLE curators",
    ],
)
def test_rows_that_lead_out_of_the_folder_are_refused(
    taken: Path, tmp_path: Path, statement: str
) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(BackupError, match=r"cannot be (read \(no such|'(\.\./|/etc))"):
        restore(changed(taken, tmp_path / "b.tar", statement), home)
    assert not home.path.exists()
    home.path.mkdir()
    (home.path / "mine.txt").touch()
    with pytest.raises(BackupError):
        restore(tmp_path / "b.tar", home)
    assert (home.path / "mine.txt").exists()
    assert not [*home.path.glob("library.sqlite*"), *home.path.glob("files")]
    same = changed(taken, tmp_path / "b.tar", "UPDATE documents SET title = 'Another'")
    assert restore(same, home).originals == 3


def test_whoever_was_removed_since_is_named(copy: Library, tmp_path: Path) -> None:
    for name in ("ann", "ben"):
        curators.add(copy, name, "four plain words here", "test")
    curators.make_key(copy, "ann", "script", "test")
    backup(copy.home, tmp_path / "b.tar")
    curators.remove(copy, "ann", "test")
    backup(copy.home, tmp_path / "later.tar")
    again = restore(tmp_path / "b.tar", Home(tmp_path / "again"))
    assert (again.curators, again.keys) == (("ann", "ben"), 1)
    later = restore(tmp_path / "later.tar", Home(tmp_path / "later"))
    assert (later.curators, later.keys) == (("ben",), 0)


def test_a_restore_without_room_names_the_file(library: Library, tmp_path: Path) -> None:
    backup(library.home, tmp_path / "kept")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large") as refused:
            restore(tmp_path / "kept", Home(tmp_path / "new"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.filename == str(tmp_path / "new" / "library.sqlite")
    assert not list((tmp_path / "new").glob("library*"))
