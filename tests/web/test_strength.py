"""How good a match is, as the page says it."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from fpdf import FPDF
from lxml import html

from index import build
from index.rows import database
from index.rows.records import StoredPassage, Tag
from ingest.records import BlockKind, Passage
from search.ranking.strength import NONE_STANDS_OUT
from web.app import create_app
from web.context.state import state_of


def test_the_word_stands_beside_each_result(look):
    page = look("/?q=ministers+in+Borland+feared+a+backlash+among+voters")
    words = page.xpath("//*[@class='strength']/text()")
    assert words[0] == "strong match"
    assert set(words[1:]) <= {"related", "loosely related"}
    assert len(words) == len(page.xpath("//li[contains(@class, 'result')]"))
    assert NONE_STANDS_OUT not in page.text_content()


def test_a_sentence_says_so_where_all_are_none_stands_outly_related(look):
    page = look("/?q=sitting+beside+new+colleagues+when+people+first+arrive")
    assert set(page.xpath("//*[@class='strength']/text()")) == {"loosely related"}
    assert page.xpath("//p[@class='verdict']/text()") == [NONE_STANDS_OUT]
    assert page.xpath("//mark")


def test_where_nothing_seems_to_answer_nothing_is_marked_or_called_a_match(look):
    page = look("/?q=how+do+I+bake+bread")
    assert "Nothing in this library seems to answer that." in page.text_content()
    assert NONE_STANDS_OUT not in page.text_content()
    assert page.xpath("//blockquote")
    assert not page.xpath("//mark")
    assert set(page.xpath("//*[@class='strength']/text()")) <= {"related", "loosely related"}


def test_what_has_no_substance_is_listed_without_a_mark(copy_library, tmp_path):
    copy = copy_library(tmp_path / "home")
    with copy.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute(
            "UPDATE passages SET kind = 'boilerplate' WHERE text LIKE '%feared a backlash%'"
        )
    page = html.fromstring(
        create_app(copy).test_client().get("/?q=ministers+who+fear+a+backlash+on+a+visit").text
    )
    marks = {
        "feared a backlash" in item.text_content(): bool(item.xpath(".//mark"))
        for item in page.xpath("//li[@class='result']")
    }
    assert marks == {True: False, False: True}


def test_a_text_that_is_there_twice_is_shown_once(copy_library, shelf, tmp_path):
    copy = copy_library(tmp_path / "home")
    again = tmp_path / "again.pdf"
    again.write_bytes((shelf / "borland.pdf").read_bytes() + b"\n% saved anew\n")
    list(build.add(copy, [again]))
    client = create_app(copy).test_client()
    page = html.fromstring(client.get("/?q=ministers+in+Borland+feared+a+backlash").text)
    shown = page.xpath("//li[contains(@class, 'result')]")
    assert len(shown) == 5  # of eight
    assert "The 5 best passages" in page.text_content()
    assert page.xpath("//*[@class='strength']/text()")[0] == "strong match"
    assert "Also in Resettlement in Borland 2016 (2016), p. 2" in shown[0].text_content()
    (link,) = shown[0].xpath(".//p[contains(@class, 'also')]/a/@href")
    assert "backlash" in client.get(link).text
    browsed = html.fromstring(client.get("/?year=2016").text)
    assert browsed.xpath("normalize-space(//div[@class='bar']/p)") == "3 passages"


def test_without_a_question_it_is_said_of_how_many_the_first_are(empty_library, tmp_path):
    parts = [f"# Visit {n}\n\nOn visit {n} the guests came by sea.\n" for n in range(12)]
    (tmp_path / "visits.md").write_text(
        "---\ntitle: Visits\nyear: 2016\n---\n" + "\n".join(parts), "utf-8"
    )
    list(build.add(empty_library, [tmp_path]))
    client = create_app(empty_library).test_client()
    for address, said in (
        ("/?year=2016", "The first 10 of 12 passages"),
        ("/?year=2016&k=20", "12 passages"),
    ):
        page = html.fromstring(client.get(address).text)
        assert page.xpath("normalize-space(//div[@class='bar']/p)") == said


def test_a_text_that_stands_twice_in_a_report_has_a_second_page(empty_library, make_pdf, tmp_path):
    text = "Two mentors sat with the caseworkers of Sudland and coached them for a year."
    pages = [("1. Mentors", text), ("2. Mentors again", text)]
    make_pdf(tmp_path / "sudland.pdf", pages, "How Sudland was coached")
    list(build.add(empty_library, [tmp_path / "sudland.pdf"]))
    page = html.fromstring(
        create_app(empty_library).test_client().get("/?q=mentors+who+coached+caseworkers").text
    )
    (also,) = page.xpath("//li[@class='result'][1]//p[contains(@class, 'also')]")
    (own,) = page.xpath("//li[@class='result'][1]//a[contains(@class, 'page')]")
    other = {"Open at p. 1": "p. 2", "Open at p. 2": "p. 1"}[own.text_content()]
    assert also.text_content() == f"Also on {other}"
    assert also.xpath("./a/text()") == [other]


NORLAND = "How Norland was coached"


def test_each_page_on_which_a_text_stands_again_is_named_once(empty_library, tmp_path):
    text = "Two mentors sat with the caseworkers of Sudland and coached them for a year."
    pdf = FPDF(format="A4")
    pdf.set_title(NORLAND)
    for headings in (("1. Mentors", "2. Again"), ("3. Last", "4. Later")):
        pdf.add_page()
        for heading in headings:
            pdf.set_font("Helvetica", "B", 16)
            pdf.multi_cell(0, 10, heading, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
            pdf.set_font("Times", size=11)
            pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(8)
    pdf.output(str(tmp_path / "norland.pdf"))
    list(build.add(empty_library, [tmp_path / "norland.pdf"]))
    client = create_app(empty_library).test_client()
    (document,) = client.get("/api/v1/documents").json["documents"]
    assert document["passages"] == 4  # on two pages
    assert len(_also(client)) == 1


def test_each_passage_of_a_text_without_pages_is_named(empty_library, make_pdf, tmp_path):
    text = "Two mentors sat with the caseworkers of Sudland and coached them for a year."
    sections = "\n".join(f"## Year {number}\n\n{text}\n" for number in range(1, 4))
    (tmp_path / "sudland.md").write_text(f"# Sudland\n\n{sections}", "utf-8")
    make_pdf(tmp_path / "norland.pdf", [("1. Mentors", text), ("2. Again", text)], NORLAND)
    list(build.add(empty_library, [tmp_path / "sudland.md", tmp_path / "norland.pdf"]))
    places = _also(create_app(empty_library).test_client())
    # Five passages say it; the first is the result.
    assert len(places) == len({*places}) == 4
    assert len([place for place in places if "passage" in place]) in (2, 3)


def _also(client: FlaskClient) -> list[str]:
    """Where else the words of the first result stand."""
    page = html.fromstring(client.get("/?q=mentors+who+coached+caseworkers").text)
    links = page.xpath("//li[@class='result'][1]//p[contains(@class, 'also')]/a")
    return [link.text_content() for link in links]


@pytest.mark.parametrize(
    ("probability", "said"), [(0.9594, "96"), (0.9549, "95"), (0.999, "99"), (0.3, "30")]
)
def test_the_probability_of_a_tag_is_rounded_and_never_certain(
    app: Flask, probability: float, said: str
) -> None:
    passage = Passage(0, "A mentor came.", (), BlockKind.PARAGRAPH, 1, 1)
    stored = StoredPassage(1, "a-0", "a", passage, (Tag("mentoring", probability, 0, 14),))
    with app.test_request_context():
        page = render_template_string(
            "{% from 'tags.html' import tags with context %}{{ tags(stored, '', taxonomy, 'g') }}",
            stored=stored,
            taxonomy=state_of(app).library.taxonomy,
        )
    assert f"{said} in 100, by the tagger’s estimate" in page
