import os
import sys
from pathlib import Path

import pytest

from ingest.isolated.sandbox import Limits
from ingest.metadata import manifest
from ingest.read import find, fingerprint, of_other_kinds, read
from ingest.records import Document, Failure, Metadata


def folder(tmp_path: Path, rows: str) -> Path:
    (tmp_path / "notes.txt").write_text(
        "The working group of the agency met twice in 2003. It agreed on a form."
    )
    (tmp_path / "documents.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def test_what_it_states_replaces_what_the_file_says(tmp_path: Path) -> None:
    shelf = folder(
        tmp_path,
        "file,title,authors,year,publisher,kind\n"
        "notes.txt,Réunion,A. One; B. Two,2011,The Agency,minutes\n",
    )
    (path,) = find([shelf])
    assert isinstance(path, Path)
    sha256 = fingerprint(path, Limits())
    assert isinstance(sha256, str)
    (document,) = read(path, sha256, Limits())
    assert isinstance(document, Document)
    stated = document.metadata
    assert (stated.title, stated.year, stated.kind) == ("Réunion", 2011, "minutes")
    assert (stated.authors, stated.publisher) == (("A. One", "B. Two"), "The Agency")
    assert stated.language == "en"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("file,titel\nnotes.txt,x\n", "line 1: unknown column 'titel'"),
        ('file,"ti\ntel"\nnotes.txt,x\n', "line 1: unknown column 'ti tel'"),
        ('file,kind\nnotes.txt,"a\nnovel"\n', "line 3: 'a novel' is no kind"),
        ("title\nx\n", "line 1: no column 'file'"),
        ("file,year\nnotes.txt,soon\n", "line 2: 'soon' is no year"),
        (
            "file,title\nnotes.txt,#NAME?\n",
            "line 2: '#NAME?' under 'title' is an error of the spreadsheet",
        ),
        (
            "file,authors\nnotes.txt,Ana Ruiz; #REF!\n",
            "line 2: '#REF!' under 'authors' is an error of the spreadsheet",
        ),
        ("file,kind\nnotes.txt,novel\n", "line 2: 'novel' is no kind"),
        ("file,language\nnotes.txt,Spanish\n", "line 2: 'Spanish' is no language: two letters"),
        ("file,language\nnotes.txt,s\n", "line 2: 's' is no language"),
        ("file,url\nnotes.txt,www.example.org/a\n", "line 2: 'www.example.org/a' is no link"),
        ("file,url\nnotes.txt,https://example.org/a b.pdf\n", "a b.pdf' is no link: an address"),
        ("sep=;\nfile;titel\nnotes.txt;x\n", "line 2: unknown column 'titel'"),
        ("sep=\r\nfile,title\r\nnotes.txt,x\r\n", "line 1: unknown column 'sep='"),
        ('sep="\nfile,title\nnotes.txt,x\n', "line 1: unknown column 'sep="),
        ("file\nelsewhere.txt\n", "line 2: there is no file 'elsewhere.txt'"),
        ("file\n../notes.txt\n", "line 2: there is no file '../notes.txt'"),
        ("file,year\n,2011\n", "line 2: no file is named"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_the_file_waits_for_it(
    tmp_path: Path, rows: str, message: str
) -> None:
    shelf = folder(tmp_path, rows)
    (shelf / "more.txt").write_text("The group met twice.")
    found = list(find([shelf]))
    (failure,) = [item for item in found if isinstance(item, Failure)]
    assert message in str(failure)
    names = [item.name for item in found if isinstance(item, Path)]
    assert (
        names
        == {
            "line 1": [],  # nothing that it states can be read
            "line 2": []
            if "column" in failure.message
            else ["more.txt"]
            if "notes.txt," in rows
            else ["more.txt", "notes.txt"],
            "line 3": ["more.txt"],
        }[failure.place]
    )
    named = list(find([shelf / "notes.txt", shelf / "notes.txt"]))
    assert named == ([failure] if "notes.txt" not in names else [shelf / "notes.txt"] * 2)
    folder(tmp_path, "file,title\nnotes.txt,Mended\n")
    assert list(find([shelf])) == [shelf / "more.txt", shelf / "notes.txt"]


@pytest.mark.parametrize(
    "rows",
    [
        'file;title;authors;year\nnotes.txt;Réunion, la;"A. One; B. Two";2011\n',
        '\ufeffFile,Title ,AUTHORS,Year\nnotes.txt,"Réunion, la",A. One; B. Two,2011\n',
        "file\ttitle\tauthors\tyear\t\nnotes.txt\tRéunion, la\tA. One; B. Two\t2011\t\n",
        'sep=;\nfile;title;authors;year\nnotes.txt;Réunion, la;"A. One; B. Two";2011\n',
        'file;title;authors;year\nnotes.txt;Réunion, la;"A. One; B. Two";2011\n;;;\n; ;;\n',
    ],
)
def test_a_sheet_is_read_as_spreadsheets_save_it(tmp_path: Path, rows: str) -> None:
    found = manifest.load(folder(tmp_path, rows))
    assert found.failures == ()
    stated = found.stated["notes.txt"]
    assert (stated.title, stated.authors, stated.year) == (
        "Réunion, la",
        ("A. One", "B. Two"),
        2011,
    )


def test_a_column_that_is_unknown_is_named_as_it_is_written(tmp_path: Path) -> None:
    (failure,) = manifest.load(folder(tmp_path, "File;Titel\nnotes.txt;x\n")).failures
    assert failure.message == "unknown column 'Titel'"


def test_a_quote_that_is_never_closed_takes_no_rows_with_it(tmp_path: Path) -> None:
    shelf = folder(tmp_path, 'file,title\nother.txt,"Annual review\nnotes.txt,Minutes\n')
    (failure,) = manifest.load(shelf).failures
    assert failure.message.startswith("not valid CSV: ")
    assert failure.mend.startswith("close every quote")
    assert manifest.fault_of(shelf / "notes.txt") == failure


def test_a_sheet_that_is_packed_or_a_spreadsheet_says_so(tmp_path: Path) -> None:
    shelf = folder(tmp_path, "file,title\nnotes.txt,Minutes\n")
    (shelf / "documents.csv").write_bytes(b"PK\x03\x04\x14\x00")
    (failure,) = manifest.load(shelf).failures
    assert failure.message == "an office file or a zip archive"
    assert failure.mend.endswith(
        "as CSV if it is a table, or unpack it; the files beside it wait for that"
    )
    assert manifest.fault_of(shelf / "notes.txt") == failure


def test_a_line_end_inside_a_cell_ends_no_row(tmp_path: Path) -> None:
    shelf = folder(
        tmp_path,
        'file,title,year\nnotes.txt,"Two\u2028in the\nmiddle",2011\n',
    )
    found = manifest.load(shelf)
    assert found.failures == ()
    stated = found.stated["notes.txt"]
    assert (stated.title.split(), stated.year) == (["Two", "in", "the", "middle"], 2011)


def test_no_manifest_states_nothing(tmp_path: Path) -> None:
    assert manifest.load(tmp_path) == manifest.Manifest({}, ())


def test_of_many_rows_the_manifest_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"f{number}.txt,Title {number}\n" for number in range(50)]
    (tmp_path / "documents.csv").write_text("file,title\n" + "".join(rows))
    for number in range(50):
        (tmp_path / f"f{number}.txt").write_text("The group met twice.")
    looked: list[Path] = []
    is_file, read_bytes = Path.is_file, Path.read_bytes
    monkeypatch.setattr(Path, "is_file", lambda path: looked.append(path) or is_file(path))
    monkeypatch.setattr(Path, "read_bytes", lambda path: looked.append(path) or read_bytes(path))
    titles = []
    for path in find([tmp_path]):
        assert isinstance(path, Path)
        (document,) = read(path, "0" * 64, Limits())
        assert isinstance(document, Document)
        titles.append(document.metadata.title)
    assert sorted(titles) == sorted(f"Title {number}" for number in range(50))
    # The manifest once, each row's file once, each file as it is read.
    assert len(looked) <= 1 + 50 + 50


def test_a_manifest_that_was_changed_is_read_again(tmp_path: Path) -> None:
    shelf = folder(tmp_path, "file,title\nnotes.txt,First\nlater.txt,Later\nbad.txt,Bad\n")
    assert manifest.stated_of(shelf / "notes.txt").title == "First"
    assert "there is no file 'later.txt'" in str(manifest.load(shelf).failures[0])
    (shelf / "later.txt").write_text("The group met twice.")
    assert set(manifest.load(shelf).stated) == {"notes.txt", "later.txt"}
    folder(tmp_path, "file,title,year\nnotes.txt,Second,2011\nlater.txt,Later,soon\n")
    assert manifest.stated_of(shelf / "notes.txt").title == "Second"
    assert manifest.stated_of(shelf / "later.txt") == Metadata()
    (shelf / "documents.csv").unlink()
    assert manifest.stated_of(shelf / "notes.txt") == Metadata()


@pytest.mark.parametrize("written", ["es", "ES", "es-MX", "es_MX"])
def test_a_language_may_name_its_country(tmp_path: Path, written: str) -> None:
    path = folder(tmp_path, f"file,language\nnotes.txt,{written}\n") / "notes.txt"
    sha256 = fingerprint(path, Limits())
    assert isinstance(sha256, str)
    (document,) = read(path, sha256, Limits())
    assert isinstance(document, Document)
    assert document.metadata.language == "es"


@pytest.mark.parametrize(
    ("there", "row"),
    [
        (
            "Bericht fu\u0308r Ko\u0308ln.txt",
            "Bericht f\u00fcr K\u00f6ln.txt",
        ),  # as macOS parts them
        ("Bericht f\u00fcr K\u00f6ln.txt", "Bericht fu\u0308r Ko\u0308ln.txt"),
        ("doc1.txt", "Doc1.TXT"),
        ("DOC1.TXT", "doc1.txt"),
    ],
)
def test_a_name_is_known_by_its_letters(tmp_path: Path, there: str, row: str) -> None:
    (tmp_path / there).write_text("The group met twice.")
    (tmp_path / "documents.csv").write_text(f"file,title\n{row},Minutes\n", encoding="utf-8")
    found = manifest.load(tmp_path)
    assert (len(found.stated), found.failures) == (1, ())
    assert manifest.stated_of(tmp_path / there).title == "Minutes"
    (tmp_path / "documents.csv").write_text(f"file,year\n{row},soon\n", encoding="utf-8")
    (failure,) = find([tmp_path])
    assert isinstance(failure, Failure)
    assert "line 2: 'soon' is no year" in str(failure)


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="one file there")
def test_two_files_unlike_in_case_have_rows_of_their_own(tmp_path: Path) -> None:
    for name in ("a.txt", "A.txt"):
        (tmp_path / name).write_text("The group met twice.")
    (tmp_path / "documents.csv").write_text("file,title\na.txt,Small\nA.txt,Large\n")
    assert {n: m.title for n, m in manifest.load(tmp_path).stated.items()} == {
        "a.txt": "Small",
        "A.txt": "Large",
    }
    (tmp_path / "documents.csv").write_text("file,title\na.TXT,Which\n")
    (failure,) = manifest.load(tmp_path).failures
    assert "there is no file 'a.TXT'" in str(failure)
    assert manifest.stated_of(tmp_path / "a.txt") == Metadata()
    (tmp_path / "documents.csv").write_text("file,title\na.txt,Small\nA.TXT,Large\n")
    (tmp_path / "A.txt").unlink()
    (failure,) = manifest.load(tmp_path).failures
    assert "line 3: there is no file 'A.TXT'" in str(failure)
    assert manifest.stated_of(tmp_path / "a.txt").title == "Small"


