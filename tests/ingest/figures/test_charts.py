"""Charts with their numbers as text, and key figures, in PDFs that the tests make."""

from collections.abc import Callable, Sequence

import pytest
from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.figures.chart_pieces import chart_pieces, with_captions_below
from ingest.figures.charts import Chart
from ingest.prose.clean import Vocabulary
from ingest.prose.layout import chain_of
from ingest.prose.lines import Line
from ingest.prose.paragraphs import Piece
from ingest.records import Block, BlockKind, Page

Reader = Callable[[FPDF], tuple[Page, ...]]

CAPTION = "Figure 2. Places found in each year"
YEARS = {"2015": "41", "2016": "77", "2017": "58", "2018": "23"}
TOP, FOOT, LEFT = 260.0, 360.0, 120.0


def parts(pages: Sequence[Page], *kinds: BlockKind) -> list[str]:
    blocks: list[Block] = [block for page in pages for block in page.blocks]
    return [block.text for block in blocks if block.kind in kinds]


def prose(pages: Sequence[Page]) -> list[str]:
    return parts(pages, BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.HEADING)


def centred(pdf: FPDF, middle: float, base: float, text: str, size: float = 8) -> None:
    pdf.set_font("Helvetica", "", size)
    pdf.text(middle - pdf.get_string_width(text) / 2, base, text)


def columns(
    pdf: FPDF, values: dict[str, str], *, frame: bool = True, ticks: Sequence[int] = (100, 50, 0)
) -> None:
    """A column chart at 120 to 400 points across and 260 to 360 down.

    values: of the categories, in percent of its height; ticks: on its axis, at even distances.
    """
    for place, tick in enumerate(ticks):
        y = TOP + (FOOT - TOP) * place / (len(ticks) - 1)
        pdf.set_font("Helvetica", "", 8)
        pdf.text(LEFT - 6 - pdf.get_string_width(str(tick)), y + 3, str(tick))
        pdf.line(LEFT, y, 400, y)
    for place, (name, value) in enumerate(values.items()):
        middle = LEFT + 40 + 70 * place
        top = FOOT - (FOOT - TOP) * float(value) / 100
        pdf.rect(middle - 15, top, 30, FOOT - top, "F")
        centred(pdf, middle, top - 3, value)
        centred(pdf, middle, FOOT + 14, name)
    if frame:
        pdf.rect(85, TOP - 20, 330, FOOT - TOP + 60)


