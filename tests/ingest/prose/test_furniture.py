"""Running heads and feet that do not stand at one height on all pages."""

import pytest

from ingest.prose.furniture import without_furniture, without_stamps
from ingest.prose.lines import Line

UPRIGHT, CROSSWISE = 842.0, 595.0


def page(number: int, height: float, foot: str) -> list[Line]:
    """A line of text in the middle, and a foot 40 points above the lower edge."""
    text = Line(f"What was seen in place {number}.", 60, 300, height / 2, 10.0)
    return [text, Line(foot, 60, 60 + 4.0 * len(foot), height - 40, 8.0)]


def feet_left(heights: list[float], feet: list[str]) -> list[str]:
    pages = [
        page(number, height, foot)
        for number, (height, foot) in enumerate(zip(heights, feet, strict=True), start=1)
    ]
    kept = without_furniture(pages, heights)
    assert all(page[0] in lines for page, lines in zip(pages, kept, strict=True))
    return [line.text for lines in kept for line in lines[1:]]


def test_a_foot_on_a_page_laid_crosswise_is_the_foot_of_the_others() -> None:
    heights = [UPRIGHT] * 7 + [CROSSWISE]
    assert feet_left(heights, [f"{n} | Review of the fund" for n in range(1, 9)]) == []


def test_a_page_number_on_a_page_laid_crosswise_goes_too() -> None:
    heights = [UPRIGHT] * 7 + [CROSSWISE]
    assert feet_left(heights, [str(n) for n in range(1, 9)]) == []


def test_a_roman_page_number_on_such_a_page_goes_too() -> None:
    heights = [UPRIGHT] * 7 + [CROSSWISE]
    assert feet_left(heights, ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]) == []


def test_another_line_at_the_foot_of_such_a_page_stays() -> None:
    feet = [f"{n} | Review of the fund" for n in range(1, 8)]
    last = "Rates are those of March."
    assert feet_left([UPRIGHT] * 7 + [CROSSWISE], [*feet, last]) == [last]


def test_a_figure_in_the_last_row_of_a_table_laid_crosswise_is_no_page_number() -> None:
    # That page has its own number at the side, and text down to where others have their foot.
    heights = [UPRIGHT] * 7 + [CROSSWISE]
    assert feet_left(heights, [*(str(n) for n in range(1, 8)), "48"]) == ["48"]


def test_the_sign_of_a_paper_with_one_letter_is_a_running_head() -> None:
    assert feet_left([UPRIGHT] * 5, ["A/72/118"] * 5) == []


def test_a_figure_and_a_letter_of_a_table_are_no_sign_of_a_paper() -> None:
    assert feet_left([UPRIGHT] * 5, ["B 72"] * 5) == ["B 72"] * 5


def test_a_chapter_beside_the_page_number_goes_though_it_stands_on_one_page() -> None:
    feet = ["Methods | 1", "Methods | 2", "Results | 3", "Results | 4", "Costs | 5", "NOTES | 6"]
    assert feet_left([UPRIGHT] * 6, feet) == []
    assert feet_left([UPRIGHT] * 6, [" | ".join(foot.split(" | ")[::-1]) for foot in feet]) == []


def test_a_figure_behind_a_bar_that_does_not_count_the_pages_stays() -> None:
    feet = ["Wells | 12", "Pumps | 30", "Roads | 7", "Barns | 45", "Sheds | 2", "Mills | 61"]
    assert feet_left([UPRIGHT] * 6, feet) == feet


@pytest.mark.parametrize(
    ("bases", "kept"),
    [
        # Columns 20 points wide; two lines of one stamp; a stamp said twice in the margin.
        ((700, 720), 2),
        ((700, 712), 0),
        ((30, 30), 0),
    ],
)
def test_names_of_columns_that_run_upwards_on_two_pages_are_no_stamp(
    bases: tuple[float, float], kept: int
) -> None:
    turned = [Line("Desk review", 410, 460, bases[0], 8.5), Line("Survey", 410, 440, bases[1], 8.5)]
    pages = without_stamps([turned, turned])
    assert [len(lines) for lines in pages] == [kept, kept]
