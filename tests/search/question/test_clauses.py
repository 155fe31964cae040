"""Where a phrase may stand in a question, and where it is the beginning of another one."""

from pathlib import Path

import pytest

from index.derived.words import StemmedWords
from index.languages.stemming import stems
from search.question.clauses import clauses, goes_on
from search.question.near_words import SHIPPED, load, near_words, near_words_of


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("Who pays", ["Who pays"]),
        ("It went. Wrong house?", ["It went", " Wrong house", ""]),
        ("on time; limits", ["on time", " limits"]),
        ("cost (per head) of it", ["cost ", "per head", " of it"]),
        ("2.5 hours for 1,200 people", ["2.5 hours for 1,200 people"]),
        ("help - in kind", ["help", "in kind"]),
        ("in-kind help", ["in-kind help", "in-kind"]),
        ("", [""]),
    ],
)
def test_no_clause_runs_over_a_stop(text: str, stretches: list[str]) -> None:
    assert clauses(text) == stretches


@pytest.mark.parametrize(
    ("phrase", "after", "longer"),
    [
        ("on time", "limits", True),
        ("on time", "", False),
        ("on time", "and in full", False),
        ("on time", "since May", False),
        ("on time", "30 days later", False),
        ("the public", "library", True),
        ("in trouble", "abroad", False),
        ("in favour of", "quotas", False),
        ("went wrong", "places", False),
        ("asylum claim", "forms", False),
    ],
)
def test_a_preposition_governs_the_whole_group_of_a_noun(
    phrase: str, after: str, longer: bool
) -> None:
    assert goes_on(stems(phrase), stems(after)) == longer


@pytest.mark.parametrize(
    ("question", "fires"),
    [
        ("is the visa given on time", True),
        ("is the visa given on time, and by whom", True),
        ("who rules on time limits", False),
        ("who comes on. Time limits", False),
        ("who came on; time is short", False),
    ],
)
def test_what_stands_for_a_phrase_counts_where_it_is_meant(
    tmp_path: Path, question: str, fires: bool
) -> None:
    standing = ("within", "deadlin")
    assert standing in load(SHIPPED).phrases[("on", "time")]
    texts = ("An answer within the deadline.", "Rain fell.", "Snow fell.")
    words = StemmedWords.build([(at, "", "", text) for at, text in enumerate(texts)], tmp_path)
    assert (standing in near_words_of(words, question).get("time", {})) == fires
    assert standing not in near_words(words, [["on"], ["time"]]).get("time", {})
