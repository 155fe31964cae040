"""What printed web pages leave among the text, and what only looks like it."""

from pathlib import Path

import pytest

from ingest.passages import cut
from ingest.records import Block, BlockKind, Document, Health, Metadata, Page
from ingest.structure.web_pages import is_date, is_picture_name, says_nothing, with_dates_in_place


@pytest.mark.parametrize(
    "text",
    [
        "Recent Activity",
        "Clear all",
        "3 results found reorder grid_view",
        "Back to top ›",
        "Coverthumb_EU CrisisResponse",
        "Coverthumb PathwaysBrief English Reports January 2019 By Ana Ruiz Coverthumb "
        "ReceptionReintegration Reports June 2018",
    ],
)
def test_what_says_nothing_alone(text: str) -> None:
    assert says_nothing([text], "Annual meeting")
    assert not says_nothing([text, "Ninety officers were trained."], "Annual meeting")


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("By Ana Ruiz", "Who chaired the first group"),
        ("Webinars", "What activity works best?"),
        ("Video, Audio, Webinars", "How is it taught?"),
        ("Home", "Where children stay"),
        ("Sign up", "What is the first step?"),
        ("2 results", "Number of results"),
    ],
)
def test_what_may_be_an_answer_is_debris_in_a_list_or_beside_debris(
    text: str, heading: str
) -> None:
    assert not says_nothing([text], heading)
    assert not says_nothing([text, text], heading)
    assert says_nothing([text], "Policy Briefs")
    assert says_nothing([text], "")
    assert says_nothing([text, "Clear all"], heading)
    assert not says_nothing([text, "Clear all", "Ninety officers were trained."], heading)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was hurt.",
        "Evaluator(s): Ali El Amrani",
        "Written by Ana Ruiz",
        "Use WhatsApp_Business and OpenStreetMap",
        "Recent activity of the office",
        "Ten results were found",
        "InfoMigrants",
        "OpenStreetMap in camps",
        "household_id and HH_Size",
        "Reports, Borland",
        "The fees were set by Ana Ruiz.",
    ],
)
def test_what_says_something(text: str) -> None:
    assert not says_nothing([text], "")


def test_a_date_is_an_answer_under_a_heading_that_asks() -> None:
    assert says_nothing(["July 2018"], "Policy Briefs")
    assert says_nothing(["July 2018"], "Video, Audio")
    assert not says_nothing(["1 January 2014"], "Entry into force")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("February 1, 2018", True),
        ("Wednesday Nov 21, 2018", True),
        ("24. Juni 2022", True),
        ("1 de mayo de 2019", True),
        ("E.g., 04/24/2024", True),
        ("June 2018", True),
        ("2018", False),
        ("May", False),
        ("In June 2018", False),
        ("June 2018: the border closes", False),
    ],
)
def test_dates(text: str, date: bool) -> None:
    assert is_date(text) is date


def test_names_of_pictures() -> None:
    assert is_picture_name("_InternationalGovernance")
    assert is_picture_name("BorlandCoastStreets Flickr")
    assert not is_picture_name("Getty Foundation")
    assert not is_picture_name("A map of Borland")


def heading(text: str, level: int) -> Block:
    return Block(BlockKind.HEADING, text, 1, level)


def test_a_date_below_the_title_of_an_entry_is_its_first_line() -> None:
    text = Block(BlockKind.PARAGRAPH, "Rents rose in the capital.", 1)
    title, date = heading("Rents in Borland", 1), heading("February 1, 2018", 1)
    done = with_dates_in_place([title, date, text])
    assert done == [title, Block(BlockKind.PARAGRAPH, date.text, 1), text]
    found = cut(document(done), lambda texts: [len(one.split()) for one in texts], 50)
    assert [(one.section, one.text) for one in found] == [
        (("Rents in Borland",), "February 1, 2018\nRents rose in the capital.")
    ]


def test_dates_of_a_chronology_stay_headings() -> None:
    text = Block(BlockKind.PARAGRAPH, "Rents rose in the capital.", 1)
    blocks = [heading("2018", 1), heading("June 2018", 1), text, heading("July 2018", 1), text]
    assert with_dates_in_place(blocks)[3:] == blocks[3:]
    below = [heading("June 2018", 2), heading("A year in Borland", 1)]
    assert with_dates_in_place(below) == below
    ranked_above = [heading("Rents", 2), heading("June 2018", 1), text]
    assert with_dates_in_place(ranked_above) == ranked_above


def document(blocks: list[Block]) -> Document:
    return Document(Path("d.pdf"), "f", "c", Metadata(), (Page(1, Health.TEXT, tuple(blocks)),))


def test_a_passage_of_links_alone_is_boilerplate_and_keeps_its_place() -> None:
    blocks = [
        heading("Pages", 1),
        heading("Rents in Borland", 1),
        Block(BlockKind.PARAGRAPH, "Rents rose in the capital.", 1),
    ]
    found = cut(document(blocks), lambda texts: [len(one.split()) for one in texts], 50)
    assert [(one.position, one.kind.value, one.text) for one in found] == [
        (0, "boilerplate", "Pages"),
        (1, "paragraph", "Rents rose in the capital."),
    ]
