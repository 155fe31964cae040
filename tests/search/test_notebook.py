"""Rows for notebooks: the examples as they stand, and what a data frame needs of rows."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import numpy as np
import pytest

import search.notebook
from corpus.press.starter import FOLDER
from index import build
from index.library import Library
from index.rows import database
from index.rows.database import LibraryError
from search.find import find
from search.notebook import Row, Searcher

ROOT = Path(search.notebook.__file__).parent.parent

pytestmark = pytest.mark.usefixtures("one_encoder")


@pytest.fixture
def searcher(library: Library) -> Searcher:
    return Searcher(library.home.path)


def test_the_examples_run_on_starter_documents(
    empty_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = tmp_path / "few"
    few.mkdir()
    for path in [FOLDER / "documents.csv", *sorted(FOLDER.glob("activity-*.pdf"))[3:5]]:
        shutil.copy(path, few)
    list(build.add(empty_library, sorted(few.glob("*.pdf"))))
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".demo").symlink_to(empty_library.home.path)
    module = doctest.testmod(search.notebook, extraglobs={"home": empty_library.home.path})
    readme = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert module.attempted >= 5
    assert readme.attempted >= 5
    assert module.failed + readme.failed == 0


def test_rows_say_what_the_search_found(library: Library, searcher: Searcher) -> None:
    rows = searcher.search("ministers who fear a backlash", k=2)
    expected = find(library, "ministers who fear a backlash", 2)
    assert [row["passage_id"] for row in rows] == [r.stored.passage_id for r in expected.results]
    first = rows[0]
    assert (first["file"], first["page"], first["year"]) == ("borland.pdf", 2, 2016)
    assert first["quote"] in first["text"]
    assert first["generation"] == expected.generation


def test_every_row_has_the_same_keys_and_types(searcher: Searcher) -> None:
    rows = searcher.search_all(["storms", "study visits", "  ", "ministers"], k=5)
    assert {tuple(row) for row in rows} == {tuple(Row.__annotations__)}
    for name in Row.__annotations__:
        types = {type(row[name]) for row in rows}  # type: ignore[literal-required]
        assert len(types - {type(None)}) == 1, name
        assert type(None) not in types or name == "year"
    assert dict.fromkeys(row["question_id"] for row in rows) == {"q1": None, "q2": None, "q4": None}


def test_tags_stand_beside_their_probabilities(copy_library, tmp_path: Path) -> None:
    copy = copy_library(tmp_path / "home")
    with copy.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute("DELETE FROM tags")
        catalog.connection.execute(
            "INSERT INTO tags SELECT min(number), 'motivational', 0.92, 0, 20 FROM passages"
        )
    rows = Searcher(tmp_path / "home").search("twinning", goals=["motivational"])
    found = [(row["goals"], row["goal_probabilities"], row["activities"]) for row in rows]
    assert found == [(["motivational"], [0.92], [])]


def test_filters_hold(searcher: Searcher) -> None:
    assert {r["kind"] for r in searcher.search("visits", kinds=["evaluation"])} == {"evaluation"}
    for years in (2011, "2011", "2010..2012", (2010, 2012)):
        assert {row["year"] for row in searcher.search("visits", years=years)} == {2011}
    (storms,) = {row["document_id"] for row in searcher.search("visits", years=2011)}
    found = searcher.search("visits", documents=storms)
    assert {row["document_id"] for row in found} == {storms}
    assert len(searcher.search("visits", languages="en")) == len(searcher.search("visits"))
    assert searcher.search("  ") == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"goals": ["cooking"]}, "'cooking' is no goal; there are: motivational"),
        ({"kinds": ["leaflet"]}, "'leaflet' is no kind"),
        ({"documents": "nope"}, "'nope' is no document"),
        ({"languages": "de"}, "'de' is no language of this library; there are: en"),
        ({"publishers": ["Borland Press"]}, "'Borland Press' is no publisher of this library"),
        ({"years": (2012, 2010)}, "'2012..2010' has its first year after its last"),
    ],
)
def test_wrong_filters_are_named(searcher: Searcher, given: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        searcher.search("visits", **given)  # type: ignore[arg-type]


def test_a_question_that_is_too_long_is_named(searcher: Searcher) -> None:
    with pytest.raises(ValueError, match="question 2: the question has 2,001 characters"):
        searcher.search_all(["storms", "x" * 2_001])


def test_one_value_of_a_filter_needs_no_list(searcher: Searcher) -> None:
    assert {row["kind"] for row in searcher.search("visits", kinds="evaluation")} == {"evaluation"}
    assert searcher.search("visits", goals="relational") == searcher.search(
        "visits", goals=["relational"]
    )
    with pytest.raises(ValueError, match="'cooking' is no goal"):
        searcher.search("visits", goals="cooking")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("???", "question 1: the question has no letter and no digit"),
        ("a\ud800b", "question 1: half of a character"),
        (7, "question 1: 7 is not a text"),
        (float("nan"), "question 1: nan is not a text"),
    ],
)
def test_what_is_no_question_is_named(searcher: Searcher, question: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        searcher.search(question)


def test_letters_of_a_question_are_not_asked(searcher: Searcher) -> None:
    for alone in ("study visits", {"q1": "study visits"}):
        with pytest.raises(TypeError, match="search_all takes a list of questions"):
            searcher.search_all(alone)


def test_values_and_numbers_may_come_from_arrays(searcher: Searcher) -> None:
    plain = searcher.search("visits", 2, goals=["relational", "operational"], years="2010..2018")
    array = np.array(["relational", "operational"])
    assert (
        searcher.search("visits", np.int64(2), goals=array, years=(2010, np.int64(2018))) == plain
    )
    assert searcher.search("visits", 2, goals=np.array([], dtype=str), kinds=None) == (
        searcher.search("visits", 2)
    )
    for given in ([7], 7):
        with pytest.raises(ValueError, match="7 is no goal: it is a text"):
            searcher.search("visits", goals=given)


@pytest.mark.parametrize("k", [0, -1, 2.0, "2"])
def test_at_least_one_passage_is_asked_for(searcher: Searcher, k: int) -> None:
    with pytest.raises(ValueError, match=f"k is {k!r}; it is 1 or more"):
        searcher.search("storms", k)
    assert len(searcher.search("storms", 1)) == 1


def test_where_there_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="waymark init"):
        Searcher(tmp_path)
