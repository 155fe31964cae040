"""The doctor on what lies beside the rows: converted encoder, tagger, positions, the machine."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import build
from index.derived import views
from index.files.home import Home
from index.health import check_views
from index.health.doctor import examine, repair
from index.health.findings import Severity
from index.learning.decisions import decide
from index.library import Library
from index.tagging import tagger
from index.tagging.tagger import TaggerError
from ingest.isolated import sandbox

GERMAN = (
    "Zwei Mentoren bleiben einen Monat bei der Behörde in Arland und führen mit ihr das Register, "
    "damit die Leute dort danach ohne fremde Hilfe weiter arbeiten können. "
)


@pytest.fixture
def copy(library: Library, tmp_path: Path) -> Library:
    shutil.copytree(library.home.path, tmp_path / "copy")
    return Library.open(Home(tmp_path / "copy"))


def found(library: Library) -> list[tuple[str, str]]:
    return [(finding.name, finding.severity.value) for finding in examine(library.home)]


def model_folder(library: Library) -> Path:
    (folder,) = (path for path in library.home.models.iterdir() if path.is_dir())
    return folder


@pytest.mark.parametrize("damaged", ["model.bin", "tokenizer.json", "manifest.json"])
def test_a_damaged_converted_encoder_is_removed_and_made_anew(copy: Library, damaged: str) -> None:
    path = model_folder(copy) / damaged
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x80
    path.write_bytes(data)
    assert found(copy) == [("models", "warning")]
    assert len(repair(copy.home)) == 1
    assert not path.exists()
    assert examine(copy.home) == []


def test_a_converted_encoder_with_a_file_missing(copy: Library) -> None:
    (model_folder(copy) / "model.bin").unlink()
    assert found(copy) == [("models", "warning")]


@pytest.mark.parametrize("gone", ["heads.json", "terms.txt", "heads.npz"])
def test_a_damaged_tagger_is_an_error_with_its_command(copy: Library, gone: str) -> None:
    shutil.copytree(tagger.SHIPPED, copy.home.tagger)
    assert examine(copy.home) == []
    (copy.home.tagger / gone).unlink()
    (finding,) = examine(copy.home)
    assert (finding.name, finding.severity.value) == ("tagger", "error")
    assert finding.mend == "waymark train --apply"


def test_a_tagger_of_another_encoder_is_a_warning(copy: Library) -> None:
    shutil.copytree(tagger.SHIPPED, copy.home.tagger)
    about = json.loads((copy.home.tagger / "heads.json").read_text())
    (copy.home.tagger / "heads.json").write_text(json.dumps(about | {"encoder": "0" * 64}))
    assert found(copy) == [("tagger", "warning")]


def test_a_tagger_of_another_attention_is_a_warning(copy: Library) -> None:
    shutil.copytree(tagger.SHIPPED, copy.home.tagger)
    about = json.loads((copy.home.tagger / "heads.json").read_text())
    (copy.home.tagger / "heads.json").write_text(json.dumps(about | {"scorer": "0" * 64}))
    (finding,) = examine(copy.home)
    assert (finding.name, finding.severity.value) == ("tagger", "warning")
    assert "another version of Waymark" in finding.message


def test_a_tagger_taught_in_another_language_before_that_was_read_in_english_is_noted(
    copy: Library, tmp_path: Path
) -> None:
    (tmp_path / "beirat.md").write_text("# Der Beirat\n\n" + GERMAN + "Er tagt im Herbst.")
    (tmp_path / "rat.md").write_text("# Der Rat\n\n" + GERMAN + "Er tagt im Winter.")
    list(build.add(copy, [tmp_path / "beirat.md", tmp_path / "rat.md"]))
    with copy.catalog() as catalog:
        names = [
            stored.passage_id
            for one in catalog.documents()
            for stored in catalog.passages_of(one.document_id)
            if "Mentoren" in stored.passage.text
        ]
    for name in names:
        decide(copy, name, "mentoring", "add", "anna")
    shipped = tagger.load(tagger.SHIPPED)
    for written, said in (("the mentor", False), ("einen monat", True)):
        pairs = (written, "mentoren bleiben", "zwei mentoren", "bleiben einen")
        learned = pairs if said else (written, "in arland", "arland and", "tagt im")
        tagger.save(replace(shipped, terms=(*shipped.terms[4:], *learned)), copy.home.tagger)
        notes = [one for one in examine(copy.home) if one.name == "tagger"]
        assert len(notes) == said
    (note,) = notes
    assert (note.severity, note.mend) == (Severity.NOTE, "waymark train --apply")
    assert len(names) == 2
    assert "taught by 2 passages in other languages than English before these" in note.message


@pytest.fixture(scope="module")
def heads_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("heads") / "tagger"
    shutil.copytree(tagger.SHIPPED, folder)
    return folder


def refused(folder: Path) -> str:
    """The folder that a refusal names; empty when the heads are read. Anything else passes on."""
    try:
        tagger.load(folder)
    except TaggerError as error:
        return str(folder) if str(folder) in str(error) else str(error)
    return ""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(["heads.npz", "heads.json", "terms.txt"]), data=st.data())
def test_damaged_heads_are_read_as_they_are_or_refused(
    heads_folder: Path, name: str, data: st.DataObject
) -> None:
    path = heads_folder / name
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    put = data.draw(st.binary(max_size=8))
    cut = data.draw(st.booleans())
    try:
        path.write_bytes(whole[:at] + put + (b"" if cut else whole[at + len(put) :]))
        assert refused(heads_folder) in ("", str(heads_folder))
    finally:
        path.write_bytes(whole)


def test_positions_of_other_passages_are_an_error(copy: Library) -> None:
    opened = views.load(copy.home, copy.views().generation)
    numbers = opened.positions.numbers()
    assert sorted(numbers.tolist()) == sorted(opened.vectors.numbers().tolist())
    (finding,) = check_views.differences("word positions", numbers, numbers[:-1])
    assert "1 are not in it" in finding.message


def test_an_unreadable_document_of_the_shelf(copy: Library) -> None:
    columns = "document_id, file_sha256, file_name, state, reading, metadata, guesses, preview"
    with copy.catalog() as catalog:
        catalog.connection.execute(
            f"INSERT INTO shelf ({columns}, who, at)"  # noqa: S608 - own text
            " SELECT '0123456789abcdef', file_sha256, file_name, 'draft', x'0102', '{}', '{}',"
            " '{\"tags\": [], \"duplicates\": []}', 'anna', '2020-01-01' FROM documents LIMIT 1"
        )
    (finding,) = examine(copy.home)
    assert (finding.name, finding.severity.value) == ("shelf", "error")
    assert "0123456789abcdef" in finding.message


def test_a_system_that_does_not_cut_the_network_is_noted(
    copy: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "network_is_cut", lambda: False)
    assert found(copy) == [("network", "note")]
    monkeypatch.setattr(sandbox, "network_is_cut", lambda: None)
    (finding,) = examine(copy.home)
    assert finding.message == "a process as those that read files was started and did not answer"


@pytest.mark.parametrize("part", ["models", "views", "files"])
def test_folders_that_everybody_may_change(copy: Library, part: str) -> None:
    folder = copy.home.path / part
    folder.chmod(0o777)
    (finding,) = examine(copy.home)
    assert finding.mend == f"chmod o-w {folder}"
    folder.chmod(0o755)
    assert examine(copy.home) == []
