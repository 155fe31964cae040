import re

import pytest

from corpus.taxonomy import STARTER, load
from index.filters import NAMES, Filters
from search.limits import limited

TAXONOMY = load(STARTER)


def test_a_limit_stands_in_place_of_the_same_field_only() -> None:
    before = Filters(goals=("operational",), kinds=("brief",))
    after = limited(
        before, {"goal": ("motivational", "motivational"), "year": ("2010..",)}, TAXONOMY, ()
    )
    assert after == Filters(goals=("motivational",), kinds=("brief",), years=(2010, 2100))
    assert limited(before, {}, TAXONOMY, ()) == before


def test_each_name_fills_its_field() -> None:
    limits = {
        "goal": ("operational", "motivational"),
        "activity": ("mentoring",),
        "year": ("2010",),
        "kind": ("report", "brief"),
        "document": ("a", "b"),
        "publisher": ("Nobody",),
        "language": ("de", "xx"),
    }
    assert limited(Filters(), limits, TAXONOMY, {"a", "b"}) == Filters(
        goals=("operational", "motivational"),
        activities=("mentoring",),
        years=(2010, 2010),
        kinds=("report", "brief"),
        documents=("a", "b"),
        publishers=("Nobody",),
        languages=("de", "xx"),
    )
    assert set(limits) == set(NAMES)


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("goal", ("cooking",), "'cooking' is no goal; there are: motivational"),
        ("activity", ("motivational",), "is no activity"),
        ("kind", ("leaflet",), "'leaflet' is no kind; there are: report"),
        ("document", ("b" * 500,), f"'{'b' * 80}…' is no document"),
        ("document", ("b" * 80,), f"'{'b' * 80}' is no document"),
        ("year", ("soon",), "'soon' is no year"),
        ("year", ("2010", "2012"), "one year or one range"),
    ],
)
def test_a_wrong_value_is_named_in_one_line(name: str, values: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        limited(Filters(), {name: values}, TAXONOMY, {"a"})
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_document_that_is_there() -> None:
    assert limited(Filters(), {"document": ("a",)}, TAXONOMY, {"a"}).documents == ("a",)
