"""Numbers printed on pages, where they differ from the count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from typeset import BODY, new_pdf, put

from ingest.engines.pypdf_text import PypdfFile
from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits
from ingest.prose.lines import Line
from ingest.prose.printed_pages import printed_numbers

HEIGHT = 842.0


def page(foot: str = "", head: str = "", body: Sequence[str] = BODY) -> list[Line]:
    """A page of A4 with a running head and foot."""
    lines = [Line(text, 72, 400, 130 + 14.0 * n, 11) for n, text in enumerate(body)]
    edges = [(head, 40.0), (foot, 800.0)]
    return lines + [Line(text, 72, 300, base, 9) for text, base in edges if text]


def numbers(pages: Sequence[Sequence[Line]], stated: Sequence[str] = ()) -> list[str]:
    return printed_numbers(pages, [HEIGHT] * len(pages), stated or [""] * len(pages))


@pytest.mark.parametrize(
    ("feet", "printed"),
    [
        (["", "", "Page 1 sur 9", "Page 2 sur 9", "Page 3 sur 9"], ["", "", "1", "2", "3"]),
        (["17", "18", "19", "20"], ["17", "18", "19", "20"]),
        (["17 | Report", "Report | 18", "19 | Report", "Annex | 20"], ["17", "18", "19", "20"]),
        (["– 5 –", "– 6 –", "– 7 –"], ["5", "6", "7"]),
        (["", "i", "ii", "iii", "1", "2", "3"], ["", "i", "ii", "iii", "1", "2", "3"]),
        (["1", "2", "3", "9", "10", "11"], ["", "", "", "9", "10", "11"]),
        (["", "", "III", "IV", "V"], ["", "", "III", "IV", "V"]),
        # Without one in between, which is counted; before the first and after the last is doubt.
        (["", "1", "2", "", "4", "5", ""], ["", "1", "2", "3", "4", "5", ""]),
        # Chapters that count anew: each is a run.
        (["1", "2", "3", "1", "2", "3"], ["", "", "", "1", "2", "3"]),
    ],
)
def test_what_counts_on_with_the_pages_is_their_number(feet: list[str], printed: list[str]) -> None:
    assert numbers([page(foot) for foot in feet]) == printed


@pytest.mark.parametrize(
    "feet",
    [
        ["1", "2", "3", "4"],  # the count
        ["1/4", "2/4", "3/4", "4/4"],
        ["", "17", "18", ""],  # too few
        ["2", "4", "6", "8"],  # two to a page
        ["Report 2019", "Report 2019", "Report 2019"],
        ["12 May", "13 May", "14 May"],  # beside words, on few pages
        ["07/15/2015", "07/16/2015", "07/17/2015", "07/18/2015"],
        ["9", "17", "3", "44", "10", "2", "31"],
        ["", "5", "88", "7", "89", "9"],  # another number at its place
    ],
)
def test_where_it_is_the_count_or_in_doubt_nothing_is_said(feet: list[str]) -> None:
    assert numbers([page(foot) for foot in feet]) == [""] * len(feet)


def test_the_page_comes_last_in_the_head_of_an_official_journal() -> None:
    heads = [f"L 180/{number}" for number in range(31, 38)]
    assert numbers([page(head=head) for head in heads]) == [str(n) for n in range(31, 38)]


def test_headings_that_count_on_are_no_numbers_of_pages() -> None:
    cases = [page(body=[f"Case study {n}", *BODY]) for n in range(3, 13)]
    assert numbers(cases) == [""] * 10
    high = [[Line(f"Case study {n}", 72, 200, 80, 16), *page()] for n in range(3, 13)]
    assert numbers(high) == [""] * 10


def test_figures_of_a_table_at_the_edge_are_not_taken_for_a_few_pages() -> None:
    feet = ["41", "7", "30", "31", "32", *("95", "12", "64", "3", "77", "18", "50", "26")]
    assert numbers([page(foot) for foot in feet]) == [""] * 13


def test_below_three_rows_of_words_no_number_is_looked_for() -> None:
    def under(words: Sequence[str], n: int) -> list[Line]:
        rows = [Line(text, 72, 300, 40 + 15.0 * row, 9) for row, text in enumerate(words)]
        return [*rows, Line(str(n), 72, 80, 40 + 15.0 * len(words), 9)]

    heads = ["Harbour notes", "Second part", "Ferries"]
    assert numbers([under(heads, n) for n in range(31, 37)]) == [""] * 6
    assert numbers([under(heads[:2], n) for n in range(31, 34)]) == ["31", "32", "33"]


def test_of_two_counts_on_the_same_pages_neither_is_taken() -> None:
    both = [page(foot=str(n), head=str(84 + n)) for n in range(3, 9)]
    assert numbers(both) == [""] * 6


def test_what_the_file_states_is_taken_where_it_stands_on_the_pages() -> None:
    stated = ["Cover", "i", "ii", "1", "2"]
    shown = [page(), page("i"), [], page("1"), page("2")]
    assert numbers(shown, stated) == ["", "i", "ii", "1", "2"]
    assert numbers([page()] * 5, stated) == [""] * 5
    assert numbers([page(), page("9"), page("4"), page("1"), page("7")], stated) == [""] * 5


def test_what_is_printed_goes_before_what_the_file_states() -> None:
    shown = [page(foot) for foot in ("11", "12", "13", "14")]
    assert numbers(shown, ["1", "2", "3", "4"]) == ["11", "12", "13", "14"]


def test_the_numbers_of_a_pdf(tmp_path: Path) -> None:
    pdf = new_pdf(7)
    for number in range(1, 8):
        pdf.page = number
        put(pdf, 72, 120, [*BODY, f"This is page {number}."])
        if number > 2:
            put(pdf, 400, 810, [f"Page {number - 2} sur 5"], 9)
    path = tmp_path / "report.pdf"
    pdf.output(str(path))
    found = read_pdf(path, Limits(wall_seconds=60))
    assert isinstance(found, PdfReading)
    assert [page.printed for page in found.pages] == ["", "", "1", "2", "3", "4", "5"]
    assert [page.number for page in found.pages] == list(range(1, 8))


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Four pages that the file calls ii, iii, 1 and 2; all but the third show that."""
    pdf = new_pdf(0)
    pdf.page = 0
    for style, start, shown in (
        ("r", 2, "ii"),
        (None, None, "iii"),
        ("D", 1, ""),
        (None, None, "2"),
    ):
        pdf.add_page()
        if style:
            pdf.set_page_label(label_style=style, label_start=start)
        put(pdf, 72, 120, [*BODY, "The harbour was full."])
        put(pdf, 290, 810, [shown], 9)
    path = tmp_path / "labelled.pdf"
    pdf.output(str(path))
    return path


def test_the_labels_of_a_pdf(labelled: Path) -> None:
    found = read_pdf(labelled, Limits(wall_seconds=60))
    assert isinstance(found, PdfReading)
    assert [page.label for page in found.pages] == ["ii", "iii", "1", "2"]
    assert [page.printed for page in found.pages] == ["ii", "iii", "1", "2"]


def test_the_second_engine_reads_labels_too(labelled: Path, tmp_path: Path) -> None:
    pdf = PypdfFile(labelled)
    assert [pdf.sheet(number).label for number in range(1, 5)] == ["ii", "iii", "1", "2"]
    plain = new_pdf(1)
    plain.output(str(tmp_path / "plain.pdf"))
    assert PypdfFile(tmp_path / "plain.pdf").sheet(1).label == ""
