"""What long reports do: boxes over two pages, pages of figures, notes within words, lists."""

from collections.abc import Callable, Sequence

from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.records import Block, BlockKind, Page

OPEN = "The ministries could not find out from the registers"
REST = "who had paid for the journeys, and gave up in May."
Reader = Callable[[FPDF], tuple[Page, ...]]


def panel(pdf: FPDF, top: float, height: float) -> None:
    pdf.set_fill_color(220)
    pdf.rect(50, top, 480, height, style="F")


def blocks_of(pages: Sequence[Page]) -> list[Block]:
    return [block for page in pages for block in page.blocks]


def of_kind(pages: Sequence[Page], kind: BlockKind) -> list[str]:
    return [block.text for block in blocks_of(pages) if block.kind is kind]


def test_a_paragraph_goes_on_after_a_page_of_a_diagram(read: Reader) -> None:
    pdf = new_pdf(3)
    put(pdf, 60, 100, [*BODY, OPEN])
    pdf.page = 2
    put(pdf, 200, 80, ["Figure 4. Who does what in a visit"], 12, "B")
    labels = ["Ministry", "Agency A", "Agency B", "Host town", "Guest town", "Final check"]
    for place, label in enumerate([*labels, "Sends its officers for two days in spring"]):
        put(pdf, 210 + 20 * (place % 2), 150 + 60 * place, [label], 10)
    pdf.page = 3
    put(pdf, 60, 100, [REST, *BODY])
    pages = read(pdf)
    assert f"{OPEN} {REST}" in pages[0].blocks[0].text
    (diagram,) = of_kind(pages, BlockKind.TABLE)
    assert diagram.startswith("Figure 4. Who does what in a visit; Ministry; Agency A; ")
    assert diagram.endswith("Sends its officers for two days in spring")


def test_a_label_of_a_chart_does_not_swallow_the_next_page(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 100, BODY)
    put(pdf, 420, 400, ["Goes to the", "host town"])
    pdf.page = 2
    put(pdf, 60, 100, ["nobody had asked for it before.", *BODY])
    texts = [block.text for block in blocks_of(read(pdf))]
    assert "Goes to the host town" in texts


def test_a_box_that_says_its_title_again_is_one(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, BODY)
    panel(pdf, 300, 400)
    put(pdf, 60, 330, ["What the towns say"], 15, "B")
    put(pdf, 60, 370, [*BODY, "The archive of the towns holds a note of it. The"])
    pdf.page = 2
    put(pdf, 60, 80, BODY)
    panel(pdf, 300, 400)
    put(pdf, 60, 330, ["What the towns say - continued"], 15, "B")
    put(pdf, 60, 370, ["Mayor of Arland wrote it in the second year of her", *BODY])
    pages = read(pdf)
    assert of_kind(pages, BlockKind.HEADING) == ["What the towns say"] * 2
    whole = "The archive of the towns holds a note of it. The Mayor of Arland wrote it"
    assert any(whole in block.text and block.boxed for block in blocks_of(pages))


def test_an_item_with_links_set_smaller_goes_on_over_a_page_end(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 600, BODY)
    put(pdf, 60, 700, ["· the guidance of the agency on visits"], 11)
    put(pdf, 68, 713, ["(https://www.example.org/guidance/visits/of-officers/)"], 9)
    put(pdf, 68, 726, ["(https://www.example.org/guidance/hosts-and-guests/)"], 9)
    put(pdf, 68, 739, ["(https://www.example.org/guidance/costs/) which says,"], 9)
    pdf.page = 2
    put(pdf, 68, 100, ["among other things, who should pay for journeys", "of the hosts."])
    put(pdf, 60, 160, BODY)
    (item,) = of_kind(read(pdf), BlockKind.LIST)
    assert item.endswith(
        "which says, among other things, who should pay for journeys of the hosts."
    )


