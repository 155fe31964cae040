"""Text that a spreadsheet would run is quoted; numbers stay numbers."""

from __future__ import annotations

import io

import pytest

from index.files.formulas import harmless, write_csv


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_begins_like_a_formula_is_quoted(mark: str) -> None:
    assert harmless(f"{mark}1+1") == f"'{mark}1+1"
    assert harmless(f"1{mark}1") == f"1{mark}1"


def test_numbers_are_no_formulas() -> None:
    assert harmless(-1.5) == -1.5


def test_each_cell_of_a_table_is_made_harmless() -> None:
    out = io.StringIO()
    write_csv(("name", "share"), [("=1+1", -1.5), ('a "b", c', None)], out)
    assert out.getvalue() == 'name,share\n\'=1+1,-1.5\n"a ""b"", c",\n'
