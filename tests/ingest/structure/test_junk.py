"""What is no substance beyond contents pages with dots and plain reference lists."""

import pytest

from ingest.engines.sheets import Rule
from ingest.prose.furniture import without_furniture
from ingest.prose.lines import Line
from ingest.prose.ruled_heads import without_ruled_heads
from ingest.records import Block, BlockKind
from ingest.structure.junk import marked


def heading(text: str, page: int = 2) -> Block:
    return Block(BlockKind.HEADING, text, page, 1)


def paragraph(text: str, page: int = 2) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page)


def kinds(*blocks: Block) -> list[str]:
    return [block.kind.value for block in marked(blocks, 40)]


@pytest.mark.parametrize(
    "title",
    [
        "Quellen",
        "Fuentes",
        "Sources et références",
        "Sources and notes",
        "7. References",
        "LITERATUURLIJST",
        "Referências bibliográficas",
    ],
)
def test_reference_lists_by_many_names(title: str) -> None:
    entry = paragraph("Frost, A. (2014). Learning from neighbours.", 30)
    assert kinds(heading(title, 30), entry) == ["heading", "reference"]


@pytest.mark.parametrize(
    "when", ["2014a", "n.d.", "s.d.", "www.example.org", "https://example.org"]
)
def test_an_entry_has_a_year_or_an_address(when: str) -> None:
    entry = paragraph(f"Frost, A. ({when}). Learning from neighbours.", 30)
    assert kinds(heading("References", 30), entry) == ["heading", "reference"]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (BlockKind.PARAGRAPH, "12", "boilerplate"),
        (BlockKind.FOOTNOTE, "12", "boilerplate"),
        (BlockKind.FOOTNOTE, "https://example.org/a", "boilerplate"),
        (BlockKind.PARAGRAPH, "2013.", "paragraph"),
        (BlockKind.PARAGRAPH, "12 towns", "paragraph"),
        (BlockKind.TABLE, "12", "table"),
    ],
)
def test_figures_or_a_link_alone_are_no_text(kind: BlockKind, text: str, found: str) -> None:
    assert kinds(Block(kind, text, 20)) == [found]


def test_a_heading_that_only_begins_like_a_reference_list_hides_nothing() -> None:
    text = paragraph("In 2014 the ministry paid for half of it.", 30)
    assert kinds(heading("Sources and uses of money", 30), text) == ["heading", "paragraph"]
    assert kinds(heading("Quellen der Finanzierung", 30), text) == ["heading", "paragraph"]


@pytest.mark.parametrize("title", ["Noten", "NOTAS FINAIS"])
def test_numbered_notes_by_many_names(title: str) -> None:
    notes = [Block(BlockKind.LIST, f"{n}. What was seen there.", 30) for n in (1, 2)]
    assert kinds(heading(title, 30), *notes) == ["heading", "footnote", "footnote"]


def test_a_disclaimer_is_boilerplate_up_to_the_next_heading() -> None:
    said = paragraph("The views in this paper are those of its authors.")
    body = paragraph("The project trained ninety officers in two years.")
    found = kinds(heading("Disclaimer"), said, said, heading("Summary"), body)
    assert found == ["heading", "boilerplate", "boilerplate", "heading", "paragraph"]


def test_an_entry_of_two_lines_set_as_a_heading_opens_no_section() -> None:
    found = kinds(
        heading("Contents"),
        paragraph("Summary 3"),
        heading("Chapter 2. Teaching within the"),
        paragraph("agency 12"),
        heading("Summary", 3),
        paragraph("Ninety officers were trained.", 3),
    )
    assert found == ["heading", "contents", "contents", "contents", "heading", "paragraph"]


WEB_CONTENTS = "1 Visits to towns 1.1 Who paid 2 Lessons"


