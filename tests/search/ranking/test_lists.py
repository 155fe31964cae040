"""A quote that opens a list holds the list, as far as it is short."""

from pathlib import Path

import pytest

from index import build
from index.library import Library
from search.find import find
from search.ranking.lists import MOST, led_in, list_end, without_next

TEXT = """It is for guests. Bring these:
- pens. Blue ones.
- paper
(a) ink
They came by ferry. The mayor said:
come in.
Nobody did."""


def drawn_on(text: str, quote: str) -> str:
    start = text.index(quote)
    return text[start : list_end(text, start, start + len(quote))]


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ("Bring these:", "Bring these:\n- pens. Blue ones.\n- paper\n(a) ink"),
        ("Bring these:\n- pens.", "Bring these:\n- pens. Blue ones.\n- paper\n(a) ink"),
        ("The mayor said:", "The mayor said:\ncome in."),
    ],
)
def test_a_quote_goes_on_over_the_list_it_opens(quote: str, wanted: str) -> None:
    assert drawn_on(TEXT, quote) == wanted


@pytest.mark.parametrize(
    "quote",
    [
        "It is for guests.",
        "- pens. Blue ones.",  # the middle of a list
        "- paper\n(a) ink",
        "(a) ink\nThey came by ferry.",
        "The mayor said:\ncome in.",  # no item behind the colon
        "Nobody did.",
    ],
)
def test_a_quote_that_opens_no_list_stays(quote: str) -> None:
    assert drawn_on(TEXT, quote) == quote


def test_nothing_behind_the_colon() -> None:
    assert drawn_on("Speakers:", "Speakers:") == "Speakers:"
    assert drawn_on("Speakers:\n \n", "Speakers:") == "Speakers:"
    assert list_end("", 0, 0) == 0


def test_only_whole_sentences_within_the_most_are_added() -> None:
    first, second = "- " + "x" * (MOST - 4) + ".", "- pens"  # a line break and MOST - 1 characters
    assert drawn_on(f"Bring:\n{first}\n{second}", "Bring:") == f"Bring:\n{first}"
    longer = f"- xx{first[2:]}"
    assert drawn_on(f"Bring:\n{longer}\n{second}", "Bring:") == "Bring:"


@pytest.mark.parametrize("mark", ["-", "–", "•", "*", "1.", "12)", "(iv)", "B."])
def test_marks_of_items(mark: str) -> None:
    text = f"Bring:\n{mark} pens\n{mark} ink\nThat is all."
    assert drawn_on(text, "Bring:") == f"Bring:\n{mark} pens\n{mark} ink"


def test_the_list_that_answers_is_quoted(empty_library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The harbour was closed in winter.\n\nThe ferry company asks a passenger for two things:\n"
        "- a letter from home\n- a coin of silver\n\nThe island has a lighthouse."
    )
    list(build.add(empty_library, [tmp_path / "a.txt"]))
    result = find(empty_library, "what does the ferry company ask a passenger for", k=1).results[0]
    quote = result.quote.words(result.stored.passage)
    assert quote.endswith("for two things:\n- a letter from home\n- a coin of silver")


AMID = """Fares rose. They shall not pay:
- guests of the mayor;
- pupils of ten;
- crews.
Nobody rowed.
- First. It was cold.
- Then it rained."""


def led(text: str, quote: str) -> str:
    start = text.index(quote)
    return text[slice(*led_in(text, start, start + len(quote)))]


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ("- pupils of ten;\n- crews.", AMID[AMID.index("They") : AMID.index("\nNobody")]),
        ("- guests of the mayor;", AMID[AMID.index("They") : AMID.index("\nNobody")]),
        ("They shall not pay:", AMID[AMID.index("They") : AMID.index("\nNobody")]),
        ("- crews.", "- crews."),  # a sentence
        ("- First. It was cold.", "- First. It was cold."),  # no colon before
        ("Nobody rowed.", "Nobody rowed."),
    ],
)
def test_items_amid_a_list_are_quoted_with_what_leads_them_in(quote: str, wanted: str) -> None:
    assert led(AMID, quote) == wanted


def test_items_too_far_from_what_leads_them_in_stay() -> None:
    far = "- " + "x" * MOST
    assert led(f"Bring:\n{far};\n- pens;\n- ink", "- pens;\n- ink") == "- pens;\n- ink"
    assert led("- pens;\n- ink", "- pens;\n- ink") == "- pens;\n- ink"


def test_what_leads_a_list_in_is_quoted_with_the_items_that_answer(
    empty_library: Library, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(
        "The harbour was closed in winter. This pass is not valid for:\n- crews of rowing boats\n"
        "- dogs on the ferry to the island\n- cats on the ferry to the island"
    )
    list(build.add(empty_library, [tmp_path / "a.txt"]))
    result = find(empty_library, "dogs and cats on the ferry to the island", k=1).results[0]
    quote = result.quote.words(result.stored.passage)
    assert quote.startswith("This pass is not valid for:\n- crews")
    assert quote.endswith("- cats on the ferry to the island")


ITEMS = """1. The time. It is short.
2. A person on the other side. She reads it.
- Rain fell on
- Snow. All day.
Take these: 3. pens.
- Ink. Blue."""


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ("It is short.\n2. A person on the other side.", "It is short."),
        ("She reads it.\n- Rain fell on", "She reads it.\n- Rain fell on"),  # all of its line
        ("Rain fell on\n- Snow.", "Rain fell on"),
        ("Take these: 3. pens.\n- Ink.", "Take these: 3. pens."),
        ("1. The time.", "1. The time."),
        ("2. A person on the other side.", "2. A person on the other side."),
    ],
)
def test_a_quote_ends_before_the_title_of_the_next_item(quote: str, wanted: str) -> None:
    start = ITEMS.index(quote)
    assert ITEMS[start : without_next(ITEMS, start, start + len(quote))] == wanted


def test_a_list_that_the_quote_opens_keeps_its_titles() -> None:
    text = "Bring these:\n- Ink. Blue.\n- Paper. White."
    assert text[: without_next(text, 0, text.index(" Blue"))] == "Bring these:\n- Ink."


def test_a_long_first_sentence_of_an_item_is_no_title() -> None:
    text = "It is so.\n2. Nobody who came to the port saw it. Rain."
    assert without_next(text, 0, len(text) - 6) == len(text) - 6


def test_an_answer_ends_before_the_next_item(empty_library: Library, tmp_path: Path) -> None:
    # The first item is too short to be a paragraph, so a window goes over both.
    (tmp_path / "lessons.md").write_text(
        "1. Ferries. The chain holds the voyage.\n"
        "2. A person on the other side. Somebody there answers the telephone in the winter.\n"
    )
    list(build.add(empty_library, [tmp_path / "lessons.md"]))
    question = "does the chain hold the voyage for a person on the other side"
    (result,) = find(empty_library, question).results
    passage = result.stored.passage
    assert passage.text[: result.candidate.end].endswith("2. A person on the other side.")
    assert result.quote.words(passage) == "The chain holds the voyage."


def test_a_long_item_is_quoted_whole_and_without_the_next(
    empty_library: Library, tmp_path: Path
) -> None:
    first = "1. A chain of ferries. The harbour chain holds one part of the voyage."
    (tmp_path / "lessons.md").write_text(
        f"{first}\n"
        "2. A person on the other side. Somebody there answers the telephone in the winter.\n"
    )
    list(build.add(empty_library, [tmp_path / "lessons.md"]))
    (result,) = find(empty_library, "what holds one part of the voyage").results
    assert result.quote.words(result.stored.passage) == first