def test_a_note_number_within_a_word_goes(read: Reader) -> None:
    pdf = new_pdf()
    top = put(pdf, 60, 100, BODY)
    left = 60.0
    # Word sets it like this: "women", "39" raised, ").", and no space between them.
    for text, size, lift in (("It is less (as of women", 11, 0), ("39", 7, 4), (").", 11, 0)):
        pdf.set_font("Times", "", size)
        pdf.text(left, top - lift, text)
        left += pdf.get_string_width(text)
    put(pdf, left + 4, top, ["The year 2012."])
    text = " ".join(block.text for block in blocks_of(read(pdf)))
    assert "(as of women). The year 2012." in text


def test_a_part_heading_right_below_a_chapter_heading_is_its_own(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, ["3. Trends and frameworks"], 12, "B")
    put(pdf, 60, 94, ["3.1 Labour migration"], 12, "B")
    put(pdf, 60, 124, BODY)
    put(pdf, 60, 230, ["3.2 Money sent home"], 12, "B")
    put(pdf, 60, 260, BODY)
    pages = read(pdf)
    headings = [(b.text, b.level) for b in blocks_of(pages) if b.kind is BlockKind.HEADING]
    assert headings == [
        *(("3. Trends and frameworks", 1), ("3.1 Labour migration", 2)),
        ("3.2 Money sent home", 2),
    ]


def test_a_heading_over_lines_set_wide_and_with_a_dash_is_one(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, BODY)
    put(pdf, 60, 200, ["Safety of the visits"], 14, "B")
    put(pdf, 60, 219, ["- what is known and what"], 14, "B")
    put(pdf, 60, 238, ["is not"], 14, "B")
    put(pdf, 60, 270, BODY)
    pages = read(pdf)
    assert of_kind(pages, BlockKind.HEADING) == [
        "Safety of the visits - what is known and what is not"
    ]


def test_a_bracket_that_begins_a_line_by_chance_is_no_item(read: Reader) -> None:
    pdf = new_pdf()
    texts = [
        "The state that took in the person under Article 18(1)(b),",
        "(c) or (d) shall take back that person within a month.",
    ]
    put(pdf, 60, 100, texts)
    put(pdf, 60, 180, ["The numbers of the second year are known (2003"])
    put(pdf, 60, 193, ["- June 2014), those of the third year are not yet."])
    put(pdf, 60, 260, ["· Visits to the towns: the officers spoke to five"])
    put(pdf, 68, 273, ["(05) hosts and asked them about the costs."])
    items = ["(a) the first of the conditions holds,", "(b) so does the second,"]
    put(pdf, 60, 340, [*items, "(c) or none of them does."])
    blocks = blocks_of(read(pdf))
    assert [block.text for block in blocks] == [
        " ".join(texts),
        "The numbers of the second year are known (2003 - June 2014), those of the third year are "
        "not yet.",
        "- Visits to the towns: the officers spoke to five (05) hosts and asked them about the "
        "costs.",
        *items,
        "(c) or none of them does.",
    ]


def test_long_addresses_do_not_join_two_columns(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 60, ["References"], 15, "B")
    far = "https://www.example.org/reports/of/the/agency/{}/and-its-many-annexes-by-year.pdf."
    top = 100.0
    for number in range(1, 7):
        entry = [
            f"Agency {number}. 2017. Report on the visits of the",
            "agency to the towns. Arland:",
        ]
        top = put(pdf, 60, top, [*entry, "Agency press.", far.format(number)], 9) + 8
    top = 103.0
    for number in range(1, 7):
        entry = [f"Ministry {number}. 2018. Costs of the second round,", "and who is to bear them."]
        top = put(pdf, 310, top, [*entry, "Borland: Ministry press, in the", "third year."], 9) + 8
    texts = [block.text for block in blocks_of(read(pdf))]
    assert not any("Agency" in text and "Ministry" in text for text in texts)
    for number in range(1, 7):
        assert any(f"Agency press. {far.format(number)}" in text for text in texts)


