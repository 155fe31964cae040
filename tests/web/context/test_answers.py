"""Answers kept in memory: the same as those that are not, and of the library as it is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

import web.context.answers
from index import build
from index.derived.filters import Filters
from index.library import Library
from index.rows import database
from search.find import find
from search.records import Answer
from web.context.answers import AnswerKeeper

CopyLibrary = Callable[..., Library]
QUESTION = "why did ministers fear voters?"


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The questions that were worked on, in order."""
    asked: list[str] = []
    real = web.context.answers.find_in

    def noting(
        library: Library, catalog: object, views: object, text: str, *rest: object
    ) -> Answer:
        asked.append(text)
        return real(library, catalog, views, text, *rest)  # type: ignore[arg-type] # as given

    monkeypatch.setattr(web.context.answers, "find_in", noting)
    return asked


def untimed(answer: Answer) -> Answer:
    return replace(answer, took_ms=None)


def test_the_same_again_comes_from_memory(library: Library, worked: list[str]) -> None:
    keeper = AnswerKeeper(library)
    right = untimed(find(library, QUESTION))
    assert right.results
    for asked in (QUESTION, QUESTION, f"  {QUESTION}\n".replace(" did ", "   did ")):
        answer = keeper.answer(asked)
        assert untimed(answer) == right
        assert answer.took_ms is not None
    assert worked == [QUESTION]


def test_another_number_or_filter_is_another_question(library: Library, worked: list[str]) -> None:
    keeper = AnswerKeeper(library)
    assert len(keeper.answer(QUESTION, 1).results) == 1
    assert len(keeper.answer(QUESTION, 3).results) == 3
    assert keeper.answer(QUESTION, 3, Filters(years=(1990, 1991))).results == ()
    assert keeper.answer(QUESTION, 3, Filters()) != keeper.answer(QUESTION, 1)
    assert len(worked) == 3


def test_a_changed_library_is_asked_anew(
    copy_library: CopyLibrary, tmp_path: Path, worked: list[str]
) -> None:
    changed = copy_library(tmp_path / "home")
    keeper = AnswerKeeper(changed)
    before = keeper.answer(QUESTION)
    (tmp_path / "new.txt").write_text(
        f"Another report. {QUESTION} Since they had lost an election."
    )
    list(build.add(changed, [tmp_path / "new.txt"]))
    after = keeper.answer(QUESTION)
    assert after.generation > before.generation
    assert after.results[0].document.file_name == "new.txt"
    assert untimed(after) == untimed(find(changed, QUESTION))
    assert len(worked) == 2


def test_rows_that_changed_count_before_their_views_do(
    copy_library: CopyLibrary, tmp_path: Path, worked: list[str]
) -> None:
    """While a writer is at work the views are behind, and titles and tags come from the rows."""
    changed = copy_library(tmp_path / "home")
    keeper = AnswerKeeper(changed)
    keeper.answer(QUESTION)
    with FileLock(changed.home.lock), changed.catalog() as catalog:
        with database.change(catalog.connection):
            catalog.connection.execute("UPDATE documents SET title = 'Renamed'")
        answer = keeper.answer(QUESTION)
    assert {result.document.metadata.title for result in answer.results} == {"Renamed"}
    assert len(worked) == 2


def test_the_oldest_go_first(
    library: Library, worked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.context.answers, "MOST_KEPT", 2)
    keeper = AnswerKeeper(library)
    for question in ("rain", "rents", "rain", "visits"):  # "rain" was asked last but one
        keeper.answer(question, 1)
    assert worked == ["rain", "rents", "visits"]
    keeper.answer("rain", 1)
    assert worked == ["rain", "rents", "visits"]
    keeper.answer("rents", 1)
    assert worked == ["rain", "rents", "visits", "rents"]
