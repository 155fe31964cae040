"""Questions without a file's name: what they are is found, and read, as a command reads them."""

from pathlib import Path

import pytest

from search.question_files import questions_of
from search.questions import BadQuestion, Question


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Where what came over standard input lies."""
    return tmp_path / "questions"


def read(source: Path, text: str, column: str | None = None) -> list[Question | BadQuestion]:
    source.write_bytes(text.encode())
    return list(questions_of("-", column, source))


@pytest.mark.parametrize("above", ["", "\n", "\ufeff", " \r\n\n"])
@pytest.mark.parametrize(
    "head", ["id,question,goal", "ID;Question;goal", "id\tquestion\tgoal", "id, question, goal"]
)
def test_a_piped_table_is_read_as_one(
    source: Path, head: str, above: str, capsys: pytest.CaptureFixture[str]
) -> None:
    between = next(mark for mark in ",;\t" if mark in head)
    row = between.join(("a", "Why now?", "operational"))
    (found,) = read(source, f"{above}{head}\n{row}\n")
    assert found == Question("a", "Why now?", {"goal": ("operational",)})
    assert found.line == above.count("\n") + 2
    with pytest.raises(SystemExit):
        read(source, f"{above}{head}s\n{row}\n", "question")
    said = f"line {above.count(chr(10)) + 1}: the column 'goals' is called 'goal' here"
    assert capsys.readouterr().err == f"waymark: -, {said}\n"


@pytest.mark.parametrize(
    "line",
    [
        "question",
        "question\t",
        "Question, how does it end?",
        "the question, the answer",
        "question, mentors and police",
        '"id,question',
    ],
)
@pytest.mark.parametrize("above", ["", "\n"])
def test_a_line_that_is_no_head_of_a_table_is_a_question(
    source: Path, line: str, above: str
) -> None:
    assert read(source, f"{above}{line}\n") == [Question("q1", line.strip())]


def test_piped_questions_may_be_lines_or_json(source: Path) -> None:
    assert read(source, "\nWhy?\n") == [Question("q1", "Why?")]
    assert read(source, '\n{"id": "a", "question": "Why?"}\n') == [Question("a", "Why?")]
    assert read(source, "") == read(source, " \n\n") == []


def test_a_column_that_is_not_there_is_named_with_its_line(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read(source, "\nid,question\na,Why?\n", "Frage")
    said = capsys.readouterr().err
    assert said.startswith("waymark: -, line 2: no column 'Frage'; there are: id, question (")
    assert said.count("\n") == 1