def test_names_below_each_other_are_not_one_phrase(read: Reader) -> None:
    pdf = new_pdf()
    names = ["Bureau of Roads", "Bureau of Schools and Their Towns", "Census Bureau"]
    names += ["Research Service", "Information Office"]
    put(pdf, 60, 100, names)
    put(pdf, 60, 220, BODY)
    texts = [block.text for block in blocks_of(read(pdf))]
    # Five and more short lines are put together as the labels of a chart are, each for itself.
    assert texts[0].split("; ") == names


def test_feet_of_a_short_paper_that_differ_in_a_word_go(read: Reader) -> None:
    pdf = new_pdf(2)
    for page, (town, base) in enumerate([("Arland", 790), ("Borland", 806)], 1):
        pdf.page = page
        put(pdf, 60, 150, [*BODY, f"So it was in the town of {town}, the agency says."])
        put(pdf, 160, base, [f"Organization of the Towns and their Partners, Office in {town}"], 9)
        put(pdf, 550, 795 + 6 * page, [str(page)], 10)
    texts = [block.text for block in blocks_of(read(pdf))]
    assert len(texts) == 2
    assert not any("Organization of the Towns" in text for text in texts)


def test_a_list_of_endnotes_in_the_size_of_the_text_is_notes(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, BODY)
    pdf.page = 2
    put(pdf, 60, 80, ["Notes"], 15, "B")
    for number in range(1, 5):
        text = f"{number} Ministry of Arland, Report on visit {number} to the towns."
        put(pdf, 60, 110 + 24 * number, [text])
    notes = of_kind(read(pdf), BlockKind.FOOTNOTE)
    assert [note.split()[0] for note in notes] == ["1", "2", "3", "4"]


def test_lines_of_a_contents_page_that_fill_it_are_entries(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, ["Contents"], 15, "B")
    entries = ["Why towns should visit each other 3", "How visits are paid for in most years12"]
    entries += [
        "What the hosts should be asked before all14",
        "Who should travel 15",
        "What to ask the hosts 17",
    ]
    for place, entry in enumerate(entries):
        put(pdf, 60, 110 + 22 * place, [entry])
    pdf.page = 2
    put(pdf, 60, 80, BODY)
    assert of_kind(read(pdf), BlockKind.CONTENTS) == entries


def test_notes_that_close_a_document_as_a_list_are_notes(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, [*BODY, "Three steps were taken:"])
    for number in range(1, 6):
        put(
            pdf,
            60,
            180 + 20 * number,
            [f"{number}. The town number {number} was asked for its view."],
        )
    pdf.page = 2
    put(pdf, 60, 80, ["Ward"], 15, "B")
    put(pdf, 60, 110, BODY)
    for number in range(1, 6):
        note = f"{number}. Ministry of Arland (201{number}). Report on visit {number} to the towns."
        put(pdf, 60, 220 + 20 * number, [note])
    pages = read(pdf)
    assert [b.kind for b in pages[1].blocks[-5:]] == [BlockKind.FOOTNOTE] * 5
    assert len(of_kind(pages, BlockKind.LIST)) == 5


def test_an_initial_at_the_start_of_a_line_is_no_list_mark(read: Reader) -> None:
    pdf = new_pdf()
    texts = [
        "The money came from the Appropriations Act, 2011 (Pub.",
        "L. No. 112-10), as all know.",
    ]
    put(pdf, 60, 100, [*BODY, *texts])
    (text,) = of_kind(read(pdf), BlockKind.PARAGRAPH)
    assert text.endswith("(Pub. L. No. 112-10), as all know.")


