"""Which folder a library's own tagger is in: one whole one at any moment, and no other for long."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from index.health.doctor import examine, repair
from index.library import Library
from index.rows import database
from index.tagging import own_tagger, tagger
from index.tagging.tagger import Heads, TaggerError


def put(library: Library, generation: int) -> Path:
    """A tagger in place as training leaves it: the shipped heads under a number."""
    folder = library.home.trained(generation)
    shutil.copytree(tagger.SHIPPED, folder)
    name(library, generation)
    return folder


def name(library: Library, generation: int) -> None:
    with library.catalog() as catalog, database.note(catalog.connection):
        database.write_setting(catalog.connection, own_tagger.SETTING, generation)


def unused(library: Library) -> list[str]:
    with library.catalog() as catalog:
        return [path.name for path in own_tagger.unused(library.home, catalog.connection)]


def test_the_one_that_the_rows_name_is_used(empty_library: Library) -> None:
    assert empty_library.tagger_folder() == tagger.SHIPPED
    shutil.copytree(tagger.SHIPPED, empty_library.home.tagger)  # as earlier versions have it
    assert empty_library.tagger_folder() == empty_library.home.tagger
    assert empty_library.tagger_folder() == Library.open(empty_library.home).tagger_folder()
    trained = put(empty_library, 7)
    assert empty_library.tagger_folder() == trained
    assert unused(empty_library) == ["tagger"]


def test_what_a_training_left_is_repaired_away_and_nothing_else(empty_library: Library) -> None:
    home = empty_library.home
    used = put(empty_library, 7)
    for left in ("tagger", "tagger-6", "tagger-12"):  # removed half, and never put in place
        (home.path / left).mkdir()
    (home.path / "tagger-notes").mkdir()  # somebody's own
    (finding,) = examine(home)
    assert (finding.name, finding.severity.value) == ("leftovers", "warning")
    assert len(repair(home)) == 3
    assert sorted(path.name for path in home.path.glob("tagger*")) == ["tagger-7", "tagger-notes"]
    assert examine(home) == []
    assert empty_library.tagger_folder() == used


def test_one_that_was_trained_and_lost_is_said(empty_library: Library) -> None:
    shutil.rmtree(put(empty_library, 7))
    with pytest.raises(TaggerError, match="tagger-7 cannot be read"):
        empty_library.heads()
    (finding,) = examine(empty_library.home)
    assert (finding.name, finding.severity.value) == ("tagger", "error")


def test_heads_are_read_once(empty_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    real, read = tagger.load, []

    def load(folder: Path) -> Heads:
        read.append(folder)
        return real(folder)

    monkeypatch.setattr(tagger, "load", load)
    first = empty_library.heads()
    assert empty_library.heads() is first
    assert empty_library.tagger_folder() == tagger.SHIPPED
    trained = put(empty_library, 7)
    assert empty_library.heads() is not first
    empty_library.heads()
    (trained / "heads.json").touch()  # another file in its place
    empty_library.heads()
    assert read == [tagger.SHIPPED, trained, trained]


def test_a_damaged_one_is_not_taken_for_the_one_read_before(empty_library: Library) -> None:
    trained = put(empty_library, 7)
    assert empty_library.heads() is not None
    (trained / "heads.json").write_text("{}")
    for _ in range(2):
        with pytest.raises(TaggerError, match="cannot be read"):
            empty_library.heads()


def test_a_reader_whom_a_training_overtakes_reads_the_new_one(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = put(empty_library, 7), tagger.load

    def overtaken(folder: Path) -> Heads:
        monkeypatch.setattr(tagger, "load", real)
        (before / "terms.txt").unlink()  # half removed already
        put(empty_library, 8)
        return real(folder)

    monkeypatch.setattr(tagger, "load", overtaken)
    assert empty_library.tagger_folder() == empty_library.home.trained(8)


def test_threads_share_them(empty_library: Library) -> None:
    put(empty_library, 7)
    found: list[Heads | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(empty_library.heads())) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({heads.examples for heads in found if heads}) == 1
    assert len(found) == 4
