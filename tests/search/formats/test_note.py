"""Quotes gathered for a note, and the note as Markdown."""

from __future__ import annotations

from dataclasses import replace

from index.rows.records import StoredDocument, StoredPassage
from ingest.records import BlockKind, Metadata, Passage
from search.formats.note import Noted, markdown, references, sources
from search.records import Quote

TEXT = "- Two mentors *sat* with <b>us</b> & [them].\n- It worked."


def noted(
    document: str, position: int, start: int, end: int, breaks: tuple[tuple[int, int], ...] = ()
) -> Noted:
    passage = Passage(position, TEXT, (), BlockKind.PARAGRAPH, 3, 4 if breaks else 3, breaks)
    meta = Metadata(title=f"Report_{document}", year=2020, url="https://example.org/r")
    stored = StoredPassage(position, f"{document}-{position}", document, passage)
    about = StoredDocument(document, "", "r.pdf", "", meta, "2026-01-01T00:00:00Z", 4, 2, 0)
    return Noted(stored, about, Quote.of(passage, start, end))


def place(one: Noted) -> str:
    return f"http://host/passages/{one.stored.passage_id}"


GATHERED = [noted("b", 1, 0, len(TEXT)), noted("a", 0, 2, 13), noted("b", 2, 2, 5)]


def test_a_report_is_referred_to_once_and_numbered_by_its_first_quote() -> None:
    assert list(sources(GATHERED)) == ["b", "a"]
    one, two = references(GATHERED, place)
    assert [quoted.words for quoted in one.quotes] == [
        "Two mentors *sat* with <b>us</b> & [them]. - It worked.",
        "Two",
    ]
    assert [quoted.place for quoted in two.quotes] == ["http://host/passages/a-0"]


def test_a_printed_number_is_shown_in_the_note_and_cited_in_its_references() -> None:
    bare = noted("b", 1, 2, 5)
    one = replace(bare, stored=replace(bare.stored, printed=((3, "ii"),)))
    (reference,) = references([one], place)
    assert [quoted.pages for quoted in reference.quotes] == ["p. 3 (printed p. ii)"]
    assert "[\\[1\\], p. 3 (printed ii)](" in markdown("A", "B", [one], place)


def test_markdown_numbers_quotes_and_references_and_escapes_what_would_be_syntax() -> None:
    text = markdown("A *heading*", "Today: 3 quotes.", GATHERED, place)
    assert text.splitlines() == [
        r"# A \*heading\*",
        "",
        "Today: 3 quotes.",
        "",
        r"1. “Two mentors \*sat\* with \<b\>us\</b\> \& \[them\]. - It worked.” "
        r"([\[1\], p. 3](http://host/passages/b-1))",
        r"2. “Two mentors” ([\[2\], p. 3](http://host/passages/a-0))",
        r"3. “Two” ([\[1\], p. 3](http://host/passages/b-2))",
        "",
        "## References",
        "",
        r"1. Report\_b, 2020 <https://example.org/r>",
        r"2. Report\_a, 2020 <https://example.org/r>",
    ]


def test_a_quote_over_a_page_break_has_both_pages() -> None:
    over = noted("a", 0, 2, len(TEXT), ((len(TEXT) - 10, 4),))
    assert over.quote.page == 3
    assert "[\\[1\\], pp. 3–4](http" in markdown("", "", [over], place)
    assert [quoted.pages for quoted in references([over], place)[0].quotes] == ["pp. 3–4"]


def test_an_address_that_would_end_its_link_is_left_out() -> None:
    one = noted("a", 0, 2, 13)
    for url in ("javascript:alert(1)", "https://example.org/> [x](y)", ""):
        meta = replace(one.document.metadata, url=url)
        text = markdown(
            "", "", [replace(one, document=replace(one.document, metadata=meta))], place
        )
        assert text.endswith("1. Report\\_a, 2020\n")
