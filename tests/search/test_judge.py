from corpus.questions import KnownAnswer, KnownQuestion, runs_of
from index.library import Library
from search.judge import judge


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
