"""What was changed of a document, in words that can be put back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.metadata.fields import changes, is_broken_cell, metadata_from
from ingest.records import Metadata

NOTES = Metadata("Notes", ("Ana Ruiz", "Jo Frost"), "Borland Press", 2016, "en", "", "guidance")


def test_what_was_stands_before_what_is() -> None:
    assert changes(NOTES, replace(NOTES, kind="page")) == "kind: guidance -> page"


def test_several_fields_in_their_order_and_empty_ones_by_name() -> None:
    now = replace(NOTES, title="Minutes", authors=(), year=None, url="https://example.org")
    assert changes(NOTES, now) == (
        "title: Notes -> Minutes | authors: Ana Ruiz; Jo Frost -> none | year: 2016 -> none"
        " | url: none -> https://example.org"
    )


def test_nothing_changed_is_nothing_said() -> None:
    assert changes(NOTES, NOTES) == ""


@pytest.mark.parametrize(
    "cell", ["#NAME?", " #ref! ", "#DIV/0!", "#N/A", "#BEZUG!", "#¡VALOR!", "#####", "Err:508"]
)
def test_the_error_of_a_spreadsheet_is_no_title(cell: str) -> None:
    assert is_broken_cell(cell)
    assert metadata_from({"title": cell, "year": 2016}) == Metadata(year=2016)


@pytest.mark.parametrize(
    "title", ["#WithRefugees!", "N/A in numbers", "Why #REF! appears", "#1", ""]
)
def test_a_title_that_only_looks_like_one_stays(title: str) -> None:
    assert metadata_from({"title": title}).title == title


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Smith, J.; Doe, A.", ("Smith, J.", "Doe, A.")),
        ("Smith, J., Doe, A.", ("Smith, J., Doe, A.",)),
        ("Jo Frost and Ana Ruiz;", ("Jo Frost and Ana Ruiz",)),
        (["A; B", " C "], ("A; B", "C")),
    ],
)
def test_authors_in_one_text_are_parted_by_semicolons(
    stated: object, authors: tuple[str, ...]
) -> None:
    assert metadata_from({"authors": stated}).authors == authors
