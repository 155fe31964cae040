"""What has the same text is shown once: a report that was saved anew has other bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import build
from index.library import Library
from search import terminal
from search.distinct import distinct
from search.find import find
from search.records import Result

ASKED = "ministers who feared a backlash"


@pytest.fixture
def twice(copy_library: Callable[..., Library], shelf: Path, tmp_path: Path) -> Library:
    """The library with one of its reports under another name, saved anew."""
    library = copy_library(tmp_path / "home")
    again = tmp_path / "again.pdf"
    again.write_bytes((shelf / "borland.pdf").read_bytes() + b"\n% saved anew\n")
    list(build.add(library, [again]))
    return library


def worded(result: Result, text: str) -> Result:
    passage = replace(result.stored.passage, text=text)
    return replace(result, stored=replace(result.stored, passage=passage))


def test_same_words_are_one_group_in_the_order_of_its_first(library: Library) -> None:
    one = find(library, ASKED).results[0]
    texts = ("Rents rose by 3.5 %.", "They fell.", "rents  ROSE by 3.5 %", "Rents rose by 35 %.")
    groups = distinct([worded(one, text) for text in texts])
    said = [[result.stored.passage.text for result in group] for group in groups]
    assert said == [[texts[0], texts[2]], [texts[1]], [texts[3]]]
    assert distinct([]) == []


def test_texts_without_a_word_are_compared_as_they_are(library: Library) -> None:
    one = find(library, ASKED).results[0]
    assert len(distinct([worded(one, "—"), worded(one, "…"), worded(one, "—")])) == 2


def test_all_results_are_kept_and_a_reader_sees_each_text_once(
    library: Library, twice: Library
) -> None:
    before, after = find(library, ASKED), find(twice, ASKED)
    assert len(after.results) == len(before.results) + 3
    first, *copies = distinct(after.results)[0]
    assert first.document.file_name == "borland.pdf"
    assert [copy.document.file_name for copy in copies] == ["again.pdf"]
    said = [line.strip() for line in terminal.lines(after, twice.taxonomy)]
    name, place = copies[0].stored.passage_id, "Resettlement in Borland 2016 (2016), p. 2"
    assert [line for line in said if name in line] == [f"also in {place}  {name}"]
    assert sum("feared a backlash" in line for line in said) == 1
    assert not any("also in" in line for line in terminal.lines(before, library.taxonomy))


def test_the_terminal_has_as_many_texts_as_were_asked_for(twice: Library) -> None:
    said = terminal.lines(find(twice, ASKED, 8), twice.taxonomy, 2)
    assert [line[:2] for line in said if line[:1].isdigit()] == ["1.", "3."]
