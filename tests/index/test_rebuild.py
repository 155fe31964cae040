"""Made anew: views from rows, rows with another encoder, a document under a new title."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.build import add
from index.derived import views
from index.edit import edit
from index.encoding import encoder
from index.encoding.encoder import EncoderError
from index.encoding.open_encoder import open_encoder
from index.library import Library
from index.rebuild import rebuild_views, reembed
from index.rows import database
from index.rows.database import LibraryError
from index.rows.stored import read_vectors
from ingest.records import Metadata
from search.find import find


@pytest.fixture
def copy(copy_library, tmp_path: Path) -> Library:
    return copy_library(tmp_path / "copy")


@pytest.fixture(scope="module")
def narrow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of 64 dimensions that reads 64 tokens: the bundled one with a layer behind it."""
    # 8 s on a busy machine, which both processes of a run would spend if this stood at the top.
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from sentence_transformers.sentence_transformer.modules import Dense  # noqa: PLC0415

    torch.manual_seed(7)
    bundled = SentenceTransformer(str(encoder.load().folder), device="cpu")
    layer = Dense(in_features=384, out_features=64, bias=False, activation_function=None)
    made = SentenceTransformer(modules=[*bundled, layer], device="cpu")
    made.max_seq_length = 64
    folder = tmp_path_factory.mktemp("model") / "narrow"
    made.save(str(folder), safe_serialization=True)
    return folder


