"""The initiatives as a table: what it tells of each, whom it is limited to, and as a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from flask.testing import FlaskClient
from lxml import html

from index import build
from index.library import Library
from web.app import create_app

TWINNED = {"MORE", "Durable Solutions in Practice", "TRUKI", "EURITA", "ERCM"}
"""Those of the starter's file whose activities have mentoring among them."""


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def table_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_table_says_with_whom_and_what_came_of_it(look) -> None:
    page = look("/initiatives")
    columns = [words(cell) for cell in page.xpath("//main//thead//th")]
    (most,) = (row for row in page.xpath("//main//tbody/tr") if "MOST" in words(row[0]))
    cells = dict(zip(columns, map(words, most), strict=True))
    assert "Ireland (Irish Reception Agency); Spain; Sweden" in cells["Partners, countries"]
    assert "Finland, Ireland, Spain, Sweden" in cells["Partners, countries"]
    assert "passed on in seminars" in cells["What came of it"]
    assert [cell.get("data-label") for cell in most[1:]] == columns[1:]


def test_one_can_ask_for_an_activity_or_a_goal(look) -> None:
    page = look("/initiatives?goal=&activity=mentoring")
    rows, bars = page.xpath("//main//tbody/tr/th"), page.xpath("//*[local-name()='svg']/a")
    assert {words(bar) for bar in bars} == TWINNED
    assert len(rows) == len(TWINNED)
    assert page.xpath("//select[@name='activity']/option[@selected]/@value") == ["mentoring"]
    assert page.xpath("//select[@name='goal']/option[@selected]") == []
    both = look("/initiatives?activity=mentoring&goal=motivational")
    assert len(both.xpath("//main//tbody/tr")) == 2
    none = look("/initiatives?goal=relational&activity=co-creating-tools")
    assert "0 of 17 initiatives" in words(none)
    assert none.xpath("//main//a[.='Show all']/@href") == ["/initiatives"]


def test_what_has_no_years_is_in_the_table_alone(look) -> None:
    page = look("/initiatives?goal=motivational")
    shown = [words(row) for row in page.xpath("//main//tbody/tr/th")]
    assert any("Promotion of" in name for name in shown)
    assert "Promotion of" not in words(page.xpath("//*[local-name()='svg']")[0])


def test_what_has_no_years_is_named_below_the_drawing(look) -> None:
    page = look("/initiatives")
    assert len(page.xpath("//*[local-name()='svg']/a")) == 16
    (undated,) = page.xpath("//p[starts-with(normalize-space(), 'Without years:')]/a")
    assert undated.get("href") == "/initiatives/promotion-of-resettlement"
    dated = look("/initiatives?activity=mentoring")
    assert not dated.xpath("//p[starts-with(normalize-space(), 'Without years:')]")


def test_the_table_stands_in_the_order_of_the_drawing(look) -> None:
    page = look("/initiatives")
    rows = page.xpath("//main//tbody/tr/th/a/@href")
    *dated, undated = rows
    assert page.xpath("//*[local-name()='svg']/a/@href") == dated
    assert undated == "/initiatives/promotion-of-resettlement"
    assert dated.index("/initiatives/truki") < dated.index("/initiatives/know-reset")


def test_an_initiative_says_how_many_passages_name_it_and_leads_to_more(
    empty_library: Library, tmp_path: Path
) -> None:
    parts = [f"# Visit {n}\n\nOn visit {n} the guests of TRUKI came by sea.\n" for n in range(64)]
    (tmp_path / "visits.md").write_text("\n".join(parts), "utf-8")
    list(build.add(empty_library, [tmp_path]))
    client = create_app(empty_library).test_client()

    def seen(address: str) -> html.HtmlElement:
        return html.fromstring(client.get(address).text)

    page = seen("/initiatives/truki")
    assert "The first 30 of 64 passages: " in words(page)
    shown = 30
    while more := page.xpath("//a[.='More passages']/@href"):
        assert more[0].endswith(f"k={shown + 30}#passage-{shown + 1}")
        page = seen(more[0].partition("#")[0])
        assert page.xpath(f"//li[@id='passage-{shown + 1}']")
        shown += 30
    assert len(page.xpath("//ol[@class='passages']/li")) == 64
    assert "First" not in words(page)
    assert "64 passages: " in words(page)
    assert client.get("/initiatives/truki?k=29").status_code == 400


def test_what_initiatives_cannot_be_limited_to_is_refused(look, client) -> None:
    assert "There is no activity “visits”" in words(
        look("/initiatives?activity=visits", status=400)
    )
    assert "goals and activities only" in words(look("/initiatives?year=2010", status=400))
    assert client.get("/initiatives.csv?activity=visits").status_code == 400


def test_all_that_is_known_is_in_the_file(client: FlaskClient) -> None:
    rows = {row["id"]: row for row in table_of(client, "/initiatives.csv")}
    assert len(rows) == 17
    most = rows["most"]
    assert most["countries"] == "Finland; Ireland; Spain; Sweden"
    assert most["goals"] == "Operational; Innovative"
    assert most["source"].startswith("Hanne Beirens and Aliyyah Ahad, Scaling up Refugee")
    assert rows["temporary-desk-on-iraq"]["grants"] == (
        "2008: 1220000 euros to Dutch Immigration and Naturalisation Service, "
        "Temporary Desk on Iraq – Protection and Resettlement"
    )
    atcr = rows["annual-tripartite-consultations"]
    assert (atcr["first_year"], atcr["last_year"], atcr["grants"]) == ("1995", "", "")


def test_the_file_has_what_the_page_shows(look, client: FlaskClient) -> None:
    (link,) = look("/initiatives?activity=mentoring").xpath("//a[.='CSV']/@href")
    shown = {row["abbreviation"] or row["name"] for row in table_of(client, link)}
    assert shown == TWINNED
