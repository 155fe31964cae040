"""Files that are not what their ending says, and text whose letters are not known."""

from pathlib import Path

import pytest

from ingest.isolated.sandbox import Limits
from ingest.prose import text
from ingest.read import read
from ingest.records import Block, BlockKind, Document, Failure

RUSSIAN = "\u041e\u0442\u0447\u0451\u0442 \u043e \u0432\u0438\u0437\u0438\u0442\u0430\u0445. " * 4

JAPANESE = "\u4f5c\u696d\u90e8\u4f1a\u304c\u958b\u304b\u308c\u305f\u3002" * 9
FRENCH = (
    "L\u2019\u00e9t\u00e9, ils ont \u00e9t\u00e9 r\u00e9install\u00e9s \u00e0 c\u00f4t\u00e9. " * 9
)


def only(path: Path, data: bytes) -> Document | Failure:
    path.write_bytes(data)
    (found,) = read(path, "0" * 64, Limits())
    return found


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"{\\rtf1\\ansi Visits.\\par }", "a text of a word processor (RTF)"),
        ("a.txt", b"%!PS-Adobe-3.0\n(Visits) show\n", "PostScript"),
        (
            "a.html",
            b"From: <Saved by Blink>\r\nSubject: Visits\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related;\r\n\tboundary="-b"\r\n\r\n---b\r\n<p>Caf=C3=A9',
            "a web page with its pictures in one file (MHTML)",
        ),
        ("a.txt", RUSSIAN.encode("cp1251"), "its letters cannot be told: it is not in UTF-8"),
        ("b.md", JAPANESE.encode("shift_jis"), "its letters cannot be told"),
        ("a.md", RUSSIAN.encode("koi8-r"), "its letters cannot be told: it is not in UTF-8"),
        (
            "a.html",
            b"<html lang=ru><body class=page><h1>R</h1><p>" + RUSSIAN.encode("cp1251"),
            "its letters cannot be told: it is not in UTF-8",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_mend(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    failure = only(tmp_path / name, data)
    assert isinstance(failure, Failure)
    assert str(failure).startswith(f"{tmp_path / name}: {said}")
    assert "save it as" in failure.mend or "make a PDF" in failure.mend


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("begin", ["<!DOCTYPE html>\n<html>", "\ufeff\n<HTML lang=en>"])
def test_a_web_page_with_another_ending_is_read_as_one(
    tmp_path: Path, name: str, begin: str
) -> None:
    found = only(tmp_path / name, f"{begin}<body><p>They<br>came.</p></body>".encode())
    assert isinstance(found, Document)
    assert [block.text for block in found.pages[0].blocks] == ["They came."]


@pytest.mark.parametrize(
    "data",
    [
        RUSSIAN.encode(),
        RUSSIAN.encode("utf-16"),
        FRENCH.encode("cp1252"),
        "\u2013\u2013\u2013 \u2022\u2022 a \u2013".encode("cp1252"),
        b"",
    ],
)
def test_letters_that_are_known(data: bytes) -> None:
    assert not text.is_undecoded(data)


def blocks_of(source: str) -> list[Block]:
    return [block for page in text.pages(source) for block in page.blocks]


def test_transcripts_are_parted_where_the_time_is_said() -> None:
    source = (
        "[00:00:05] Host: Welcome\nto the show.\n[00:12] Anna Roe: Thank you.\n"
        "0:31 Host\nHow did it begin?\n00:01:30.250\nWith a visit at\n12:30 on Monday."
    )
    assert [block.text for block in blocks_of(source)] == [
        "[00:00:05] Host: Welcome to the show.",
        "[00:12] Anna Roe: Thank you.",
        "0:31 Host How did it begin?",
        "00:01:30.250 With a visit at",
        "12:30 on Monday.",
    ]


def test_a_line_under_a_line_makes_it_a_heading() -> None:
    found = blocks_of("Visits\n======\nThey came.\n\n=====\n\nThey left.")
    assert [(block.kind, block.text, block.level) for block in found][:2] == [
        (BlockKind.HEADING, "Visits", 1),
        (BlockKind.PARAGRAPH, "They came.", 0),
    ]
