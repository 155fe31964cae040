"""What an address asks for, read from the query of a request."""

from __future__ import annotations

import pytest
from flask import Flask

from index.derived.filters import Filters
from web.context import parameters
from web.context.refused import ParameterError


def test_a_filter_that_is_wrong_is_left_out_and_named(app: Flask) -> None:
    query = "/?q=mentors&year=soon&kind=report&language=xx"
    with app.test_request_context(query):
        asked, wrong = parameters.asked_leniently()
        with pytest.raises(ParameterError) as refused:
            parameters.asked()
    assert asked.question == "mentors"
    assert asked.filters == Filters(kinds=("report",))
    assert sorted(wrong) == ["language", "year"]
    assert refused.value.parameter in wrong


@pytest.mark.parametrize("query", ["/?kind=leaflet", "/?goal=cooking", "/?Goals=cooking"])
def test_other_filters_that_are_wrong_are_refused_all_the_same(app: Flask, query: str) -> None:
    with app.test_request_context(query), pytest.raises(ParameterError):
        parameters.asked_leniently()


def test_a_document_that_is_gone_is_passed_over_beside_one_that_is_here(
    app: Flask, borland: str
) -> None:
    gone = "0" * 16
    with app.test_request_context(f"/?document={gone}&document={borland}"):
        asked = parameters.asked()
        assert parameters.documents_passed_over(asked) == [gone]
    assert asked.filters.documents == (borland,)
    with app.test_request_context(f"/?document={gone}"), pytest.raises(ParameterError):
        parameters.asked()


@pytest.mark.parametrize(
    ("given", "read"), [("", 7), ("0", 0), ("12", 12), ("999999999", 999_999_999)]
)
def test_a_number_that_is_one(app: Flask, given: str, read: int) -> None:
    with app.test_request_context(f"/?part={given}"):
        assert parameters.number("part", 7, 0) == read


@pytest.mark.parametrize("given", ["-1", "1.0", "x", "²", "٣", "1000000000", "13"])
def test_a_number_that_is_none_or_too_large(app: Flask, given: str) -> None:
    asking = app.test_request_context("/", query_string={"part": given})
    said = "part must be a number from 0 to 12"
    with asking, pytest.raises(ParameterError, match=said):
        parameters.number("part", 7, 0, 12)
