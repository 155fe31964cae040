"""Citations in every format, and texts that would break out of one."""

from __future__ import annotations

import json

import pytest

from index.rows.records import StoredDocument, StoredPassage
from ingest.records import BlockKind, Metadata, Passage
from search.formats.cite import (
    Quoted,
    Reference,
    bibtex,
    cited_pages,
    csl,
    family_and_given,
    merged,
    of_document,
    of_passage,
    pages,
    plain,
    ris,
    without_list_mark,
)
from search.records import Quote

REPORT = Reference(
    key="c934bc32891ccf15",
    title="Resettlement in Borland 2016",
    authors=("A. Smith", "Borland Reception Agency"),
    publisher="Borland Press",
    year=2016,
    kind="report",
    language="en",
    url="https://example.org/a%20report?x=1&y={2}",
    quotes=(Quoted("p. 9", "Ministers feared a backlash.", "c934bc32891ccf15-1"),),
)
BARE = Reference("k", "Notes", (), "", None, "report", "", "")


def test_a_quote_is_cited_with_its_reference_and_page():
    assert plain(REPORT) == (
        "“Ministers feared a backlash.” (A. Smith; Borland Reception Agency, "
        "Resettlement in Borland 2016, Borland Press, 2016, p. 9)"
    )


OFFICE = "Ministry of Labour, Borland"
ONE, TWO = (OFFICE,), ("Ruiz García, Ana", OFFICE)
FOUR = ("Ana Ruiz", "UNHCR", "Jo van der Berg", OFFICE)


@pytest.mark.parametrize(
    ("authors", "text", "tags", "entry", "items"),
    [
        (
            ONE,
            "Ministry of Labour, Borland, T, 2020",
            ["Ministry of Labour – Borland"],
            "{Ministry of Labour, Borland}",
            [{"literal": OFFICE}],
        ),
        (
            TWO,
            "Ruiz García, Ana; Ministry of Labour, Borland, T, 2020",
            ["Ruiz García, Ana", "Ministry of Labour – Borland"],
            "Ruiz García, Ana and {Ministry of Labour, Borland}",
            [{"family": "Ruiz García", "given": "Ana"}, {"literal": OFFICE}],
        ),
        (
            FOUR,
            "Ana Ruiz; UNHCR; Jo van der Berg; Ministry of Labour, Borland, T, 2020",
            ["Ruiz, Ana", "UNHCR", "van der Berg, Jo", "Ministry of Labour – Borland"],
            "Ruiz, Ana and {UNHCR} and van der Berg, Jo and {Ministry of Labour, Borland}",
            [
                {"family": "Ruiz", "given": "Ana"},
                {"literal": "UNHCR"},
                {"family": "van der Berg", "given": "Jo"},
                {"literal": OFFICE},
            ],
        ),
    ],
)
def test_several_authors_stand_as_each_format_has_them(authors, text, tags, entry, items):
    cited = Reference("k", "T", authors, "", 2020, "report", "", "")
    assert plain(cited) == text
    assert [line[6:] for line in ris([cited]).splitlines() if line.startswith("AU")] == tags
    assert f"  author = {{{entry}}},\n" in bibtex([cited])
    assert json.loads(csl([cited]))[0]["author"] == items


@pytest.mark.parametrize(
    ("author", "tag"),
    [
        ("Unit B, Directorate C , Norland", "Unit B – Directorate C – Norland"),
        ("Borland Press,", "Borland Press"),
        ("Frost, Jo, Jr.", "Frost, Jo, Jr."),  # family name, given name and suffix
    ],
)
def test_ris_takes_no_body_apart(author, tag):
    assert f"AU  - {tag}\r\n" in ris([Reference("k", "T", (author,), "", None, "report", "", "")])


def test_the_pages_are_those_on_which_the_words_begin_and_end():
    #                  11        22 25
    text = "Rents rose. They fell. All went."
    passage = Passage(0, text, (), BlockKind.PARAGRAPH, 3, 9, ((12, 4), (23, 9)))
    stored = StoredPassage(1, "d-0", "d", passage)
    assert pages(stored, Quote.of(passage, 0, 11)) == "p. 3"
    assert pages(stored, Quote.of(passage, 0, 12)) == "p. 3"
    assert pages(stored, Quote.of(passage, 12, 22)) == "p. 4"
    over = Quote.of(passage, 0, 22)
    assert (over.page, pages(stored, over)) == (3, "pp. 3–4")
    assert pages(stored, Quote.of(passage, 5, len(text))) == "pp. 3–9"
    assert pages(stored, Quote.of(passage, 23, 23)) == "p. 9"


