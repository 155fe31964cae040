"""Text, Markdown, HTML and JSON lines to blocks and metadata."""

import json
import time

import pytest

from ingest.formats import html, jsonl, markdown
from ingest.prose import text
from ingest.prose.clean import tidy, tidy_printed
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


@pytest.mark.parametrize(
    ("source", "level"),
    [
        ("Results\n=======\nof it", 1),
        ("Results\n-------\nof it", 2),
        ("Results\n~~~~~~\n\nof it", 2),
    ],
)
def test_text_with_a_line_below_is_a_heading(source: str, level: int) -> None:
    (page,) = text.pages(source)
    assert [(b.kind, b.text, b.level) for b in page.blocks] == [
        (H, "Results", level),
        (P, "of it", 0),
    ]


def test_a_paragraph_of_very_many_lines_is_read_in_time() -> None:
    source = "They came to the northern town, to visit and to support it.\n" * 60_000
    start = time.process_time()
    (page,) = text.pages(source)
    assert len(page.blocks[0].text) == len(source) - 1
    assert time.process_time() - start < 30  # seconds: it took minutes


def test_text_page_without_words_is_empty_and_keeps_its_number() -> None:
    pages = text.pages("One\n\f\n\fThree")
    assert [(p.number, p.health) for p in pages] == [
        (1, Health.TEXT),
        (2, Health.EMPTY),
        (3, Health.TEXT),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("three resettle-\nment visits", "three resettlement visits"),
        ("three resettle\u00ad\r\nment visits", "three resettlement visits"),
        ("three resettle\u2010\nment visits", "three resettlement visits"),
        ("a peer-\nsupport visit", "a peer-support visit"),
        ("- all EU-\n  funded work", "- all EU-funded work"),
        ("the towns -\nand others", "the towns - and others"),
        ("Results of May\n-------\nof it", "Results of May ------- of it"),
        ("in 2010-\n2014", "in 2010-2014"),
        ("\u00ad\nand the rest\u00ad", "and the rest"),
        ("see https://example.org/a\nand/or ask", "see https://example.org/a and/or ask"),
    ],
)
def test_text_words_divided_over_lines_are_whole(source: str, words: str) -> None:
    (page,) = text.pages(f"{source}\n\nOf peer-support they had some.")
    assert page.blocks[0].text == words


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Réunion".encode(), "Réunion"),
        ("Réunion".encode("utf-8-sig"), "Réunion"),
        ("Réunion".encode("utf-16"), "Réunion"),
        ("Réunion – “x”".encode("cp1252"), "Réunion – “x”"),
        ("Réunion of two".encode("utf-16-le"), "Réunion of two"),
        ("Réunion of two".encode("utf-16-be"), "Réunion of two"),
        (b"\x81 odd", "� odd"),
        ("Réunion à Łódź".encode() + b" \x93x\x94", "Réunion à Łódź “x”"),
        ("Réunion à Łódź".encode()[:-1], "Réunion à ŁódÅ"),
        (b"caf\xe9 \xc9\x94 \xe0", "café É” à"),
        (b"", ""),
    ],
)
def test_text_encodings(data: bytes, expected: str) -> None:
    assert text.decode(data) == expected


def test_tidy_drops_what_breaks_storage() -> None:
    assert tidy("a\x00b \ud800 ﬁne\u200b\u00a0 x\n") == "ab fine x"


def test_joiners_stay_where_letters_are_drawn_by_them() -> None:
    going = "\u0645\u06cc\u200c\u0631\u0648\u062f"  # Persian parts the prefix of a verb
    half = "\u0915\u094d\u200d \u0915"  # half a letter of Devanagari, by itself
    year = "\u0647\u200d."  # the sign of a calendar, drawn as if more came
    for shaped in (going, half, year):
        assert tidy(shaped) == tidy_printed(shaped) == shaped
    assert tidy(going.replace("\u200c", "\u200c\u200c")) == going  # the key was hit twice
    assert text.pages(f"{going} \u200c{going}\u200c, a\u200cb\u200dc")[0].blocks[0].text == (
        f"{going} {going}, abc"
    )


@pytest.mark.parametrize(
    ("raw", "typed", "printed"),
    [
        ("co\u2010operation", "co-operation", "co-operation"),
        ("co\u2011operation", "co-operation", "co-operation"),
        ("re\u00adport", "report", "report"),
        ("the report\u00b9 of 2016", "the report1 of 2016", "the report of 2016"),  # a footnote
        ("\ue000 a tick", "a tick", "\ue000 a tick"),  # of the font's own
    ],
)
def test_what_is_typed_and_what_is_printed_differ_by_typesetting_alone(
    raw: str, typed: str, printed: str
) -> None:
    assert (tidy(raw), tidy_printed(raw)) == (typed, printed)
    (block,) = text.pages(raw)[0].blocks
    assert block.text == typed


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


