from pathlib import Path

from known import KnownAnswer, KnownQuestion, judge, runs_of

from index import build
from index.library import Library


def question(name: str, *answers: KnownAnswer) -> KnownQuestion:
    return KnownQuestion(name, "?", "", "tune", answers)


def test_runs_do_not_mind_case_marks_or_line_breaks() -> None:
    assert runs_of("One two, three\nfour FIVE") == runs_of("one two three four five!")
    assert len(runs_of("a b c d e f")) == 2
    assert len(runs_of("a b")) == 1
    assert runs_of("") == frozenset()


def test_the_passage_with_the_words_on_the_page_answers(library: Library) -> None:
    text = "Colleagues from three experienced states met them before the vote"
    with library.catalog() as catalog:
        found = judge(
            [
                question("right", KnownAnswer("borland.pdf", 2, runs_of(text))),
                question("wrong page", KnownAnswer("borland.pdf", 1, runs_of(text))),
                question("wrong file", KnownAnswer("nowhere.pdf", 2, runs_of(text))),
                question("no answer"),
            ],
            catalog,
        )
        (name,) = found["right"]
        assert "three experienced states" in catalog.passage(name).passage.text
    assert found["wrong page"] == found["wrong file"] == found["no answer"] == {}


STORMS = "one storm closed the harbour for a week"  # eight words: four runs of five
FLATS = "nine empty flats were let to new families"
NEITHER = "nobody came to the office in all of may"  # nine words, in no passage: five runs


def test_half_of_the_words_is_enough_and_less_only_where_nothing_holds_more(
    empty_library: Library, tmp_path: Path
) -> None:
    # Each under its own heading, so that they are two passages, on page 1.
    text = f"# Notes\n\n## Storms\n\nThe town said {STORMS}.\n\n## Flats\n\nIt said {FLATS}.\n"
    (tmp_path / "notes.md").write_text(text)
    list(build.add(empty_library, [tmp_path / "notes.md"]))
    storms, flats, neither = map(runs_of, (STORMS, FLATS, NEITHER))
    assert (len(storms), len(flats), len(neither)) == (4, 4, 5)
    one_of_flats, three_of_flats = (frozenset(sorted(flats)[:count]) for count in (1, 3))
    two_of_neither = frozenset(sorted(neither)[:2])
    answers = {
        "both": storms | flats,  # 4 of 8 each
        "one": storms | one_of_flats,  # 4 and 1 of 5
        "less than half": storms | three_of_flats | two_of_neither,  # 4 and 3 of 9
        "nothing": neither,
    }
    with empty_library.catalog() as catalog:
        found = judge(
            [question(name, KnownAnswer("notes.md", 1, runs)) for name, runs in answers.items()],
            catalog,
        )
        headings = {
            name: {catalog.passage(one).passage.section[-1]: grade for one, grade in grades.items()}
            for name, grades in found.items()
        }
    assert headings == {
        "both": {"Storms": 1, "Flats": 1},
        "one": {"Storms": 1},
        "less than half": {"Storms": 1},
        "nothing": {},
    }


def test_every_document_of_a_file_of_many_is_looked_at(
    empty_library: Library, tmp_path: Path
) -> None:
    lines = [
        f'{{"id": "{name}", "title": "{name}", "text": "It said that {text}."}}\n'
        for name, text in (("storms", STORMS), ("flats", FLATS))
    ]
    (tmp_path / "notes.jsonl").write_text("".join(lines))
    list(build.add(empty_library, [tmp_path / "notes.jsonl"]))
    asked = [
        question(text, KnownAnswer("notes.jsonl", 1, runs_of(text))) for text in (STORMS, FLATS)
    ]
    with empty_library.catalog() as catalog:
        found = judge(asked, catalog)
        told = {
            text: [catalog.passage(name).passage.text for name in names]
            for text, names in found.items()
        }
    assert told == {text: [f"It said that {text}."] for text in (STORMS, FLATS)}
