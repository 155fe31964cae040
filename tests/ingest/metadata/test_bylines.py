"""Authors and publishers that the first pages print, and what only looks like them."""

from __future__ import annotations

from pathlib import Path

import pytest
from fpdf import FPDF

from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits
from ingest.metadata.bylines import (
    is_byline,
    is_person,
    people_in,
    printed_authors,
    printed_publisher,
    with_those_beside,
    without_office,
)
from ingest.prose.lines import Line


def page(*texts: str, size: float = 11.0) -> list[Line]:
    """Lines one below the other."""
    return [
        Line(text, 72.0, 72.0 + 5 * len(text), 100.0 + 1.3 * size * n, size)
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ana Ruiz and Jo Frost", ("Ana Ruiz", "Jo Frost")),
        ("Written by: Ana Ruiz, Jo van der Berg, and Li P. Wu",
         ("Ana Ruiz", "Jo van der Berg", "Li P. Wu")),
        ("Authors: Dr. Ana Ruiz; Prof. Jo Frost", ("Ana Ruiz", "Jo Frost")),
        ("By Ana Ruiz, Vice President of Policy, Results for Borland", ("Ana Ruiz",)),
        ("Rédigé par : Océane Uzureau et Éva Née", ("Océane Uzureau", "Éva Née")),
        ("Verfasst von Ana Ruiz und Jo Frost", ("Ana Ruiz", "Jo Frost")),
        ("Evaluator(s): Mr. Ali El Amrani", ("Ali El Amrani",)),
        ("Written by: Ana Ruiz, Łukasz Kowal, Šárka Nová and Jo Frost",
         ("Ana Ruiz", "Łukasz Kowal", "Šárka Nová", "Jo Frost")),
        ("Written by: Ana Ruiz, PhD, and Jo Frost (EWA)", ("Ana Ruiz", "Jo Frost")),
        ("Author(s) Ana Ruiz", ("Ana Ruiz",)),
        ("Prepared by Ana Ruiz and Jo Frost", ("Ana Ruiz", "Jo Frost")),
        ("Prepared by Dr. Ana Ruiz", ("Ana Ruiz",)),
    ],
)  # fmt: skip
def test_printed_authors(text: str, names: tuple[str, ...]) -> None:
    assert printed_authors([page("A study of visits", text)]) == names


@pytest.mark.parametrize(
    "text",
    [
        "By the Ministry of Labour",
        "By European Council",
        "by EAPN Portugal",
        "By March 2014 Ana Ruiz had left.",
        "By Ministerial Decree, the fees were waived",
        "By Ana Ruiz the office was led well.",
        "Authors of the study met twice",
        "Prepared by Harbour Institute",
        "Prepared by Mersey Bay",
        "Prepared by: Mersey Bay, Tide Lee and Borland Advice",
        "Prepared by Tide GmbH",
        "Written by: Harbour Sans Borders",
        "Prepared by: Lead Consultant",
        "Evaluator: To Be Confirmed",
        "Author Ana Ruiz",
        "Author Contact Details",
        "Author Version Date",
        "By Tenants For Tenants",
        "Evaluators",
    ],
)
def test_no_authors(text: str) -> None:
    assert printed_authors([page("A study of visits", text)]) == ()


def test_a_byline_goes_on_in_the_next_line() -> None:
    cut = page("Written by: Ana Ruiz, Jo Frost, Presca", "Wanki, and Li Eng Wu", "April 2023")
    assert printed_authors([cut]) == ("Ana Ruiz", "Jo Frost", "Presca Wanki", "Li Eng Wu")
    whole = page("By Ana Ruiz and Jo Frost", "Harbour Bay")
    assert printed_authors([whole]) == ("Ana Ruiz", "Jo Frost")


def test_a_byline_goes_on_for_as_many_lines_as_it_is_open() -> None:
    cut = page("Written by: Ana Ruiz,", "Jo Frost, Presca Wanki,", "and Li Eng Wu", "Harbour Bay")
    assert printed_authors([cut]) == ("Ana Ruiz", "Jo Frost", "Presca Wanki", "Li Eng Wu")


def test_authors_may_stand_one_a_line() -> None:
    each = page("Authors: Ana Ruiz", "Jo Frost", "Li Eng Wu", "April 2023")
    assert printed_authors([each]) == ("Ana Ruiz", "Jo Frost", "Li Eng Wu")
    last = page("Authors: Ana Ruiz", "Jo Frost and Li Eng Wu")
    assert printed_authors([last]) == ("Ana Ruiz", "Jo Frost", "Li Eng Wu")
    assert printed_authors([page("Author: Ana Ruiz", "Harbour Bay")]) == ("Ana Ruiz",)


