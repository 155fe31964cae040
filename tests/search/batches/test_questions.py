from collections.abc import Iterator

import pytest

from index.files.csv_rows import HeaderError
from search.batches.question_readers import piped
from search.batches.question_tables import from_csv
from search.batches.questions import (
    PLURALS,
    BadQuestion,
    Question,
    distinct,
    from_jsonl,
    from_lines,
)
from search.formats.trec import token


@pytest.mark.parametrize("name", ["#NAME?", " #REF! ", "a"])
def test_a_spreadsheets_error_is_no_question(name: str) -> None:
    (bad,) = from_csv(["id,question\n", f"{name},{'Why?' if name != 'a' else '#NAME?'}\n"])
    error = name.strip() if name != "a" else "#NAME?"
    assert bad == BadQuestion(2, f"'{error}' is an error of the spreadsheet: mend the cell")
    assert list(from_lines(["#NAME? is what?"])) == [Question("q1", "#NAME? is what?")]


def test_lines() -> None:
    assert list(from_lines(["  Why?\n", "\n", "How?"])) == [
        Question("q1", "Why?"),
        Question("q2", "How?"),
    ]


def test_a_question_without_letters_and_digits_is_named() -> None:
    said = "the question has no letter and no digit"
    assert list(from_lines(["???", "Why?"])) == [BadQuestion(1, said), Question("q2", "Why?")]
    assert list(from_jsonl(['{"question": "-"}'])) == [BadQuestion(1, said)]


def test_jsonl() -> None:
    lines = ['{"id": "a", "question": "Why?"}', '{"text": "How?"}', "{", "[]", '{"id": 1}']
    found = list(from_jsonl(lines))
    assert found[:2] == [Question("a", "Why?"), Question("q2", "How?")]
    assert [item.line for item in found[2:] if isinstance(item, BadQuestion)] == [3, 4, 5]


@pytest.mark.parametrize("name", ['""', '" "', '"\\u3000\\n"', "null"])
def test_an_id_without_a_sign_is_none(name: str) -> None:
    (found,) = from_jsonl([f'{{"id": {name}, "question": "Why?"}}'])
    assert found == Question("q1", "Why?")


def test_an_id_of_json_is_a_text_or_a_number() -> None:
    lines = [f'{{"id": {given}, "question": "Why?"}}' for given in ("7", "1.5", "null", '""')]
    found = [one for one in from_jsonl(lines) if isinstance(one, Question)]
    assert [one.id for one in found] == ["7", "1.5", "q3", "q4"]
    for given in ("true", '["a"]', '{"a": 1}'):
        (bad,) = from_jsonl([f'{{"id": {given}, "question": "Why?"}}'])
        assert bad == BadQuestion(1, "the key 'id' is neither a text nor a number")
    (bad,) = from_jsonl(['[{"id": "a", "question": "Why?"}]'])
    assert bad == BadQuestion(1, 'a list: write each {"id", "question"} on a line of its own')


def test_topics_of_trec_are_refused_before_their_tags_are_asked() -> None:
    for lines in (["\n", "<top>", "<num> 1"], ["\n", "<Topics task='x'>"]):
        with pytest.raises(HeaderError, match="line 2: topics of TREC are not read: write id and"):
            list(from_lines(lines))
    assert list(from_lines(["Why?", "<top>"])) == [Question("q1", "Why?"), Question("q2", "<top>")]


def test_csv_with_ids_and_other_columns() -> None:
    lines = ["id,question,note", 'a,"Why, then?",x', "b,,y"]
    good, bad = from_csv(lines)
    assert good == Question("a", "Why, then?")
    assert bad == BadQuestion(3, "the column 'question' is empty")


@pytest.mark.parametrize("header", ["question", "Questions", "text"])
def test_csv_of_one_column_with_a_header(header: str) -> None:
    assert list(from_csv([header, "Warum?"])) == [Question("q1", "Warum?")]
    assert list(from_csv(["Frage", "Warum?"], "Frage")) == [Question("q1", "Warum?")]


