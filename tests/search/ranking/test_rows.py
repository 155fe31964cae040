"""Rows of a whole and of its parts, and the names of their columns."""

from pathlib import Path

import pytest

from index import build
from index.library import Library
from ingest.records import BlockKind
from search.find import find
from search.ranking.rows import behind_kind, of_whole

MALE = "Year: Korea, Male; 2011: 10; 2012: 30"
FEMALE = "Year: Korea, Female; 2011: 5; 2012: 7"
BOTH = "Year: Korea; 2011: 15; 2012: 37"
TEXT = f"{MALE}\n{BOTH}\n{FEMALE}"
WINDOWS = [(TEXT.index(row), TEXT.index(row) + len(row)) for row in (MALE, BOTH, FEMALE)]


@pytest.mark.parametrize(
    ("shares", "quoted", "wanted"),
    [
        ([0.5, 0.5, 0.5], 0, 1),
        ([0.5, 0.5, 0.5], 2, 1),
        ([0.5, 0.5, 0.5], 1, 1),
        ([0.8, 0.5, 0.5], 0, 0),  # asked for men
        ([0.5, 0.5, 0.8], 2, 2),
        ([0.5, 0.6, 0.5], 0, 1),
    ],
)
def test_the_whole_goes_before_its_parts_unless_one_is_asked_for(
    shares: list[float], quoted: int, wanted: int
) -> None:
    assert of_whole(TEXT, WINDOWS, shares, WINDOWS[quoted]) == WINDOWS[wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Korean schools; 2011: 3\nKorea; 2011: 15",
        "Koreas; 3\nKorea; 15",
        "Japan, Male; 3\nKorea; 15",
        "Korea, Male is one.\nKorea; 15",
        "Korea, Male; 3\nKorea has both.",
        "Korea, Male; 2011: 3\nKorea; 2011: –",
        "Korea, Male; 2011: 3; 2012: 4\nKorea; 2011: 15; 2012: ..",
    ],
)
def test_what_is_no_whole_of_it_changes_nothing(text: str) -> None:
    cut = text.index("\n")
    windows = [(0, cut), (cut + 1, len(text))]
    assert of_whole(text, windows, [0.5, 0.5], windows[0]) == windows[0]


def test_what_is_no_window_is_left() -> None:
    assert of_whole(TEXT, WINDOWS, [0.5, 0.5, 0.5], (3, 9)) == (3, 9)
    assert of_whole("", [], [], (0, 0)) == (0, 0)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (BOTH, BOTH.removeprefix("Year: ")),
        ("Jahr: Korea; 2011 (bis Mai): 15", "Korea; 2011 (bis Mai): 15"),
        ("Year: 2011; Korea: 15", "Year: 2011; Korea: 15"),
        ("Country: Korea; 2011: 15", "Country: Korea; 2011: 15"),
        ("Year: Korea; 2011: 15; Total: 37", "Year: Korea; 2011: 15; Total: 37"),
        ("Year: Korea", "Year: Korea"),
    ],
)
def test_the_name_of_a_first_column_of_years_is_left_out(row: str, shown: str) -> None:
    text = f"Table 1\n{row}"
    assert text[behind_kind(text, 8, len(text)) :] == shown


ROWS = (
    ("Nationality", "2011", "2012"),
    ("Korea, Male", "4,432", "6,828"),
    ("Korea", "4,957", "8,132"),
    ("Korea, Female", "525", "1,304"),
)


@pytest.fixture(scope="module")
def departures(library_of) -> Library:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in ROWS)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    page = f"<html><head><title>Departures</title></head><body><table>{table}</table></body></html>"
    return library_of({"departures.html": page})


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("how many went to Korea in 2012", "Nationality: Korea; "),
        ("how many female workers went to Korea in 2012", "Nationality: Korea, Female; "),
        ("male workers to Korea in 2012", "Nationality: Korea, Male; "),
    ],
)
def test_a_total_is_quoted_unless_the_part_is_asked_for(
    departures: Library, question: str, first: str
) -> None:
    (result,) = find(departures, question, 1).results
    assert result.stored.passage.kind is BlockKind.TABLE
    assert result.quote.words(result.stored.passage).startswith(first)


def test_a_row_is_quoted_without_the_name_of_a_first_column_of_years(
    empty_library: Library, tmp_path: Path
) -> None:
    (tmp_path / "departures.md").write_text(
        "# Departures\n\n| Year | 2011 | 2012 |\n|---|---|---|\n"
        "| Korea | 4,957 | 8,132 |\n| Japan | 11 | 22 |\n"
    )
    list(build.add(empty_library, [tmp_path / "departures.md"]))
    first = find(empty_library, "how many went to Korea in 2012", 1).results[0]
    assert first.quote.words(first.stored.passage) == "Korea; 2011: 4,957; 2012: 8,132"