def test_of_a_list_that_does_not_end_cleanly_nobody_is_named() -> None:
    assert printed_authors([page("Written by: Ana Ruiz,", "April 2023")]) == ()
    assert printed_authors([page("Written by: Ana Ruiz, Jo, and Li Wu")]) == ()
    others = page("Written by: Ana Ruiz, Jo, and Li Wu", "Rents rose", "Written by: Tom Lee")
    assert printed_authors([others]) == ()


def test_a_form_names_the_evaluator_beside_the_word() -> None:
    form = [
        Line("Evaluator(s):", 37, 89, 267, 10.6, bold=True),
        Line("Mr. Ali El Amrani", 123, 231, 267, 10.1),
        Line("Managed by:", 37, 93, 340, 10.6, bold=True),
        Line("Ibra Thiam", 123, 190, 340, 10.6),
    ]
    assert printed_authors([form]) == ("Ali El Amrani",)
    close = [
        *form[:2],
        Line("Managed by:", 37, 93, 281, 10.6, bold=True),
        Line("Ibra Thiam and Jo Frost", 123, 250, 281, 10.6),
    ]
    assert printed_authors([close]) == ("Ali El Amrani",)


def test_a_page_that_lists_several_papers_has_no_author() -> None:
    listed = page("Reports", "By Ana Ruiz", "Reports", "By Jo Frost and Li Wu")
    assert printed_authors([listed]) == ()
    twice = page("A study", "By Ana Ruiz", "A study", "By Ana Ruiz")
    assert printed_authors([twice]) == ("Ana Ruiz",)


def test_by_alone_is_believed_on_the_first_page_only() -> None:
    assert printed_authors([page("A study"), page("By Ana Ruiz")]) == ()
    assert printed_authors([page("A study"), page("Written by Ana Ruiz")]) == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (["© 2018 Harbour Institute Europe. All Rights Reserved."], "Harbour Institute Europe"),
        (["(c) Harbour Institute 2018"], "Harbour Institute"),
        (["Copyright © 2016-2018 Harbour Institute"], "Harbour Institute"),
        (["© 2018 Harbour Institute, some rights reserved"], "Harbour Institute"),
        (["© 2018 Institut Hafen, alle Rechte vorbehalten"], "Institut Hafen"),
        (["© 2018 Institut du Port, tous droits réservés"], "Institut du Port"),
        (["Suggested citation: Ruiz, Ana. 2018. Peer Support: Lessons of",
          "Borland. Brussels: Harbour", "Institute."], "Harbour Institute"),
        (["Suggested citation: Ruiz, Ana. 2018. Peer Support: Lessons."], ""),
        (["© Crown copyright 2024"], ""),
        (["© UNHCR/Ana Ruiz 2018"], ""),
        (["© 2018 Ana Ruiz"], ""),
        (["© 2018 Shutterstock"], ""),
        (["© 2018 Mapbox"], ""),
        (["© OpenStreetMap contributors 2018"], ""),
        (["Suggested citation: Ruiz, Ana. 2018. Peer Support: Lessons of",
          "Borland. Łódź: Harbour Institute."], "Harbour Institute"),
        (["© 2018 Harbour Institute", "© 2019 Water Council"], ""),
        (["He said © 2018 Harbour Institute"], ""),
    ],
)  # fmt: skip
def test_printed_publisher(lines: list[str], publisher: str) -> None:
    assert printed_publisher([page("A study"), page(*lines)]) == publisher


def test_people_and_bodies() -> None:
    assert is_person("Betilde Muñoz-Pogossian")
    assert is_person("T. Alexander Aleinikoff")
    assert is_person("Omar al-Said")
    assert is_person("Chiara d’Orso")
    assert not is_person("Ana")
    assert not is_person("Harbour Institute")
    assert not is_person("EAPN Portugal")
    assert is_byline("By Ana Ruiz and Jo Frost")
    assert not is_byline("By Ana Ruiz, Vice President")
    assert not is_byline("Ana Ruiz")
    assert not is_byline("Evaluator(s): Ana Ruiz")
    assert not is_byline("Written by Ana Ruiz")


