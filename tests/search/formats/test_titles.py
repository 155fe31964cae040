"""Long titles in lists."""

import pytest

from search.formats.titles import short_title

_FILLED = "abcd " * 23  # 115 characters


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("", ""),
        (_FILLED + "wxyzv", _FILLED + "wxyzv"),
        (_FILLED + "wxyzv more", _FILLED + "wxyzv…"),
        (_FILLED + "wxyzvu", _FILLED.strip() + "…"),
        (_FILLED.strip() + ", and more than that", _FILLED.strip() + ", and…"),
        (_FILLED.strip() + ": (Regulation)", _FILLED.strip() + "…"),
        ("x" * 121, "x" * 120 + "…"),
    ],
)
def test_a_long_title_ends_at_a_word(title: str, shown: str) -> None:
    assert short_title(title) == shown
