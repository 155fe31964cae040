import re

import numpy as np
import pytest

from index.derived.filters import NAMES, Filters, allowed, parse_years, stated
from index.derived.vectors import Numbers
from index.library import Library


def titles(library: Library, filters: Filters) -> set[str]:
    with library.catalog() as catalog:
        found = allowed(catalog.connection, filters)
        assert found is not None
        documents = catalog.documents_by_id(
            {p.document_id for p in catalog.passages(found.tolist()).values()}
        )
    return {document.metadata.title for document in documents.values()}


def test_no_filter_lets_all_pass(library: Library) -> None:
    with library.catalog() as catalog:
        assert allowed(catalog.connection, Filters()) is None


def test_by_year(library: Library) -> None:
    assert titles(library, Filters(years=(2010, 2012))) == {"Harbour notes 2011"}


def test_by_kind_and_year_must_both_agree(library: Library) -> None:
    assert titles(library, Filters(kinds=("evaluation",))) == {"Evaluation of study visits"}
    assert titles(library, Filters(kinds=("evaluation",), years=(2011, 2011))) == set()


def test_by_document(library: Library) -> None:
    with library.catalog() as catalog:
        one, two, _ = catalog.documents()
    wanted = (one.document_id, two.document_id)
    assert titles(library, Filters(documents=wanted)) == {one.metadata.title, two.metadata.title}


def test_what_the_documents_of_a_library_state(library: Library) -> None:
    with library.catalog() as catalog:
        assert stated(catalog.connection, NAMES) == {
            "document": catalog.document_ids(),
            "publisher": frozenset(),
            "language": {"en"},
        }
        assert stated(catalog.connection, ("goal", "language")) == {"language": {"en"}}


def test_by_when_it_came_in(library: Library) -> None:
    with library.catalog() as catalog:
        rows = catalog.connection.execute("SELECT number FROM passages ORDER BY number")
        every = [number for (number,) in rows]
        found = allowed(catalog.connection, Filters(after=every[2]))
        assert found is not None
        assert found.tolist() == every[3:] != []


def test_by_label(library: Library) -> None:
    with library.catalog() as catalog:
        numbers: Numbers | None = allowed(catalog.connection, Filters(activities=("mentoring",)))
        assert numbers is not None
        for stored in catalog.passages(numbers.tolist()).values():
            assert "mentoring" in {tag.label for tag in stored.tags}
        assert numbers.dtype == np.int64
        none = allowed(catalog.connection, Filters(goals=("no-such-label",)))
        assert none is not None
        assert none.tolist() == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2015", (2015, 2015)),
        ("2010..2018", (2010, 2018)),
        ("2010..", (2010, 2100)),
        ("..2018", (1800, 2018)),
        ("2010-2018", (2010, 2018)),
        ("2010\u20132018", (2010, 2018)),
        (" 2010 \u2014 2018 ", (2010, 2018)),
        ("2010-", (2010, 2100)),
        ("-2018", (1800, 2018)),
        ("1800-2100", (1800, 2100)),
    ],
)
def test_years(text: str, years: tuple[int, int]) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, "is no year and no range like 2010-2018") for text in ("", "..", "-", "soon")),
        ("2010...2012x", "is no year and no range"),
        ("2010-2011-2012", "is no year and no range"),
        ("2018..2010", "has its first year after its last"),
        ("2018-2010", "has its first year after its last"),
        ("20", "is not within the years 1800 to 2100"),
        ("20101", "is not within the years"),
        ("1799-2010", "is not within the years"),
        ("2010-2101", "is not within the years"),
    ],
)
def test_years_that_are_none(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^'{re.escape(text)}' {said}"):
        parse_years(text)


def test_a_year_of_many_characters_is_refused_unread() -> None:
    """Looking for the dash with spaces around it grew with the square: 52 s for 100,000."""
    with pytest.raises(ValueError, match=r"^'1 {39}\.\.\.' is no year and no range"):
        parse_years("1" + " " * 1_000_000 + "x")
