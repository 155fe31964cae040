from search.questions import BadQuestion, Question, from_csv, from_jsonl, from_lines


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
