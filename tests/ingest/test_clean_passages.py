"""Margins, panels, links, charts, notes and lost spaces of PDFs that the tests make."""

from collections.abc import Callable, Sequence
from pathlib import Path

from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.passages import cut
from ingest.records import Block, BlockKind, Document, Metadata, Page

Reader = Callable[[FPDF], tuple[Page, ...]]


def of_kind(pages: Sequence[Page], kind: BlockKind) -> list[str]:
    return [block.text for block in blocks_of(pages) if block.kind is kind]


def blocks_of(pages: Sequence[Page]) -> list[Block]:
    return [block for page in pages for block in page.blocks]


def test_notes_in_the_margin_leave_the_text_whole(read: Reader) -> None:
    pdf = new_pdf(2)
    last = "The costs were shared by the ministries and the towns"
    for page, note in enumerate(["Visits", "Money"], 1):
        pdf.page = page
        put(pdf, 430, 100, [note, f"(1.{page})"], style="B")
        put(pdf, 430, 160, ["Round", f"(2.{page})"], style="B")
        put(pdf, 430, 500, ["Later", f"(3.{page})"], style="B")  # below all of the text
    pdf.page = 1
    put(pdf, 60, 100, [*BODY, last])
    pdf.page = 2
    put(pdf, 60, 100, ["in the first year, and by no one later.", *BODY])
    pages = read(pdf)
    (text,) = of_kind(pages, BlockKind.PARAGRAPH)
    assert f"{last} in the first year, and by no one later." in text
    assert of_kind(pages, BlockKind.FOOTNOTE) == [
        *("Visits (1.1)", "Round (2.1)", "Later (3.1)"),
        *("Money (1.2)", "Round (2.2)", "Later (3.2)"),
    ]


def test_running_heads_in_the_margin_and_stamps_along_it_go(read: Reader) -> None:
    pdf = new_pdf(3)
    for page in (1, 2, 3):
        pdf.page = page
        put(pdf, 60, 300, [line[:-1] + f" {page}." for line in BODY])
        put(pdf, 430, 330, ["Shift work"])
        with pdf.rotation(90, 30, 700):
            put(pdf, 30, 700, ["printed on DSK33"], 6)
    texts = [block.text for block in blocks_of(read(pdf))]
    assert len(texts) == 3
    assert not any("Shift" in text or "DSK33" in text for text in texts)


def test_a_running_head_in_the_margin_goes_in_large_print_too(read: Reader) -> None:
    pdf = new_pdf(4)
    for page in (1, 2, 3, 4):
        pdf.page = page
        put(pdf, 60, 300, [line[:-1] + f" {page}." for line in BODY])
        put(pdf, 430, 330, ["Shift work"], 14)
    assert not any("Shift" in block.text for block in blocks_of(read(pdf)))


def test_a_larger_heading_at_the_side_of_the_text_is_no_note(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 200, 100, BODY)
    put(pdf, 60, 200, ["3.2 Towns"], 14, "B")
    put(pdf, 60, 217, ["First"], 11)
    put(pdf, 200, 200, BODY)
    pages = read(pdf)
    assert of_kind(pages, BlockKind.HEADING) == ["3.2 Towns"]
    assert len(of_kind(pages, BlockKind.PARAGRAPH)) == 2


def test_a_saying_in_large_print_in_the_margin_parts_no_text(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 200, 100, BODY * 2)
    put(pdf, 60, 140, ["Nobody thought", "that they would", "ask for more."], 14)
    pages = read(pdf)
    (text,) = of_kind(pages, BlockKind.PARAGRAPH)
    assert text.count("Funding") == 2
    assert of_kind(pages, BlockKind.HEADING) == []


