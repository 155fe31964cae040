"""The commands around tags: what they print, and what is said of a wrong call."""

import json

import pytest
from click.testing import CliRunner, Result

import waymark
from index.library import Library


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
