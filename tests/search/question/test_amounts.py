"""How many: what asks for it, what tells it, and what that does to the order."""

import json
from pathlib import Path

import pytest

from index import build
from index.library import Library
from search.find import find
from search.question.amounts import asks_amount, tells_amount


@pytest.mark.parametrize(
    "question",
    [
        "How many families moved?",
        "and how much did it cost",
        "how long does a visit last",
        "number of places in 2019",
        "what percentage found work",
        "cost of the desk",
        "what is the cost per guest",
        "what fares per head do rowers pay",
    ],
)
def test_asks_for_an_amount(question: str) -> None:
    assert asks_amount(question)


@pytest.mark.parametrize(
    "question",
    [
        "how do towns pay",
        "who shares the cost",
        "Which numbers matter?",
        "somehow much",
        "what does it cost in time",
        "who paid as per the contract",
    ],
)
def test_asks_for_something_else(question: str) -> None:
    assert not asks_amount(question)


@pytest.mark.parametrize(
    "text",
    [
        "It took 35 families.",
        "1,200 euros",
        "In 2019, 40 came.",
        "twelve towns",
        "A third left",
        "Table 2 has the 35 families.",
        "1. Rent for 14 days",
        "In March 12 families came.",
        "5M for boats",
        "2.5 hours",
        "As shown in Table 3, 450 migrants returned.",
        "Under Goal 2, 45 per cent of women left.",
        "In No. 5, 20 of them",
        "Step 2 to 40 staff",
        "Each turntable 450",
        "By June 300 IOM staff had moved.",
        "By May 32 IOM staff had moved.",
        "Those were four towns.",
        "Length: two days",
        "In March 1,200 IOM staff moved.",
    ],
)
def test_tells_an_amount(text: str) -> None:
    assert tells_amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Families came.",
        "In 2019 and 2020.",
        "63 The desk was led by a town.",
        "no one",
        "under Article 18(1) and Tables 2 and 3",
        "see Finding 2. See note 12, p. 40 and § 7.",
        "Regulation No 439/2010",
        "until 31 October 2014, or March 30th, 2016",
        "paragraph of 39E(1)",
        "notes 52 to 57, pp. 3, 4 and 9, § 2, 2b and 5",
        "By June 30 IOM staff had moved, and on May 3 Article 2 was read.",
        "after COVID-19, from 2006–08 to the 2010s",
        "Rent.\n2. Food.\n(3) Boats.\n4.1) Piers.",
        "It does not tell when those four began, or why these Two did.",
        "The fifth has two: guests filled in a form.",
    ],
)
def test_tells_none(text: str) -> None:
    assert not tells_amount(text)


_LABELS = (
    "article section chapter paragraph title annex annexe table figure graph box finding "
    "recommendation goal step phase note page directive regulation"
).split()


@pytest.mark.parametrize(
    "label", [*_LABELS, "appendix", "rec.", "p.", "pp.", "§", "#", "No", "No."]
)
def test_a_number_behind_its_label_is_none_and_one_further_on_is(label: str) -> None:
    for text in (f"{label} 450", f"{label}450", f"Under {label.capitalize()} 450 towns"):
        assert not tells_amount(text)
    assert tells_amount(f"{label} 3: 450")


@pytest.mark.parametrize("label", _LABELS)
def test_behind_a_label_in_the_plural_alone_the_numbers_go_on(label: str) -> None:
    plural = f"{label}es" if label.endswith("x") else f"{label}s"
    assert not tells_amount(f"see {plural} 3, 450 and 460")
    assert tells_amount(f"in {label} 3, 450 families")


LIST = "The ferry company carried passengers to the island:\n- families\n- guests\n"
CROSSINGS = {
    "date": "Under Article 7 the ferry company carried passengers to the island on 9 July 2012.",
    "number": "The ferry company carried 900 passengers to the island that day under its licence.",
    "counted": f"{LIST}- pupils, 900 of them",
    "listed": f"{LIST}- pupils, each with a dog",
}


@pytest.fixture(scope="module")
def crossings(library_of) -> Library:
    lines = (json.dumps({"id": name, "text": text}) for name, text in CROSSINGS.items())
    return library_of({"notes.jsonl": "\n".join(lines)})


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


@pytest.mark.parametrize(
    ("name", "lacking"), [("date", True), ("number", False), ("counted", False), ("listed", True)]
)
def test_what_lacks_the_amount(crossings: Library, name: str, lacking: bool) -> None:
    found = find(crossings, "how many passengers the ferry company carried to the island").results
    (result,) = (one for one in found if one.stored.passage.text == CROSSINGS[name])
    assert result.candidate.lacking == lacking
