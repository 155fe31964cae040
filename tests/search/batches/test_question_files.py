"""Questions without a file's name: what they are is found, and read, as a command reads them."""

import gzip
from pathlib import Path

import pytest

from search.batches.question_files import questions_of
from search.batches.questions import BadQuestion, Question


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Where what came over standard input lies."""
    return tmp_path / "questions"


def read(source: Path, text: str, column: str | None = None) -> list[Question | BadQuestion]:
    source.write_bytes(text.encode())
    return list(questions_of("-", column, source))


@pytest.mark.parametrize("above", ["", "\n", "\ufeff", " \r\n\n"])
@pytest.mark.parametrize(
    "head",
    [
        *("id,question,goal", "ID;Question;goal", "id\tquestion\tgoal", "id|question|goal"),
        "id, question, goal",
    ],
)
def test_a_piped_table_is_read_as_one(
    source: Path, head: str, above: str, capsys: pytest.CaptureFixture[str]
) -> None:
    between = next(mark for mark in ",;\t|" if mark in head)
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


def test_a_piped_list_of_json_is_not_asked_as_text(source: Path) -> None:
    (bad,) = read(source, '[{"id": "a", "question": "Why?"}]\n')
    assert isinstance(bad, BadQuestion)
    assert bad.message.startswith("a list: ")
    first, *_ = read(source, '[\n{"question": "Why?"}\n]')
    assert isinstance(first, BadQuestion)
    assert read(source, "[one] Why?\n") == [Question("q1", "[one] Why?")]
    assert read(source, "[ one ] Why?\n") == [Question("q1", "[ one ] Why?")]


@pytest.mark.parametrize(
    "text",
    [
        ' [ {"id": "a", "question": "Why?"} ]\n',
        '\n\t[\t{"question": "Why?"}]\n',
        '["Why?", "Who?"]\n',
        '[[{"question": "Why?"}]]\n',
    ],
)
def test_a_piped_list_of_json_may_have_blanks_in_it(source: Path, text: str) -> None:
    (bad,) = read(source, text)
    assert isinstance(bad, BadQuestion)
    assert bad.message == 'a list: write each {"id", "question"} on a line of its own'


PACKED = [
    (gzip.compress(b"Why?\n", mtime=0), "compressed with gzip: unpack it first"),
    (b"\x28\xb5\x2f\xfd\x04\x00", "compressed with zstd: unpack it first"),
    (b"BZh91AY&SY", "compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ\x00", "compressed with xz: unpack it first"),
    (b"PK\x03\x04\x14", "an office file or a zip archive: save it as PDF, or as CSV if it is a "),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office file: save it as PDF, or as CSV if it "),
    (b"%PDF-1.7\n", "a PDF: to add it, give it the ending .pdf"),
]


@pytest.mark.parametrize(("data", "said"), PACKED)
@pytest.mark.parametrize("file", ["-", "q.txt", "q.csv", "q.jsonl"])
def test_what_is_packed_is_called_so(
    tmp_path: Path, file: str, data: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "questions"
    path.write_bytes(data)
    with pytest.raises(SystemExit) as ended:
        questions_of(file, None, path)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(f"waymark: {file}: {said}")


def test_a_word_of_its_letters_is_packed_in_nothing(source: Path) -> None:
    assert read(source, "BZh is a name\n") == [Question("q1", "BZh is a name")]


def test_a_packed_file_is_refused_by_its_name_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        questions_of("questions.csv.gz", None)
    assert capsys.readouterr().err.endswith("standard input; unpack it first\n")


def test_a_table_may_be_called_what_its_separators_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.tsv").write_text("id\tFrage\na\tWhy, then?\n")
    (found,) = questions_of(str(tmp_path / "q.tsv"), "Frage")
    assert found == Question("a", "Why, then?")
    with pytest.raises(SystemExit):
        questions_of(str(tmp_path / "q.xlsx"), None)
    assert capsys.readouterr().err.endswith("standard input; save a spreadsheet as CSV\n")


def test_a_column_that_is_not_there_is_named_with_its_line(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read(source, "\nid,question\na,Why?\n", "Frage")
    said = capsys.readouterr().err
    assert said.startswith("waymark: -, line 2: no column 'Frage'; there are: id, question (")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("id;Frage\na;Why now?\nb;Who pays?\n", "id, Frage"),
        ("id,Frage,theme\na,Why now?,x\n", "id, Frage, theme"),
        ("ID;Frage\na;Why; and how?\n", "ID, Frage"),
        ("nr,question text\n1,Why now?\n2,Who pays?\n", "nr, question text"),
        ("q1\tWhy now?\nq2\tWho, then?\n", "q1, Why now?"),
        ('nr,Frage\n1,"Why\nnow?"\n2,Who?\n', "nr, Frage"),
        ('nr;Frage\n1;Why now?\n2;"Who\n\npays\nthe\nferry?"\n', "nr, Frage"),
    ],
)
def test_a_piped_table_that_does_not_name_its_questions_is_refused(
    source: Path, text: str, names: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        read(source, text)
    said = f"waymark: -, line 1: no column 'question'; there are: {names} (name it with --column, "
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(said)
    assert told.endswith("; where each line is a question, save the file as .txt)\n")
    first = read(source, text, names.split(", ")[1])[0]
    assert isinstance(first, BadQuestion if "; and" in text else Question)


@pytest.mark.parametrize(
    "text",
    [
        "Why; and how?\nWho; and when?\n",
        "rents, and votes\nferries, and ports\n",
        "How many of 1,000 people?\nIs 2,000 enough?\n",
        "cost of 1,000 beds\nrent of 2,000 flats\n",
        "Why now?\nWho pays;who gains?\n",
        "Why;now?\n",
        '"Why,now\nWho,then\n',
        "idle hands\nids of newcomers\n",
    ],
)
def test_sentences_with_commas_and_semicolons_are_questions(source: Path, text: str) -> None:
    assert read(source, text) == [
        Question(f"q{number}", line) for number, line in enumerate(text.splitlines(), start=1)
    ]
