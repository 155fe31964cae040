import json
from pathlib import Path

import pytest
from known import QuestionsError, runs_of
from set_pages import load, pages_of, standing
from set_texts import body_of, found_in, set_all

TITLE = "The harbour report of Borland town"
FILLER = "Nothing else of note was written in the harbour log on that day or on the day after it. "
RAIN = "In May the rain closed the northern quay for eleven days in all."
SNOW = "Snow lay on the roofs of the grain store until the second week of April."
NOTE = "The keeper of the log counts from the first whole day of closing."
TEXT = f"""{TITLE}

{RAIN}¹

- one item, with `ticks` & [brackets]

{(FILLER * 30).strip()}

1 {NOTE}

Table 1. Flats

Town\tLet
Borland\t3 | 4

1. not a list; العربية is not in the fonts

{(FILLER * 30).strip()}

{SNOW}
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "harbour.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "texts"


@pytest.mark.parametrize("layout", ["one-column", "two-column"])
def test_every_word_is_there_once(texts: Path, layout: str) -> None:
    (pdf,) = set_all(texts, texts.parent / layout, layout)
    found = found_in(TEXT.replace("العربية", ""), body_of(pdf))
    assert found.share == 1.0
    # "Report", publisher and year; "Table 1." twice; "Sources" and the citation. In two columns
    # the notes have a heading too.
    extra = "report reference text 2018 table 1 sources reference text 2018 harbour".split()
    assert found.more == len(extra) + (layout == "two-column")
    assert "Reference text\n" not in body_of(pdf)[-40:]


def test_what_is_lost_or_out_of_order_is_seen() -> None:
    words = "a b c d e f g h i j"
    assert found_in(words, "a b c d e").share == 0.5
    turned = found_in(words, "f g h i j a b c d e")
    # Of the runs of five, "a b c d e" and "f g h i j" are in both; the second does not follow.
    assert (turned.share, turned.order, turned.more) == (1.0, 0.0, 0)


def test_answers_stand_on_the_pages_that_have_their_words(texts: Path) -> None:
    (pdf,) = set_all(texts, texts.parent / "set", "one-column")
    pages = pages_of(pdf)
    assert len(pages) > 1
    assert standing(runs_of(RAIN), pages) == [1]
    assert standing(runs_of(NOTE), pages) == [1]  # at the foot of its mark's page
    assert standing(runs_of(SNOW), pages) == [len(pages)]
    assert standing(runs_of("none of these words is to be found anywhere"), pages) == []
    assert standing(runs_of(TITLE), pages) == [1]  # in the running head of the others


def test_an_answer_over_two_pages_stands_on_both() -> None:
    answer = "one two three four five six seven eight nine ten"  # six runs
    first, second = map(runs_of, ("one two three four five six seven", "six seven eight nine ten"))
    other = runs_of("nothing of it is here")
    assert standing(runs_of(answer), [other, first, second]) == [2, 3]  # 3 and 1 of 6
    assert standing(runs_of(answer), [first, other, second]) == [1]  # half of them, with page 2
    assert standing(runs_of(answer), [second, other]) == []


def test_questions_get_the_pages_of_the_setting(texts: Path, tmp_path: Path) -> None:
    pdfs = set_all(texts, tmp_path / "set", "one-column")
    entry = {"id": "o001", "question": "?", "kind": "fact", "split": "held"}
    path = tmp_path / "officers.jsonl"
    answers = [{"file": "harbour.txt", "runs": sorted(runs_of(RAIN))}]
    path.write_text(json.dumps({**entry, "answers": answers}) + "\n")
    (question,) = load(path, pdfs)
    (answer,) = question.answers
    assert (answer.file, answer.page, answer.runs) == ("harbour.pdf", 1, runs_of(RAIN))
    for wrong in (
        {"file": "harbour.txt", "runs": ["0" * 8]},
        {"file": "other.txt", "runs": sorted(runs_of(RAIN))},
    ):
        path.write_text("\n" + json.dumps({**entry, "answers": [wrong]}) + "\n")
        with pytest.raises(QuestionsError, match=r"officers\.jsonl, line 2: "):
            load(path, pdfs)
