"""How many: what asks for it, what tells it, and what that does to the order."""

import json
from pathlib import Path

import pytest

from index import build
from index.library import Library
from search.amounts import asks_amount, tells_amount
from search.find import find


@pytest.mark.parametrize(
    "question",
    [
        "How many families moved?",
        "and how much did it cost",
        "how long does a visit last",
        "number of places in 2019",
        "what percentage found work",
        "cost of the desk",
    ],
)
def test_asks_for_an_amount(question: str) -> None:
    assert asks_amount(question)


@pytest.mark.parametrize(
    "question", ["how do towns pay", "who shares the cost", "Which numbers matter?", "somehow much"]
)
def test_asks_for_something_else(question: str) -> None:
    assert not asks_amount(question)


@pytest.mark.parametrize(
    "text",
    ["It took 35 families.", "1,200 euros", "In 2019, 40 came.", "twelve towns", "A third left"],
)
def test_tells_an_amount(text: str) -> None:
    assert tells_amount(text)


@pytest.mark.parametrize(
    "text", ["", "Families came.", "In 2019 and 2020.", "63 The desk was led by a town.", "no one"]
)
def test_tells_none(text: str) -> None:
    assert not tells_amount(text)


def test_the_passage_with_a_number_comes_before_one_as_near(
    empty_library: Library, tmp_path: Path
) -> None:
    texts = {
        "a": "The ferry company carried passengers to the island over the year.",
        "b": "The ferry company carried 900 passengers to the island over the year.",
        "c": "A council kept its minutes in a drawer.",
    }
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "notes.jsonl").write_text("\n".join(lines))
    list(build.add(empty_library, [tmp_path / "notes.jsonl"]))
    asked, other = (
        find(empty_library, f"{word} the ferry company carried to the island", k=2).results
        for word in ("how many passengers", "the passengers")
    )
    assert asked[0].stored.passage.text == texts["b"]
    assert asked[1].candidate.lacking
    assert not asked[0].candidate.lacking
    assert not any(result.candidate.lacking for result in other)