@pytest.mark.parametrize(
    ("opens", "text", "kind"),
    [
        ("Contents", WEB_CONTENTS, "contents"),
        ("Contents", "1.1 Who paid", "contents"),
        ("Contents", "2 Lessons 1.1 Who paid", "paragraph"),
        ("Contents", "1 Visits to towns and who paid", "paragraph"),
        ("Contents", "Report of 2019", "paragraph"),
        ("Summary", WEB_CONTENTS, "paragraph"),
    ],
)
def test_headings_below_contents_are_entries_without_page_numbers(
    opens: str, text: str, kind: str
) -> None:
    found = kinds(
        heading("Report of 2019", 1),
        heading(opens),
        paragraph(text),
        heading("1 Visits to towns", 3),
        heading("1.1 Who paid", 3),
        heading("2 Lessons", 4),
    )
    assert found == ["heading", "heading", kind, "heading", "heading", "heading"]


def test_the_sentence_after_a_contents_page_is_no_entry() -> None:
    found = kinds(
        heading("Contents"),
        paragraph("Summary 3"),
        paragraph("All names have been changed."),
        paragraph("Interviews were held in rooms 1 to 12"),
    )
    assert found[:3] == ["heading", "contents", "paragraph"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("version 10.0", "paragraph"),
        ("- Phase 2", "paragraph"),
        ("Phase 2", "contents"),
        ("Phase_2", "contents"),
    ],
)
def test_items_and_decimal_figures_behind_the_contents_are_no_entries(text: str, kind: str) -> None:
    found = kinds(heading("Contents"), paragraph("Summary 3"), paragraph(text, 3))
    assert found == ["heading", "contents", kind]


def test_entries_are_told_without_their_leaders() -> None:
    texts = ("Training and mentoring . . . . . . 12", "_ _ _ _ _ _", "Costs ........ 14")
    _, *found = marked([heading("Contents"), *map(paragraph, texts)], 40)
    assert [(block.kind.value, block.text) for block in found] == [
        ("contents", "Training and mentoring 12"),
        ("contents", "…"),
        ("contents", "Costs 14"),
    ]


def test_a_page_number_may_touch_the_last_word_of_an_entry() -> None:
    def third(text: str) -> str:
        entry = paragraph(text)
        return kinds(heading("Contents"), paragraph("Summary 3"), entry, paragraph("Findings"))[2]

    assert third("Training and mentoring12") == "contents"
    assert third("Training and mentoring12 in Arland") == "paragraph"
    assert third("Training and mentoring12 in Arland 9") == "contents"


@pytest.mark.parametrize(
    ("length", "kind"), [(28, "contents"), (250, "contents"), (251, "paragraph")]
)
def test_entries_go_on_behind_a_short_text_and_not_behind_a_long_one(
    length: int, kind: str
) -> None:
    between = paragraph("All names have been changed."[-length:].rjust(length, "x"))
    found = kinds(heading("Contents"), paragraph("Summary 3"), between, paragraph("Findings 12"))
    assert found == ["heading", "contents", "paragraph", kind]


@pytest.mark.parametrize("page", [1, 2])
def test_without_a_contents_heading_a_number_at_the_end_makes_no_entry(page: int) -> None:
    assert kinds(paragraph("Interviews were held in rooms 1 to 12", page)) == ["paragraph"]


@pytest.mark.parametrize(("page", "kind"), [(3, "contents"), (4, "paragraph")])
def test_contents_go_on_over_one_page_end(page: int, kind: str) -> None:
    found = kinds(heading("Contents"), paragraph("Summary 3"), paragraph("Findings 12", page))
    assert found == ["heading", "contents", kind]


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (6, "boilerplate"),
        (7, "paragraph"),
        (38, "paragraph"),
        (39, "boilerplate"),
    ],
)
def test_an_imprint_stands_on_the_first_six_or_the_last_two_pages(page: int, kind: str) -> None:
    assert kinds(paragraph("© Harbour Institute 2017. All rights reserved.", page)) == [kind]


def test_a_table_in_a_disclaimer_stays_a_table() -> None:
    said = paragraph("The views in this paper are those of its authors.")
    table = Block(BlockKind.TABLE, "Town: Arland; Rent: 340", 2)
    assert kinds(heading("Disclaimer"), said, table, said) == [
        "heading", "boilerplate", "table", "boilerplate"
    ]  # fmt: skip


