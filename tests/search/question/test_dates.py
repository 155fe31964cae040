"""Questions about a date and nothing else, and whether the library names it."""

import json
from pathlib import Path

import pytest

from index import build
from index.derived.words import StemmedWords
from index.library import Library
from search.find import find
from search.question.dates import date_alone, names_date


@pytest.fixture
def words(tmp_path: Path) -> StemmedWords:
    (tmp_path / "words").mkdir()
    return StemmedWords.build([(1, "", "", "Boats.")], tmp_path / "words")


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("what happened in June 2014", ("june", "2014")),
        ("What was different before 24 November 2016?", ("24", "novemb", "2016")),
        ("and on July 4, 2001", ("juli", "4", "2001")),
        ("who left in June 2014", ()),
        ("what happened in 2014", ()),
        ("what happened in June", ()),
        ("what may change", ()),
        ("", ()),
    ],
)
def test_a_date_alone_is_asked_about(
    words: StemmedWords, question: str, date: tuple[str, ...]
) -> None:
    assert date_alone(words, question) == date


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("On 4 July 2001 the pier opened.", True),
        ("July 4, 2001", True),
        ("04 July 2001", True),
        ("On 14 July 2001 and on 4 May.", False),
        ("Four boats left in July 2001; 4 came back.", False),
        ("July 2001", False),
        ("", False),
    ],
)
def test_a_text_names_a_date_where_its_parts_stand_side_by_side(
    words: StemmedWords, text: str, named: bool
) -> None:
    assert names_date(words.terms(text), ("4", "juli", "2001")) is named


def test_what_names_the_date_among_the_first_answers(
    empty_library: Library, tmp_path: Path
) -> None:
    filler = (
        f"The council of harbour {number} met over fees, and the clerk kept {number} pages of"
        " minutes in a drawer that nobody has opened since the storm took the roof."
        for number in range(40)
    )
    told = (
        "Registration of foreign sailors was moved to the new office at the pier, where the queue"
        " was long and the papers were few; it began in June 2014 and ended with the harvest."
    )
    lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate((told, *filler))]
    (tmp_path / "notes.jsonl").write_text("\n".join(lines))
    list(build.add(empty_library, [tmp_path / "notes.jsonl"]))
    assert find(empty_library, "what happened in June 2014").answered
    assert not find(empty_library, "what happened in June 1997").answered
    assert not find(empty_library, "who sang in June 2014").answered
