from ingest.records import BlockKind, Passage
from search.records import Quote

#                  0         10        20
PASSAGE = Passage(0, "One came. Two stayed long.", (), BlockKind.PARAGRAPH, 3, 4, ((10, 4),))


def test_a_quote_over_a_page_break_is_on_the_page_of_its_middle() -> None:
    assert Quote.of(PASSAGE, 0, 26) == Quote(0, 26, 4)
    assert Quote.of(PASSAGE, 0, 12) == Quote(0, 12, 3)


def test_a_quote_on_one_page() -> None:
    assert Quote.of(PASSAGE, 0, 9).page == 3
    assert Quote.of(PASSAGE, 10, 26).page == 4