@pytest.mark.parametrize(("cited", "kind"), [(3, "reference"), (2, "paragraph")])
def test_three_fifths_of_a_list_of_references_cite(cited: int, kind: str) -> None:
    entries = [paragraph(f"Frost, A. ({2010 + n}). Learning.", 30) for n in range(cited)]
    others = [paragraph("What the towns said of it.", 30) for _ in range(5 - cited)]
    assert kinds(heading("References", 30), *entries, *others) == ["heading", *[kind] * 5]


def test_a_link_back_to_the_contents_is_no_text() -> None:
    assert kinds(paragraph("See the guidance.", 9), paragraph("Contents", 9)) == [
        "paragraph",
        "contents",
    ]


def test_the_running_head_of_a_short_paper_stands_on_two_of_its_three_pages() -> None:
    def page(*texts: str, top: float) -> list[Line]:
        return [Line(t, 80, 300, top + 40 * i, 9.0) for i, t in enumerate(texts)]

    first = page("Learning Together", "It began in 2014.", top=120)
    later = [page("Learning Together", text, top=46) for text in ("It grew.", "It ended.")]
    kept = without_furniture([first, *later], [842.0] * 3)
    assert [[line.text for line in lines] for lines in kept] == [
        ["Learning Together", "It began in 2014."],
        ["It grew."],
        ["It ended."],
    ]
    more = [page(f"{name} came.", "So it was.", top=46) for name in ("Ana", "Bo", "Cy")]
    assert without_furniture([*later, *more], [842.0] * 5) == [*later, *more]


def test_a_figure_that_ends_a_cell_at_the_foot_of_a_page_is_no_page_number() -> None:
    def page(number: str, *cell: str) -> list[Line]:
        lines = [Line(text, 80, 140, 740.0 + 11 * i, 9.0) for i, text in enumerate(cell)]
        return [Line("It grew.", 80, 300, 300.0, 9.0), *lines, Line(number, 290, 295, 806.0, 9.0)]

    pages = [page("1", "Visits in unit", "66"), page("2", "Guests of unit", "71")]
    kept = without_furniture(pages, [842.0] * 2)
    assert [[line.text for line in lines][1:] for lines in kept] == [
        ["Visits in unit", "66"],
        ["Guests of unit", "71"],
    ]
    # Under no text they count the pages.
    alone = [page("1", "66"), page("2", "67")]
    assert [len(lines) for lines in without_furniture(alone, [842.0] * 2)] == [1, 1]


@pytest.mark.parametrize(
    ("places", "kept"), [((10, 11, 12), 0), ((10, 12, 15), 0), ((10, 12, 16), 3), ((0, 9, 18), 3)]
)
def test_a_chapter_s_head_stands_on_three_pages_near_each_other(
    places: tuple[int, ...], kept: int
) -> None:
    pages = [
        [Line(f"{'abcdefghijklmnopqrst'[number] * 9} came.", 80, 300, 400.0, 9.0)]
        for number in range(20)
    ]
    for place in places:
        pages[place].insert(0, Line("Learning Together", 80, 300, 46.0, 9.0))
    found = without_furniture(pages, [842.0] * 20)
    assert sum(line.text == "Learning Together" for lines in found for line in lines) == kept
    assert [lines[-1].text for lines in found] == [lines[-1].text for lines in pages]


RULE = Rule(70, 60, 400, 60.5)
TEXT = Line("Ninety officers were trained.", 72, 300, 90.0, 10.0)


def head(*texts: str, size: float = 8.0) -> list[Line]:
    """Lines above the rule, small beside a text of 10 points."""
    return [Line(text, 72, 200, 50.0 + n, size) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("lines", "rule", "stays"),
    [
        (head("Costs"), RULE, False),
        (head("Costs", "2017"), RULE, False),
        (head("Costs", "2017", "Arland"), RULE, True),  # too many lines
        (head("Costs", size=9.5), RULE, True),  # as large as the text
        (head("Costs " * 11), RULE, True),  # 66 characters
        (head("Costs"), Rule(70, 60, 310, 60.5), True),  # a short rule
        (head("Costs"), Rule(70, 80, 400, 80.5), True),  # too far down
    ],
)
def test_small_print_above_a_rule_on_two_pages_is_a_running_head(
    lines: list[Line], rule: Rule, stays: bool
) -> None:
    ruled = [*lines, TEXT]
    pages = [ruled, [TEXT], ruled, [TEXT], [TEXT]]
    rules = [[rule], [], [rule], [], []]
    kept = without_ruled_heads(pages, rules, [842.0] * 5, 10.0)
    assert kept == (pages if stays else [[TEXT]] * 5)
    # on one page of five it is none
    once = without_ruled_heads([ruled, *[[TEXT]] * 4], [[rule], [], [], [], []], [842.0] * 5, 10.0)
    assert once == [ruled, *[[TEXT]] * 4]


