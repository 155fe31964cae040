"""Passages that name a project, under any of its names and nothing that only looks like one."""

from __future__ import annotations

import pytest

from index import build
from index.columns import load
from index.headings import questions
from index.library import Library
from index.mentions import mentions

TEXT = """---
title: Notes on networks
---
# What did the SHARE network do for cities?

The SHARE network linked forty cities that wished to receive families.

# Money

Partners share costs and MOREover nobody paid twice for the same visit.

# Item 3. What was paid for the visits then?

The European Resettlement
Network (ERN+) was run from three capitals over four whole years.
"""


@pytest.fixture
def named(empty_library: Library, tmp_path) -> Library:
    file = tmp_path / "names.md"
    file.write_text(TEXT, encoding="utf-8")
    list(build.add(empty_library, [file]))
    return empty_library


def test_an_abbreviation_is_found_in_capitals_as_a_whole_word(named):
    with named.catalog() as catalog:
        (stored,) = mentions(catalog, ["SHARE"], 10)
        assert "forty cities" in stored.passage.text
        assert mentions(catalog, ["MORE"], 10) == []


def test_a_name_is_found_in_any_case(named):
    with named.catalog() as catalog:
        assert mentions(catalog, ["european resettlement network"], 10)
        assert mentions(catalog, ["ERN+"], 10)


def test_no_name_finds_nothing_and_the_bound_is_kept(named):
    with named.catalog() as catalog:
        assert mentions(catalog, ["", "+"], 10) == []
        assert len(mentions(catalog, ["the"], 1)) == 1


def test_only_headings_that_stand_alone_are_questions(named):
    with named.catalog() as catalog:
        assert questions(catalog, 5) == ("What did the SHARE network do for cities?",)


def test_columns_hold_every_passage_and_its_document(named):
    with named.catalog() as catalog:
        columns = load(catalog, named.taxonomy.label_ids)
        numbers = [number for number, *_ in catalog.all_texts()]
        stored = catalog.passages(numbers)
    assert columns.numbers.tolist() == numbers
    assert [columns.documents[place].title for place in columns.places] == [
        columns.documents[0].title
    ] * len(numbers)
    assert columns.carries.shape == (len(numbers), 10)
    for row, number in enumerate(numbers):
        carried = {
            label for label, has in zip(columns.labels, columns.carries[row], strict=True) if has
        }
        assert carried == {tag.label for tag in stored[number].tags}