def test_csv_of_one_column_without_a_header_loses_no_question() -> None:
    assert list(from_csv(['"Why, then?"\n', "How?\n"])) == [
        Question("q1", "Why, then?", line=1),
        Question("q2", "How?", line=2),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_cut_at_what_its_first_line_has(separator: str) -> None:
    rows = [("id", "question", "goal"), ("a", "Why?", '"operational;motivational"')]
    good = Question("a", "Why?", {"goal": ("operational", "motivational")})
    assert list(from_csv([separator.join(row) for row in rows])) == [good]
    said = r"there are: q1, How does mentoring help\? \(name it with --column"
    with pytest.raises(HeaderError, match=said):
        list(from_csv([separator.join(("q1", "How does mentoring help?"))]))


def test_csv_question_cut_at_its_own_comma_is_named() -> None:
    bad, good, spare = from_csv(["question", "Why, then?", '"Why, then?"', "How?,,"])
    assert bad == BadQuestion(2, "a cell under no column: put the question into double quotes")
    assert (good, spare) == (Question("q2", "Why, then?"), Question("q3", "How?"))


@pytest.mark.parametrize("column", [None, "Frage"])
def test_csv_without_the_column_says_what_there_is(column: str | None) -> None:
    with pytest.raises(HeaderError) as error:
        list(from_csv(["id,text", "a,b"], column))
    lines = "" if column else "; where each line is a question, save the file as .txt"
    assert str(error.value) == (
        f"line 1: no column '{column or 'question'}'; there are: id, text "
        f"(name it with --column, or in a first line above the questions{lines})"
    )


def test_csv_without_a_header_whose_first_question_has_a_comma_says_what_to_do() -> None:
    with pytest.raises(HeaderError) as error:
        list(from_csv(["What does it cost, and who pays?", "How?"]))
    assert str(error.value) == (
        "line 1: no column 'question'; there are: What does it cost, and who pays? "
        "(name it with --column, or in a first line above the questions; "
        "put questions with commas into double quotes, or save the file as .txt)"
    )


def test_columns_and_keys_in_any_case_of_letters() -> None:
    good = Question("a", "Why?", {"goal": ("operational",), "year": ("2011",)})
    rows = ["ID;Question;Goal;Year", "a;Why?;operational;2011"]
    assert list(from_csv(rows)) == [good]
    named = ["ID; Frage ;GOAL;Year", "a;Why?;operational;2011"]
    assert list(from_csv(named, "frage")) == [good]
    entry = '{"ID": "a", "Question": "Why?", "Goal": "operational", "YEAR": 2011}'
    assert list(from_jsonl([entry])) == [good]
    # The name that is meant to the letter comes first, and a note is none of them.
    assert list(from_csv(["QUESTION,question,Note", "How?,Why?,x"])) == [Question("q1", "Why?")]


def test_a_column_that_says_something_of_the_question_limits_nothing() -> None:
    rows = ["question,Language,publisher", "Why?,de,Nobody"]
    assert list(from_csv(rows)) == [Question("q1", "Why?")]
    entry = '{"question": "Why?", "language": "de", "publisher": "Nobody"}'
    assert list(from_jsonl([entry])) == [Question("q1", "Why?")]


def test_what_is_passed_over_of_a_question_is_known() -> None:
    (row,) = from_csv(["ID,question,Verlag,Goal,,text", "a,Why?,x,,,y"])
    assert isinstance(row, Question)
    assert row.passed_over == ("Verlag", "text")
    lines = ['{"ID": "a", "text": "Why?", "GOAL": "x"}', '{"question": "How?", "text": "", "K": 1}']
    every, some = from_jsonl(lines)
    assert isinstance(every, Question)
    assert isinstance(some, Question)
    assert (every.passed_over, some.passed_over) == ((), ("text", "K"))


def test_names_that_are_almost_those_of_limits_are_refused() -> None:
    for plural, name in PLURALS.items():
        said = f"'{plural}' is called '{name}' here"
        with pytest.raises(HeaderError, match=f"the column {said}"):
            list(from_csv([f"question,{plural.title()}", "Why?,x"]))
        lines = [f'{{"question": "Why?", "{plural}": "x"}}', '{"question": "How?"}']
        assert list(from_jsonl(lines)) == [
            BadQuestion(1, f"the key {said}"),
            Question("q2", "How?"),
        ]
    with pytest.raises(HeaderError, match="there are two columns 'goal'"):
        list(from_csv(["question,Goal,goal", "Why?,operational,"]))
    # A column that is asked for by its name may be called as it likes.
    assert list(from_csv(["nr,goals", "1,Why?"], "goals")) == [Question("q1", "Why?")]


def test_where_nothing_limits_a_question_no_name_and_no_value_is_refused() -> None:
    plain = Question("a", "Why?")
    for head in ("Goals,years", "goal,Goal", "goal,goals"):
        assert list(from_csv([f"id,question,{head}", "a,Why?,x,1 or 2"], None, ())) == [plain]
    entry = '{"id": "a", "question": "Why?", "goals": {"x": 1}, "year": 2.5, "kind": 1, "Kind": 2}'
    assert list(from_jsonl([entry], ())) == [plain]
    (bad,) = from_jsonl([entry.replace('"id"', '"Id": "b", "id"')], ())
    assert bad == BadQuestion(1, "the key 'id' is there twice, as 'Id' and 'id'")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            '{"question": "Why?", "Goal": "motivational", "goal": "operational"}',
            "'goal' is there twice, as 'Goal' and 'goal'",
        ),
        (
            '{"Question": "Why?", "question ": "", "id": "a"}',
            "'question' is there twice, as 'Question' and 'question '",
        ),
        ('{"TEXT": "Why?", "text": "How?"}', "'text' is there twice, as 'TEXT' and 'text'"),
        ('{"question": "Why?", "ID": 1, "id": 2, "Id": 3}', "'id' is there twice, as 'ID' and "),
    ],
)
def test_keys_that_differ_in_letter_case_alone_are_refused(entry: str, said: str) -> None:
    wrong, good = from_jsonl([entry, '{"question": "Why?", "Note": 1, "note": 2}'])
    assert isinstance(wrong, BadQuestion)
    assert wrong.line == 1
    assert wrong.message.startswith(f"the key {said}")
    # What is not read is passed over, however it is written.
    assert good == Question("q2", "Why?")