def test_of_a_short_paper_one_page_behind_the_first_is_enough() -> None:
    ruled = [*head("Costs"), TEXT]
    assert without_ruled_heads([[TEXT], ruled], [[], [RULE]], [842.0] * 2, 10.0)[1] == [TEXT]
    assert without_ruled_heads([ruled, [TEXT]], [[RULE], []], [842.0] * 2, 10.0)[0] == ruled
    alone = [[TEXT], head("Costs")]
    assert without_ruled_heads(alone, [[], [RULE]], [842.0] * 2, 10.0) == alone


def cited(number: int, end: str = ";") -> str:
    entry = "Agency {0}, 'Report on visits', accessed 29 November 2017, www.example.org/{0}"
    return f"{'; '.join(entry.format(number + n) for n in range(2))}{end}"


def test_a_list_of_sources_goes_on_over_a_page_end() -> None:
    first = paragraph("Sources: " + cited(1) + " Ministry of", 30)
    rest = paragraph("Labour, 2005; " + cited(3, "."), 31)
    text = paragraph("In 2005 the ministry asked the towns. In 2006 they said no; in 2007 yes.", 31)
    assert kinds(first, rest, heading("Costs", 31), text) == [
        *("reference", "reference", "heading", "paragraph"),
    ]
    assert kinds(rest) == ["paragraph"]


def test_a_sentence_that_names_its_source_hides_nothing() -> None:
    said = paragraph(
        "Sources: the visits of 2017, at which the officers of three towns said what they had paid "
        "for the journeys of their guests, and what they would not pay for again."
    )
    text = paragraph("The visits of 2017 and 2018 cost less than those of 2019 had cost.")
    assert kinds(said, text) == ["paragraph", "paragraph"]


def notes(first: int, count: int, cited: int) -> list[Block]:
    """Items of a list, the first ones of which name a year."""
    said = ["Report on visits, 2014."] * cited + ["Said by an officer."] * (count - cited)
    return [
        Block(BlockKind.LIST, f"{number}. {text}", 40) for number, text in enumerate(said, first)
    ]


def test_a_list_that_ends_a_document_and_cites_is_its_notes() -> None:
    text = paragraph("Ninety officers were trained.", 39)
    assert kinds(text, *notes(1, 5, 2)) == ["paragraph", *["footnote"] * 5]
    imprint = paragraph("© Harbour Institute 2017. All rights reserved.", 40)
    assert kinds(text, *notes(1, 5, 2), imprint)[1:] == [*["footnote"] * 5, "boilerplate"]


@pytest.mark.parametrize(
    "blocks",
    [
        notes(1, 5, 1),  # less than two in five cite
        notes(1, 4, 4),  # too few
        notes(2, 5, 5),  # the first is missing
        [*notes(1, 2, 2), *notes(4, 3, 3)],  # one in between is
        [*notes(1, 5, 5), paragraph("Ninety officers were trained.", 40)],
    ],
    ids=["few cite", "four", "from the second", "with a gap", "text behind"],
)
def test_any_other_list_stays_a_list(blocks: list[Block]) -> None:
    assert kinds(*blocks) == [block.kind.value for block in blocks]


def test_an_entry_may_name_several_headings_that_follow_it_in_their_order() -> None:
    texts = ("Costs of visits Who pays", "Who pays Costs of visits", "Costs of visits Who paid")
    after = [heading("Costs of visits"), heading("Costs"), heading("Who pays")]
    found = kinds(heading("Contents"), *map(paragraph, texts), *after)
    assert found == ["heading", "contents", "paragraph", "paragraph", *["heading"] * 3]
