"""Passages that name a project, under any of its names and nothing that only looks like one."""

from __future__ import annotations

import pytest

from index import build
from index.derived.columns import load
from index.library import Library
from index.rows.headings import questions, subjects
from index.rows.mentions import Mentions, mentions

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
        (stored,) = mentions(catalog, ["SHARE"], 10).passages
        assert "forty cities" in stored.passage.text
        assert mentions(catalog, ["MORE"], 10) == Mentions((), 0)


def test_a_name_is_found_in_any_case(named):
    with named.catalog() as catalog:
        assert mentions(catalog, ["european resettlement network"], 10).total == 1
        assert mentions(catalog, ["ERN+"], 10).total == 1


def test_no_name_finds_nothing_and_the_bound_is_kept(named):
    with named.catalog() as catalog:
        assert mentions(catalog, ["", "+"], 10) == Mentions((), 0)
        bound = mentions(catalog, ["the"], 1)
    assert (len(bound.passages), bound.total) == (1, 3)


def test_the_report_on_it_comes_first_and_notes_last(empty_library: Library, tmp_path):
    parts = {
        "a.md": (
            "Desks",
            "# One\n\nThe desk TDI was named.[^1]\n\n[^1]: TDI and TDI again, TDI.\n",
        ),
        "b.md": ("Twins", "# Two\n\nTDI was the first, and TDI the last of its kind.\n"),
        "c.md": (
            "The TDI: a report",
            "# Three\n\nHere TDI begins.\n\n# Four\n\nTDI, TDI and TDI ended.[^1]\n\n"
            "[^1]: On TDI see elsewhere.\n",
        ),
    }
    for name, (title, body) in parts.items():
        (tmp_path / name).write_text(f"---\ntitle: '{title}'\n---\n{body}", encoding="utf-8")
    list(build.add(empty_library, [tmp_path]))
    with empty_library.catalog() as catalog:
        found = mentions(catalog, ["TDI", "Temporary Desk"], 10)
        first = mentions(catalog, ["TDI"], 2)
    assert [stored.passage.text.split(".")[0] for stored in found.passages] == [
        "Here TDI begins",
        "TDI, TDI and TDI ended",
        "TDI was the first, and TDI the last of its kind",
        "The desk TDI was named",
        "On TDI see elsewhere",
        "TDI and TDI again, TDI",
    ]
    assert (first.passages, first.total) == (found.passages[:2], 6)


def test_only_headings_that_stand_alone_are_questions(named):
    with named.catalog() as catalog:
        assert questions(catalog, 5) == ("What did the SHARE network do for cities?",)


def test_subjects_are_headings_with_text_under_them_that_say_what_it_is_about(
    empty_library: Library, tmp_path
):
    body = "\n\n".join(f"Train number {number} left the harbour. " * 60 for number in range(3))
    kept = ["IV. MATCHING PARTNERS OF ONE KIND", "2.1. Costs of a joint desk", "Who met whom then"]
    left = [
        "Wednesday Oct 24, 2018",
        "To share what is known",
        "Findings",
        "The aim of this study",
        "Carla Hills, Chair of the Board",
    ]
    file = tmp_path / "headed.md"
    file.write_text(
        "---\ntitle: Trains\n---\n"
        + "\n\n".join(f"# {heading}\n\n{body}" for heading in [*kept, *left])
        + "\n\n# Buildings behind barbed wire\n\nA single caption stands here.\n",
        encoding="utf-8",
    )
    list(build.add(empty_library, [file]))
    with empty_library.catalog() as catalog:
        assert subjects(catalog, 9) == (
            "Matching partners of one kind",
            "Costs of a joint desk",
            "Who met whom then",
        )
        assert subjects(catalog, 1) == ("Matching partners of one kind",)


def test_documents_take_turns_in_giving_subjects(empty_library: Library, tmp_path):
    body = "\n\n".join(f"Train number {number} left the harbour. " * 60 for number in range(3))
    headings = {"one.md": ["Ways to a school", "Ways to a house"], "two.md": ["Ways to a job"]}
    for name, written in headings.items():
        text = "\n\n".join(f"# {heading} in {name[:3]}\n\n{body}" for heading in written)
        (tmp_path / name).write_text(f"---\ntitle: {name}\n---\n{text}", encoding="utf-8")
    list(build.add(empty_library, [tmp_path]))
    with empty_library.catalog() as catalog:
        first, second, third = subjects(catalog, 9)
    assert {first[-3:], second[-3:]} == {"one", "two"}
    assert third == "Ways to a house in one"


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