def test_a_key_with_two_values_is_refused() -> None:
    lines = ['{"question": "Why?", "question": "How?"}', '{"question": "Who?", "id": "a"}']
    assert list(from_jsonl(lines)) == [
        BadQuestion(1, "the key 'question' is there twice"),
        Question("a", "Who?"),
    ]


def test_an_id_that_comes_again_is_named_with_the_first() -> None:
    lines = ['{"id": "a", "question": "Why?"}', '{"id": "q3", "question": "How?"}']
    lines += ['{"question": "Who?"}', '{"id": "a", "question": "When?"}']
    assert list(distinct(from_jsonl(lines))) == [
        Question("a", "Why?"),
        Question("q3", "How?"),
        BadQuestion(3, "the id 'q3' is that of line 2 already"),
        BadQuestion(4, "the id 'a' is that of line 1 already"),
    ]


def test_limits_of_one_question() -> None:
    (row,) = from_csv(["question,goal,year", "Why?,motivational; operational,2010..2012"])
    (line,) = from_jsonl(['{"question": "Why?", "goal": "motivational", "year": 2011, "kind": []}'])
    assert isinstance(row, Question)
    assert row.limits == {"goal": ("motivational", "operational"), "year": ("2010..2012",)}
    assert isinstance(line, Question)
    assert line.limits == {"goal": ("motivational",), "year": ("2011",)}


def test_a_question_may_have_every_limit() -> None:
    names = ("goal", "activity", "year", "kind", "document")
    (row,) = from_csv([f"question,{','.join(names)}", "Why?,one,two,2010,three,four"])
    (line,) = from_jsonl(
        ['{"question": "Why?", "goal": "one", "activity": "two", "year": 2010, "kind": "three", '
         '"document": "four"}']
    )  # fmt: skip
    wanted = dict(zip(names, (("one",), ("two",), ("2010",), ("three",), ("four",)), strict=True))
    assert row == line == Question("q1", "Why?", wanted)


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

    assert next(from_csv(endless())) == Question("q1", "Why?")
    reader, rest = piped(endless())
    for lines in (from_lines(endless()), reader(rest)):
        assert next(lines) == Question("q1", "question")


def test_blank_lines_above_a_table_are_passed_over() -> None:
    good, bad = from_csv(["\n", " \t\r\n", "id,question\n", "a,Why?\n", "b,\n"])
    assert (good, good.line) == (Question("a", "Why?"), 4)
    assert bad == BadQuestion(5, "the column 'question' is empty")
    (alone,) = from_csv(["\n", "Why?\n"])
    assert (alone, alone.line) == (Question("q1", "Why?"), 2)
    assert list(from_csv(["\n", " \n"])) == []
    with pytest.raises(HeaderError, match=r"^line 3: no column 'question'; there are: a, b "):
        list(from_csv(["\n", "\n", "a,b\n", "1,2\n"]))


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


def test_rows_of_empty_cells_are_no_questions() -> None:
    lines = ["nr;question\n", "1;Why?\n", ";\n", " ; \n", "2;How?\n", "3;\n", ";;;\n"]
    assert list(from_csv(lines)) == [
        Question("q1", "Why?"),
        Question("q2", "How?"),
        BadQuestion(6, "the column 'question' is empty"),
    ]
    assert [item.line for item in from_csv(lines)] == [2, 5, 6]


def test_a_question_over_several_lines_is_named_by_its_first() -> None:
    lines = ["id,question\n", 'a,"Why\n', 'now?"\n', 'a,"How\n', 'then?"\n']
    first, second = distinct(from_csv(lines))
    assert (first, first.line) == (Question("a", "Why\nnow?"), 2)
    assert second == BadQuestion(4, "the id 'a' is that of line 2 already")


def test_an_id_is_named_on_one_line() -> None:
    line = '{"id": "a\\n' + "b" * 100 + '", "question": "Why?"}'
    (_, again) = distinct(from_jsonl([line, line]))
    assert again == BadQuestion(2, f"the id 'a {'b' * 78}' is that of line 1 already")


def test_ids_that_are_written_alike_are_one_where_they_are_filed_so() -> None:
    lines = ["id,question", "q 1,Why?", "q_1,How?", "q 1,Who?"]
    assert list(distinct(from_csv(lines), filed_as=token)) == [
        Question("q 1", "Why?"),
        BadQuestion(3, "the id 'q_1' is written 'q_1', and so is 'q 1' of line 2"),
        BadQuestion(4, "the id 'q 1' is that of line 2 already"),
    ]
    assert len([item for item in distinct(from_csv(lines)) if isinstance(item, Question)]) == 2
