"""Which lines are headings, and which of them are one."""

import time
from dataclasses import replace

import pytest

from ingest.prose.lines import Line
from ingest.prose.paragraphs import Norms, Piece
from ingest.prose.row_words import TableRow
from ingest.structure.headings import continued, is_heading, is_sentence, run_over

NORMS = Norms(10.0, 1.2)


def piece(text: str, size: float = 10.0, *, bold: bool = False, boxed: bool = False) -> Piece:
    return Piece((Line(text, 50, 300, 100, size, bold),), 1, (50, 300), boxed=boxed)


@pytest.mark.parametrize(
    "sentence",
    [
        "Finding 3: Visits are paid for by each of the towns.",
        "Finding 4: Visits of three kinds are paid for by the EU.",
        "Finding 5: Visits of this kind were paid for until 2015.",
    ],
)
def test_a_bold_sentence_is_no_heading_whatever_its_last_letter(sentence: str) -> None:
    assert not is_heading(piece(sentence, bold=True), sentence, NORMS)


@pytest.mark.parametrize("title", ["Recommendation 1.", "Visits to towns in the U.S.", "Annex II."])
def test_a_title_with_a_stop_is_a_heading(title: str) -> None:
    assert is_heading(piece(title, bold=True), title, NORMS)


@pytest.mark.parametrize(
    ("ends", "sentence"), [("They met in the EU.", True), ("Visits to each of the towns", False)]
)
def test_a_bold_page_of_any_length_is_told_from_a_title_at_once(ends: str, sentence: bool) -> None:
    started = time.process_time()
    assert is_sentence("The group met in town. " * 4_000 + ends) is sentence
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "size", "gap", "heads"),
    [
        # The text is of 10 points, its baselines 1.2 of them apart.
        ("2. Visits to towns", 10.3, 1.6, True),
        ("2. Visits to towns", 10.1, 1.6, False),
        ("1.2.1 Visits to towns", 10.0, 1.6, True),
        ("1.2.1 Visits to towns", 10.0, 1.4, False),
        ("1.2.1 Visits were paid for.", 10.0, 1.6, False),
        ("1.2 Visits to towns", 10.0, 1.6, False),
        ("Visits to towns", 10.3, 1.6, False),
        ("VISITS TO TOWNS", 10.0, 1.6, True),
        ("VISITS TO TOWNS", 10.0, 1.4, False),
        ("VISITS TO TOWNS", 9.0, 1.6, False),
        ("UNHCR, UNICEF and IOM", 10.0, 1.6, False),
        ("NATO", 10.0, 1.6, False),
    ],
)
def test_plain_print_heads_by_number_or_capitals_and_room(
    text: str, size: float, gap: float, heads: bool
) -> None:
    assert is_heading(replace(piece(text, size), gap_above=gap), text, NORMS) is heads


def test_a_numbered_paragraph_of_two_lines_is_no_heading() -> None:
    text = "1.2.1 Visits to towns that were paid for by the ministry"
    one = replace(piece(text), gap_above=1.6)
    assert is_heading(one, text, NORMS)
    assert not is_heading(replace(one, lines=one.lines * 2), text, NORMS)


def test_bold_print_much_smaller_than_the_text_is_no_heading() -> None:
    assert is_heading(piece("Visits to towns", 8.9, bold=True), "Visits to towns", NORMS)
    assert not is_heading(piece("Visits to towns", 8.7, bold=True), "Visits to towns", NORMS)


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("“Visits” that worked", True),
        ("(Re)building trust", True),
        ("Who pays? What we asked", True),
        ("visits to towns", False),
        ("AB", False),
        ("12.5 % of 240 km", False),
        ("Table 2 Visits", False),
        ("2 Visits to towns ..... 14", False),
        ("Box 2 Visits", False),
        ("“Nobody in the town had thought that it would last", False),
        ("Visits to towns " * 11 + "end", True),
        ("Visits to towns " * 11 + "ended", False),
        ("Visits were paid for by the towns that had asked for them in spring. " + "O" * 31, True),
        ("Visits were paid for by the towns that had asked for them in spring. " + "O" * 32, False),
    ],
)
def test_bold_words_head_if_they_read_as_a_title(text: str, heads: bool) -> None:
    assert is_heading(piece(text, bold=True), text, NORMS) is heads