def test_text_goes_on_after_a_panel_of_a_page_and_under_its_own_heading(read: Reader) -> None:
    pdf = new_pdf(6)
    last = "The ministries could not find out from the registers"
    put(pdf, 60, 100, ["1 Findings of the visits"], 18, "B")
    put(pdf, 60, 150, [*BODY, last])
    pdf.page = 2
    pdf.set_fill_color(220)
    pdf.rect(50, 60, 480, 640, style="F")
    put(pdf, 60, 90, ["Another country"], 14, "B")
    put(pdf, 60, 130, BODY)
    for page in (3, 4, 5, 6):
        pdf.page = page
        put(pdf, 60, 96 + page, ["who had paid for the journeys.", *BODY] if page == 3 else BODY)
    pages = read(pdf)
    assert f"{last} who had paid for the journeys." in pages[0].blocks[1].text
    document = Document(Path("report.pdf"), "0" * 64, "0" * 64, Metadata(), pages)
    passages = cut(document, lambda texts: [1] * len(texts), 500)
    assert [(passage.page_first, passage.section) for passage in passages] == [
        (1, ("1 Findings of the visits",)),
        (2, ("1 Findings of the visits", "Another country")),
        (3, ("1 Findings of the visits",)),
    ]


def test_a_sentence_goes_on_with_an_address_set_smaller(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, ["The report says so, see Data", *BODY], 14)
    top = put(pdf, 60, 400, ["The commitments are those set out in Data"], 14)
    put(pdf, 60, top, ["Lives (https://www.example.org/data-and-"], 12.6)
    put(pdf, 60, top + 17, ["information/lives), the plan for the towns."], 14)
    assert of_kind(read(pdf), BlockKind.PARAGRAPH)[-1] == (
        "The commitments are those set out in Data Lives "
        "(https://www.example.org/data-and-information/lives), the plan for the towns."
    )


