"""Text, Markdown, HTML and JSON lines to blocks and metadata."""

import json

import pytest

from ingest import html, jsonl, markdown, text
from ingest.records import BlockKind, Health

H, P, L, T, F = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST,
    BlockKind.TABLE,
    BlockKind.FOOTNOTE,
)


def test_text_paragraphs_headings_lists_and_pages() -> None:
    source = (
        "1.2 Choosing partners\n\nA paragraph set\nover two lines.\n\n"
        "- first\n- second\n  goes on\n\fNext page."
    )
    first, second = text.pages(source)
    assert [(b.kind, b.text, b.level) for b in first.blocks] == [
        (H, "1.2 Choosing partners", 2),
        (P, "A paragraph set over two lines.", 0),
        (L, "- first", 0),
        (L, "- second goes on", 0),
    ]
    assert [(b.text, b.page) for b in second.blocks] == [("Next page.", 2)]


def test_text_page_without_words_is_empty_and_keeps_its_number() -> None:
    pages = text.pages("One\n\f\n\fThree")
    assert [(p.number, p.health) for p in pages] == [
        (1, Health.TEXT),
        (2, Health.EMPTY),
        (3, Health.TEXT),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Réunion".encode(), "Réunion"),
        ("Réunion".encode("utf-8-sig"), "Réunion"),
        ("Réunion".encode("utf-16"), "Réunion"),
        ("Réunion – “x”".encode("cp1252"), "Réunion – “x”"),
        (b"\x81 odd", "� odd"),
    ],
)
def test_text_encodings(data: bytes, expected: str) -> None:
    assert text.decode(data) == expected


def test_tidy_drops_what_breaks_storage() -> None:
    assert text.tidy("a\x00b \ud800 ﬁne\u200b\u00a0 x\n") == "ab fine x"


def test_markdown_blocks() -> None:
    source = """---
title: Twinning
year: 2012
kind: evaluation
authors: [A. One, B. Two]
---
## Why
Text with *emphasis*,
[a link](http://x.org) and a note.[^1]

1. first
2. second

| Year | Places |
|---|---|
| 2011 | 100 |

[^1]: The note itself.
"""
    metadata, blocks = markdown.read(source)
    assert (metadata.title, metadata.year, metadata.kind) == ("Twinning", 2012, "evaluation")
    assert metadata.authors == ("A. One", "B. Two")
    assert [(b.kind, b.text) for b in blocks] == [
        (H, "Why"),
        (P, "Text with emphasis, a link and a note."),
        (L, "1. first"),
        (L, "2. second"),
        (T, "Year: 2011; Places: 100"),
        (F, "The note itself."),
    ]


@pytest.mark.parametrize(
    "front",
    [
        "title: [unclosed",
        "- a\n- list",
        "year: soon\nkind: novel",
        "date: 2024-02-30",
        "year: " + "9" * 5_000,
        "flag: !!bool maybe",
        "deep: " + "[" * 3_000 + "]" * 3_000,
    ],
)
def test_markdown_front_matter_that_is_wrong_is_left_out(front: str) -> None:
    metadata, blocks = markdown.read(f"---\n{front}\n---\n# A title\n\nBody.")
    assert (metadata.title, metadata.year, metadata.kind) == ("A title", None, "")
    assert blocks[-1].text == "Body."


def test_html_blocks_and_metadata() -> None:
    page = """<!doctype html><html lang="en-GB"><head><title>Visits</title>
    <meta name="author" content="A. One"><meta property="og:site_name" content="The Agency">
    <meta property="article:published_time" content="2014-05-06"></head><body>
    <nav>Home | About</nav><script>alert("x")</script>
    <h1>Visits</h1><p>They came <b>twice</b>.<br>They left.</p>
    <div>Loose text<ul><li>one</li><li>two</li></ul></div>
    <table><tr><th>Year</th><th>Places</th></tr><tr><td>2011</td><td>100</td></tr></table>
    </body></html>"""
    metadata, blocks = html.read(page.encode())
    assert (metadata.title, metadata.publisher, metadata.year) == ("Visits", "The Agency", 2014)
    assert (metadata.language, metadata.authors) == ("en", ("A. One",))
    assert [(b.kind, b.text) for b in blocks] == [
        (H, "Visits"),
        (P, "They came twice. They left."),
        (P, "Loose text"),
        (L, "- one"),
        (L, "- two"),
        (T, "Year: 2011; Places: 100"),
    ]


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"   "])
def test_html_without_markup_has_no_blocks(data: bytes) -> None:
    assert not [b for b in html.read(data)[1] if b.kind is H]


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_jsonl_lines_and_what_is_wrong_with_them() -> None:
    data = b"\n".join(
        [
            line(id="a", title="A", text="Some words.", year=2011, publisher="P", url="http://x"),
            b"",
            b"{not json",
            line(title="no id", text="x"),
            line(id="b", title="no text"),
            line(id="c", text="  "),
            line(id="a", text="again"),
            line(id=7, text="a number will do"),
            b"[1]",
        ]
    )
    found = list(jsonl.read(data))
    good = [item for item in found if isinstance(item, jsonl.Line)]
    bad = {item.number: item.message for item in found if isinstance(item, jsonl.BadLine)}
    assert [(item.number, item.source_id) for item in good] == [(1, "a"), (8, "7")]
    assert (good[0].metadata.title, good[0].metadata.year) == ("A", 2011)
    assert bad[3].startswith("not valid JSON")
    assert bad[4] == "the key 'id' is missing or not a text"
    assert bad[5] == "the key 'text' is missing or not a text"
    assert bad[6] == "the text is empty"
    assert bad[7] == "the id 'a' is already on line 1"
    assert bad[9] == "not a JSON object"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"id": ' + b"9" * 5_000 + b', "text": "x"}', "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        ('{"id": "é", "text": "x"}'.encode("latin-1"), "not UTF-8: save the file as UTF-8"),
        (
            rb'{"id": "\ud800", "text": "x"}',
            "the key 'id': half of a character (a lone surrogate)",
        ),
        (rb'{"id": "a\u0000", "text": "x"}', "the key 'id': a NUL character: save the file as"),
    ],
)
def test_jsonl_that_cannot_be_held_is_a_bad_line(data: bytes, said: str) -> None:
    bad, good = jsonl.read(data + b"\n" + line(id="b", text="Some words."))
    assert isinstance(bad, jsonl.BadLine)
    assert bad.message.startswith(said)
    assert isinstance(good, jsonl.Line)
    assert good.source_id == "b"


def test_jsonl_identity_is_of_the_content_not_its_spelling() -> None:
    one = b'{"id": "a", "text": "x", "title": "t", "note": 1}'
    two = b'{"title":"t","text":"x","id":"a"}'
    other = b'{"title":"t","text":"y","id":"a"}'
    digests = [next(iter(jsonl.read(data))).digest for data in (one, two, other)]  # type: ignore[union-attr]
    assert digests[0] == digests[1] != digests[2]
