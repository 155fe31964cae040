"""Which window of a passage is quoted where an amount is asked for."""

from pathlib import Path

import pytest

from index import build
from index.library import Library
from search.find import find
from search.ranking.bearing import telling
from search.ranking.compare import PassageWindows

TOLD = "Families were asked. They lived in town. In all 35 came. None left. Rain fell."
SENTENCES = [(0, 20), (21, 40), (41, 56), (57, 67), (68, 78)]
WINDOWS = [(SENTENCES[n][0], SENTENCES[n + 1][1]) for n in range(4)]


def windows(spans: list[tuple[int, int]], values: list[float]) -> PassageWindows:
    return PassageWindows(spans, [0.0] * len(spans), values)


@pytest.mark.parametrize(
    ("values", "quote"),
    [
        ([0.5, 0.3, 0.1, 0.1], "Families were asked. They lived in town. In all 35 came."),
        ([0.3, 0.5, 0.1, 0.1], "They lived in town. In all 35 came."),
        ([0.1, 0.1, 0.48, 0.5], "In all 35 came. None left."),  # about as good, and tells it
        ([0.1, 0.1, 0.465, 0.5], "In all 35 came. None left."),
        ([0.1, 0.1, 0.455, 0.5], "None left. Rain fell."),  # too much worse
        ([0.1, 0.1, 0.5, 0.1], "In all 35 came. None left."),
    ],
)
def test_the_quote_holds_the_amount_where_it_can(values: list[float], quote: str) -> None:
    assert TOLD[slice(*telling(TOLD, windows(WINDOWS, values)))] == quote


def test_a_window_that_shares_no_sentence_is_not_joined() -> None:
    text = "Rent: low; Year: new\nRent: 35; Year: old"
    assert telling(text, windows([(0, 20), (21, 39)], [0.5, 0.1])) == (0, 20)
    assert telling("Nothing here.", windows([(0, 13)], [0.5])) == (0, 13)


def test_the_sentence_behind_the_quote_is_marked_with_it_where_it_tells_the_amount(
    empty_library: Library, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(
        "The ferry company asked passengers about the crossing. The passengers that the ferry "
        "company asked were many. By telephone, in spring, 216 replied to what a clerk read aloud "
        "from a list. The harbour was closed in winter."
    )
    list(build.add(empty_library, [tmp_path / "a.txt"]))
    asked, other = (
        find(empty_library, f"{word} passengers the ferry company asked", k=1).results[0]
        for word in ("how many", "which")
    )
    text = asked.stored.passage.text
    assert text[asked.quote.start : asked.quote.end].endswith("from a list.")
    assert text[other.quote.start : other.quote.end].endswith("were many.")
