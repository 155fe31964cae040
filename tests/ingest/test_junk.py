"""What is no substance beyond contents pages with dots and plain reference lists."""

import pytest

from ingest.furniture import without_furniture
from ingest.junk import marked
from ingest.lines import Line
from ingest.records import Block, BlockKind


def heading(text: str, page: int = 2) -> Block:
    return Block(BlockKind.HEADING, text, page, 1)


def paragraph(text: str, page: int = 2) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page)


def kinds(*blocks: Block) -> list[str]:
    return [block.kind.value for block in marked(blocks, 40)]


@pytest.mark.parametrize(
    "title", ["Quellen", "Fuentes", "Sources et références", "Sources and notes", "7. References"]
)
def test_reference_lists_by_many_names(title: str) -> None:
    entry = paragraph("Frost, A. (2014). Learning from neighbours.", 30)
    assert kinds(heading(title, 30), entry) == ["heading", "reference"]


def test_a_heading_that_only_begins_like_a_reference_list_hides_nothing() -> None:
    text = paragraph("In 2014 the ministry paid for half of it.", 30)
    assert kinds(heading("Sources and uses of money", 30), text) == ["heading", "paragraph"]
    assert kinds(heading("Quellen der Finanzierung", 30), text) == ["heading", "paragraph"]


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


def test_the_sentence_after_a_contents_page_is_no_entry() -> None:
    found = kinds(
        heading("Contents"),
        paragraph("Summary 3"),
        paragraph("All names have been changed."),
        paragraph("Interviews were held in rooms 1 to 12"),
    )
    assert found[:3] == ["heading", "contents", "paragraph"]


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