def test_labels_below_the_caption_of_a_figure_stand_together(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    put(pdf, 60, 200, ["Figure 4: Training received by those who answered"], style="B")
    for x, number, label in ((80, "39", "Other training"), (200, "16", "Online training")):
        put(pdf, x, 260, [number])
        put(pdf, x, 330, [label])
    put(pdf, 150, 360, ["Community of practice for those"])
    put(pdf, 150, 373.2, ["who manage cases in the towns"])
    put(pdf, 60, 430, BODY)
    pages = read(pdf)
    (labels,) = of_kind(pages, BlockKind.TABLE)
    assert labels.startswith("Figure 4: Training received by those who answered; ")
    assert {"39", "16", "Other training", "Online training"} < set(labels.split("; "))
    assert of_kind(pages, BlockKind.PARAGRAPH) == [" ".join(BODY)] * 2


def test_a_number_alone_is_no_substance_but_the_end_of_a_sentence_is(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 300, 80, ["7"], 40)
    put(pdf, 60, 150, [*BODY, "The number of guests who came nearly doubled, in"])
    pdf.page = 2
    put(pdf, 60, 100, ["2013."])
    put(pdf, 60, 160, BODY)
    pages = read(pdf)
    assert of_kind(pages, BlockKind.BOILERPLATE) == ["7"]
    first, second = of_kind(pages, BlockKind.PARAGRAPH)
    assert first.endswith("The number of guests who came nearly doubled, in 2013.")
    assert second == " ".join(BODY)


def grid(pdf: FPDF, xs: Sequence[float], ys: Sequence[float]) -> None:
    for y in ys:
        pdf.line(xs[0], y, xs[-1], y)
    for x in xs:
        pdf.line(x, ys[0], x, ys[-1])


def row(pdf: FPDF, top: float, cells: dict[int, str], style: str = "") -> None:
    for x, text in cells.items():
        put(pdf, x, top, [text], style=style)


def test_the_title_of_a_box_that_a_table_fills_is_of_its_rows_alone(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, ["1 Findings of the visits"], 18, "B")
    put(pdf, 60, 120, BODY)
    pdf.set_fill_color(220)
    pdf.rect(50, 250, 440, 120, style="F")
    put(pdf, 60, 275, ["Two countries"], 14, "B")
    grid(pdf, [60, 180, 280], [290, 310, 330])
    row(pdf, 304, {65: "Country", 185: "Year"}, "B")
    row(pdf, 324, {65: "Arland", 185: "2011"})
    put(pdf, 60, 400, BODY)
    # A table of its own is no box, and what stands below it is under its heading.
    pdf.page = 2
    put(pdf, 60, 100, ["1.1 Costs"], 14, "B")
    grid(pdf, [60, 180, 280], [120, 140, 160])
    row(pdf, 134, {65: "Country", 185: "Cost"}, "B")
    row(pdf, 154, {65: "Arland", 185: "40"})
    put(pdf, 60, 200, BODY)
    pages = read(pdf)
    document = Document(Path("report.pdf"), "0" * 64, "0" * 64, Metadata(), pages)
    passages = cut(document, lambda texts: [1] * len(texts), 500)
    assert [(passage.kind.value, passage.section[1:]) for passage in passages] == [
        ("paragraph", ()),
        ("table", ("Two countries",)),
        ("paragraph", ()),
        ("table", ("1.1 Costs",)),
        ("paragraph", ("1.1 Costs",)),
    ]


def test_names_of_columns_in_two_rows(read: Reader) -> None:
    pdf = new_pdf()
    grid(pdf, [60, 180, 280, 380, 480], [100, 120, 140, 160, 180])
    row(pdf, 114, {65: "Kind of goal", 185: "Kind of activity"}, "B")
    row(pdf, 134, {185: "Visits", 285: "Tools", 385: "Mentoring"}, "B")
    row(pdf, 154, {65: "To motivate", 185: "X", 385: "X"})
    row(pdf, 174, {65: "To inform", 285: "X"})
    assert of_kind(read(pdf), BlockKind.TABLE) == [
        "Kind of goal: To motivate; Visits: X; Mentoring: X",
        "Kind of goal: To inform; Tools: X",
    ]


def test_a_title_within_a_table_is_said_in_the_rows_below_it(read: Reader) -> None:
    pdf = new_pdf()
    grid(pdf, [60, 260, 460], [100, 120, 140])
    for y in (140, 160, 180, 200):
        pdf.line(60, y, 460, y)
    for x in (60, 460):
        pdf.line(x, 140, x, 200)
    row(pdf, 114, {65: "Objective", 265: "Indicator"}, "B")
    row(pdf, 134, {65: "A shared plan", 265: "Plan agreed"})
    row(pdf, 154, {65: "Activities"})
    row(pdf, 174, {65: "Hold a workshop with the towns and their partners"})
    row(pdf, 194, {65: "Write the minutes of the workshop and send them out"})
    assert of_kind(read(pdf), BlockKind.TABLE) == [
        "Objective: A shared plan; Indicator: Plan agreed",
        "Activities: Hold a workshop with the towns and their partners",
        "Activities: Write the minutes of the workshop and send them out",
    ]


NAMES = {60: "Factor", 200: "Sources", 340: "Indicators"}


def test_the_rest_of_a_row_over_most_of_a_page_goes_to_its_beginning(read: Reader) -> None:
    pdf = new_pdf(2)
    for page in (1, 2):
        pdf.page = page
        row(pdf, 60, NAMES, "B")
        pdf.line(60, 70, 480, 70)
    pdf.page = 1
    for y in (90, 110):
        pdf.line(60, y, 480, y)
    row(pdf, 84, {60: "Culture", 200: "Survey", 340: "None known"})
    row(pdf, 104, {60: "Staffing", 200: "Register", 340: "Vacancies"})
    put(pdf, 60, 126, ["Treatment"])
    put(pdf, 200, 126, ["Collections"])
    put(pdf, 340, 126, ["Measure on the", "use of words by"])
    pdf.page = 2
    put(pdf, 340, 86, ["the nurses and by"] + ["the guests of the"] * 30 + ["towns."])
    pdf.line(60, 600, 480, 600)
    row(pdf, 616, {60: "Leadership", 200: "Reports", 340: "Scores"})
    rows = of_kind(read(pdf), BlockKind.TABLE)
    assert rows[2].startswith(
        "Factor: Treatment; Sources: Collections; Indicators: Measure on the use of words by the "
        "nurses and by the guests"
    )
    assert rows[2].endswith("towns.")
    assert rows[3:] == ["Factor: Leadership; Sources: Reports; Indicators: Scores"]


def test_the_rest_of_a_cell_alone_on_the_next_page_goes_to_its_row(read: Reader) -> None:
    pdf = new_pdf(2)
    grid(pdf, [60, 200, 340, 480], [700, 720, 740, 760])
    row(pdf, 714, {65: "Country", 205: "How to call", 345: "Who"}, "B")
    row(pdf, 734, {65: "Kenya", 205: "Hotline", 345: "Anyone"})
    row(pdf, 754, {65: "Chile", 205: "Telephone, and", 345: "Staff"})
    pdf.page = 2
    put(pdf, 205, 60, ["in person"])
    put(pdf, 60, 120, BODY)
    pages = read(pdf)
    assert of_kind(pages, BlockKind.TABLE)[-1] == (
        "Country: Chile; How to call: Telephone, and in person; Who: Staff"
    )
    assert of_kind(pages, BlockKind.PARAGRAPH) == [" ".join(BODY)]


def test_the_label_of_the_last_row_holds_for_the_rows_that_open_the_next_page(
    read: Reader,
) -> None:
    pdf = new_pdf(2)
    grid(pdf, [60, 200, 340, 480], [700, 720, 740, 760])
    row(pdf, 714, {65: "Goal", 205: "Step", 345: "Who"}, "B")
    row(pdf, 734, {65: "Safety", 205: "Visits", 345: "Towns"})
    row(pdf, 754, {65: "Costs", 205: "Letters", 345: "Banks"})
    pdf.page = 2
    grid(pdf, [60, 200, 340, 480], [60, 80, 100, 120, 140])
    row(pdf, 74, {205: "Loans", 345: "Agency"})
    row(pdf, 94, {205: "Gifts", 345: "Guests"})
    row(pdf, 114, {65: "Time", 205: "Plans", 345: "Hosts"})
    row(pdf, 134, {205: "Other", 345: "Nobody"})
    rows = of_kind(read(pdf), BlockKind.TABLE)
    assert rows[2:] == [
        "Goal: Costs; Step: Loans; Who: Agency",
        "Goal: Costs; Step: Gifts; Who: Guests",
        "Goal: Time; Step: Plans; Who: Hosts",
        "Step: Other; Who: Nobody",
    ]


def test_entries_parted_by_rules_stay_apart(read: Reader) -> None:
    pdf = new_pdf()
    entries = ["Limits the use of data", "Allows the public to comment", "Approves each project"]
    for n, entry in enumerate(entries):
        put(pdf, 60, 114 + 16 * n, [entry])
        pdf.line(55, 118 + 16 * n, 400, 118 + 16 * n)
    put(pdf, 60, 220, BODY)
    assert of_kind(read(pdf), BlockKind.PARAGRAPH) == [*entries, " ".join(BODY)]


def test_notes_at_the_foot_of_two_columns(read: Reader) -> None:
    pdf = new_pdf()
    for x, note in ((60, "1. “Training in Data,”"), (320, "2. Two of the ten offices")):
        top = put(pdf, x, 80, [line[:38] for line in BODY] * 2)
        pdf.line(x, top + 10, x + 120, top + 10)
        pdf.set_font("Times", size=8)
        pdf.text(x, top + 24, note.replace("“", '"').replace("”", '"'))
        pdf.text(x, top + 33, "did not collect any data at all.")
    notes = of_kind(read(pdf), BlockKind.FOOTNOTE)
    assert notes == [
        '1. "Training in Data," did not collect any data at all.',
        "2. Two of the ten offices did not collect any data at all.",
    ]


def test_notes_of_two_columns_that_are_written_row_by_row(read: Reader) -> None:
    left = [
        "1. The Agency for Towns, Data on Visits Obtained under the Act on",
        "Figures; it was read in the spring of the second year, as were the",
        "letters of the guests.",
    ]
    right = [
        "2. The Agency for Towns, Links to its archive, with what the towns",
        "wrote of it; see also the papers and the letters of the officers in",
        "the autumn, and those that came after the visits had ended",
        "in the third year.",
    ]
    pdf = new_pdf()
    put(pdf, 60, 80, BODY)
    put(pdf, 60, 200, BODY * 2)
    pdf.set_font("Times", size=8)
    column = 60 + max(map(pdf.get_string_width, left)) + 12
    pdf.line(60, 590, 180, 590)
    put(pdf, column, 600, right[:1], 8)
    for n, (one, other) in enumerate(zip(left, right[1:], strict=True), 1):
        put(pdf, 60, 600 + 9.6 * n, [one], 8)
        put(pdf, column, 600 + 9.6 * n, [other], 8)
    assert of_kind(read(pdf), BlockKind.FOOTNOTE) == [" ".join(left), " ".join(right)]


def test_one_line_of_a_paragraph_at_the_end_of_a_column_goes_on_in_the_next(read: Reader) -> None:
    columns = [line[:38] for line in BODY]
    for last, joined in (("Officers, guests of the towns, and the", True), ("All towns", False)):
        pdf = new_pdf()
        top = put(pdf, 60, 80, [*columns[:-1], "It was hard."])
        put(pdf, 72, top, [last])
        put(pdf, 320, 80, ["Ministries that paid for the journeys", *columns])
        found = [text for text in of_kind(read(pdf), BlockKind.PARAGRAPH) if last in text]
        assert [text.startswith(f"{last} Ministries that paid") for text in found] == [joined]


def test_the_square_that_ends_a_chapter_goes_and_the_one_of_an_answer_stays(
    read: Reader,
) -> None:
    pdf = new_pdf()
    answer = "Were the costs shared: Yes"
    for top, lines in ((100, BODY), (240, [answer])):
        below = put(pdf, 60, top, lines)
        width = pdf.get_string_width(lines[-1])
        pdf.set_font("ZapfDingbats", size=8)
        pdf.text(60 + width + 4, below - 1.2 * 11, "n")
    assert of_kind(read(pdf), BlockKind.PARAGRAPH) == [" ".join(BODY), f"{answer} ■"]


def test_the_bold_beginning_of_a_paragraph_is_no_heading(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 60, BODY)
    pdf.set_font("Times", "B", 11)
    pdf.text(60, 160, "Data Research Facility:")
    width = pdf.get_string_width("Data Research Facility: ")
    put(pdf, 60 + width, 160, ["The"])
    put(pdf, 60, 173.2, ["facility is a pilot project of three towns."])
    pages = read(pdf)
    assert of_kind(pages, BlockKind.HEADING) == []
    assert of_kind(pages, BlockKind.PARAGRAPH)[-1] == (
        "Data Research Facility: The facility is a pilot project of three towns."
    )


def test_a_running_head_that_stands_once_above_a_rule(read: Reader) -> None:
    pdf = new_pdf(2)
    for page, head in ((1, "Ministry of Housing"), (2, "Visits abroad")):
        pdf.page = page
        put(pdf, 60, 40, [head], 8)
        pdf.line(60, 46, 530, 46)
        put(pdf, 60, 80, [*BODY[:-1], "The towns paid for it"] if page == 1 else BODY)
    texts = [block.text for block in blocks_of(read(pdf))]
    assert not any("Ministry of Housing" in text or "Visits abroad" in text for text in texts)


def parts(pdf: FPDF, x: float, y: float, gap: float, words: Sequence[str]) -> None:
    """Words side by side, the white between them `gap` of the font size."""
    for word in words:
        pdf.text(x, y, word)
        x += pdf.get_string_width(word) + gap * pdf.font_size_pt


def test_spaces_that_the_page_shows_and_the_text_lacks(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    pdf.set_font("Helvetica", size=11)
    parts(pdf, 60, 200, 0.21, ["expected", "by"])
    parts(pdf, 60, 240, 0.05, ["under", "taken"])
    pdf.text(60, 280, "in 2016 and 2017, see https://example.org/2016/09/30/2016-23672")
    text = " ".join(block.text for block in blocks_of(read(pdf)))
    assert "expected by" in text
    assert "undertaken" in text
    assert "https://example.org/2016/09/30/2016-23672" in text


def test_a_list_in_a_box_of_small_print_is_no_row_of_notes(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, [*BODY, *BODY])
    pdf.rect(55, 420, 420, 100)
    put(pdf, 60, 440, [*BODY[:3], "1. Name the skills.", "2. Build the wards."], 9)
    pages = read(pdf)
    assert of_kind(pages, BlockKind.LIST) == ["1. Name the skills.", "2. Build the wards."]
    assert of_kind(pages, BlockKind.FOOTNOTE) == []