@pytest.mark.skipif(sys.platform == "darwin", reason="one file there")
def test_two_files_unlike_in_the_form_of_accents_have_rows_of_their_own(tmp_path: Path) -> None:
    whole, parted = tmp_path / "f\u00fcr.txt", tmp_path / "fu\u0308r.txt"
    for path in (whole, parted):
        path.write_text("The group met twice.")
    rows = f"file,title\n{whole.name},Whole\n{parted.name},Parted\n"
    (tmp_path / "documents.csv").write_text(rows, encoding="utf-8")
    assert manifest.load(tmp_path).failures == ()
    assert [manifest.stated_of(path).title for path in (whole, parted)] == ["Whole", "Parted"]
    (tmp_path / "documents.csv").write_text(rows.rpartition("fu")[0], encoding="utf-8")
    assert [manifest.stated_of(path).title for path in (whole, parted)] == ["Whole", ""]
    (tmp_path / "documents.csv").write_text("file,title\nF\u00dcR.txt,Which\n", encoding="utf-8")
    (failure,) = manifest.load(tmp_path).failures
    assert "there is no file 'F\u00dcR.txt'" in str(failure)


def test_two_rows_for_one_file_hold_it_back(tmp_path: Path) -> None:
    shelf = folder(tmp_path, "file,title\nnotes.txt,One\nmore.txt,More\nnotes.txt,Another\n")
    (shelf / "more.txt").write_text("The group met twice.")
    failure, path = find([shelf])
    assert str(failure) == (
        f"{shelf / 'documents.csv'}, line 4: 'notes.txt' has a row already (line 2)"
        " (mend the row; its file waits for that)"
    )
    assert path == shelf / "more.txt"
    assert list(find([shelf / "notes.txt"])) == [failure]
    assert manifest.stated_of(shelf / "notes.txt") == Metadata()


def test_its_own_name_may_be_in_any_case(tmp_path: Path) -> None:
    shelf = folder(tmp_path, "file,title,kind\nnotes.txt,Minutes,Evaluation\n")
    (shelf / "documents.csv").rename(shelf / "Documents.CSV")
    assert manifest.load(shelf).failures == ()
    stated = manifest.stated_of(shelf / "notes.txt")
    assert (stated.title, stated.kind) == ("Minutes", "evaluation")
    assert list(of_other_kinds(shelf)) == []


def test_a_folder_that_was_still_is_listed_again_when_it_changes(tmp_path: Path) -> None:
    shelf = folder(tmp_path, "file,title\nnotes.txt,Minutes\n")
    (shelf / "documents.csv").rename(tmp_path / "apart.csv")
    os.utime(shelf, (1, 1))
    assert manifest.stated_of(shelf / "notes.txt") == Metadata()
    (tmp_path / "apart.csv").rename(shelf / "DOCUMENTS.csv")
    assert manifest.stated_of(shelf / "notes.txt").title == "Minutes"