@pytest.fixture(scope="module")
def refused(narrow_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is kept of that model after the first try to convert it, which takes 7 s."""
    folder = tmp_path_factory.mktemp("refused") / "models"
    open_encoder(encoder.load(str(narrow_model)), folder)
    return folder


@pytest.fixture
def tried(copy: Library, refused: Path) -> Library:
    """A copy where converting it was tried before, which else takes a process of 7 s."""
    shutil.copytree(refused, copy.home.models, dirs_exist_ok=True)
    return copy


def rows(library: Library) -> list[tuple[str, bytes, bytes]]:
    with library.catalog() as catalog:
        return catalog.connection.execute(
            "SELECT passage_id, vector, windows FROM passages ORDER BY number"
        ).fetchall()


def test_views_are_built_whatever_state_they_are_in(copy: Library) -> None:
    newest = views.newest(copy.home)
    (copy.home.views / str(newest) / "vectors.faiss").write_bytes(b"")
    assert rebuild_views(copy) == newest
    assert views.load(copy.home, newest).words.match("twinning", 5)[0].size > 0


def test_another_encoder_takes_over_rows_and_identity(tried: Library, narrow_model: Path) -> None:
    before = rows(tried)
    told: list[int] = []
    done = reembed(tried, str(narrow_model), told.append)
    assert (sum(told), done.passages, done.encoder) == (len(before), len(before), str(narrow_model))
    assert not done.tagged  # the shipped heads read 384 numbers
    again = Library.open(tried.home)
    assert (again.identity.dimension, again.identity.max_tokens) == (64, 64)
    after = rows(again)
    assert [row[0] for row in after] == [row[0] for row in before]
    for _, vector, windows in after:
        (row,) = read_vectors([vector], 64)
        assert np.linalg.norm(row) == pytest.approx(1, abs=1e-3)
        assert len(windows) % (64 + 2) == 0
    with again.catalog() as catalog:
        assert catalog.connection.execute("SELECT count(*) FROM tags").fetchone() == (0,)
    assert [entry.name for entry in tried.home.views.iterdir()] == [str(done.generation)]
    assert find(again, "nine months for a flat", 1).results[0].stored.passage.page_first == 3


def test_passages_cut_for_a_longer_encoder_are_counted(tried: Library, narrow_model: Path) -> None:
    count = encoder.load(str(narrow_model)).count_tokens
    with tried.catalog() as catalog:
        texts = [text for *_, text in catalog.all_texts()]
    # 64 less 2 specials and 48 for the context is less than the 16 that are always left.
    assert reembed(tried, str(narrow_model)).too_long == sum(n > 16 for n in count(texts)) > 0


def test_who_opened_the_library_before_is_told_to_start_again(
    tried: Library, narrow_model: Path, shelf: Path
) -> None:
    other = Library.open(tried.home)
    other.views()
    reembed(tried, str(narrow_model))
    for use in (other.views, lambda: list(add(other, [shelf])), lambda: rebuild_views(other)):
        with pytest.raises(LibraryError, match="start this program again"):
            use()


def test_its_own_encoder_again_mends_vectors_and_tags(copy: Library) -> None:
    before = rows(copy)
    with copy.catalog() as catalog:
        tags = catalog.connection.execute("SELECT * FROM tags ORDER BY 1, 2").fetchall()
        with database.change(catalog.connection):
            catalog.connection.execute("UPDATE passages SET vector = zeroblob(1536)")
            catalog.connection.execute("DELETE FROM tags")
    assert reembed(copy, copy.identity.name).tagged
    assert rows(copy) == before
    with copy.catalog() as catalog:
        assert catalog.connection.execute("SELECT * FROM tags ORDER BY 1, 2").fetchall() == tags


def test_a_model_that_is_not_there_changes_nothing(copy: Library, tmp_path: Path) -> None:
    before = rows(copy)
    with pytest.raises(EncoderError, match="nothing is fetched"):
        reembed(copy, str(tmp_path))
    assert rows(copy) == before


def test_a_failure_on_the_way_leaves_rows_identity_and_answers(
    tried: Library, narrow_model: Path
) -> None:
    before, generation = rows(tried), tried.views().generation

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reembed(tried, str(narrow_model), stop)
    again = Library.open(tried.home)
    assert (rows(again), again.identity) == (before, tried.identity)
    assert again.views().generation == generation


def test_a_new_title_is_found_by_words_and_moves_the_vectors(copy: Library) -> None:
    with copy.catalog() as catalog:
        (name,) = [d.document_id for d in catalog.documents() if d.file_name == "weather.pdf"]
    before = {row[0]: row for row in rows(copy)}
    edited = edit(copy, name[:8], Metadata(title="Zanzibar ferries", year=2012), "ann")
    assert (edited.metadata.title, edited.metadata.year) == ("Zanzibar ferries", 2012)
    for passage, vector, windows in rows(copy):
        moved = vector != before[passage][1]
        assert moved == passage.startswith(name)
        assert windows == before[passage][2]
    numbers, _ = copy.views().words.match("zanzibar", 5)
    with copy.catalog() as catalog:
        assert {p.document_id for p in catalog.passages(numbers.tolist()).values()} == {name}


def test_a_document_retitled_is_as_if_it_was_added_so(
    copy: Library, empty_library: Library, shelf: Path
) -> None:
    list(add(empty_library, [shelf / "weather.pdf"], Metadata(title="Rain and storms")))
    with copy.catalog() as catalog:
        (name,) = [d.document_id for d in catalog.documents() if d.file_name == "weather.pdf"]
    edit(copy, name, Metadata(title="Rain and storms"), "ann")
    assert [row for row in rows(copy) if row[0].startswith(name)] == rows(empty_library)


def test_what_is_not_stated_stays(copy: Library) -> None:
    with copy.catalog() as catalog:
        first = catalog.documents()[0]
        generation = database.generation(catalog.connection)
    vectors = rows(copy)
    edited = edit(copy, first.document_id, Metadata(publisher="Office", kind="guidance"), "ann")
    assert edited.metadata.title == first.metadata.title
    assert (edited.metadata.publisher, edited.metadata.kind) == ("Office", "guidance")
    assert rows(copy) == vectors
    assert edit(copy, first.document_id, Metadata(publisher="Office"), "ann") == edited
    assert copy.views().generation == generation + 1  # the second edit changed nothing


def test_a_document_that_is_not_there_cannot_be_edited(copy: Library) -> None:
    with pytest.raises(KeyError):
        edit(copy, "zzz", Metadata(title="x"), "ann")


def test_encoded_anew_a_library_of_before_reads_other_languages(copy: Library) -> None:
    with copy.catalog() as catalog, database.change(catalog.connection):
        identity = copy.identity.as_dict()
        del identity["glossed"]
        database.write_setting(catalog.connection, "encoder", identity)
    again = Library.open(copy.home)
    assert not again.identity.glossed
    reembed(again, encoder.BUNDLED)
    assert Library.open(copy.home).identity.glossed
