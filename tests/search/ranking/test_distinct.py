"""What has the same text is shown once (a report that was saved anew has other bytes), and so is
what is quoted in the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import build
from index.library import Library
from search.find import find
from search.formats import terminal
from search.ranking.distinct import distinct
from search.ranking.strength import strengths_of
from search.records import Quote, Result

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


def quoted(result: Result, text: str, quote: str) -> Result:
    start = text.index(quote)
    return replace(worded(result, text), quote=Quote(start, start + len(quote), 1))


EIGHT = "Rents rose by half in all three towns"
SEVEN = "Rents rose by half in three towns"


def test_the_same_quote_of_eight_words_makes_one_group(library: Library) -> None:
    one = find(library, ASKED).results[0]
    summary = quoted(one, f"In short. {EIGHT}.", EIGHT)
    body = quoted(one, f"We counted. {EIGHT.upper()}. So it was.", EIGHT.upper())
    short = quoted(one, EIGHT, EIGHT)
    other = quoted(one, f"Nobody asked. {EIGHT}.", "Nobody asked.")
    assert distinct([summary, other, body, short]) == [(summary, body, short), (other,)]


def test_a_quote_of_seven_words_makes_none(library: Library) -> None:
    one = find(library, ASKED).results[0]
    found = [quoted(one, f"{word}. {SEVEN}.", SEVEN) for word in ("Twice", "Once")]
    assert distinct(found) == [(result,) for result in found]


def test_the_same_text_makes_one_group_whatever_is_quoted_of_it(library: Library) -> None:
    one = find(library, ASKED).results[0]
    text = f"{EIGHT}. Nobody built another house in any of them that year."
    parts = [quoted(one, text, part) for part in (EIGHT, "Nobody built another house")]
    again = quoted(one, f"In short. {EIGHT}.", EIGHT)
    assert distinct(parts) == [tuple(parts)]
    assert distinct([*parts, again]) == [(*parts, again)]


def test_the_same_quote_takes_away_no_lead(library: Library) -> None:
    answer = find(library, ASKED)
    first = replace(quoted(answer.results[0], f"In short. {EIGHT}.", EIGHT), score=0.6)
    second = replace(quoted(first, f"We counted. {EIGHT}.", EIGHT), score=0.59)
    third = replace(quoted(first, "Ferries came.", "Ferries came."), score=0.3)
    assert strengths_of(replace(answer, results=(first, second, third)))[0] == "strong match"


def test_texts_without_a_word_are_compared_as_they_are(library: Library) -> None:
    one = find(library, ASKED).results[0]
    assert len(distinct([worded(one, "—"), worded(one, "…"), worded(one, "—")])) == 2


def test_all_results_are_kept_and_a_reader_sees_each_text_once(
    library: Library, twice: Library
) -> None:
    before, after = find(library, ASKED), find(twice, ASKED)
    assert len(after.results) == len(before.results) + 3
    first, *copies = distinct(after.results)[0]
    # Which of them comes first is left to the last digits of their vectors.
    assert sorted(one.document.file_name for one in (first, *copies)) == [
        "again.pdf",
        "borland.pdf",
    ]
    said = [line.strip() for line in terminal.lines(after, twice.taxonomy)]
    name, place = copies[0].stored.passage_id, "Resettlement in Borland 2016 (2016), p. 2"
    assert [line for line in said if name in line] == [f"also in {place}  {name}"]
    assert sum("feared a backlash" in line for line in said) == 1
    assert not any("also in" in line for line in terminal.lines(before, library.taxonomy))


def test_the_terminal_has_as_many_texts_as_were_asked_for(twice: Library) -> None:
    said = terminal.lines(find(twice, ASKED, 8), twice.taxonomy, 2)
    assert [line[:2] for line in said if line[:1].isdigit()] == ["1.", "3."]
