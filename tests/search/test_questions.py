from collections.abc import Iterator

from search.questions import (
    BadQuestion,
    Question,
    from_csv,
    from_jsonl,
    from_lines,
    from_piped,
)


def test_lines() -> None:
    assert list(from_lines(["  Why?\n", "\n", "How?"])) == [
        Question("q1", "Why?"),
        Question("q2", "How?"),
    ]


def test_jsonl() -> None:
    lines = ['{"id": "a", "question": "Why?"}', '{"text": "How?"}', "{", "[]", '{"id": 1}']
    found = list(from_jsonl(lines))
    assert found[:2] == [Question("a", "Why?"), Question("q2", "How?")]
    assert [item.line for item in found[2:] if isinstance(item, BadQuestion)] == [3, 4, 5]


def test_csv_with_ids_and_other_columns() -> None:
    lines = ["id,question,note", 'a,"Why, then?",x', "b,,y"]
    good, bad = from_csv(lines)
    assert good == Question("a", "Why, then?")
    assert bad == BadQuestion(3, "the column 'question' is empty")


def test_csv_of_one_column_under_another_name() -> None:
    assert list(from_csv(["Frage", "Warum?"])) == [Question("q1", "Warum?")]


def test_csv_without_the_column_says_what_there_is() -> None:
    assert list(from_csv(["id,text", "a,b"])) == [
        BadQuestion(1, "no column 'question'; there are: id, text")
    ]


def test_limits_of_one_question() -> None:
    (row,) = from_csv(["question,goal,year", "Why?,motivational; operational,2010..2012"])
    (line,) = from_jsonl(['{"question": "Why?", "goal": "motivational", "year": 2011, "kind": []}'])
    assert isinstance(row, Question)
    assert row.limits == {"goal": ("motivational", "operational"), "year": ("2010..2012",)}
    assert isinstance(line, Question)
    assert line.limits == {"goal": ("motivational",), "year": ("2011",)}


def test_a_limit_that_is_no_text_is_named() -> None:
    assert list(from_jsonl(['{"question": "Why?", "goal": {"a": 1}}'])) == [
        BadQuestion(1, "the key 'goal' is neither a text nor a list of texts")
    ]


def test_a_named_column_and_a_cell_with_a_line_end() -> None:
    lines = ["nr,Frage\n", '1,"Warum\n', 'nicht?"\n', "2,Wie?\n"]
    assert list(from_csv(lines, "Frage")) == [
        Question("q1", "Warum\nnicht?"),
        Question("q2", "Wie?"),
    ]


def test_questions_are_read_as_they_come() -> None:
    def endless() -> Iterator[str]:
        yield "question\n"
        while True:
            yield "Why?\n"

    for reader in (from_csv, from_lines, from_piped):
        assert next(iter(reader(endless())), None) is not None


def test_a_cell_beyond_what_csv_holds_stops_nothing() -> None:
    bad, good = from_csv(["question\n", "x" * 1_000_000 + "\n", "Why?\n"])
    assert isinstance(bad, BadQuestion)
    assert "field larger" in bad.message
    assert good == Question("q2", "Why?")


def test_bytes_that_are_no_text() -> None:
    latin = "Où?".encode("latin-1").decode("utf-8", "surrogateescape")
    assert list(from_lines([latin])) == [BadQuestion(1, "not UTF-8: save the file as UTF-8")]
    (lone,) = from_jsonl(['{"question": "a\\ud800"}'])
    assert lone == BadQuestion(1, "half of a character (a lone surrogate)")


def test_json_that_cannot_be_held() -> None:
    lines = ["[" * 100_000, '{"question": ' + "9" * 5_000 + "}"]
    assert list(from_jsonl(lines)) == [BadQuestion(n, "not valid JSON") for n in (1, 2)]


def test_piped_questions_may_be_lines_or_json() -> None:
    assert list(from_piped(["\n", "Why?\n"])) == [Question("q1", "Why?")]
    assert list(from_piped(["\n", '{"id": "a", "question": "Why?"}\n'])) == [Question("a", "Why?")]
    assert list(from_piped([])) == []