def test_printed_numbers_stand_behind_the_count_where_each_page_has_one():
    text = "Rents rose. They fell. All went."
    passage = Passage(0, text, (), BlockKind.PARAGRAPH, 3, 9, ((12, 4), (23, 9)))
    stored = StoredPassage(1, "d-0", "d", passage, printed=((3, "iv"), (4, "1")))
    one, two, far = (Quote.of(passage, *span) for span in ((12, 22), (0, 22), (0, len(text))))
    assert pages(stored, one) == "p. 4 (printed 1)"
    assert pages(stored, two) == "pp. 3–4 (printed iv–1)"
    assert pages(stored, far) == "pp. 3–9"
    assert cited_pages(stored, one) == "p. 4 (printed p. 1)"
    assert cited_pages(stored, two) == "pp. 3–4 (printed pp. iv–1)"
    assert cited_pages(stored, far) == "pp. 3–9"


def test_what_is_not_known_is_left_out_and_a_missing_year_is_said():
    assert plain(BARE) == "Notes, n.d."


def test_an_author_who_published_is_named_once():
    same = Reference("k", "T", ("IOM",), "IOM", 2020, "report", "en", "")
    assert plain(same) == "IOM, T, 2020"


def test_ris_has_one_tag_a_line_and_ends_each_record():
    assert ris([REPORT, BARE]).split("\r\n") == [
        "TY  - RPRT",
        "ID  - c934bc32891ccf15",
        "TI  - Resettlement in Borland 2016",
        "AU  - Smith, A.",
        "AU  - Borland Reception Agency",
        "PB  - Borland Press",
        "PY  - 2016",
        "LA  - en",
        "UR  - https://example.org/a%20report?x=1&y={2}",
        "N1  - p. 9: “Ministers feared a backlash.” [c934bc32891ccf15-1]",
        "ER  - ",
        "",
        "TY  - RPRT",
        "ID  - k",
        "TI  - Notes",
        "ER  - ",
        "",
        "",
    ]


def test_a_title_cannot_end_a_ris_record():
    hostile = Reference("k", "One\r\nER  - \r\nTY  - BOOK", (), "", None, "report", "", "")
    lines = ris([hostile]).split("\r\n")
    assert [line for line in lines if line.startswith(("TY", "ER"))] == ["TY  - RPRT", "ER  - "]


@pytest.mark.parametrize(
    ("author", "family", "given"),
    [
        ("Hanne Beirens", "Beirens", "Hanne"),
        ("T. Alexander Aleinikoff", "Aleinikoff", "T. Alexander"),
        ("Jo van der Berg", "van der Berg", "Jo"),
        ("Paul Van den Broeck", "Van den Broeck", "Paul"),
        ("Ana de la Cruz", "de la Cruz", "Ana"),
        ("Omar al-Said", "al-Said", "Omar"),
        ("Ben Affleck", "Affleck", "Ben"),  # the first word is a given name, whatever it is
        ("Ruiz García, Ana", "Ruiz García", "Ana"),
        ("van der Berg, Jo", "van der Berg", "Jo"),
    ],
)
def test_a_person_has_a_family_name_and_given_ones(author, family, given):
    assert family_and_given(author) == (family, given)


@pytest.mark.parametrize(
    "author",
    [
        "Borland Reception Agency",
        "World Bank",
        "Human Rights Watch",
        "Caritas Europa",
        "UNHCR",
        "Ministry of Labour, Borland",
        "Ruiz A.",
        "Ruiz A",
        "de la Cruz",
        "Ruiz, ",
        "",
    ],
)
def test_a_body_is_no_person(author):
    assert family_and_given(author) is None


def test_bibtex_keeps_authors_apart_and_bodies_whole():
    entry = bibtex([REPORT])
    assert entry.startswith("@techreport{c934bc32891ccf15,\n")
    assert "  author = {Smith, A. and {Borland Reception Agency}},\n" in entry
    assert "  url = {https://example.org/a%20report?x=1&y=%7B2%7D},\n" in entry


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("50 % & more_of #1 $", r"50 \% \& more\_of \#1 \$"),
        ("a } b { c", r"a \} b \{ c"),
        ("back\\slash ~ ^", r"back\textbackslash{}slash \textasciitilde{} \textasciicircum{}"),
        ("two\nlines\x00", "two lines"),
        ("\u202eturned\u202c", "turned"),
    ],
)
def test_bibtex_reads_no_text_as_syntax(text, escaped):
    entry = bibtex([Reference("k", text, (), "", None, "report", "", "")])
    assert f"  title = {{{{{escaped}}}}}" in entry
    # What is not escaped must balance, or the entry would swallow the next one.
    bare = entry.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")


def test_bibtex_has_a_field_for_all_that_is_known_and_none_for_the_rest():
    entry, bare = bibtex([REPORT, BARE]).split("\n\n")
    assert [line.split(" = ")[0].strip() for line in entry.splitlines()[1:-1]] == [
        "title", "author", "institution", "year", "language", "url", "annote"
    ]  # fmt: skip
    assert "  annote = {p. 9: “Ministers feared a backlash.” [c934bc32891ccf15-1]}\n" in entry
    assert bare == "@techreport{k,\n  title = {{Notes}}\n}\n"


