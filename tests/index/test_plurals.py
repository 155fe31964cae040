"""Counts in words."""

from __future__ import annotations

from index.plurals import counted


def test_one_is_single_and_thousands_are_set_apart() -> None:
    assert counted(1, "page") == "1 page"
    assert counted(0, "page") == "0 pages"
    assert counted(999, "page") == "999 pages"
    assert counted(1000, "page") == "1,000 pages"
    assert counted(1234567, "page") == "1,234,567 pages"