def test_each_value_of_a_framed_chart_stands_with_its_label(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    put(pdf, 60, 220, [CAPTION], 10, "B")
    columns(pdf, YEARS)
    put(pdf, 60, 450, BODY)
    pages = read(pdf)
    assert parts(pages, BlockKind.TABLE) == [CAPTION, "2015: 41; 2016: 77; 2017: 58; 2018: 23"]
    assert parts(pages, BlockKind.BOILERPLATE) == ["100; 50; 0"]
    assert prose(pages) == [" ".join(BODY)] * 2


def test_a_chart_without_a_frame_is_known_by_its_axis(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, [*BODY, "The costs were shared by the ministries and the towns"])
    columns(pdf, YEARS, frame=False, ticks=(100, 75, 50, 25, 0))
    with pdf.rotation(90, 95, 330):
        pdf.set_font("Helvetica", "", 8)
        pdf.text(95, 330, "Places found")
    put(pdf, 60, 396, [CAPTION], 10, "B")
    put(pdf, 60, 440, ["in the first year, and by no one later.", *BODY])
    pages = read(pdf)
    assert parts(pages, BlockKind.TABLE) == [
        CAPTION,
        "Places found; 2015: 41; 2016: 77; 2017: 58; 2018: 23",
    ]
    assert parts(pages, BlockKind.BOILERPLATE) == ["100; 75; 50; 25; 0"]
    (text,) = prose(pages)
    assert "the ministries and the towns in the first year, and by no one later." in text


def test_values_of_several_series_are_said_of_no_label(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    columns(pdf, YEARS, ticks=(100, 75, 50, 25, 0))
    for place in range(4):
        centred(pdf, LEFT + 40 + 70 * place, 353, str(12 + place))
    pages = read(pdf)
    assert parts(pages, BlockKind.TABLE) == ["2015; 2016; 2017; 2018"]
    (loose,) = parts(pages, BlockKind.BOILERPLATE)
    assert {"41", "77", "58", "23", "12", "15", "100"} <= set(loose.split("; "))
    assert prose(pages) == [" ".join(BODY)]


def test_bars_stand_beside_their_labels_and_their_axis_along_the_foot(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    for place, (name, share) in enumerate({"After the visit": 79, "Before it": 46}.items()):
        y = 280 + 30 * place
        pdf.set_font("Helvetica", "", 8)
        pdf.text(160 - pdf.get_string_width(name), y, name)
        pdf.rect(166, y - 8, 2 * share, 12, "F")
        pdf.text(170 + 2 * share, y, f"{share}%")
    for tick in range(0, 101, 25):
        centred(pdf, 166 + 2 * tick, 340, f"{tick}%")
    pdf.rect(85, 250, 330, 105)
    pages = read(pdf)
    assert parts(pages, BlockKind.TABLE) == ["After the visit: 79%; Before it: 46%"]
    assert parts(pages, BlockKind.BOILERPLATE) == ["0%; 25%; 50%; 75%; 100%"]
    assert prose(pages) == [" ".join(BODY)]


def test_figures_of_a_table_that_count_down_are_no_axis(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    answers = {"5": "Very good", "4": "Good", "3": "Neither", "2": "Poor", "1": "Very poor"}
    pdf.rect(85, 250, 330, 20 * len(answers))
    pdf.line(140, 250, 140, 250 + 20 * len(answers))
    for place, (mark, words) in enumerate(answers.items()):
        put(pdf, 95, 264 + 20 * place, [mark], 9)
        put(pdf, 150, 264 + 20 * place, [words], 9)
        pdf.line(85, 250 + 20 * place, 415, 250 + 20 * place)
    assert parts(read(pdf), BlockKind.TABLE) == [
        "5; Very good",
        "4; Good",
        "3; Neither",
        "2; Poor",
        "1; Very poor",
    ]


@pytest.mark.parametrize(
    ("name", "said", "walls"), [("All visits", "Aim: All visits; ", False), ("", "", True)]
)
def test_the_last_row_of_a_table_that_counts_up_is_no_axis(
    read: Reader, name: str, said: str, walls: bool
) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    rows = {
        "Aim": ["Spring", "Summer", "Autumn", "Winter"],
        "Visits": ["3", "9", "7", "8"],
        name: ["25%", "50%", "75%", "100%"],
    }
    pdf.rect(70, 250, 440, 60)
    for n, (label, cells) in enumerate(rows.items()):
        put(pdf, 74, 264 + 20 * n, [label], 9)
        for place, text in enumerate(cells):
            centred(pdf, 230 + 80 * place, 264 + 20 * n, text, 9)
    if walls:
        for x in range(190, 500, 80):
            pdf.line(x, 250, x, 310)
        for y in (270, 290):
            pdf.line(70, y, 510, y)
    pages = read(pdf)
    assert parts(pages, BlockKind.TABLE) == [
        "Aim: Visits; Spring: 3; Summer: 9; Autumn: 7; Winter: 8",
        f"{said}Spring: 25%; Summer: 50%; Autumn: 75%; Winter: 100%",
    ]


def test_a_chart_in_a_panel_parts_it_not(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 60, BODY)
    pdf.rect(60, 160, 470, 330)
    put(pdf, 70, 185, BODY[:3])
    columns(pdf, YEARS, frame=False, ticks=(100, 75, 50, 25, 0))
    put(pdf, 70, 410, BODY[:5])
    blocks = [(block.kind, block.boxed) for page in read(pdf) for block in page.blocks]
    assert blocks == [
        (BlockKind.PARAGRAPH, False),
        (BlockKind.PARAGRAPH, True),
        (BlockKind.TABLE, True),
        (BlockKind.BOILERPLATE, True),
        (BlockKind.PARAGRAPH, True),
    ]


def chart_at(x0: float, foot: float, label: str) -> list[Piece]:
    place = chain_of([Line(label, x0, x0 + 200, foot, 8)])
    return chart_pieces(Chart(place, (label,), ("100",)), 1, boxed=False)


def caption_at(x0: float, base: float, text: str) -> Piece:
    return Piece((Line(text, x0, x0 + 150, base, 10),), 1, (x0, x0 + 200))


def said(pieces: Sequence[Piece]) -> list[str]:
    found = with_captions_below(pieces, Vocabulary([]))
    return [p.row.text if p.row else f"text: {p.lines[0].text}" for p in found]


def test_captions_below_two_charts_each_go_with_their_own() -> None:
    upper, lower = chart_at(60, 200, "2015: 41"), chart_at(60, 400, "2015: 77")
    captions = [caption_at(60, 220, "Figure 1. Found"), caption_at(60, 420, "Figure 2. Lost")]
    assert said([*upper, captions[0], *lower, captions[1]]) == [
        *("Figure 1. Found", "2015: 41", "100"),
        *("Figure 2. Lost", "2015: 77", "100"),
    ]


@pytest.mark.parametrize(("x0", "base"), [(330, 80), (330, 710), (60, 760)])
def test_a_caption_elsewhere_on_the_page_is_none_of_a_chart(x0: float, base: float) -> None:
    pieces = [*chart_at(60, 700, "2015: 41"), caption_at(x0, base, "Figure 2. Lost")]
    assert said(pieces) == ["2015: 41", "100", "text: Figure 2. Lost"]


def test_a_frame_with_a_sentence_stays_text(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    columns(pdf, YEARS)
    put(pdf, 130, 395, ["Most places were found by the towns."], 8)
    assert not any(text.startswith("2015: 41") for text in parts(read(pdf), BlockKind.TABLE))


def test_key_figures_stand_with_what_they_count(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    named = {"120": ["families", "housed"], "46": ["mentors trained"], "£8,000": ["for each town"]}
    for place, (number, words) in enumerate(named.items()):
        centred(pdf, 130 + 130 * place, 250, number, 24)
        for line, text in enumerate(words):
            centred(pdf, 130 + 130 * place, 268 + 12 * line, text, 10)
    put(pdf, 60, 340, BODY)
    pages = read(pdf)
    assert parts(pages, BlockKind.TABLE) == [
        "120 families housed; 46 mentors trained; £8,000 for each town"
    ]
    assert prose(pages) == [" ".join(BODY)] * 2


def test_figures_of_rows_with_small_print_below_are_no_key_figures(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    for row, (name, values) in enumerate({"Age": "123", "Time in town": "456"}.items()):
        put(pdf, 70, 250 + 30 * row, [name], 10)
        for place, value in enumerate(values):
            centred(pdf, 250 + 100 * place, 250 + 30 * row, f"{value}.5", 10)
            centred(pdf, 250 + 100 * place, 260 + 30 * row, "(0.1 to 3.9)", 8)
    said = parts(read(pdf), BlockKind.TABLE)
    assert not any("1.5 (0.1 to 3.9); 2.5 (0.1 to 3.9)" in text for text in said)
    assert any("Age" in text and "1.5" in text for text in said)


def test_a_single_large_number_is_that_of_a_chapter(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, ["7"], 40)
    put(pdf, 60, 130, ["Visits to the towns"], 18, "B")
    put(pdf, 60, 180, BODY)
    pages = read(pdf)
    assert parts(pages, BlockKind.TABLE) == []
    assert parts(pages, BlockKind.HEADING) == ["Visits to the towns"]
