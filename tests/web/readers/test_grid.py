"""The grid page: counts that open their passages, expectations in words, files to take away."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient
from lxml import etree, html

from index.library import Library
from web.app import create_app


def page_of(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def test_a_cell_opens_its_passages(tagged_client: FlaskClient):
    grid = page_of(tagged_client, "/grid")
    (cell,) = grid.xpath("//td/a[contains(@href, 'goal=motivational&activity=mentoring')]")
    assert cell.xpath("./strong/text()") == ["1"]
    opened = page_of(tagged_client, cell.get("href"))
    (result,) = opened.xpath("//li[@class='result']")
    assert "Resettlement in Borland" in result.text_content()
    assert opened.xpath("//ul[@class='chips']//bdi/text()") == [
        "Win commitment",
        "Accompany one partner",
    ]


def test_passages_of_a_label_come_surest_first(tagged_client: FlaskClient):
    page = page_of(tagged_client, "/?goal=motivational")
    titles = [" ".join(h.text_content().split()) for h in page.xpath("//li[@class='result']/h2")]
    assert titles == ["Resettlement in Borland 2016", "Evaluation of study visits"]
    assert page.xpath("(//li[@class='result'])[1]//mark")


def test_gaps_are_named(tagged_client: FlaskClient):
    text = " ".join(page_of(tagged_client, "/grid").xpath("//main")[0].text_content().split())
    assert "teach a group to build trust and contacts" in text
    assert "accompany one partner to win commitment" not in text.split("Gaps")[1]


def test_from_when_on_a_cell_is_marked_is_said(tagged_client: FlaskClient):
    page = html.fromstring(tagged_client.get("/grid").text)
    said = " ".join(page.xpath("//h2[.='How to read it']/following-sibling::p[1]")[0].itertext())
    assert "from 3 passages and 5 % of the fullest cell on" in " ".join(said.split())


def test_a_cell_says_by_itself_what_it_counts(tagged_client: FlaskClient):
    links = page_of(tagged_client, "/grid").xpath("//td/a")
    names = [" ".join(link.text_content().split()) for link in links]
    assert "1 passage in 1 document: accompany one partner to win commitment" in names
    assert len(set(names)) == len(names) > 1


def test_years_that_are_none_leave_the_grid_and_are_said(tagged_client: FlaskClient):
    answer = tagged_client.get("/grid?year=soon")
    assert answer.status_code == 400
    page = html.fromstring(answer.text)
    (said,) = page.xpath("//*[@role='alert']")
    assert said.text_content() == (
        "'soon' is no year and no range like 2010-2018, so years are left out."
    )
    assert len(page.xpath("//td/a")) == len(page_of(tagged_client, "/grid").xpath("//td/a"))
    assert not page_of(tagged_client, "/grid?year=2016").xpath("//*[@role='alert']")


def test_filters_apply_to_the_grid(tagged_client: FlaskClient, borland):
    grid = page_of(tagged_client, f"/grid?document={borland}")
    assert len(grid.xpath("//td/a")) == 1
    assert borland in grid.xpath("//td/a/@href")[0]


def test_the_table_names_its_rows_and_columns(tagged_client: FlaskClient):
    (table,) = page_of(tagged_client, "/grid").xpath("//table[contains(@class, 'grid')]")
    assert len(table.xpath("./thead//th[@scope='col']")) == 6
    assert len(table.xpath("./tbody//th[@scope='row']")) == 5
    assert table.xpath("./caption")


def test_the_grid_as_csv(tagged_client: FlaskClient):
    text = tagged_client.get("/grid.csv").get_data(as_text=True).removeprefix("\ufeff")
    rows = {(row["goal"], row["activity"]): row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == 25
    full = rows["motivational", "mentoring"]
    assert (full["goal_title"], full["activity_title"]) == ("Motivational", "Mentoring")
    assert (full["passages"], full["documents"], full["expected"]) == ("1", "1", "yes")
    assert rows["relational", "mentoring"]["verdict"] == "gap"


def test_the_grid_as_svg_stands_alone(tagged_client: FlaskClient):
    answer = tagged_client.get("/grid.svg")
    assert answer.mimetype == "image/svg+xml"
    drawing = etree.fromstring(answer.data)
    assert len(drawing.findall(".//{*}rect")) == 26
    assert "script" not in answer.text


def test_a_grid_without_tags_is_all_gaps_and_zeros(empty_library: Library):
    grid = page_of(create_app(empty_library).test_client(), "/grid")
    assert not grid.xpath("//td/a")
    assert grid.xpath("//td[.//*[contains(@class, 'gap')]]")


def test_a_document_shows_where_its_tags_stand(tagged_client: FlaskClient, borland):
    page = page_of(tagged_client, f"/documents/{borland}")
    rows = page.xpath("//table[@class='strips']//tr")
    assert [row.xpath("string(./th)") for row in rows] == [
        "Win commitment",
        "Accompany one partner",
    ]
    assert len(rows[0].xpath(".//*[local-name()='rect'][@class='goals']")) == 1
    (link,) = rows[0].xpath(".//a/@href")
    (result,) = page_of(tagged_client, link).xpath("//li[@class='result']")
    assert result.get("id") == f"{borland}-0"
