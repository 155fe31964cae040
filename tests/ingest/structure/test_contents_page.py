"""Entries of a contents page and their page numbers, on lines made by hand."""

from dataclasses import replace

import pytest

from ingest.engines.sheets import Word
from ingest.prose.lines import Line, lines_of
from ingest.structure.contents_page import joined_entries


def line(text: str, x0: float, x1: float, base: float = 100.0) -> Line:
    return Line(text, x0, x1, base, 10.0)


def texts(lines: list[Line]) -> list[str]:
    return [one.text for one in lines]


def contents(*entries: tuple[str, str]) -> list[Line]:
    """Entries and their page numbers, one 12 points below the other."""
    return [
        part
        for n, (name, folio) in enumerate(entries)
        for part in (line(name, 50, 200, 100 + 12 * n), line(folio, 385, 400, 100 + 12 * n))
    ]


ENTRIES = (("Foreword", "iv"), ("Visits", "3"), ("Hosts", "3"), ("Costs", "12"), ("Notes", "90"))


def test_entries_of_a_contents_page_get_the_numbers_at_the_right() -> None:
    found = joined_entries([line("Contents", 50, 120, 60), *contents(*ENTRIES)])
    assert texts(found) == [
        "Contents",
        "Foreword ..... iv",
        "Visits ..... 3",
        "Hosts ..... 3",
        "Costs ..... 12",
        "Notes ..... 90",
    ]
    assert [one.x1 for one in found] == [120, 400, 400, 400, 400, 400]
    assert len(joined_entries(contents(*ENTRIES[:4]))) == 4


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(contents(*ENTRIES[:3]), id="three"),
        pytest.param(contents(*ENTRIES[:3], ("Costs", "2"), ("Notes", "90")), id="falling"),
        pytest.param(contents(*((name, "3") for name, _ in ENTRIES)), id="all the same"),
        pytest.param(contents(*((str(n), folio) for n, (_, folio) in enumerate(ENTRIES))), id="#"),
        pytest.param([replace(x, x1=x.x1 + x.base / 6) for x in contents(*ENTRIES)], id="ragged"),
        pytest.param(
            [replace(x, base=x.base + (x.x0 > 300) * 4) for x in contents(*ENTRIES)], id="lower"
        ),
        pytest.param(
            [*contents(*ENTRIES), *(line("They met.", 50, 400, 300 + n) for n in range(7))],
            id="among much text",
        ),
    ],
)
def test_numbers_that_are_no_page_numbers_stay_apart(lines: list[Line]) -> None:
    assert joined_entries(lines) == lines


def test_leaders_and_a_number_that_stand_apart_belong_to_their_entry() -> None:
    apart = [
        [line("1", 50, 55), line("Visits", 70, 100), line("3", 395, 400)],
        [line("1.1", 70, 85), line("Hosts", 95, 120), line("3", 395, 400)],
        [line("1.2", 70, 85), line("Costs", 95, 120), line("........", 160, 380)],
        [line("2", 50, 55), line("Lessons . . . . . . .", 70, 380), line("12", 390, 400)],
        [line("Annex", 50, 75), line(". . . . . .", 90, 380), line("90", 390, 400)],
    ]
    apart[2].append(line("4", 395, 400))
    lines = [replace(one, base=100 + 12 * n) for n, row in enumerate(apart) for one in row]
    found = joined_entries(lines)
    assert texts(found) == [
        "1 Visits ..... 3",
        "1.1 Hosts ..... 3",
        "1.2 Costs ........ ..... 4",
        "2 Lessons . . . . . . . ..... 12",
        "Annex . . . . . . ..... 90",
    ]
    assert [(one.x0, one.x1) for one in found] == [
        (50, 400),
        (70, 400),
        (70, 400),
        (50, 400),
        (50, 400),
    ]


def test_dots_that_do_not_stand_right_of_an_entry_are_no_leaders() -> None:
    entries = contents(*ENTRIES)
    lower, before = line("......", 410, 480, 106), line("......", 50, 90, 148)
    found = texts(joined_entries([*entries[:2], lower, *entries[2:], before]))
    assert found[:2] == ["Foreword ..... iv", "......"]
    assert found[-2:] == ["Notes ..... 90", "......"]


def words_of(text: str, step: float) -> list[Word]:
    """Words of 5 points a letter, so many points from the end of one to the next."""
    words: list[Word] = []
    for part in text.split():
        x0 = words[-1].x1 + step if words else 50.0
        words.append(Word(part, x0, x0 + 5 * len(part), 100.0, 10.0, False, False))
    return words


def test_dots_that_come_one_by_one_do_not_close_up_the_words_before_them() -> None:
    found = lines_of(words_of("What towns can teach " + ". " * 20, 3.0), [])
    assert texts(found) == ["What towns can teach" + " ." * 20]
    assert texts(lines_of(words_of("V I S I T S .", 3.0), [])) == ["VISITS."]
