"""Rows of HTML and Markdown tables as sentences."""

from __future__ import annotations

import pytest

from ingest.formats.rows import rows_as_text


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        pytest.param(
            [["Country:", "Year"], ["Kenya", "2019"], ["", ""], ["Chile", ""]],
            ["Country: Kenya; Year: 2019", "Country: Chile"],
            id="named",
        ),
        pytest.param([["", "2019"], ["Kenya", "5"]], ["Kenya; 2019: 5"], id="an empty corner"),
        pytest.param([["A", "B"], ["1", "2", "3"]], ["A: 1; B: 2; 3"], id="beyond the last name"),
        pytest.param([["A", "", "C"], ["1", "", "3"]], ["A; C", "1; 3"], id="a name is missing"),
        pytest.param([["A", ""], ["1", "2"]], ["A", "1; 2"], id="the second name is missing"),
        pytest.param([["A", "B", "A"], ["1", "2", "3"]], ["A; B; A", "1; 2; 3"], id="a name twice"),
        pytest.param([["", ""], ["Kenya", "5"]], ["Kenya; 5"], id="one row"),
        pytest.param([["", ""], []], [], id="nothing"),
    ],
)
def test_rows_are_named_by_the_first_where_it_names_each_column(
    rows: list[list[str]], texts: list[str]
) -> None:
    assert rows_as_text(rows) == texts