def test_a_title_stands_in_the_text_on_up_to_four_lines_and_is_no_note() -> None:
    text = "Visits to towns"
    title = piece(text, bold=True)
    note = replace(title.lines[0], note=True)
    assert is_heading(replace(title, lines=title.lines * 4), text, NORMS)
    for other in (
        replace(title, lines=title.lines * 5),
        replace(title, lines=(note,)),
        replace(title, aside=True),
        replace(title, row=TableRow((text,), (), 1)),
    ):
        assert not is_heading(other, text, NORMS)
    for name in ("Box 2 Visits", "Encadré 2 Visites", "Kasten 2 Besuche", "Recuadro 2 Visitas"):
        assert is_heading(piece(name, bold=True, boxed=True), name, NORMS)
        assert not is_heading(piece(name, bold=True), name, NORMS)


def test_a_label_in_plain_print_wants_room_above() -> None:
    label = replace(piece("Article 18"), gap_above=1.3)
    assert is_heading(label, "Article 18", NORMS)
    assert not is_heading(replace(label, gap_above=1.2), "Article 18", NORMS)


def placed(text: str, base: float, size: float = 12.0, page: int = 1) -> Piece:
    return Piece((Line(text, 50, 300, base, size, bold=True),), page, (50, 300))


def second_lines(*pieces: Piece) -> dict[int, int]:
    """Which of headings that follow on one another are the second line of which."""
    places = range(len(pieces))
    return continued(pieces, [one.lines[0].text for one in pieces], dict.fromkeys(places, 1))


def test_a_label_takes_the_title_below_it_however_that_looks() -> None:
    label = placed("CHAPTER 3", 100)
    assert second_lines(label, placed("Visits to towns", 130, 16)) == {1: 0}
    assert second_lines(label, placed("Visits to towns", 150, 16)) == {}
    assert second_lines(label, placed("Visits to towns", 130, 16, page=2)) == {}
    assert second_lines(label, placed("3.1 Visits to towns", 130, 16)) == {}
    # The title has no second line that looks like another heading.
    assert second_lines(label, placed("Visits", 130, 16), placed("Hosts", 150)) == {1: 0}


def test_lines_of_one_look_close_together_are_one_heading() -> None:
    first = placed("What the towns that were visited", 100)
    assert second_lines(first, placed("said of it in spring", 116)) == {1: 0}
    lines = (placed("said of it", 116), placed("in spring", 132))
    assert second_lines(first, *lines) == {1: 0, 2: 0}
    for other in (
        placed("Said of it in spring", 121),
        placed("Said of it in spring", 116, 11),
        placed("Said of it in spring", 100),
        placed("Said of it in spring", 60),
    ):
        assert second_lines(first, other) == {}
    assert second_lines(placed("Visits " * 26, 100), placed("to towns", 116)) == {}
    names = (first, placed("It rained.", 110), placed("said of it", 116))
    assert continued(names, [one.lines[0].text for one in names], {0: 1, 2: 1}) == {}


@pytest.mark.parametrize(
    ("rest", "belongs"),
    [
        (placed("ing the outcomes", 60), True),
        (placed("ing the outcomes", 216), False),
        (placed("Ing the outcomes", 60), False),
        (placed("ing the outcomes", 60, 11), False),
        (piece("ing the outcomes", 12), False),
    ],
)
def test_the_rest_of_a_heading_begins_small_at_the_top_and_looks_like_it(
    rest: Piece, belongs: bool
) -> None:
    pieces = [placed("Records that could serve to measur-", 200), rest]
    found = run_over(pieces, [one.lines[0].text for one in pieces], {0: 1}, (0, 1))
    assert found == ({1: 0} if belongs else {})


SAYING = placed("A plan for the towns was drafted by", 700, 14)
SMALL = replace(piece("that were visited in spring", 10), page=2)


@pytest.mark.parametrize(
    ("after", "rest"),
    [
        ([SMALL, placed("the ministry but not signed.", 80, 14, page=2)], 2),
        ([SMALL, SMALL, placed("the ministry but not signed.", 80, 14, page=2)], 3),
        # On the same page; after other large print; two pages on.
        ([replace(SMALL, page=1), placed("the ministry but not signed.", 80, 14, page=2)], None),
        ([placed("Costs", 60, 15, page=2), placed("the ministry did.", 80, 14, page=2)], None),
        ([SMALL, placed("the ministry but not signed.", 80, 14, page=3)], None),
        ([SMALL, placed("The ministry did not sign.", 80, 14, page=2)], None),
    ],
)
def test_the_rest_of_a_saying_stands_on_the_next_page_behind_smaller_print(
    after: list[Piece], rest: int | None
) -> None:
    pieces = [SAYING, *after]
    said = [one.lines[0].text for one in pieces]
    assert run_over(pieces, said, {0: 1}, range(len(pieces))) == ({rest: 0} if rest else {})