def test_the_title_of_a_box_named_in_the_text_is_no_heading(read: Reader) -> None:
    pdf = new_pdf()
    pdf.start_section("Case study: What Arland did")
    put(
        pdf,
        60,
        100,
        [
            *BODY,
            "This is told at length for one of them (see the box",
            "'Case study: What Arland did').",
        ],
    )
    put(pdf, 60, 300, ["Case study: What Arland did"], 14, "B")
    put(pdf, 60, 330, BODY)
    pages = read(pdf)
    assert of_kind(pages, BlockKind.PARAGRAPH)[0].endswith(
        "(see the box 'Case study: What Arland did')."
    )
    assert of_kind(pages, BlockKind.HEADING) == ["Case study: What Arland did"]


def test_labels_of_a_figure_set_as_headings_open_no_section(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, BODY)
    pdf.page = 2
    put(pdf, 200, 80, ["Figure 8. Use and privacy"], 12, "B")
    for place, (label, style) in enumerate(
        [("More", ""), ("Data use", "B"), ("Less", ""), ("Future", ""), ("Privacy", "B")]
    ):
        put(pdf, 210, 120 + 40 * place, [label], 11, style)
    put(pdf, 210, 330, ["New methods protect more people and allow more use"], 9)
    put(pdf, 60, 420, BODY)
    pages = read(pdf)
    assert of_kind(pages, BlockKind.HEADING) == []
    assert of_kind(pages, BlockKind.TABLE) == [
        "Figure 8. Use and privacy; More; Data use; Less; Future; Privacy; "
        "New methods protect more people and allow more use"
    ]


def test_the_lines_of_a_cover_are_no_chart(read: Reader) -> None:
    pdf = new_pdf(2)
    lines = ["Annual report of the towns", "Ministry of Arland", "Agency of Borland"]
    lines += ["By Ada Arl and Bo Bor", "In two parts", "May 2018"]
    for place, text in enumerate(lines):
        put(pdf, 60, 100 + 60 * place, [text], 11)
    pdf.page = 2
    put(pdf, 60, 80, BODY)
    pages = read(pdf)
    assert of_kind(pages, BlockKind.TABLE) == []
    assert [block.text for block in pages[0].blocks] == lines


def test_a_note_on_a_last_page_of_a_few_lines_is_a_note(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, BODY)
    pdf.page = 2
    put(pdf, 60, 80, BODY[:4])
    pdf.line(60, 148, 180, 148)
    put(pdf, 60, 160, ["41. Report of the Ministry, part 5, 2302."], 8)
    assert of_kind(read(pdf), BlockKind.FOOTNOTE) == ["41. Report of the Ministry, part 5, 2302."]


def test_the_running_head_of_a_paper_of_two_pages_goes(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 150, BODY)
    pdf.page = 2
    put(pdf, 400, 42, ["Institute for Towns"], 8)
    pdf.line(60, 48, 540, 48)
    put(pdf, 60, 200, BODY)
    assert [block.text for block in blocks_of(read(pdf))] == [" ".join(BODY)] * 2


def test_a_line_above_the_only_rule_of_a_first_page_stays(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 42, ["Institute for Towns"], 8)
    pdf.line(60, 48, 540, 48)
    put(pdf, 60, 80, BODY)
    assert "Institute for Towns" in [block.text for block in blocks_of(read(pdf))]


def test_what_is_bold_as_a_whole_leads_in_what_follows(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 80, BODY)
    for top, text, style in (
        (180, "Visits helped most where towns had asked for them.", "B"),
        (220, "1) June 7, in Arland, in the hall of the Council.", "B"),
        (240, "2) Ada Arl, Mayor of Arland, and two of her clerks.", ""),
    ):
        put(pdf, 60, top, [text], style=style)
    found = {block.text[:6]: (block.kind, block.leads) for block in blocks_of(read(pdf))}
    assert found == {
        "Offici": (BlockKind.PARAGRAPH, False),
        "Visits": (BlockKind.PARAGRAPH, True),
        "1) Jun": (BlockKind.LIST, True),
        "2) Ada": (BlockKind.LIST, False),
    }
