"""Which documents the filters offer, and in which order."""

from __future__ import annotations

import pytest
from flask import Flask

from index.derived.filters import Filters
from search.browsing.facets import Count
from web.context.asked import Asked
from web.context.state import state_of
from web.readers.choices import FilterField, Titles, facets

TITLES = [f"{letter} {number}" for number in range(30) for letter in "zba"]
"""Of ninety documents, in the order of their passages."""


def documents(app: Flask, chosen: tuple[str, ...] = (), shown: tuple[str, ...] = ()) -> FilterField:
    ids = [f"id{place}" for place in range(len(TITLES))]
    counts = {"documents": tuple(Count(name, 100 - place) for place, name in enumerate(ids))}
    titles = Titles(state_of(app).library.taxonomy, dict(zip(ids, TITLES, strict=True)))
    asked = Asked("who trained whom", Filters(documents=chosen))
    with app.test_request_context():
        (facet,) = facets(asked, counts, titles, shown=shown)
    return facet


def test_documents_of_the_results_come_first_and_every_other_can_be_reached(app: Flask) -> None:
    facet = documents(app, shown=("id70", "id3", "id70", "gone"))
    assert [choice.title for choice in facet.choices] == [
        TITLES[place] for place in (70, 3, 0, 1, 2, 4, 5, 6)
    ]
    others = [one.title for one in facet.listed]
    assert others == sorted(others)
    assert sorted(others + [choice.title for choice in facet.choices]) == sorted(TITLES)
    by_title = {one.title: one for one in facet.listed}
    assert (by_title[TITLES[89]].value, by_title[TITLES[89]].passages) == ("id89", 11)


def test_chosen_documents_are_offered_to_be_taken_back(app: Flask) -> None:
    facet = documents(app, chosen=("id80",))
    assert (facet.choices[0].title, facet.choices[0].chosen) == (TITLES[80], True)
    assert len(facet.choices) == 8
    shown = tuple(f"id{place}" for place in range(50, 70))
    assert [choice.title for choice in documents(app, shown=shown).choices] == TITLES[50:70]


@pytest.mark.parametrize(
    ("field", "filters", "values", "chosen"),
    [
        ("publishers", Filters(publishers=("House 50",)), "House {}", "House 50"),
        ("years", Filters(years=(1950, 1950)), "19{}", "1950"),
    ],
)
def test_what_is_chosen_can_be_taken_back_however_many_values_there_are(
    app: Flask, field: str, filters: Filters, values: str, chosen: str
) -> None:
    counts = {field: tuple(Count(values.format(number), 100 - number) for number in range(10, 60))}
    titles = Titles(state_of(app).library.taxonomy, {})
    with app.test_request_context():
        (facet,) = facets(Asked("who trained whom", filters), counts, titles)
        (without,) = facets(Asked("who trained whom", Filters()), counts, titles)
    assert [choice.title for choice in facet.choices if choice.chosen] == [chosen]
    assert facet.choices[-1].href == "/?q=who+trained+whom"
    assert (len(facet.choices), len(facet.rest)) == (9, 32)
    assert (len(without.choices), len(without.rest)) == (8, 32)


@pytest.mark.parametrize(("values", "shown"), [(7, 7), (8, 8), (9, 9), (10, 8)])
def test_one_value_alone_is_not_folded_away(app: Flask, values: int, shown: int) -> None:
    counts = {"publishers": tuple(Count(f"House {at}", 100 - at) for at in range(values))}
    with app.test_request_context():
        (facet,) = facets(Asked("", Filters()), counts, Titles(state_of(app).library.taxonomy, {}))
    assert (len(facet.choices), len(facet.rest)) == (shown, values - shown)


@pytest.mark.parametrize(
    ("values", "chosen", "shown"), [(9, 8, 9), (10, 9, 10), (10, 3, 8), (11, 9, 9)]
)
def test_nor_is_the_one_that_is_left_beside_those_chosen(
    app: Flask, values: int, chosen: int, shown: int
) -> None:
    counts = {"publishers": tuple(Count(f"House {at}", 100 - at) for at in range(values))}
    asked = Asked("", Filters(publishers=(f"House {chosen}",)))
    with app.test_request_context():
        (facet,) = facets(asked, counts, Titles(state_of(app).library.taxonomy, {}))
    assert (len(facet.choices), len(facet.rest)) == (shown, values - shown)
    assert [choice.title for choice in facet.choices] == sorted(
        (choice.title for choice in facet.choices), key=lambda title: int(title.split()[1])
    )


def test_the_list_keeps_the_search_and_is_not_there_for_a_few(look, borland, monkeypatch) -> None:
    assert not look("/?q=study+visits").xpath("//select")
    monkeypatch.setattr("web.readers.choices._SHOWN", 1)
    for address in ("/", "/grid"):
        page = look(f"{address}?q=study+visits&kind=report&document={borland}&k=20&p={borland}-0")
        (form,) = page.xpath("//form[.//select[@name='document']]")
        assert form.get("action") == address
        kept = {(field.get("name"), field.get("value")) for field in form.xpath(".//input")}
        assert kept == {
            ("q", "study visits"),
            ("kind", "report"),
            ("document", borland),
            ("p", f"{borland}-0"),
        }
        options = form.xpath(".//option[@value!='']")
        assert [option.text.rpartition(" (")[0] for option in options] == ["Harbour notes 2011"]
    both = look(f"/?q=study+visits&document={borland}&document={options[0].get('value')}")
    assert len(both.xpath("//ul[@class='chips']/li")) == 3
    assert look(f"/?q=study+visits&document={borland}&document=").xpath("//li[@class='result']")
