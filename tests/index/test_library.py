"""Making and opening libraries: what is remembered, what is refused."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from corpus.taxonomy import TaxonomyError
from index.encoding.encoder import BUNDLED_SHA256, EncoderError, load
from index.files.home import Home, locate
from index.library import Library
from index.rows import database
from index.rows.catalog import Catalog
from index.rows.database import LibraryError


def test_a_library_remembers_its_encoder(library: Library) -> None:
    again = Library.open(library.home)
    assert again.identity.sha256 == BUNDLED_SHA256
    assert (again.identity.dimension, again.identity.max_tokens) == (384, 256)


def test_another_encoder_is_refused(empty_library: Library) -> None:
    with empty_library.catalog() as catalog, database.change(catalog.connection):
        identity = empty_library.identity.as_dict() | {"sha256": "0" * 64}
        database.write_setting(catalog.connection, "encoder", identity)
    with pytest.raises(LibraryError, match="was made with all-MiniLM-L6-v2 000000000000"):
        _ = Library.open(empty_library.home).encoder


def test_another_taxonomy_by_file_alone(tmp_path: Path, garden_toml: str, lend_models) -> None:
    path = tmp_path / "garden.toml"
    path.write_text(garden_toml)
    lend_models(tmp_path / "home")
    made = Library.create(Home(tmp_path / "home"), taxonomy_file=path)
    assert made.taxonomy.goals.label_ids == ("food", "joy")
    assert made.heads() is None  # the shipped ones were learned for another taxonomy


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("Sowing Seeds", "the label id 'Sowing Seeds' must be of lower-case"),
        ("food", "the label id 'food' is there twice"),
    ],
)
def test_a_taxonomy_that_breaks_the_rules_makes_no_library(
    tmp_path: Path, garden_toml: str, wrong: str, said: str
) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(garden_toml.replace('"sowing"', f'"{wrong}"'))
    with pytest.raises(TaxonomyError, match=said):
        Library.create(Home(tmp_path / "home"), taxonomy_file=path)
    assert not (tmp_path / "home").exists()


def test_a_taxonomy_that_is_not_utf_8_makes_no_library(tmp_path: Path, garden_toml: str) -> None:
    path = tmp_path / "latin.toml"
    path.write_text(garden_toml.replace('"Dig"', '"Bêcher"'), encoding="latin-1")
    with pytest.raises(TaxonomyError, match=r"latin\.toml: byte \d+ is not UTF-8: save"):
        Library.create(Home(tmp_path / "home"), taxonomy_file=path)
    assert not (tmp_path / "home" / "library.sqlite").exists()


def test_no_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="make one with 'waymark init'"):
        Library.open(Home(tmp_path))


def test_a_second_library_in_the_same_home_is_refused(empty_library: Library) -> None:
    with pytest.raises(LibraryError, match="there is a library already"):
        Library.create(empty_library.home)


def test_a_library_is_not_made_where_a_file_lies(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(LibraryError, match="home is a file: name a folder"):
        Library.create(Home(tmp_path / "home"))
    assert caplog.records == []  # the encoder was not looked for


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryError, match="cannot be read"):
        Library.open(Home(tmp_path))


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "library.sqlite")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(LibraryError, match="is not a Waymark library"):
        Library.open(Home(tmp_path))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are not listed")
@pytest.mark.parametrize("held", [b"not a database at all" * 100, b""])
def test_a_file_that_is_refused_is_closed(tmp_path: Path, held: bytes) -> None:
    file = tmp_path / "library.sqlite"
    file.write_bytes(held)
    with pytest.raises(LibraryError) as refused:
        database.connect(file)
    opened = [Path(os.path.realpath(entry)) for entry in Path("/proc/self/fd").iterdir()]
    assert file.resolve() not in opened, refused


def test_a_library_of_a_later_version_is_refused(empty_library: Library) -> None:
    connection = sqlite3.connect(empty_library.home.database)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LibraryError, match=r"later Waymark .*: upgrade; a server"):
        Library.open(empty_library.home)


def test_a_change_that_fails_leaves_everything_as_it_was(empty_library: Library) -> None:
    def fail(catalog: Catalog) -> None:
        with database.change(catalog.connection):
            database.write_setting(catalog.connection, "x", 1)
            raise RuntimeError

    with empty_library.catalog() as catalog:
        before = database.generation(catalog.connection)
        with pytest.raises(RuntimeError):
            fail(catalog)
        assert database.generation(catalog.connection) == before
        assert database.read_setting(catalog.connection, "x") is None


def test_a_change_for_which_there_is_no_room_says_what_to_do(empty_library: Library) -> None:
    with empty_library.catalog() as catalog:
        (pages,) = catalog.connection.execute("PRAGMA page_count").fetchone()
        catalog.connection.execute(f"PRAGMA max_page_count = {pages}")
        with (
            pytest.raises(LibraryError, match=r"is full \(make room on its disk\)$"),
            database.note(catalog.connection),
        ):
            database.write_setting(catalog.connection, "x", "x" * 1_000_000)
        assert database.read_setting(catalog.connection, "x") is None


def test_a_change_while_another_program_writes_says_what_to_do(empty_library: Library) -> None:
    with empty_library.catalog() as one, empty_library.catalog() as other:
        other.connection.execute("PRAGMA busy_timeout = 0")
        with (
            database.note(one.connection),
            pytest.raises(LibraryError, match=r"is locked \(another program is writing to it"),
            database.note(other.connection),
        ):
            pass


def test_the_home_comes_from_the_call_then_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path / "environment"))
    assert locate("given").path == Path("given").absolute()
    assert locate().path == tmp_path / "environment"
    monkeypatch.delenv("WAYMARK_HOME")
    assert locate().path.name == "waymark"


@pytest.mark.parametrize("name", ["all-mpnet-base-v2", "/nowhere"])
def test_a_model_that_is_not_on_this_machine_is_refused(name: str) -> None:
    with pytest.raises(EncoderError, match="nothing is fetched"):
        load(name)


def cut_short(folder: Path, file: str, length: int) -> Path:
    """A copy of the bundled model of which one file is cut."""
    model = folder / "model"
    shutil.copytree(load().folder, model)
    with (model / file).open("rb+") as damaged:
        damaged.truncate(length)
    return model


def test_a_model_cut_short_is_one_line_and_makes_no_library(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model = cut_short(tmp_path, "model.safetensors", 1_000_000)
    with pytest.raises(EncoderError) as caught:
        Library.create(Home(tmp_path / "home"), str(model))
    said = str(caught.value)
    assert said.startswith(f"the model in {model} cannot be loaded: ")
    assert "incomplete metadata" in said
    assert "\n" not in said
    assert capfd.readouterr().err == ""  # nor has the process that converts said anything
    assert not (tmp_path / "home" / "library.sqlite").exists()


def test_a_model_with_an_empty_file_of_settings_is_one_line(tmp_path: Path) -> None:
    model = cut_short(tmp_path, "1_Pooling/config.json", 0)
    with pytest.raises(EncoderError, match=r"^the model in \S+ cannot be loaded: [^\n]+$"):
        load(str(model)).encode(["two mentors"])


def test_a_connection_for_reading_is_kept_and_cannot_write(empty_library: Library) -> None:
    with empty_library.reading() as first, empty_library.reading() as second:
        assert first is second
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            second.connection.execute("DELETE FROM library")
    with empty_library.catalog() as catalog, database.change(catalog.connection):
        pass
    with empty_library.reading() as catalog:
        assert database.generation(catalog.connection) == 1


def test_another_file_in_its_place_is_read_anew(
    empty_library: Library, library: Library, tmp_path: Path
) -> None:
    with empty_library.reading() as catalog:
        assert catalog.counts().documents == 0
    with library.catalog() as catalog:
        catalog.connection.execute("VACUUM INTO ?", (str(tmp_path / "other"),))
    (tmp_path / "other").replace(empty_library.home.database)
    with empty_library.reading() as catalog:
        assert catalog.counts().documents == 3
    empty_library.home.database.unlink()
    with pytest.raises(LibraryError, match="no library in"), empty_library.reading():
        pass


def test_a_library_of_before_reads_other_languages_as_it_did(empty_library: Library) -> None:
    assert empty_library.identity.glossed
    with empty_library.catalog() as catalog, database.change(catalog.connection):
        identity = empty_library.identity.as_dict()
        del identity["glossed"]
        database.write_setting(catalog.connection, "encoder", identity)
    with empty_library.catalog() as catalog, pytest.raises(LibraryError, match="start this"):
        empty_library.refuse_another_encoder(catalog)
    again = Library.open(empty_library.home)
    german = "Wer zahlt die Unterkunft der Familien?"
    assert not again.encoder.identity.glossed
    assert again.encoder.identity == again.identity
    before, now = again.encoder.encode([german]), empty_library.encoder.encode([german])
    assert (before @ now.T)[0, 0] < 0.9
    with again.catalog() as catalog:
        again.refuse_another_encoder(catalog)
