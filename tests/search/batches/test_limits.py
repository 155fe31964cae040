import re

import pytest

from corpus.taxonomy import STARTER, load
from index.derived.filters import NAMES, Filters
from search.batches.limits import limited

TAXONOMY = load(STARTER)

STATED = {
    "document": {"a", "b"},
    "publisher": {"Borland Press", "Nordic Council, Oslo", "Borland Institute", "Ministry of Work"},
    "language": {"en", "de"},
}


def test_a_limit_stands_in_place_of_the_same_field_only() -> None:
    before = Filters(goals=("operational",), kinds=("brief",))
    after = limited(
        before, {"goal": ("motivational", "motivational"), "year": ("2010..",)}, TAXONOMY, {}
    )
    assert after == Filters(goals=("motivational",), kinds=("brief",), years=(2010, 2100))
    assert limited(before, {}, TAXONOMY, {}) == before


def test_each_name_fills_its_field() -> None:
    limits = {
        "goal": ("operational", "motivational"),
        "activity": ("mentoring",),
        "year": ("2010",),
        "kind": ("report", "brief"),
        "document": ("a", "b"),
        "publisher": ("Borland Press",),
        "language": ("de", "en"),
    }
    assert limited(Filters(), limits, TAXONOMY, STATED) == Filters(
        goals=("operational", "motivational"),
        activities=("mentoring",),
        years=(2010, 2010),
        kinds=("report", "brief"),
        documents=("a", "b"),
        publishers=("Borland Press",),
        languages=("de", "en"),
    )
    assert set(limits) == set(NAMES)


def test_a_language_may_be_written_in_capitals() -> None:
    found = limited(Filters(), {"language": ("DE", "En", "de")}, TAXONOMY, STATED)
    assert found == Filters(languages=("de", "en"))
    stated = {"language": {"de", "DE"}}
    assert limited(Filters(), {"language": ("DE",)}, TAXONOMY, stated).languages == ("DE",)


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("goal", ("cooking",), "'cooking' is no goal; there are: motivational"),
        ("activity", ("motivational",), "is no activity"),
        ("kind", ("leaflet",), "'leaflet' is no kind; there are: report"),
        ("document", ("b" * 500,), f"'{'b' * 80}…' is no document"),
        ("document", ("b" * 80,), f"'{'b' * 80}' is no document"),
        (
            "publisher",
            ("borland pres",),
            "'borland pres' is no publisher of this library; the nearest: "
            "Borland Press; Borland Institute; ",
        ),
        ("publisher", ("Borland Press", ""), "'' is no publisher of this library; the nearest: "),
        ("publisher", ("p" * 10_000,), f"'{'p' * 80}…' is no publisher"),
        ("language", ("en", "fr"), "'fr' is no language of this library; there are: de, en"),
        ("language", ("FR",), "'FR' is no language of this library; there are: de, en"),
        ("year", ("soon",), "'soon' is no year"),
        ("year", ("2010", "2012"), "one year or one range"),
    ],
)
def test_a_wrong_value_is_named_in_one_line(name: str, values: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        limited(Filters(), {name: values}, TAXONOMY, STATED)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("name", ["publisher", "language"])
def test_a_library_whose_documents_state_none(name: str) -> None:
    with pytest.raises(ValueError, match=f"'en' is no {name} .*; its documents state none$"):
        limited(Filters(), {name: ("en",)}, TAXONOMY, {name: ()})
