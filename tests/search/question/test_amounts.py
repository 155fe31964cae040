"""How many: what asks for it, what tells it, and what that does to the order."""

import json
from pathlib import Path

import pytest

from index import build
from index.library import Library
from search.find import find
from search.question.amounts import asks_amount, telling, tells_amount


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


TOLD = "Families were asked. They lived in town. In all 35 came. None left. Rain fell."
SENTENCES = [(0, 20), (21, 40), (41, 56), (57, 67), (68, 78)]
WINDOWS = [(SENTENCES[n][0], SENTENCES[n + 1][1]) for n in range(4)]


@pytest.mark.parametrize(
    ("values", "quote"),
    [
        ([0.5, 0.3, 0.1, 0.1], "Families were asked. They lived in town. In all 35 came."),
        ([0.3, 0.5, 0.1, 0.1], "They lived in town. In all 35 came."),
        ([0.1, 0.1, 0.48, 0.5], "In all 35 came. None left."),  # about as good, and tells it
        ([0.1, 0.1, 0.465, 0.5], "In all 35 came. None left."),
        ([0.1, 0.1, 0.455, 0.5], "None left. Rain fell."),  # too much worse
        ([0.1, 0.1, 0.5, 0.1], "In all 35 came. None left."),
    ],
)
def test_the_quote_holds_the_amount_where_it_can(values: list[float], quote: str) -> None:
    assert TOLD[slice(*telling(TOLD, WINDOWS, values))] == quote


def test_a_date_and_an_article_do_not_make_a_quote(empty_library: Library, tmp_path: Path) -> None:
    texts = {
        "a": "Under Article 7 the ferry company carried passengers to the island on 9 July 2012.",
        "b": "The ferry company carried 900 passengers to the island that day under its licence.",
    }
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "notes.jsonl").write_text("\n".join(lines))
    list(build.add(empty_library, [tmp_path / "notes.jsonl"]))
    found = find(empty_library, "how many passengers the ferry company carried to the island")
    lacking = {one.stored.passage.text: one.candidate.lacking for one in found.results}
    assert lacking == {texts["a"]: True, texts["b"]: False}


def test_an_amount_in_the_list_that_a_window_opens_is_told(
    empty_library: Library, tmp_path: Path
) -> None:
    opening = "The ferry company carried passengers to the island:\n- families\n- guests\n"
    texts = {"a": f"{opening}- pupils, 900 of them", "b": f"{opening}- pupils, each with a dog"}
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "notes.jsonl").write_text("\n".join(lines))
    list(build.add(empty_library, [tmp_path / "notes.jsonl"]))
    found = find(empty_library, "how many passengers the ferry company carried to the island")
    lacking = {one.stored.passage.text: one.candidate.lacking for one in found.results}
    assert lacking == {texts["a"]: False, texts["b"]: True}


def test_a_window_that_shares_no_sentence_is_not_joined() -> None:
    text = "Rent: low; Year: new\nRent: 35; Year: old"
    assert telling(text, [(0, 20), (21, 39)], [0.5, 0.1]) == (0, 20)
    assert telling("Nothing here.", [(0, 13)], [0.5]) == (0, 13)


def test_the_sentence_behind_the_quote_is_marked_with_it_where_it_tells_the_amount(
    empty_library: Library, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(
        "The ferry company asked passengers about the crossing. The passengers that the ferry "
        "company asked were many. By telephone, in spring, 216 replied to what a clerk read aloud "
        "from a list. The harbour was closed in winter."
    )
    list(build.add(empty_library, [tmp_path / "a.txt"]))
    asked, other = (
        find(empty_library, f"{word} passengers the ferry company asked", k=1).results[0]
        for word in ("how many", "which")
    )
    text = asked.stored.passage.text
    assert text[asked.quote.start : asked.quote.end].endswith("from a list.")
    assert text[other.quote.start : other.quote.end].endswith("were many.")
