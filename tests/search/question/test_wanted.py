"""Questions for a day, for what is not done and for somebody: what tells it is quoted, or first."""

from pathlib import Path

import pytest

from index import build
from index.library import Library
from search.find import find
from search.question.wanted import asks_who, names_somebody, tells_wanted
from search.ranking import fuse
from search.records import Candidate


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("When did the harbour open?", "It opened in May.", True),
        ("When did the harbour open?", "It opened in 1998.", True),
        ("and when is a request answered", "Within 14 days.", True),
        ("In what year did it open?", "It opened late.", False),
        ("When did the harbour open?", "It may open soon.", False),
        ("what happens if the state does not reply", "Failure to act is consent.", True),
        ("what happens if the state doesn't reply", "It may reply later.", False),
        ("what if he refuses to go", "Nobody is made to.", True),
        ("what if the state fails to reply", "Regulation (EU) No 603 holds.", False),
    ],
)
def test_tells_what_is_asked_for(question: str, text: str, told: bool) -> None:
    tells = tells_wanted(question)
    assert tells is not None
    assert tells(text) == told


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Which town pays when guests leave?",
        "Why did the state not reply?",
        "Who signs whether or not it rains?",
        "Where is no harbour?",
    ],
)
def test_other_questions_ask_for_neither(question: str) -> None:
    assert tells_wanted(question) is None


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who chaired it?", True),
        ("and whose harbour was it", True),
        ("by whom was it opened", True),
        ("Those who came", False),
        ("The WHO", False),
        ("", False),
    ],
)
def test_begins_by_asking_for_somebody(question: str, who: bool) -> None:
    assert asks_who(question) == who


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The review was led by Ada Lindqvist.", True),
        ("Led by Ada, it ended.", True),
        ("Here Jan van der Berg spoke.", True),
        ("It was led by IOM.", True),
        ("It is paid by the EU.", True),
        ("It was signed by Łukasz, then sent.", True),
        ("Работу возглавил Иван.", True),
        ("كتبه أحمد", True),  # letters without capitals
        ("2011: 5; –", False),
        ("THE STATE PAYS.", False),
        ("Guests came. Others left.", False),
        ("I am honoured to chair it.", False),
        ("", False),
    ],
)
def test_names_somebody(text: str, named: bool) -> None:
    assert names_somebody(text) == named


def test_a_score_without_a_name_by_hand() -> None:
    parts = Candidate(0, 0.6, 0.4, 1.0, 0.5, 0.0, 0, 1)
    # (1 * .6 + .5 * .4 + .5 * 1 + .2 * .5) / 2.4 = 1.4 / 2.4
    assert fuse.score(parts) == pytest.approx(1.4 / 2.4)
    named = Candidate(0, 0.6, 0.4, 1.0, 0.5, 0.0, 0, 1, nameless=True)
    assert fuse.score(named) == pytest.approx(0.97 * 1.4 / 2.4)


def built(library: Library, folder: Path, **pages: str) -> Library:
    for name, text in pages.items():
        page = f"<html><head><title>Harbours</title></head><body><p>{text}</p></body></html>"
        (folder / f"{name}.html").write_text(page)
    list(build.add(library, [folder]))
    return library


REQUEST = (
    "The state replies to the request in a month, as it is asked. Ferries run daily in the summer. "
    "Ferries are late in the winter. Failure to reply is tantamount to accepting the request."
)


def test_the_failure_is_quoted_where_the_question_negates(
    empty_library: Library, tmp_path: Path
) -> None:
    library = built(empty_library, tmp_path, rules=REQUEST)
    (asked,) = find(library, "what if the state does not reply to the request").results
    assert "Failure" in asked.quote.words(asked.stored.passage)
    (plain,) = find(library, "how does the state reply to the request").results
    assert "Failure" not in plain.quote.words(plain.stored.passage)


def test_of_two_like_passages_the_one_with_a_name_comes_first(
    empty_library: Library, tmp_path: Path
) -> None:
    library = built(
        empty_library,
        tmp_path,
        a="It was an honour for me to chair the harbour review of the year, and to write it down.",
        b="The harbour review of the year, written down in May, was chaired by Ada Lindqvist.",
    )
    answer = find(library, "who chaired the harbour review")
    assert [result.candidate.nameless for result in answer.results] == [False, True]
    other = find(library, "how was the harbour review chaired")
    assert not any(result.candidate.nameless for result in other.results)