TOWN = "<title>Łódź</title>{}<p>The café’s in Łódź."


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        # The title stands before what declares it.
        ("<meta charset=utf-8>", "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=nonesuch>", "utf-8"),
        ("<meta charset=hex>", "utf-8"),
    ],
)
def test_html_in_the_encoding_it_declares_or_else_utf8(declared: str, encoding: str) -> None:
    metadata, blocks = html.read(TOWN.format(declared).encode(encoding))
    assert (metadata.title, [b.text for b in blocks]) == ("Łódź", ["The café’s in Łódź."])


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("<p>The café’s", "cp1252"),
        ("<meta charset='ISO-8859-1'><p>The café’s", "cp1252"),
        ('<?xml version="1.0" encoding="windows-1252"?><html><p>The café’s', "cp1252"),
    ],
)
def test_html_of_one_byte_a_character(page: str, encoding: str) -> None:
    (block,) = html.read(page.encode(encoding))[1]
    assert block.text == "The café’s"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ('paid 250<sup><a href="#n3">3</a></sup> euros', "paid 250 euros"),
        ("for 40<sup>4</sup> visits.<sup>5</sup> Then", "for 40 visits. Then"),
        ('a <b>guide</b><a href="p.html#n"><sup>[6, 7]</sup></a>.', "a guide."),
        ("said<sup>1</sup><sup>,</sup><sup>2</sup> twice", "said twice"),
        ('of 5 m<sup>2</sup><sup><a href="#n8">8</a></sup>', "of 5 m2"),
        # These are no numbers of notes, or those that stand before the note itself.
        ("3 km<sup>3</sup> of CO<sup>2</sup>", "3 km3 of CO2"),
        ("the 19<sup>th</sup>, .35<sup>***</sup>", "the 19th, .35***"),
        ("the visits<sup>4</sup>/meetings", "the visits/meetings"),
        ("after 2 <sup>1</sup>/<sub>2</sub> years", "after 2 1/2 years"),
        ('<a id="n3"></a><sup>3</sup> See page 4.', "3 See page 4."),
        ('See.<br><sup><a href="#r4">4</a></sup> See page 5.', "See. 4 See page 5."),
    ],
)
def test_html_numbers_of_notes_are_no_part_of_figures(page: str, words: str) -> None:
    (block,) = html.read(f"<body><p>First.</p>\n<div>{page}</div>".encode())[1][1:]
    assert block.text == words


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
            line(id="d", title="#NAME?", text="x"),
            b'{"id": "e", "text": "One", "text": "Two"}',
            b'{"id": "f", "text": "One", "more": {"a": 1, "b": 2, "a": 3}}',
        ]
    )
    found = list(jsonl.read(data))
    good = [item for item in found if isinstance(item, jsonl.DocumentLine)]
    bad = {item.number: item.message for item in found if isinstance(item, jsonl.BadLine)}
    assert [(item.number, item.source_id) for item in good] == [(1, "a"), (8, "7")]
    assert (good[0].metadata.title, good[0].metadata.year) == ("A", 2011)
    assert bad[3].startswith("not valid JSON")
    assert bad[4] == "the key 'id' is missing or not a text"
    assert bad[5] == "the key 'text' is missing or not a text"
    assert bad[6] == "the text is empty"
    assert bad[7] == "the id 'a' is already on line 1"
    assert bad[9] == "not a JSON object"
    assert bad[10] == "the key 'title': '#NAME?' is an error of a spreadsheet"
    assert bad[11] == "the key 'text' is there twice"
    assert bad[12] == "the key 'a' is there twice"


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("publisher", "#REF!", "#REF!"),
        ("url", " #VALUE! ", "#VALUE!"),
        ("year", "#NV", "#NV"),
        ("kind", "Err:502", "Err:502"),
        ("language", "#N/A", "#N/A"),
        ("authors", ["A. Roe", "#DIV/0!"], "#DIV/0!"),
        ("authors", "A. Roe; #NAME?", "#NAME?"),
        ("text", "#NAME?", "#NAME?"),
        ("id", "#REF!", "#REF!"),
    ],
)
def test_a_field_of_jsonl_that_is_a_spreadsheets_error_is_named(
    key: str, value: object, error: str
) -> None:
    right = {"id": "a", "title": "A", "text": "Some words; #N/A"}
    bad, good = jsonl.read(line(**right | {key: value}) + b"\n" + line(**right))
    assert isinstance(good, jsonl.DocumentLine)
    assert bad == jsonl.BadLine(1, f"the key '{key}': '{error}' is an error of a spreadsheet")


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
    assert isinstance(good, jsonl.DocumentLine)
    assert good.source_id == "b"


def test_jsonl_identity_is_of_the_content_not_its_spelling() -> None:
    one = b'{"id": "a", "text": "x", "title": "t", "note": 1}'
    two = b'{"title":"t","text":"x","id":"a"}'
    other = b'{"title":"t","text":"y","id":"a"}'
    digests = [next(iter(jsonl.read(data))).digest for data in (one, two, other)]  # type: ignore[union-attr]
    assert digests[0] == digests[1] != digests[2]
