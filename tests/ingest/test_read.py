"""A file to documents or failures: names of any bytes, and readers that come upon anything."""

import gzip
import hashlib
import os
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest import read as reading
from ingest.isolated.sandbox import Limits
from ingest.prose.text import file_name
from ingest.read import find, read
from ingest.records import Document, Failure, Reason

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


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_a_link_that_leads_nowhere_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "a.txt").write_text("The group met twice.")
    (folder / "good.txt").symlink_to("a.txt")
    (folder / "left.txt").symlink_to(tmp_path / "elsewhere.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "lost.txt").symlink_to("removed.txt")
    found = list(find([folder]))
    assert [item for item in found if isinstance(item, Path)] == [
        folder / "a.txt",
        folder / "good.txt",
    ]
    mend = "a link that leads nowhere (remove the link, or put the file in its place)"
    assert [str(item) for item in found if isinstance(item, Failure)] == [
        f"{folder}/loop.txt: {mend}",
        f"{folder}/lost.txt: {mend}",
    ]


def a_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "The group met twice.")


def a_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")


def a_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(b"The group met twice."))


def noise(path: Path) -> None:
    digests = (hashlib.sha256(str(number).encode()).digest() for number in range(600))
    path.write_bytes(b"".join(digests))


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl"])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (None, "a PDF, whatever its name says (to add it, give it the ending .pdf)"),
        (a_gzip, "compressed with gzip, whatever its name says (unpack it first)"),
        (a_zip, "an office file or a zip archive, whatever its name says (save it as PDF, "),
        (a_database, "a database, whatever its name says (export what it holds as text)"),
        (noise, "no text, whatever its name says (give it the ending of its kind, or "),
    ],
)
def test_what_is_clearly_no_text_is_named_once(
    tmp_path: Path,
    make_pdf: Callable[..., Path],
    make: Callable[[Path], None] | None,
    said: str,
    suffix: str,
) -> None:
    path = tmp_path / f"report{suffix}"
    if make:
        make(path)
    else:
        make_pdf(path, [("Findings", "The group met twice.")])
    (failure,) = parts_of(path)
    assert isinstance(failure, Failure)
    assert str(failure).startswith(f"{path}: {said}")


LINE = "The group met twice. It agreed on a form."


@pytest.mark.parametrize(
    "data",
    [
        f"{LINE}\f\x02{LINE}\x02\f\x1a".encode(),  # of an old word processor
        b"The group met.\0\0\n",  # of a log
        f"{LINE}\n".encode() + b"\0" * 512 + LINE.encode(),  # after a power cut
        b"\0" * 4_096 + LINE.encode(),  # of a log that was cut while it was written
        f"\x1b[31m{LINE}\x1b[0m".encode(),
        "".join(f"{char}\b{char}" for char in LINE).encode(),
        LINE.encode("utf-16-le"),
        "Группа собиралась дважды.".encode("utf-16"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_text_with_odd_characters_is_read(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"notes{suffix}"
    path.write_bytes(data)
    (document,) = parts_of(path)
    assert isinstance(document, Document)
    assert any(page.blocks for page in document.pages)


def test_a_name_with_a_line_end_or_an_escape_is_told_on_one_line() -> None:
    name = Path("a\nwaymark: b\x1b[31m\u2028.txt")
    failure = Failure(name, Reason.MISSING, "no such file or folder")
    assert str(failure) == r"a\nwaymark: b\x1b[31m\u2028.txt: no such file or folder"


def test_a_link_that_leads_nowhere_is_called_so_wherever_it_is_named(tmp_path: Path) -> None:
    link = tmp_path / "loop.txt"
    link.symlink_to(link.name)
    (named,), (found,) = list(find([link])), list(find([tmp_path]))
    assert named == found
    assert str(named) == (
        f"{link}: a link that leads nowhere (remove the link, or put the file in its place)"
    )
