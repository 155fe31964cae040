from ingest.records import Block, BlockKind, Health, Page
from ingest.structure.title_block import set_apart

TEXT = "Once a year the agency gathers governments for a conference, and most of them come."


def heading(text: str, level: int = 1) -> Block:
    return Block(BlockKind.HEADING, text, 1, level)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, 1)


def kinds(pages: tuple[Page, ...]) -> list[str]:
    return [block.kind.value for page in pages for block in page.blocks]


def page(*blocks: Block, number: int = 1) -> Page:
    return Page(number, Health.TEXT, blocks)


def test_kind_title_subtitle_and_date_are_no_sections() -> None:
    blocks = (
        heading("BRIEF", 3),
        heading("Learning Together"),
        heading("How peers teach", 2),
        paragraph("Agency for Peers · 2018"),
    )
    found = set_apart([page(*blocks, paragraph(TEXT))], "Learning together")
    assert kinds(found) == ["boilerplate"] * 4 + ["paragraph"]
    assert [block.text for block in found[0].blocks] == [*(b.text for b in blocks), TEXT]
    assert all(block.level == 0 for block in found[0].blocks)


def test_the_heading_right_above_the_text_stays_its_heading() -> None:
    blocks = (heading("Learning together"), heading("Summary"), paragraph(TEXT))
    found = set_apart([page(*blocks)], "Learning together")
    assert kinds(found) == ["boilerplate", "heading", "paragraph"]
    found = set_apart([page(blocks[0], heading("Part I"), *blocks[1:])], "Learning together")
    assert kinds(found) == ["boilerplate", "heading", "heading", "paragraph"]


def test_a_short_sentence_and_a_list_are_text() -> None:
    for text in (paragraph("It works."), Block(BlockKind.LIST, "- first", 1)):
        found = set_apart([page(heading("Learning together"), text)], "Learning together")
        assert kinds(found) == ["boilerplate", text.kind.value]


def test_without_the_title_nothing_changes() -> None:
    pages = (page(heading("Summary"), heading("Findings"), paragraph(TEXT)),)
    assert set_apart(pages, "Learning together") == pages
    assert set_apart(pages, "") == pages


def test_only_the_first_three_pages_have_a_title_block() -> None:
    title = "Learning together"
    cover = page(heading(title))
    body = [page(paragraph(TEXT), number=n) for n in (2, 3)]
    late = page(heading(title), paragraph(TEXT), number=4)
    found = set_apart([cover, *body, late], title)
    assert kinds(found) == ["boilerplate", "paragraph", "paragraph", "heading", "paragraph"]


def test_a_document_of_its_title_alone_keeps_it() -> None:
    pages = (page(heading("Learning together")),)
    assert set_apart(pages, "Learning together") == pages


def test_lines_far_below_the_title_are_text() -> None:
    names = [paragraph(f"Member number {n}") for n in range(8)]
    found = set_apart(
        [page(heading("Learning together"), *names, paragraph(TEXT))], "Learning together"
    )
    assert kinds(found) == ["boilerplate"] * 5 + ["paragraph"] * 5


ABBREVIATIONS = ("AVR Assisted voluntary return", "DG Directorate-General", "IDP Displaced person")


def test_the_title_block_ends_where_a_list_of_abbreviations_begins() -> None:
    entries = [paragraph(text) for text in ABBREVIATIONS]
    for name in ("List of abbreviations", "Sigles et acronymes"):
        blocks = (heading("Learning together"), paragraph("March 2019"), heading(name), *entries)
        for after in ([heading("1 Visits"), paragraph(TEXT)], []):
            found = set_apart([page(*blocks, *after)], "Learning together")
            assert kinds(found)[:3] == ["boilerplate", "boilerplate", "heading"]
            assert kinds(found)[3:] == ["paragraph"] * 3 + [block.kind.value for block in after]


def test_what_is_no_such_heading_is_of_the_title_block() -> None:
    for line in (heading("How peers teach", 2), paragraph("Abbreviations")):
        lines = (heading("Learning together"), line, paragraph("March 2019"), heading("1 Visits"))
        found = set_apart([page(*lines, paragraph(TEXT))], "Learning together")
        assert kinds(found) == ["boilerplate"] * 3 + ["heading", "paragraph"]
    title = heading("Foreword")
    found = set_apart([page(title, paragraph("March 2019"), paragraph(TEXT))], "Foreword")
    assert kinds(found) == ["boilerplate"] * 2 + ["paragraph"]
