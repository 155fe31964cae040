"""Citations in every format, and texts that would break out of one."""

from __future__ import annotations

import json

import pytest

from search.cite import Reference, bibtex, csl, family_and_given, plain, ris

REPORT = Reference(
    key="c934bc32891ccf15-1",
    title="Resettlement in Borland 2016",
    authors=("A. Smith", "Borland Reception Agency"),
    publisher="Borland Press",
    year=2016,
    kind="report",
    language="en",
    url="https://example.org/a%20report?x=1&y={2}",
    page=9,
    quote="Ministers feared a backlash.",
)
BARE = Reference("k-0", "Notes", (), "", None, "report", "", "")


def test_a_quote_is_cited_with_its_reference_and_page():
    assert plain(REPORT) == (
        "“Ministers feared a backlash.” (A. Smith, Borland Reception Agency, "
        "Resettlement in Borland 2016, Borland Press, 2016, p. 9)"
    )


def test_what_is_not_known_is_left_out_and_a_missing_year_is_said():
    assert plain(BARE) == "Notes, n.d."


def test_an_author_who_published_is_named_once():
    same = Reference("k", "T", ("IOM",), "IOM", 2020, "report", "en", "")
    assert plain(same) == "IOM, T, 2020"


def test_ris_has_one_tag_a_line_and_ends_each_record():
    lines = ris([REPORT, BARE]).split("\r\n")
    assert lines[:6] == [
        "TY  - RPRT",
        "ID  - c934bc32891ccf15-1",
        "TI  - Resettlement in Borland 2016",
        "AU  - Smith, A.",
        "AU  - Borland Reception Agency",
        "PB  - Borland Press",
    ]
    assert "SP  - 9" in lines
    assert lines.count("ER  - ") == 2


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
        "de la Cruz",
        "Ruiz, ",
        "",
    ],
)
def test_a_body_is_no_person(author):
    assert family_and_given(author) is None


def test_bibtex_keeps_authors_apart_and_bodies_whole():
    entry = bibtex([REPORT])
    assert entry.startswith("@techreport{c934bc32891ccf15-1,\n")
    assert "  author = {Smith, A. and {Borland Reception Agency}},\n" in entry
    assert "  pages = {9},\n" in entry
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


def test_csl_is_json_that_reference_managers_read():
    first, second = json.loads(csl([REPORT, BARE]))
    assert first["type"] == "report"
    assert first["author"] == [
        {"family": "Smith", "given": "A."},
        {"literal": "Borland Reception Agency"},
    ]
    assert first["issued"] == {"date-parts": [[2016]]}
    assert first["page"] == "9"
    assert second == {"id": "k-0", "type": "report", "title": "Notes"}


@pytest.mark.parametrize(
    ("kind", "tag", "name"),
    [("podcast", "SOUND", "broadcast"), ("page", "ELEC", "webpage"), ("minutes", "RPRT", "report")],
)
def test_a_kind_has_its_type(kind, tag, name):
    reference = Reference("k", "T", (), "", None, kind, "", "")
    assert ris([reference]).startswith(f"TY  - {tag}\r\n")
    assert json.loads(csl([reference]))[0]["type"] == name
