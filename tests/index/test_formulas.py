"""Text that a spreadsheet would run is quoted; numbers stay numbers."""

from __future__ import annotations

import pytest

from index.formulas import harmless


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_begins_like_a_formula_is_quoted(mark: str) -> None:
    assert harmless(f"{mark}1+1") == f"'{mark}1+1"
    assert harmless(f"1{mark}1") == f"1{mark}1"


def test_numbers_are_no_formulas() -> None:
    assert harmless(-1.5) == -1.5
