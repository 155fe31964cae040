"""A library written to plain files and made again: the same rows, the same answers."""

from __future__ import annotations

import hashlib
import json
import resource
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import waymark
from index.curating import bin, erase
from index.encoding import encoder
from index.files.home import Home
from index.kept import suggestions
from index.library import Library
from index.rows import database
from index.rows.database import LibraryError
from index.rows.document_rows import erase_document
from index.rows.replaced import resolve
from index.rows.tag_rows import windows_of
from index.tagging import own_tagger, tagger
from index.tagging.tagger import TaggerError
from index.transfer.exchange import read, write
from search.find import find


@pytest.fixture(scope="module")
def decided(copy_library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shared library with a decision of a person in it."""
    home = tmp_path_factory.mktemp("decided") / "home"
    copy = copy_library(home)
    with copy.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute(
            "INSERT INTO decisions (passage_id, label, verdict, who, at)"
            " SELECT min(passage_id), 'mentoring', 'add', 'ines', '2026-01-01' FROM passages"
        )
        catalog.connection.execute(
            "INSERT INTO replacements SELECT 'ffff0000ffff0000', document_id, '2026-01-02'"
            " FROM documents WHERE file_name = 'weather.pdf'"
        )
    return copy


@pytest.fixture(scope="module")
def exported(decided: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exchange") / "out"
    write(decided, folder)
    return folder


def dumped(library: Library) -> dict[str, list[tuple[object, ...]]]:
    with library.catalog() as catalog:
        # Every table there is: one that is added later and not carried over shows. The log stays.
        tables = [
            name
            for (name,) in catalog.connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " AND name <> 'audit'"
            )
        ]
        return {
            table: sorted(
                catalog.connection.execute(f"SELECT * FROM {table}"),  # noqa: S608 (names above)
                key=repr,
            )
            for table in tables
        }


def run(*args: object) -> Result:
    return CliRunner().invoke(waymark.main, [*map(str, args)])


def test_what_is_written_can_be_read_elsewhere(decided: Library, exported: Path) -> None:
    passages = [json.loads(line) for line in (exported / "passages.jsonl").open()]
    vectors = np.load(exported / "vectors.npy", allow_pickle=False)
    ids = (exported / "ids.txt").read_text().split()
    assert ids == [row["passage_id"] for row in passages]
    with decided.catalog() as catalog:
        stored = catalog.passage(ids[-1])
        own = dict(catalog.all_vectors())[stored.number]
        shown = windows_of(catalog.connection, stored.number, len(own), "").vectors
    assert passages[-1]["text"] == stored.passage.text
    assert np.array_equal(vectors[-1], own)
    windows = np.load(exported / "windows.npy", allow_pickle=False)
    assert len(windows) == sum(len(row["spans"]) for row in passages)
    scales = np.load(exported / "scales.npy", allow_pickle=False).astype(np.float32)
    assert np.array_equal((scales[:, None] * windows)[-len(shown) :], shown)
    titles = [json.loads(line)["title"] for line in (exported / "documents.jsonl").open()]
    assert sorted(titles)[0] == "Evaluation of study visits"
    tags = [json.loads(line) for line in (exported / "tags.jsonl").open()]
    assert {tag["passage_id"] for tag in tags} <= set(ids)


def test_the_same_library_again_without_an_encoder(
    decided: Library, exported: Path, tmp_path: Path, lend_encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the encoder was loaded")

    with monkeypatch.context() as patched:
        patched.setattr(encoder, "load", refused)
        again = read(exported, Home(tmp_path / "home"))
        assert again.views().generation == decided.views().generation
    assert dumped(again) == dumped(decided)
    assert {"documents", "passages", "tags", "decisions"} <= dumped(again).keys()
    lend_encoder(again)
    one, two = (find(held, "ministers who fear a backlash", 5) for held in (decided, again))
    assert one.results == two.results
    for document in {result.document.file_sha256 for result in two.results}:
        original = again.home.original(document)
        assert original.read_bytes() == decided.home.original(document).read_bytes()


def test_a_citation_of_a_replaced_document_still_leads_on(exported: Path, tmp_path: Path) -> None:
    again = read(exported, Home(tmp_path / "home"))
    with again.catalog() as catalog:
        found = resolve(catalog.connection, "ffff0000ffff0000-3")
        (harbour,) = [d for d in catalog.documents() if d.file_name == "weather.pdf"]
        assert resolve(catalog.connection, "eeee0000eeee0000-3") is None
    assert found is not None
    assert (found.state, found.passage) == ("replaced", None)
    assert (found.replaced_by, found.replaced_by_title) == (
        harbour.document_id,
        "Harbour notes 2011",
    )


def of_format(number: object, exported: Path, folder: Path) -> Path:
    """An export as an earlier Waymark wrote it: the same files but that of replacements."""
    shutil.copytree(exported, folder)
    (folder / "replacements.jsonl").unlink()
    manifest = json.loads((exported / "manifest.json").read_text())
    del manifest["sha256"]["replacements.jsonl"]
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": number}))
    return folder


def test_an_export_of_before_replacements_were_carried_is_read(
    decided: Library, exported: Path, tmp_path: Path
) -> None:
    again = read(of_format(2, exported, tmp_path / "in"), Home(tmp_path / "home"))
    assert dumped(again) == dumped(decided) | {"replacements": []}
    assert len(dumped(decided)["replacements"]) == 1


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (1, "another version of Waymark"),
        (4, "another version of Waymark"),
        ([2], "another version of Waymark"),
        (3, "replacements.jsonl is missing or was changed"),
    ],
)
def test_an_export_of_another_format_makes_nothing(
    exported: Path, tmp_path: Path, number: object, says: str
) -> None:
    folder = of_format(number, exported, tmp_path / "in")
    result = run("--home", tmp_path / "home", "import", folder)
    assert (result.exit_code, says in result.stderr) == (2, True)
    assert result.stderr.count("\n") == 1
    told = f"(format {number}, schema 8; this one: 3, 8): open its library with this one and"
    assert (told in result.stderr) is ("another" in says)
    assert not (tmp_path / "home" / "library.sqlite").exists()


def test_what_is_left_out_is_said(copy_library, tmp_path: Path) -> None:
    copy = copy_library(tmp_path / "home")
    with copy.catalog() as catalog:
        first, second, _ = (document.document_id for document in catalog.documents())
    bin.withdraw(copy, first, "ann")
    assert run("--home", copy.home.path, "export", tmp_path / "one").stdout.splitlines()[1:] == [
        "Left out: 1 in the bin, the log, the curators; 'waymark backup' has them"
    ]
    erase.remove(copy, first, "ann")
    suggestions.suggest(copy, "A report that is missing")
    assert run("--home", copy.home.path, "export", tmp_path / "two").stdout.splitlines()[1:] == [
        "Left out: 1 suggestion, the log, the curators; 'waymark backup' has them"
    ]
    bin.withdraw(copy, second, "ann")
    with copy.catalog() as catalog, database.note(catalog.connection):
        catalog.connection.execute("UPDATE shelf SET state = 'draft'")
    assert run("--home", copy.home.path, "export", tmp_path / "three").stdout.splitlines()[1:] == [
        "Left out: 1 draft, 1 suggestion, the log, the curators; 'waymark backup' has them"
    ]


def test_an_export_of_an_import_is_the_same_files(exported: Path, tmp_path: Path) -> None:
    write(read(exported, Home(tmp_path / "home")), tmp_path / "again")
    first, second = (
        {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        for root in (exported, tmp_path / "again")
    )
    assert first == second


def test_a_trained_tagger_goes_along(copy_library, tmp_path: Path) -> None:
    copy = copy_library(tmp_path / "home")
    tagger.save(copy.heads(), copy.home.trained(7))
    with copy.catalog() as catalog, database.note(catalog.connection):
        database.write_setting(catalog.connection, own_tagger.SETTING, 7)
    assert write(copy, tmp_path / "out") == ()
    again = read(tmp_path / "out", Home(tmp_path / "again"))
    assert again.tagger_folder() == again.home.tagger
    assert again.heads().examples == copy.heads().examples
    assert list(again.home.path.glob("tagger*")) == [again.home.tagger]


def test_a_library_whose_tagger_is_lost_does_not_come_back_with_the_shipped_one(
    copy_library, tmp_path: Path
) -> None:
    copy = copy_library(tmp_path / "home")
    with copy.catalog() as catalog, database.note(catalog.connection):
        database.write_setting(catalog.connection, own_tagger.SETTING, 7)
    assert write(copy, tmp_path / "out") == ("tagger",)
    with pytest.raises(TaggerError, match="tagger-7"):
        read(tmp_path / "out", Home(tmp_path / "again")).heads()


def test_a_lost_original_is_named_and_the_rest_kept(copy_library, tmp_path: Path) -> None:
    copy = copy_library(tmp_path / "home")
    gone, *others = sorted(copy.home.files.iterdir())
    gone.unlink()
    assert write(copy, tmp_path / "out") == (gone.name,)
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["lost"] == [gone.name]
    again = read(tmp_path / "out", Home(tmp_path / "again"))
    with copy.catalog() as before, again.catalog() as after:
        assert after.document_ids() == before.document_ids()
    assert [path.name for path in sorted(again.home.files.iterdir())] == [o.name for o in others]


def test_a_document_removed_during_the_export_makes_none(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, real = copy_library(tmp_path / "home"), shutil.copyfile

    def overtaken(source: Path, target: Path) -> None:
        with copy.catalog() as catalog, database.change(catalog.connection):
            for document in catalog.documents():
                if document.file_sha256 == source.name:
                    erase_document(catalog.connection, document.document_id)
        source.unlink()
        real(source, target)

    monkeypatch.setattr(shutil, "copyfile", overtaken)
    with pytest.raises(LibraryError, match="a document was removed while the library was exported"):
        write(copy, tmp_path / "out")


def test_a_tagger_trained_during_the_export_makes_none(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, real = copy_library(tmp_path / "home"), shutil.copyfile

    def overtaken(source: Path, target: Path) -> None:
        real(source, target)
        with copy.catalog() as catalog, database.note(catalog.connection):
            database.write_setting(catalog.connection, own_tagger.SETTING, 8)

    monkeypatch.setattr(shutil, "copyfile", overtaken)
    with pytest.raises(LibraryError, match="trained while the library was exported"):
        write(copy, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("there", [True, False])
def test_an_export_that_is_stopped_can_be_made_again(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    copy, out = copy_library(tmp_path / "home"), tmp_path / "out"
    if there:
        out.mkdir()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write(copy, out)
    assert out.exists() is there
    assert not there or not any(out.iterdir())
    write(copy, out)
    assert dumped(read(out, Home(tmp_path / "again"))) == dumped(copy)


def test_an_export_that_is_stopped_leaves_what_others_put_there(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, out = copy_library(tmp_path / "home"), tmp_path / "out"

    def interrupted(*_: object) -> None:
        (out / "letter.txt").write_text("Dear colleagues")
        with pytest.raises((LibraryError, OSError)):
            write(copy, out)
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "copyfile", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(copy, out)
    assert [path.name for path in out.iterdir()] == ["letter.txt"]


def test_an_empty_library(empty_library: Library, tmp_path: Path) -> None:
    write(empty_library, tmp_path / "out")
    again = read(tmp_path / "out", Home(tmp_path / "again"))
    assert again.views().generation == 0
    assert dumped(again)["passages"] == []
    assert again.identity == empty_library.identity


@pytest.mark.parametrize("name", ["passages.jsonl", "vectors.npy", "manifest.json"])
@pytest.mark.parametrize("how", ["gone", "changed"])
def test_an_export_that_is_not_whole_makes_nothing(
    exported: Path, tmp_path: Path, name: str, how: str
) -> None:
    shutil.copytree(exported, tmp_path / "in")
    if how == "gone":
        (tmp_path / "in" / name).unlink()
    else:
        (tmp_path / "in" / name).write_bytes((exported / name).read_bytes()[:-9])
    result = run("--home", tmp_path / "home", "import", tmp_path / "in")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"waymark: {tmp_path / 'in' / name} is missing or ")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "home" / "library.sqlite").exists()


def test_a_name_that_leads_out_of_the_folder_is_refused(exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported, tmp_path / "in")
    manifest = json.loads((exported / "manifest.json").read_text())
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "x").write_text("x")
    manifest["sha256"]["../files/x"] = (
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    )
    (tmp_path / "in" / "manifest.json").write_text(json.dumps(manifest))
    result = run("--home", tmp_path / "home", "import", tmp_path / "in")
    assert (result.exit_code, "is missing or was changed" in result.stderr) == (2, True)


def changed(exported: Path, folder: Path, table: str, **values: object) -> Path:
    """An export whose first row of a table says something else, its sums put right."""
    shutil.copytree(exported, folder)
    path = folder / f"{table}.jsonl"
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([json.dumps(json.loads(first) | values), *rest]) + "\n", "utf-8")
    manifest = json.loads((exported / "manifest.json").read_text())
    manifest["sha256"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("documents", "file_sha256", "../secret"),
        ("documents", "file_sha256", "/etc/passwd"),
        ("documents", "file_sha256", "a" * 63),
        ("documents", "content_sha256", "A" * 64),
        ("files", "sha256", "a" * 64 + "\0/../x"),
        ("passages", "passage_id", "../../0123456789abcdef-0"),
    ],
)
def test_a_row_that_names_a_file_elsewhere_makes_nothing(
    exported: Path, tmp_path: Path, table: str, column: str, value: str
) -> None:
    folder = changed(exported, tmp_path / "in", table, **{column: value})
    (tmp_path / "secret").write_text("secret")
    result = run("--home", tmp_path / "home", "import", folder)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f"{column} of {table} cannot be" in result.stderr
    assert list((tmp_path / "home").glob("library*")) == []
    assert not (tmp_path / "home" / "files").exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("notes", 5),
        ("notes", [["x"]]),
        ("notes", [["3", "1", 2, 0, 4]]),
        ("page_breaks", [[3]]),
        ("page_breaks", {"3": 4}),
        ("section", [1]),
        ("section", None),
    ],
)
def test_a_row_that_could_not_be_read_makes_nothing(
    exported: Path, tmp_path: Path, column: str, value: object
) -> None:
    folder = changed(exported, tmp_path / "in", "passages", **{column: value})
    result = run("--home", tmp_path / "home", "import", folder)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f"{column} of passage" in result.stderr
    assert list((tmp_path / "home").glob("library*")) == []


def test_a_file_name_that_no_upload_could_have_is_made_plain(
    exported: Path, tmp_path: Path
) -> None:
    name = '../a"\r\nSet-Cookie: x=1;.html'
    folder = changed(exported, tmp_path / "in", "documents", file_name=name)
    again = read(folder, Home(tmp_path / "home"))
    with again.catalog() as catalog:
        names = {document.file_name for document in catalog.documents()}
    assert 'a"Set-Cookie: x=1;.html' in names
    assert len(names) == 3


def test_rows_that_do_not_fit_make_nothing(exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported, tmp_path / "in")
    pages = tmp_path / "in" / "pages.jsonl"
    pages.write_text('{"document_id": "nowhere", "number": 1, "label": "", "health": "text"}\n')
    manifest = json.loads((exported / "manifest.json").read_text())
    manifest["sha256"]["pages.jsonl"] = hashlib.sha256(pages.read_bytes()).hexdigest()
    (tmp_path / "in" / "manifest.json").write_text(json.dumps(manifest))
    result = run("--home", tmp_path / "home", "import", tmp_path / "in")
    assert result.exit_code == 2
    assert "cannot be read as an export" in result.stderr
    assert not (tmp_path / "home" / "library.sqlite").exists()


@pytest.mark.parametrize(
    ("most", "named"),
    [
        (2_000, "library.sqlite cannot be written: "),
        (3_000_000, "/home/files/"),
    ],
)
def test_an_import_without_room_names_where_it_is_missing(
    exported: Path, tmp_path: Path, most: int, named: str
) -> None:
    original = next((exported / "files").iterdir())
    changed_in = shutil.copytree(exported, tmp_path / "in")
    (changed_in / "files" / original.name).write_bytes(b"x" * 3_100_000)
    manifest = json.loads((exported / "manifest.json").read_text())
    manifest["sha256"][f"files/{original.name}"] = hashlib.sha256(b"x" * 3_100_000).hexdigest()
    (changed_in / "manifest.json").write_text(json.dumps(manifest))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        result = run("--home", tmp_path / "home", "import", changed_in)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert named in result.stderr
    assert str(changed_in) not in result.stderr
    assert list((tmp_path / "home").glob("library*")) == []


def test_what_was_there_before_a_failed_import_stays(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "home" / "files").mkdir(parents=True)
    (tmp_path / "home" / "files" / "mine.txt").write_text("mine")
    result = run("--home", tmp_path / "home", "import", exported)
    assert (result.exit_code, "a part of one" in result.stderr) == (2, True)
    assert (tmp_path / "home" / "files" / "mine.txt").read_text() == "mine"


def test_what_a_killed_export_left_is_named(library: Library, tmp_path: Path) -> None:
    (tmp_path / "out" / ".part").mkdir(parents=True)
    with pytest.raises(LibraryError, match=r"out has only \.part, of an export that is at work or"):
        write(library, tmp_path / "out")
    (tmp_path / "out" / "mine").touch()
    with pytest.raises(LibraryError, match="is not empty: name a new folder"):
        write(library, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".part", "mine"]


def test_an_empty_folder_is_no_part_of_a_library(exported: Path, tmp_path: Path) -> None:
    for name in ("files", "views", "tagger"):
        (tmp_path / "home" / name).mkdir(parents=True)
    (tmp_path / "home" / "write.lock").touch()  # as a restore that was refused leaves it
    result = run("--home", tmp_path / "home", "import", exported)
    assert (result.exit_code, "3 documents" in result.stdout) == (0, True)


def test_the_commands_and_their_refusals(decided: Library, tmp_path: Path) -> None:
    done = run("--home", decided.home.path, "export", tmp_path / "out")
    assert (done.exit_code, "3 documents" in done.stdout) == (0, True)
    again = run("--home", decided.home.path, "export", tmp_path / "out")
    assert (again.exit_code, "is not empty" in again.stderr) == (2, True)
    taken = run("--home", decided.home.path, "import", tmp_path / "out")
    assert (taken.exit_code, "there is a library already" in taken.stderr) == (2, True)
    made = run("--home", tmp_path / "home", "import", tmp_path / "out")
    assert (made.exit_code, "3 documents" in made.stdout) == (0, True)
    assert decided.home.database.exists()
