"""Running heads and feet that do not stand at one height on all pages."""

from ingest.prose.furniture import without_furniture
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