def test_csl_is_json_that_reference_managers_read():
    first, second = json.loads(csl([REPORT, BARE]))
    assert first["type"] == "report"
    assert first["author"] == [
        {"family": "Smith", "given": "A."},
        {"literal": "Borland Reception Agency"},
    ]
    assert first["issued"] == {"date-parts": [[2016]]}
    assert "page" not in first
    assert (first["publisher"], first["language"]) == ("Borland Press", "en")
    assert first["URL"] == REPORT.url
    assert first["note"] == "p. 9: “Ministers feared a backlash.” [c934bc32891ccf15-1]"
    assert second == {"id": "k", "type": "report", "title": "Notes"}


@pytest.mark.parametrize(
    ("kind", "tag", "name", "entry"),
    [
        (
            "podcast",
            "SOUND",
            "broadcast",
            "@misc{k,\n  title = {{T}},\n  organization = {IOM}\n}\n",
        ),
        ("page", "ELEC", "webpage", "@misc{k,\n  title = {{T}},\n  organization = {IOM}\n}\n"),
        ("event", "CONF", "event", "@misc{k,\n  title = {{T}},\n  organization = {IOM}\n}\n"),
        (
            "minutes",
            "RPRT",
            "report",
            "@techreport{k,\n  title = {{T}},\n  institution = {IOM}\n}\n",
        ),
    ],
)
def test_a_kind_has_its_type(kind, tag, name, entry):
    reference = Reference("k", "T", (), "IOM", None, kind, "", "")
    assert bibtex([reference]) == entry
    assert ris([reference]).startswith(f"TY  - {tag}\r\n")
    assert json.loads(csl([reference]))[0]["type"] == name


META = Metadata(
    "Notes", ("Ana Ruiz",), "Borland Press", 2016, "de", "https://example.org", "minutes"
)
NOTES = StoredDocument("k", "f", "notes.pdf", "", META, "2024-01-02", 12, 30, 0)


def test_a_document_is_cited_with_all_it_says_of_itself():
    assert of_document(NOTES) == Reference(
        "k", "Notes", ("Ana Ruiz",), "Borland Press", 2016, "minutes", "de", "https://example.org"
    )


def test_a_passage_is_cited_with_its_page_and_without_the_mark_of_a_list_item():
    cited = of_passage(NOTES, "k-7", "p. 9", "• Rents rose. • They fell.")
    assert cited.quotes == (Quoted("p. 9", "Rents rose. • They fell.", "k-7"),)
    assert (cited.key, cited.title, cited.year, cited.kind) == ("k", "Notes", 2016, "minutes")


def test_a_document_quoted_often_is_one_reference_with_a_note_a_quote():
    rents, votes = (
        of_passage(NOTES, "k-7", "p. 9", "Rents rose."),
        of_passage(NOTES, "k-8", "p. 2", "A } vote."),
    )
    found = merged([rents, REPORT, votes, rents])
    assert [one.key for one in found] == ["k", REPORT.key]
    notes = ["p. 9: “Rents rose.” [k-7]", "p. 2: “A } vote.” [k-8]"]
    assert [line[6:] for line in ris(found[:1]).splitlines() if line.startswith("N1")] == notes
    assert json.loads(csl(found))[0]["note"].splitlines() == notes
    annote = bibtex(found).split("  annote = {")[1].split("}\n}")[0]
    assert [line.strip() for line in annote.splitlines()] == [
        notes[0],
        notes[1].replace("}", r"\}"),
    ]
    assert merged([]) == []


def test_a_quote_found_for_several_questions_is_noted_once_with_their_ids():
    rents, votes = (("k-7", "p. 9", "Rents rose."), ("k-8", "p. 2", "Few came."))
    found = merged(
        of_passage(NOTES, *words, asked=(name,))
        for words, name in ((rents, "q1"), (votes, "q1"), (rents, "q 2 (not answered)"))
    )
    assert [line[6:] for line in ris(found).splitlines() if line.startswith("N1")] == [
        "p. 9: “Rents rose.” [q1, q 2 (not answered); k-7]",
        "p. 2: “Few came.” [q1; k-8]",
    ]


def test_a_page_without_words_is_noted_without_quotation_marks():
    assert "N1  - p. 9 [k-7]\r\n" in ris([of_passage(NOTES, "k-7", "p. 9", "")])


@pytest.mark.parametrize(
    ("quote", "without"),
    [
        (" – Rents rose.", "Rents rose."),
        ("* Rents rose.", "Rents rose."),
        ("-5 degrees", "-5 degrees"),
        ("Rents - rose.", "Rents - rose."),
    ],
)
def test_only_the_mark_of_an_item_is_cut_off(quote, without):
    assert without_list_mark(quote) == without
