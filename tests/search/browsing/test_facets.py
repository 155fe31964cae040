"""Counts over columns made by hand: five passages of three documents."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import taxonomy
from index.derived.columns import Columns, DocumentFacts
from index.derived.filters import Filters
from search.browsing.facets import counts, passing
from search.browsing.grid import Verdict, grid

TAXONOMY = taxonomy.load()

DOCUMENTS = (
    DocumentFacts("a", "Alpha", 2016, "report", "North", "en", "2024-01-02T03:04:05+00:00"),
    DocumentFacts("b", "Beta", 2018, "evaluation", "South", "en", "2024-01-02T03:04:05+00:00"),
    DocumentFacts("c", "Gamma", None, "report", "", "de", "2024-01-02T03:04:05+00:00"),
)


def columns(*passages: tuple[int, tuple[str, ...]]) -> Columns:
    labels = TAXONOMY.label_ids
    carries = np.array(
        [[label in carried for label in labels] for _, carried in passages], dtype=np.bool_
    ).reshape(-1, len(labels))
    return Columns(
        generation=1,
        documents=DOCUMENTS,
        labels=labels,
        numbers=np.arange(1, len(passages) + 1, dtype=np.int64),
        places=np.array([place for place, _ in passages], dtype=np.int32),
        carries=carries,
        probabilities=carries.astype(np.float32),
    )


FIVE = columns(
    (0, ("motivational", "mentoring")),
    (0, ("motivational",)),
    (1, ("operational", "mentoring")),
    (1, ()),
    (2, ("motivational", "sharing-information")),
)


def counted(field: str, filters: Filters) -> dict[str, int]:
    found = counts(FIVE, TAXONOMY, filters)[field]
    return {count.value: count.passages for count in found}


def test_without_filters_everything_counts():
    none = Filters()
    assert counted("goals", none) == {"motivational": 3, "operational": 1}
    assert counted("activities", none) == {"sharing-information": 1, "mentoring": 2}
    assert counted("years", none) == {"2018": 2, "2016": 2}
    assert counted("kinds", none) == {"report": 3, "evaluation": 2}
    assert counted("publishers", none) == {"North": 2, "South": 2}
    assert counted("languages", none) == {"en": 4, "de": 1}
    assert counted("documents", none) == {"a": 2, "b": 2, "c": 1}


def test_passages_that_came_in_later_count_alone():
    assert passing(FIVE, Filters(after=3)).tolist() == [False, False, False, True, True]
    assert counted("years", Filters(after=3)) == {"2018": 1}


def test_a_field_counts_as_if_it_were_not_limited_itself():
    chosen = Filters(goals=("motivational",))
    assert counted("goals", chosen) == {"motivational": 3, "operational": 1}
    assert counted("activities", chosen) == {"sharing-information": 1, "mentoring": 1}
    assert counted("kinds", chosen) == {"report": 3}
    fields = {
        "activities": Filters(activities=("sharing-information",)),
        "years": Filters(years=(2016, 2016)),
        "kinds": Filters(kinds=("evaluation",)),
        "publishers": Filters(publishers=("South",)),
        "languages": Filters(languages=("de",)),
        "documents": Filters(documents=("a",)),
    }
    for field, limited in fields.items():
        assert counted(field, limited) == counted(field, Filters()), field
        assert counted("goals", limited) != counted("goals", Filters()), field


def test_years_come_newest_first_and_other_values_by_their_passages():
    assert list(counted("years", Filters())) == ["2018", "2016"]
    assert list(counted("languages", Filters())) == ["en", "de"]
    # as many of both: by their names
    assert list(counted("publishers", Filters())) == ["North", "South"]


@pytest.mark.parametrize(
    ("filters", "passages"),
    [
        (Filters(), [True, True, True, True, True]),
        (Filters(years=(2016, 2017)), [True, True, False, False, False]),
        (Filters(years=(2016, 2018)), [True, True, True, True, False]),
        (Filters(years=(2017, 2018)), [False, False, True, True, False]),
        (Filters(publishers=("South",)), [False, False, True, True, False]),
        (Filters(languages=("de", "en")), [True, True, True, True, True]),
        (Filters(documents=("nowhere",)), [False, False, False, False, False]),
        (Filters(goals=("motivational",), activities=("mentoring",)), [True] + 4 * [False]),
    ],
)
def test_what_passes(filters, passages):
    assert passing(FIVE, filters).tolist() == passages


def test_an_empty_library_has_no_counts():
    empty = Columns(
        0,
        (),
        TAXONOMY.label_ids,
        np.empty(0, dtype=np.int64),
        np.empty(0, dtype=np.int32),
        np.zeros((0, len(TAXONOMY.label_ids)), dtype=np.bool_),
        np.zeros((0, len(TAXONOMY.label_ids)), dtype=np.float32),
    )
    assert all(not found for found in counts(empty, TAXONOMY, Filters()).values())
    assert grid(empty, TAXONOMY, {}, Filters()).passages == 0


def cell(found, goal, activity):
    (match,) = [c for row in found.rows for c in row if (c.goal, c.activity) == (goal, activity)]
    return match


def test_a_cell_counts_passages_that_carry_both_and_their_documents():
    library = columns(
        (0, ("motivational", "mentoring")),
        (0, ("motivational", "mentoring")),
        (1, ("motivational", "mentoring")),
        (1, ("operational", "mentoring")),
    )
    found = grid(library, TAXONOMY, {}, Filters())
    both = cell(found, "motivational", "mentoring")
    assert (both.passages, both.documents, both.share) == (3, 2, 1.0)
    other = cell(found, "operational", "mentoring")
    assert (other.passages, other.documents, other.share) == (1, 1, pytest.approx(1 / 3))
    only = grid(library, TAXONOMY, {}, Filters(documents=("a",)))
    assert cell(only, "motivational", "mentoring").documents == 1
    assert only.passages == 2


def test_expected_and_empty_is_a_gap_and_unexpected_and_full_a_question():
    library = columns(*[(0, ("motivational", "mentoring"))] * 3, (1, ("operational", "mentoring")))
    serves = {"operational": ("mentoring", "general-training")}
    found = grid(library, TAXONOMY, serves, Filters())
    assert cell(found, "operational", "mentoring").verdict == Verdict.BORNE_OUT
    assert cell(found, "operational", "general-training").verdict == Verdict.GAP
    assert cell(found, "motivational", "mentoring").verdict == Verdict.QUESTION
    assert cell(found, "relational", "mentoring").verdict == Verdict.QUIET
    assert len(found.cells(Verdict.GAP)) == 1


def test_one_or_two_stray_passages_raise_no_question():
    found = grid(columns(*[(0, ("motivational", "mentoring"))] * 2), TAXONOMY, {}, Filters())
    assert cell(found, "motivational", "mentoring").verdict == Verdict.QUIET
