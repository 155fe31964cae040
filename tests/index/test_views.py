"""Views: whole generations, verified; built anew when missing, stale or damaged."""

import json
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from index import views
from index.home import Home
from index.library import Library


@pytest.fixture
def copy(library: Library, tmp_path: Path) -> Library:
    shutil.copytree(library.home.path, tmp_path / "copy")
    return Library.open(Home(tmp_path / "copy"))


def folder(library: Library) -> Path:
    newest = views.newest(library.home)
    assert newest is not None
    return library.home.views / str(newest)


def test_a_manifest_lists_every_file(copy: Library) -> None:
    manifest = json.loads((folder(copy) / "manifest.json").read_text())
    assert "vectors.faiss" in manifest["sha256"]
    assert any(name.startswith("words/") for name in manifest["sha256"])


@pytest.mark.parametrize(
    "name", ["vectors.faiss", "words/meta.json", "positions/tokens.u32", "manifest.json"]
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
    (folder(copy) / "vectors.faiss").unlink()
    with pytest.raises(views.DamagedViewError):
        views.load(copy.home, int(folder(copy).name))
    assert copy.views().vectors.nearest(copy.encoder.encode(["x"])[0], 1)[0].size == 1


def test_missing_views_are_built(copy: Library) -> None:
    shutil.rmtree(copy.home.views)
    assert copy.views().words.match("twinning", 5)[0].size > 0


def test_while_a_writer_is_at_work_the_last_whole_view_answers(copy: Library) -> None:
    before = copy.views().generation
    with FileLock(copy.home.lock), copy.catalog() as catalog:
        catalog.remove(catalog.documents()[0].document_id)
        assert copy.views().generation == before
        assert Library.open(copy.home).views().generation == before
    assert copy.views().generation == before + 1


def test_two_generations_are_kept(copy: Library) -> None:
    for _ in range(3):
        with copy.catalog() as catalog:
            catalog.remove(catalog.documents()[0].document_id)
        copy.views()
    kept = [entry.name for entry in copy.home.views.iterdir() if entry.name.isdigit()]
    assert len(kept) == 2
