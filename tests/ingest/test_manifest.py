from pathlib import Path

import pytest

from ingest import manifest
from ingest.read import find, fingerprint, read
from ingest.records import Document, Failure
from ingest.sandbox import Limits


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
        ("title\nx\n", "line 1: no column 'file'"),
        ("file,year\nnotes.txt,soon\n", "line 2: 'soon' is no year"),
        ("file,kind\nnotes.txt,novel\n", "line 2: 'novel' is no kind"),
        ("file\nelsewhere.txt\n", "line 2: there is no file 'elsewhere.txt'"),
        ("file\n../notes.txt\n", "line 2: there is no file '../notes.txt'"),
        ("file,year\n,2011\n", "line 2: no file is named"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_the_file_is_read(
    tmp_path: Path, rows: str, message: str
) -> None:
    found = list(find([folder(tmp_path, rows)]))
    (failure,) = [item for item in found if isinstance(item, Failure)]
    assert message in str(failure)
    assert [item.name for item in found if isinstance(item, Path)] == ["notes.txt"]


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
