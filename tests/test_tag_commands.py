"""The commands around tags: what they print, and what is said of a wrong call."""

import json

import pytest
from click.testing import CliRunner, Result

import waymark
from index.library import Library

pytestmark = pytest.mark.usefixtures("one_encoder")


@pytest.fixture
def run(library: Library):
    def call(*words: str) -> Result:
        return CliRunner().invoke(waymark.main, ["--home", str(library.home.path), *words])

    return call


def test_the_scorecard_on_the_terminal_and_for_scripts(run) -> None:
    assert "co-creating-tools" in run("status", "--scorecard").output
    card = json.loads(run("status", "--scorecard", "--json").output)
    assert len(card["labels"]) == 10
    assert set(card["facets"]) == {"goals", "activities"}


def test_the_queue_names_passage_label_and_probability(run) -> None:
    answer = run("queue", "-n", "3", "--json")
    asked = [json.loads(line) for line in answer.output.splitlines()]
    assert len(asked) == 3
    for question in asked:
        assert set(question) == {"passage_id", "label", "probability", "text"}
        assert 0 <= question["probability"] <= 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("decide", "nowhere-0", "mentoring", "add"), "no passage 'nowhere-0'"),
        (("decide", "nowhere-0", "kindness", "add"), "'kindness' is no label of this library"),
        (("train", "--examples", "not-there"), "settled.jsonl"),
    ],
)
def test_a_wrong_call_is_one_clear_line(run, words: tuple[str, ...], message: str) -> None:
    answer = run(*words)
    assert answer.exit_code == 2
    (line,) = answer.stderr.splitlines()
    assert message in line


def test_a_wrong_label_file_is_named_with_its_line(run, tmp_path) -> None:
    (tmp_path / "settled.jsonl").write_text('{"id": "x", "goals": ["kindness"], "activities": []}')
    (tmp_path / "passages.jsonl").write_text("")
    answer = run("train", "--examples", str(tmp_path))
    assert answer.exit_code == 2
    assert "settled.jsonl, line 1: 'kindness' is no label of goals" in answer.stderr


def test_texts_that_cannot_be_tagged_are_named_and_the_rest_is_done(
    library: Library, tmp_path
) -> None:
    path = tmp_path / "texts.jsonl"
    good = json.dumps({"id": "a", "text": "Two mentors\u2028came."}, ensure_ascii=False).encode()
    bad = [
        '{"id": "b", "text": "Où?"}'.encode("latin-1"),
        rb'{"id": "c", "text": "a\ud800"}',
        rb'{"id": "\ud800", "text": "a"}',
        b"[" * 100_000,
        b'{"id": [1], "text": "a"}',
    ]
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join([good, *bad, good.replace(b'"a"', b"7")]))
    words = ["--home", str(library.home.path), "classify"]
    from_file = CliRunner().invoke(waymark.main, [*words, str(path)])
    piped = CliRunner().invoke(waymark.main, [*words, "-"], input=path.read_bytes())
    for result, name in ((from_file, path), (piped, "-")):
        assert result.exit_code == 1
        assert [json.loads(line)["id"] for line in result.stdout.split("\n") if line] == ["a", 7]
        assert result.stderr.splitlines() == [
            f"waymark: {name}, line 2: not UTF-8: save the file as UTF-8",
            f"waymark: {name}, line 3: half of a character (a lone surrogate)",
            f"waymark: {name}, line 4: half of a character (a lone surrogate)",
            f"waymark: {name}, line 5: not valid JSON",
            f"waymark: {name}, line 6: the key 'id' is missing or neither a text nor a number",
        ]


def test_texts_of_a_table_are_tagged_and_what_is_neither_is_one_line(run, tmp_path) -> None:
    lines = tmp_path / "texts.jsonl"
    lines.write_text('{"id": "a", "text": "Two mentors came, and stayed."}\n')
    rows = 'id,text\na,"Two mentors came, and stayed."\n,\na,Again.\n'
    (tmp_path / "texts.csv").write_text(rows)
    tagged = run("classify", str(tmp_path / "texts.csv"))
    assert (tagged.exit_code, tagged.stdout) == (1, run("classify", str(lines)).stdout)
    said = "line 4: the id 'a' is that of line 2 already"
    assert tagged.stderr == f"waymark: {tmp_path / 'texts.csv'}, {said}\n"
    (tmp_path / "texts.txt").write_text("Two mentors came.\nRents rose.\n" * 500)
    (tmp_path / "others.csv").write_text("id;Inhalt\na;Two mentors came.\n" * 500)
    for name, said in (
        ("texts.txt", 'neither JSON lines, {"id": "a", "text": "…"} a line, nor a table with the '
                      "columns id and text"),
        ("others.csv", "no column 'text'; there are: id, Inhalt (id and text are read)"),
    ):  # fmt: skip
        refused = run("classify", str(tmp_path / name))
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr == f"waymark: {tmp_path / name}, line 1: {said}\n"
