"""What was changed of a document, in words that can be put back."""

from __future__ import annotations

from dataclasses import replace

from ingest.fields import changes
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
