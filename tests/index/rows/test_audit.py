"""What a line of the log says of each field."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.edit import edit
from index.rows import audit
from ingest.records import Metadata


@pytest.mark.parametrize(
    "said",
    [
        ["kind: guidance -> page", "year: none -> 2016", "replaces: none -> 0123456789abcdef"],
        ["title: Arrivals -> Arrivals | year: one", "year: 2008 -> 2018"],
        ["title: Arrivals | year: one -> Arrivals", "url: none -> https://a.example"],
        ["publisher: A | B -> C | D: E"],
        ["something odd | year: or other"],
        [""],
    ],
)
def test_a_line_is_parted_at_its_fields(said: list[str]) -> None:
    assert audit.changed(" | ".join(said)) == said


def test_a_title_is_not_taken_for_a_change_of_another_field(copy_library, tmp_path: Path) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        name = catalog.documents()[0].document_id
    edit(library, name, Metadata(publisher="Ministry"), "ann")
    edit(library, name, Metadata(title="Arrivals | year: one | publisher: none"), "ben")
    with library.catalog() as catalog:
        who = {
            field: audit.last_to_change(catalog.connection, name, field)
            for field in ("title", "publisher", "year")
        }
    assert who == {"title": "ben", "publisher": "ann", "year": ""}