def test_what_a_pdf_prints_goes_before_the_author_it_states(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_author("HARRIS Sarah Lynn")
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 24)
    pdf.multi_cell(0, 12, "A study of visits", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", size=11)
    pdf.multi_cell(0, 6, "Written by: Ana Ruiz and Jo Frost", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(12)
    pdf.multi_cell(0, 6, "Rents rose in the capital. " * 30)
    pdf.output(str(tmp_path / "study.pdf"))
    found = read_pdf(tmp_path / "study.pdf", Limits())
    assert isinstance(found, PdfReading)
    assert found.metadata.authors == ("Ana Ruiz", "Jo Frost")


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Ana Ruiz, Responsable Régionale S&E", "Ana Ruiz"),
        ("Ana Ruiz, Director of Policy", "Ana Ruiz"),
        ("Ana Ruiz, coordinatrice", "Ana Ruiz"),
        ("Ruiz García, Ana", "Ruiz García, Ana"),
        ("van der Berg, Jo", "van der Berg, Jo"),
        ("Ana Ruiz, Jr.", "Ana Ruiz, Jr."),
        ("Ana Ruiz, Jo Frost, edited by a friend", "Ana Ruiz, Jo Frost, edited by a friend"),
        ("Ana Ruiz, Jo Frost and friends", "Ana Ruiz, Jo Frost and friends"),
        ("Ministry of Labour, Borland", "Ministry of Labour, Borland"),
        ("Ana Ruiz", "Ana Ruiz"),
    ],
)
def test_an_office_behind_a_stated_name_goes(stated: str, name: str) -> None:
    assert without_office(stated) == name


def title_page(*rows: tuple[str, float, bool]) -> list[Line]:
    """Lines that end at one side, each with its size and whether it is bold."""
    base, lines = 500.0, []
    for text, size, bold in rows:
        base += 1.3 * size
        lines.append(Line(text, 552 - 5.0 * len(text), 552, base, size, bold))
    return lines


TWO = title_page(
    ("A Study of Visits", 22, True),
    ("Ana Ruiz", 12, True),
    ("Regional Officer, EWA", 10, False),
    ("Borland", 10, False),
    ("Jo Frost", 12, True),
    ("Assistant Officer, EWA", 10, False),
)


def test_who_is_named_on_the_title_page_like_the_author_is_one_too() -> None:
    assert with_those_beside(("Ana RUIZ",), TWO) == ("Ana Ruiz", "Jo Frost")
    assert with_those_beside(("Ana Ruiz", "Jo Frost"), TWO) == ("Ana Ruiz", "Jo Frost")


def test_who_is_named_otherwise_on_the_title_page_is_no_author() -> None:
    assert with_those_beside(("Li Wu",), TWO) == ("Li Wu",)
    assert with_those_beside(("Ana Ruiz", "Li Wu"), TWO) == ("Ana Ruiz", "Li Wu")
    thanked = title_page(
        ("Ana Ruiz", 12, True),
        ("Regional Officer, EWA", 10, False),
        ("Jo Frost", 12, False),
        ("Assistant Officer, EWA", 10, False),
        ("Harbour Hall", 12, True),
        ("Oslo", 10, False),
    )
    assert with_those_beside(("Ana Ruiz",), thanked) == ("Ana Ruiz",)


def test_a_pdf_states_one_author_with_an_office_and_prints_two(tmp_path: Path) -> None:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_author("Ana Ruiz, Responsable Régionale S&E")
    pdf.add_page()
    rows = [("Ana Ruiz", 12, "B"), ("Regional Officer, EWA", 10, ""),
            ("Jo Frost", 12, "B"), ("Assistant Officer, EWA", 10, "")]  # fmt: skip
    for n, (text, size, style) in enumerate([("A Study of Visits", 22, "B"), *rows]):
        pdf.set_font("Helvetica", style, size)
        pdf.text(72, 400 + 16 * n, text)
    path = tmp_path / "visits.pdf"
    pdf.output(str(path))
    found = read_pdf(path, Limits(wall_seconds=60))
    assert isinstance(found, PdfReading)
    assert found.metadata.authors == ("Ana Ruiz", "Jo Frost")


@pytest.mark.parametrize(
    ("stated", "people"),
    [
        ("Ana Ruiz, Jo Frost", ("Ana Ruiz", "Jo Frost")),
        ("Ana Ruiz,Jo Frost, ", ("Ana Ruiz", "Jo Frost")),
        ("Anne de Vries, PhD, Rose McArl and Li Wu", ("Anne de Vries", "Rose McArl", "Li Wu")),
        ("Frost, J., Ruiz Arl, A.-M. & Wu, L.", ("Frost, J.", "Ruiz Arl, A.-M.", "Wu, L.")),
        ("Frost, J.", ()),
        ("Frost, Jo", ()),
        ("Home Office, United Arland", ()),
        ("Ana Ruiz, Harbour Institute", ()),
        ("Guidance rules and forms team", ()),
    ],
)
def test_people_of_a_list_parted_by_commas(stated: str, people: tuple[str, ...]) -> None:
    assert people_in(stated) == people


def test_a_long_list_that_is_none_takes_no_longer_a_name() -> None:
    """Work that doubles with each name would keep this from ending within the suite."""
    assert people_in("Frost, J. and " * 200 + "the towns") == ()
