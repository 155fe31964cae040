"""A file to documents or failures: names of any bytes, and readers that come upon anything."""

import os
import sys
from pathlib import Path

import pytest

from ingest import read as reading
from ingest.read import find, read
from ingest.records import Document, Failure, Reason
from ingest.sandbox import Limits
from ingest.text import file_name

SHA256 = "0" * 64


def parts_of(path: Path) -> list[Document | Failure]:
    return list(read(path, SHA256, Limits()))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as Unicode")
@pytest.mark.parametrize(
    ("name", "stored", "title"),
    [
        (b"caf\xe9_notes.txt", "café_notes.txt", "café notes"),
        ("café_notes.txt".encode(), "café_notes.txt", "café notes"),
        (b"\x81-notes.txt", "\ufffd-notes.txt", "\ufffd notes"),
    ],
)
def test_a_name_of_any_bytes_is_a_text(
    tmp_path: Path, name: bytes, stored: str, title: str
) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text("The group met twice.")
    (document,) = parts_of(path)
    assert isinstance(document, Document)
    assert document.metadata.title == title
    assert file_name(document.path) == stored


def test_one_bad_line_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('{"id": %s, "text": "x"}\n{"id": "b", "text": "Fine."}\n' % ("9" * 5_000))
    bad, good = parts_of(path)
    assert str(bad) == f"{path}, line 1: not valid JSON (mend the line, add again)"
    assert isinstance(good, Document)


def test_what_no_reader_foresaw_is_a_failure_of_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[Document | Failure]:
        raise KeyError("first\nsecond")

    monkeypatch.setitem(reading._READERS, ".md", broken)
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text("The group met twice.")
    (bad,) = parts_of(tmp_path / "a.md")
    assert isinstance(bad, Failure)
    assert bad.reason is Reason.DAMAGED
    assert "KeyError" in bad.message
    assert "\n" not in str(bad)
    assert isinstance(parts_of(tmp_path / "a.txt")[0], Document)


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes")
def test_a_pipe_is_a_failure_and_never_opened(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "a.txt").write_text("The group met twice.")
    for name in ("b.pdf", "documents.csv"):
        os.mkfifo(folder / name)
    found = list(find([folder, folder / "b.pdf", folder / "a.txt"]))
    assert [item for item in found if isinstance(item, Path)] == [folder / "a.txt"] * 2
    failures = [item for item in found if isinstance(item, Failure)]
    assert [item.path.name for item in failures] == ["documents.csv", "b.pdf", "b.pdf"]
    assert {item.reason for item in failures} == {Reason.UNSUPPORTED}
