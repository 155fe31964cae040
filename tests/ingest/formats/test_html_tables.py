"""Tables of web pages."""

import pytest

from ingest.formats import html
from ingest.records import BlockKind

T, P, H, L = BlockKind.TABLE, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST
HEAD = "<tr><th>Area</th><th>Action</th><th>Who</th></tr>"


def found(page: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in html.read(page.encode())[1]]


def test_paragraphs_and_items_of_a_cell_are_apart() -> None:
    page = f"""<table>{HEAD}<tr><td>Housing</td><td><p>Ask.</p><p>Visit.</p></td>
    <td>town<br>state<ul><li>police</li><li>courts</li></ul></td></tr></table>"""
    text = "Area: Housing; Action: Ask. Visit.; Who: town state police courts"
    assert found(page) == [(T, text)]


def test_spanned_cells_leave_the_others_under_their_names() -> None:
    page = f"""<table>{HEAD}
    <tr><td rowspan=2>Housing</td><td>visit</td><td>town</td></tr>
    <tr><td>report</td><td>state</td></tr>
    <tr><td colspan=2>All of it</td><td>both</td></tr>
    <tr><td rowspan="99">Work</td><td colspan="many">ask</td><td>union</td></tr></table>"""
    assert [text for _, text in found(page)] == [
        "Area: Housing; Action: visit; Who: town",
        "Area: Housing; Action: report; Who: state",
        "Area: All of it; Who: both",
        "Area: Work; Action: ask; Who: union",
    ]


def test_a_long_cell_that_spans_rows_is_not_repeated() -> None:
    long = "It was a long year. " * 14
    page = f"""<table>{HEAD}<tr><td rowspan=2>{long}</td><td>visit</td><td>town</td></tr>
    <tr><td>report</td><td>state</td></tr></table>"""
    assert found(page)[1] == (T, "Action: report; Who: state")


def test_cells_that_span_everything_stay_within_bounds() -> None:
    row = "<tr>" + "<td rowspan=65534 colspan=1000>a</td>" * 3 + "</tr>"
    rows = found(f"<table>{row * 50}</table>")
    assert len(rows) == 50
    assert len(rows[-1][1]) < 2_000


def test_names_of_two_levels() -> None:
    page = """<table><thead><tr><th rowspan=2>Town</th><th colspan=2>2021</th><th>2022</th></tr>
    <tr><th>Women</th><th>Men</th><th>All</th></tr></thead>
    <tr><td>Bern</td><td>4</td><td>5</td><td>11</td></tr></table>"""
    assert found(page) == [(T, "Town: Bern; 2021, Women: 4; 2021, Men: 5; 2022, All: 11")]


def test_a_caption_is_read() -> None:
    page = "<table><caption>Places</caption><tr><th>Year</th></tr><tr><td>2011</td></tr></table>"
    assert found(page) == [(T, "Places"), (T, "Year: 2011")]


def test_a_table_in_a_cell_is_read_once() -> None:
    inner = "<table><tr><td>bed</td><td>board</td></tr><tr><td>bus</td><td>train</td></tr></table>"
    page = f"<table><tr><th>Year</th><th>Costs</th></tr><tr><td>2011</td><td>{inner}</td></tr>"
    assert found(page) == [(T, "Year: 2011; Costs: bed board bus train")]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>{}</td><td>{}</td></tr></table>",
        "<table><tr><td>{}</td></tr><tr><td>{}</td></tr></table>",
        "<table role=presentation><tr><th>{}</th></tr><tr><td>x</td></tr><tr><td>{}</td></tr>",
        "<table><tr><td><table><tr><td>{}{}</td></tr></table></td></tr></table>",
    ],
)
def test_a_table_that_places_parts_of_a_page_is_no_table(table: str) -> None:
    page = table.format("<h1>Visits</h1><p>They came.</p>", "<ul><li>bed</li></ul>")
    assert [one for one in found(page) if one[1] != "x"] == [
        (H, "Visits"),
        (P, "They came."),
        (L, "- bed"),
    ]


def test_a_table_without_names_stays_a_table() -> None:
    page = "<table><tr><td>2011</td><td><p>visit</p></td></tr><tr><td>2012</td><td>both</td></tr>"
    assert found(page) == [(T, "2011: 2012; visit: both")]


def test_a_paragraph_in_the_first_row_is_no_name() -> None:
    said = "They came twice. " * 20
    page = f"<table><tr><td>{said}<td>May</tr><tr><td>They left.<td>June</tr></table>"
    assert found(page) == [(T, f"{said.strip()}; May"), (T, "They left.; June")]
